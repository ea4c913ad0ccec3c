package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"helpcenter/site"
	"helpcenter/site/civil"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/source"
)

// dirFlag is --dir, of all commands that read writers' folders.
type dirFlag struct {
	dir string
	own bool // the built-in help center is not accepted in place of one's own
}

func (d *dirFlag) flags(f *pflag.FlagSet) {
	f.StringVar(&d.dir, "dir", "", "the help center in `DIR`; folders that it lacks are built in "+
		"(default: the working folder, if it has content/site.toml)")
}

// open opens the folders and reports on w where each is read from.
func (d *dirFlag) open(w io.Writer) (source.Folders, error) {
	if err := d.find(); err != nil {
		return nil, err
	}
	folders, from, err := source.Open(d.dir, builtIn())
	if err != nil {
		return nil, usagef("%w; to begin a help center of your own, run 'helpcenter init DIR'", err)
	}
	fmt.Fprintln(w, strings.Join(from, "\n"))
	return folders, nil
}

// find uses the working folder if no directory is given and it is a help center.
func (d *dirFlag) find() error {
	_, err := os.Stat(library.SiteFile)
	switch {
	case d.dir != "":
	case err == nil:
		d.dir = "."
	case d.own:
		return usagef("no %s in this folder; give --dir DIR, or begin a help center with 'helpcenter init DIR'",
			library.SiteFile)
	}
	return nil
}

// reopen opens the folders again, because the name may lead to another directory by now.
func (d *dirFlag) reopen() (source.Folders, []diag.Finding) {
	folders, _, err := source.Open(d.dir, builtIn())
	if err != nil {
		return nil, []diag.Finding{diag.Errorf(diag.Position{File: d.dir}, "unreadable", "%v", err)}
	}
	return folders, nil
}

// baseURLFlag is --base-url, of commands that publish.
type baseURLFlag struct{ baseURL string }

func (b *baseURLFlag) flags(f *pflag.FlagSet) {
	f.Func("base-url", "the `URL` where the site is published, instead of base_url of content/site.toml",
		func(value string) error {
			b.baseURL = value
			_, err := site.ParseBaseURL(value)
			return err
		})
}

// A day is a flag whose value is a date.
type day struct{ civil.Date }

// Type names the value in the help.
func (d *day) Type() string { return "YYYY-MM-DD" }

func (d *day) Set(s string) (err error) {
	d.Date, err = civil.ParseDate(s)
	return err
}

// A choice is a flag whose value is one of a list. The first is the default.
type choice struct {
	value   string
	allowed []string
}

func newChoice(allowed ...string) choice { return choice{allowed[0], allowed} }

func (c *choice) String() string { return c.value }

// Type names the values in the help.
func (c *choice) Type() string { return strings.Join(c.allowed, "|") }

func (c *choice) Set(s string) error {
	if !slices.Contains(c.allowed, s) {
		return fmt.Errorf("must be one of %s%s", strings.Join(c.allowed, ", "), didYouMean(s, c.allowed))
	}
	c.value = s
	return nil
}
