package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"helpcenter/site/diag"
	"helpcenter/site/publish"
)

var buildCommand = command{
	name:  "build",
	short: "write the static site into a folder, whole or not at all",
	long: `The folder is replaced only when everything could be written, and never when
it holds files that no build wrote. Files that have not changed keep their times.
SOURCE_DATE_EPOCH, in seconds since 1970, stands in for the time of day that
notices and versions of rules are chosen by.

--compress writes FILE.br, FILE.gz and FILE.zst beside every FILE that gains
from it, for servers that send such files as they are. A terminal shows a
progress bar meanwhile.`,
	action: func() action { return new(build) },
}

type build struct {
	dirFlag
	baseURLFlag
	cacheFlag
	out      string
	compress bool
	timings  bool
	profile  string
}

func (b *build) flags(f *pflag.FlagSet) {
	b.dirFlag.flags(f)
	b.baseURLFlag.flags(f)
	b.cacheFlag.flags(f)
	f.StringVar(&b.out, "out", "public", "the `FOLDER` to publish in")
	f.BoolVar(&b.compress, "compress", false, "write compressed twins of the files too")
	f.BoolVar(&b.timings, "timings", false, "log how long each step took")
	f.StringVar(&b.profile, "cpuprofile", "", "write a profile of the build to `FILE`, for go tool pprof")
}

func (b *build) run(ctx context.Context, c console, _ []string) error {
	stop, err := startProfile(b.profile)
	if err != nil {
		return err
	}
	defer stop()
	start := time.Now()
	sum, found, err := b.publish(ctx, c.err)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "%s: %s, %s, %d written, in %s\n",
		b.out, number(sum.Files, "file"), size(sum.Bytes), sum.Written, time.Since(start).Round(time.Millisecond))
	if sum.Twins > 0 {
		fmt.Fprintf(c.out, "compressed: %s, %s\n", number(sum.Twins, "file"), size(sum.TwinBytes))
	}
	fmt.Fprintf(c.out, "pages: %s\n", perLanguage(sum.Pages))
	fmt.Fprintf(c.out, "findings: %s\n", number(len(found), "warning"))
	return nil
}

// buildGC is when a build collects garbage, in percent of what is live: at the usual 100 one of 20,000 articles
// needs more than 512 MiB.
const buildGC = 70

// publish loads and builds the site. Warnings do not keep it from that.
func (b *build) publish(ctx context.Context, w io.Writer) (sum publish.Summary, found []diag.Finding, err error) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(buildGC)
	}
	now, err := clock()
	if err != nil {
		return sum, nil, err
	}
	rooms, err := b.dirFlag.open(w)
	if err != nil {
		return sum, nil, err
	}
	log := slog.New(slog.DiscardHandler)
	if b.timings {
		log = slog.New(slog.NewTextHandler(w, nil))
	}
	began := time.Now()
	kept := b.cacheFlag.open(rooms, b.dir, b.out)
	log.Info("cache opened", "took", time.Since(began))
	s, found := loadKept(rooms, b.baseURL, kept, log, now())
	kept.save(kept.articles, w) // of a refused build, too: the next one reads only what was mended
	if err := refuse(found, w); err != nil {
		return sum, nil, err
	}
	bar := b.bar(w, s.Pages())
	sum, err = publish.Build(ctx, s, b.out, publish.BuildOptions{
		Compress: b.compress, State: kept.state, Log: log, Progress: func() { bar.Add(1) },
	})
	bar.Finish()
	if err != nil {
		return sum, nil, err
	}
	began = time.Now()
	kept.save(kept.state, w)
	log.Info("cache saved", "took", time.Since(began))
	return sum, found, nil
}

// startProfile writes a profile of all that happens until stop; "" is none.
func startProfile(file string) (stop func(), err error) {
	if file == "" {
		return func() {}, nil
	}
	f, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		f.Close()
	}, nil
}

// perLanguage lists numbers of pages.
func perLanguage(pages map[string]int) string {
	var parts []string
	for _, lang := range slices.Sorted(maps.Keys(pages)) {
		parts = append(parts, fmt.Sprintf("%s %d", lang, pages[lang]))
	}
	return strings.Join(parts, ", ")
}

// size writes a number of bytes in decimal units, of three digits or so.
func size(bytes int64) string {
	n, unit := float64(bytes), 0
	for n >= 1000 && unit < 3 {
		n, unit = n/1000, unit+1
	}
	if unit == 0 {
		return fmt.Sprintf("%d B", bytes)
	}
	return fmt.Sprintf("%.1f %cB", n, "kMG"[unit-1])
}
