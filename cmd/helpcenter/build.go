package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"
)

var buildCommand = command{
	name:  "build",
	short: "write the static site into a folder, whole or not at all",
	long: `The folder is replaced only when everything could be written, and never when
it holds files that no build wrote. Files that have not changed keep their times.
SOURCE_DATE_EPOCH, in seconds since 1970, stands in for the time of day that
notices and versions of rules are chosen by.`,
	action: func() action { return new(build) },
}

type build struct {
	dirFlag
	baseURLFlag
	cacheFlag
	out string
}

func (b *build) flags(f *pflag.FlagSet) {
	b.dirFlag.flags(f)
	b.baseURLFlag.flags(f)
	b.cacheFlag.flags(f)
	f.StringVar(&b.out, "out", "public", "the `FOLDER` to publish in")
}

func (b *build) run(_ context.Context, c console, _ []string) error {
	start := time.Now()
	rooms, err := b.dirFlag.open(c.err)
	if err != nil {
		return err
	}
	kept := b.cacheFlag.open(rooms, b.dir, b.out)
	site, err := rooms.mustLoad(b.baseURL, kept, c.err)
	if err != nil {
		return err
	}
	sum, err := site.Build(b.out, kept.record)
	if err != nil {
		return err
	}
	kept.save(c.err)
	fmt.Fprintf(c.out, "%s: %s, %s, %d written, in %s\n",
		b.out, number(sum.Files, "file"), size(sum.Bytes), sum.Written, time.Since(start).Round(time.Millisecond))
	fmt.Fprintf(c.out, "pages: %s\n", perLanguage(sum.Pages))
	return nil
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
