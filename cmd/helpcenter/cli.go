package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"helpcenter/site/diag"
)

// A console is what a command talks to: results go to out, all else to err, and now tells the time.
type console struct {
	out, err io.Writer
	now      func() time.Time
}

// A command is an entry of the table of commands.
type command struct {
	name        string // one word or two
	args        string // placeholders of the arguments, for the usage line
	least, most int    // number of arguments; most is -1 if there is no limit
	short       string // one line
	long        string // paragraphs, for its own help
	action      func() action
}

// An action is one call of a command. Its fields hold the values of its flags.
type action interface {
	flags(*pflag.FlagSet)
	run(ctx context.Context, c console, args []string) error
}

// A drainer is an action that ends by itself when its context does, but takes its time: once drains returns
// true it is not interrupted.
type drainer interface{ drains() bool }

// A usageError means that the command line is invalid.
type usageError struct{ error }

// usagef returns a usageError.
func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// errReported ends a command that has already printed what is wrong.
var errReported = errors.New("reported")

// call parses the arguments, with flags anywhere among them, and runs the command.
func (cmd *command) call(ctx context.Context, args []string, c console) error {
	action := cmd.action()
	flags := newFlags(action)
	err := flags.Parse(args)
	switch n := flags.NArg(); {
	case errors.Is(err, pflag.ErrHelp):
		cmd.printHelp(c.out)
		return nil
	case err != nil:
		return cmd.usage("%w%s", err, nearestFlag(err, flags))
	case n < cmd.least:
		return cmd.usage("missing argument")
	case cmd.most >= 0 && n > cmd.most:
		return cmd.usage("unexpected argument %q", flags.Arg(cmd.most))
	}
	return runUntil(ctx, action, c, flags.Args())
}

// grace is how long a command may go on once its context has ended: long enough to finish writing.
const grace = 900 * time.Millisecond

// runUntil runs an action until it returns or its context has ended. Work that never looks at its context is
// abandoned, so the caller must end the program.
func runUntil(ctx context.Context, a action, c console, args []string) error {
	done := make(chan error, 1)
	go func() { done <- a.run(ctx, c, args) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	if d, ok := a.(drainer); ok && d.drains() {
		return <-done
	}
	select {
	case err := <-done:
		return err
	case <-time.After(grace):
		return context.Cause(ctx)
	}
}

// usage returns a usageError that ends with the usage of the command.
func (cmd *command) usage(format string, args ...any) error {
	return usagef("%w\nUsage: %s\nRun 'helpcenter help %s' for details.",
		fmt.Errorf(format, args...), cmd.synopsis(), cmd.name)
}

func (cmd *command) synopsis() string {
	return strings.Join(strings.Fields("helpcenter "+cmd.name+" [FLAGS] "+cmd.args), " ")
}

func (cmd *command) printHelp(w io.Writer) {
	fmt.Fprintf(w, "Usage: %s\n\n%s\n", cmd.synopsis(), cmd.short)
	if cmd.long != "" {
		fmt.Fprintf(w, "\n%s\n", cmd.long)
	}
	if flags := newFlags(cmd.action()); flags.HasFlags() {
		fmt.Fprintf(w, "\nFlags:\n%s", flags.FlagUsages())
	}
}

// newFlags returns the flags of an action. Each has --help, too.
func newFlags(a action) *pflag.FlagSet {
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	a.flags(flags)
	return flags
}

// nearestFlag suggests what to write instead of an unknown flag.
func nearestFlag(err error, flags *pflag.FlagSet) string {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return ""
	}
	var known []string
	flags.VisitAll(func(f *pflag.Flag) { known = append(known, "--"+f.Name) })
	if near := diag.Nearest("--"+unknown.GetSpecifiedName(), known); near != "" {
		return "; did you mean " + near + "?"
	}
	slices.Sort(known)
	return fmt.Sprintf(" (allowed: %s)", strings.Join(append(known, "--help"), ", "))
}

// didYouMean suggests a known word at the end of a message, if one is similar.
func didYouMean(word string, known []string) string {
	if near := diag.Nearest(word, known); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

// unknown is the error for a word that is not one of a list.
func unknown(what, word string, known []string) error {
	if len(known) == 0 {
		return fmt.Errorf("unknown %s %q (there are none)", what, word)
	}
	return fmt.Errorf("unknown %s %q (allowed: %s)%s", what, word, strings.Join(known, ", "), didYouMean(word, known))
}

// number counts things in English.
func number(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// printJSON writes v indented.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
