package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"helpcenter/site"
	"helpcenter/site/civil"
	"helpcenter/site/diag"
)

// Flags that several commands share.

// baseURLFlag is --base-url, of the commands that publish.
type baseURLFlag struct{ baseURL string }

func (b *baseURLFlag) flags(f *pflag.FlagSet) {
	f.Var((*address)(&b.baseURL), "base-url", "where the site is published, in place of base_url in content/site.toml")
}

// address is a flag that takes an http or https URL.
type address string

func (a *address) String() string { return string(*a) }

// Type is what the help calls the value.
func (a *address) Type() string { return "URL" }

// Set refuses what is no address of a site.
func (a *address) Set(s string) error {
	if _, err := site.ParseBaseURL(s); err != nil {
		return err
	}
	*a = address(s)
	return nil
}

// day is a flag that takes a day of the calendar.
type day struct{ civil.Date }

// Type is what the help calls the value.
func (d *day) Type() string { return "YYYY-MM-DD" }

// Set refuses what is no day.
func (d *day) Set(s string) (err error) {
	d.Date, err = civil.ParseDate(s)
	return err
}

// choice is a flag with a closed list of values, of which the first is the
// default.
type choice struct {
	value   string
	allowed []string
}

func newChoice(allowed ...string) choice { return choice{allowed[0], allowed} }

func (c *choice) String() string { return c.value }

// Type is what the help calls the value.
func (c *choice) Type() string { return strings.Join(c.allowed, "|") }

// Set refuses what is not on the list.
func (c *choice) Set(s string) error {
	if !slices.Contains(c.allowed, s) {
		return fmt.Errorf("allowed are %s%s", strings.Join(c.allowed, ", "), didYouMean(s, c.allowed))
	}
	c.value = s
	return nil
}

// didYouMean ends a sentence with what was probably meant, if anything was.
func didYouMean(word string, known []string) string {
	if near := diag.Nearest(word, known); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}
