package importer

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// A Report says what became of a source.
type Report struct {
	Kept    []note // articles
	Changed []note // what was converted
	LeftOut []note // what is missing
}

// A note is about one place of the source.
type note struct {
	File string
	Line int // 0 for the whole file
	Text string
}

func (n note) String() string {
	if n.Line == 0 {
		return n.File + ": " + n.Text
	}
	return fmt.Sprintf("%s:%d: %s", n.File, n.Line, n.Text)
}

// Write writes the report, each list by file and line.
func (r Report) Write(w io.Writer) error {
	for _, part := range []struct {
		name  string
		notes []note
	}{{"kept", r.Kept}, {"changed", r.Changed}, {"left out", r.LeftOut}} {
		slices.SortStableFunc(part.notes, func(a, b note) int {
			if c := strings.Compare(a.File, b.File); c != 0 {
				return c
			}
			return a.Line - b.Line
		})
		notes := slices.Compact(part.notes)
		if _, err := fmt.Fprintf(w, "%s: %d\n", part.name, len(notes)); err != nil {
			return err
		}
		for _, n := range notes {
			if _, err := fmt.Fprintf(w, "  %s\n", n); err != nil {
				return err
			}
		}
	}
	return nil
}

// at returns the line of the source that has a piece of a page's body, or 0 if it is not found.
func (p *page) at(piece string) int {
	first, _, _ := strings.Cut(strings.TrimSpace(piece), "\n")
	i := strings.Index(p.body, first)
	if first == "" || i < 0 {
		return 0
	}
	return p.line + strings.Count(p.body[:i], "\n")
}

func (im *importer) changed(p *page, piece, format string, args ...any) {
	im.report.Changed = append(im.report.Changed, note{p.file, p.at(piece), fmt.Sprintf(format, args...)})
}

func (im *importer) leftOut(p *page, piece, format string, args ...any) {
	im.report.LeftOut = append(im.report.LeftOut, note{p.file, p.at(piece), fmt.Sprintf(format, args...)})
}

// short returns the first line of a piece, shortened.
func short(piece string) string {
	first, rest, _ := strings.Cut(strings.TrimSpace(piece), "\n")
	if runes := []rune(first); len(runes) > 80 {
		return string(runes[:80]) + "…"
	} else if rest != "" {
		return first + " …"
	}
	return first
}
