package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"helpcenter/site/source"
)

// dirFlag is --dir, of every command that reads the rooms.
type dirFlag struct{ dir string }

func (d *dirFlag) flags(f *pflag.FlagSet) {
	f.StringVar(&d.dir, "dir", "", "read articles, words, rules and templates from `DIR`, as far as it has them")
}

// open finds the rooms and says on w where each comes from.
func (d *dirFlag) open(w io.Writer) (source.Folders, error) {
	r, from, err := source.Open(d.dir, builtIn())
	if err != nil {
		return nil, usageError{err}
	}
	fmt.Fprintln(w, strings.Join(from, "\n"))
	return r, nil
}
