package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"helpcenter/site/diag"
)

// A console is what a command talks to: results go to out, everything else to err, and now tells the time.
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

// A drainer is an action that ends by itself when its context does, but takes its time. Once drains returns true,
// it is not abandoned.
type drainer interface{ drains() bool }

// A usageError means that the command line is invalid.
type usageError struct{ error }

// usagef returns a usageError.
func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// errReported is returned by a command that has already printed what is wrong.
var errReported = errors.New("reported")

// build makes the cobra command.
func (cmd *command) build(c console) *cobra.Command {
	action := cmd.action()
	built := &cobra.Command{
		Use:   strings.TrimSpace(cmd.name[strings.LastIndex(cmd.name, " ")+1:] + " [FLAGS] " + cmd.args),
		Short: cmd.short,
		Long:  strings.TrimSpace(cmd.short + "\n\n" + cmd.long),
		Args:  cmd.checkArgs,
		RunE: func(built *cobra.Command, args []string) error {
			return runUntil(built.Context(), action, c, args)
		},
		DisableFlagsInUseLine: true,
	}
	action.flags(built.Flags())
	return built
}

// checkArgs checks the number of arguments.
func (cmd *command) checkArgs(built *cobra.Command, args []string) error {
	switch n := len(args); {
	case n < cmd.least:
		return withUsage(built, errors.New("missing argument"))
	case cmd.most >= 0 && n > cmd.most:
		return withUsage(built, fmt.Errorf("unexpected argument %q", args[cmd.most]))
	}
	return nil
}

// withUsage returns a usageError that ends with the usage of the command.
func withUsage(cmd *cobra.Command, err error) error {
	return usagef("%w\nUsage: %s\nRun '%s --help' for details.", err, cmd.UseLine(), cmd.CommandPath())
}

// invalidFlag returns the error for a flag that cannot be parsed.
func invalidFlag(cmd *cobra.Command, err error) error {
	return withUsage(cmd, fmt.Errorf("%w%s", err, nearestFlag(err, cmd.Flags())))
}

// grace is how long a command may go on after its context has ended: enough to finish writing.
const grace = 900 * time.Millisecond

// runUntil runs an action until it returns, or until its context has ended. It abandons work that ignores the
// context, so the caller must end the program.
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
	return fmt.Sprintf(" (allowed: %s)", strings.Join(known, ", "))
}

// didYouMean returns a suggestion to append to a message, if a known word is similar.
func didYouMean(word string, known []string) string {
	if near := diag.Nearest(word, known); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

// unknown returns the error for a word that is not in a list.
func unknown(what, word string, known []string) error {
	if len(known) == 0 {
		return fmt.Errorf("unknown %s %q (there are none)", what, word)
	}
	return fmt.Errorf("unknown %s %q (allowed: %s)%s", what, word, strings.Join(known, ", "), didYouMean(word, known))
}

// number returns a count of things in English.
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
