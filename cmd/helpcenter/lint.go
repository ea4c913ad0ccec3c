package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/pflag"

	"helpcenter"
)

var lintCommand = command{
	name:  "lint",
	short: "list every finding of every room, as file:line:column",
	long: `Errors are what would break a page or an answer: build and serve refuse on
them, and lint ends with 1. Warnings are judgements, mostly about language; with
--strict they count as errors do. The formats json and sarif (2.1.0) are for
programs and code hosts.`,
	action: func() action { return &lint{format: newChoice("text", "json", "sarif")} },
}

type lint struct {
	dirFlag
	format choice
	strict bool
}

func (l *lint) flags(f *pflag.FlagSet) {
	l.dirFlag.flags(f)
	f.Var(&l.format, "format", "how findings are written")
	f.BoolVar(&l.strict, "strict", false, "end with 1 on warnings too")
}

func (l *lint) run(_ context.Context, c console, _ []string) error {
	now, err := clock()
	if err != nil {
		return err
	}
	rooms, err := l.open(c.err)
	if err != nil {
		return err
	}
	_, found := rooms.load("", now())
	if err := l.print(c.out, rooms, found); err != nil {
		return err
	}
	errors, warnings := count(found)
	fmt.Fprintf(c.err, "%s, %s\n", number(errors, "error"), number(warnings, "warning"))
	if errors > 0 || l.strict && warnings > 0 {
		return errReported
	}
	return nil
}

func (l *lint) print(w io.Writer, rooms rooms, found []helpcenter.Finding) error {
	switch l.format.value {
	case "json":
		return printJSON(w, append([]helpcenter.Finding{}, found...)) // a list, even if there are none
	case "sarif":
		return printJSON(w, newSARIF(rooms, found))
	}
	for _, f := range found {
		fmt.Fprintln(w, f)
	}
	return nil
}

// printJSON writes v as people like to read it.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
