package main

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// bar returns a progress bar for a number of pages. It is shown only on a terminal and without --timings.
func (b *build) bar(w io.Writer, pages int) *progressbar.ProgressBar {
	f, ok := w.(*os.File)
	return progressbar.NewOptions(pages,
		progressbar.OptionSetWriter(w),
		progressbar.OptionSetVisibility(ok && !b.timings && term.IsTerminal(int(f.Fd()))),
		progressbar.OptionSetDescription("pages"),
		progressbar.OptionShowCount(),
		progressbar.OptionThrottle(200*time.Millisecond),
		progressbar.OptionClearOnFinish())
}
