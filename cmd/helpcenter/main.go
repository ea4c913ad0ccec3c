// Command helpcenter publishes, serves and checks a help center.
//
//	helpcenter serve                                    the site and its service, on 127.0.0.1:8080
//	helpcenter build --out public                       the same site as files, for any host
//	helpcenter lint --dir .                             every mistake that can be found, at its place
//	helpcenter decide cancel-online product=rescue      one decision, with its reasons
//	helpcenter help                                     all commands
//
// The program carries articles, words, rules, templates and assets with it, so
// it runs alone; --dir reads them from a folder instead (see [rooms]).
//
// This package is wiring: it reads flags, loads the rooms, calls the one that
// does the work, and turns what comes back into lines and an exit code. It
// renders nothing and decides nothing. Every command stands in a file of its
// own and in the table [commands]; [run] is the whole program but for its
// process, so that tests can call it. Results go to standard output, all else to
// standard error.
//
// Exit codes: 0 for fine, 1 for findings, a refused answer or work that failed,
// 2 for a call that cannot be carried out as it was written.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/pflag"

	"helpcenter/site/diag"
)

// The program's exit codes.
const (
	exitFine = iota
	exitFindings
	exitUsage
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	code := run(ctx, os.Args[1:], console{os.Stdout, os.Stderr})
	stop()
	os.Exit(code)
}

// console is where a command writes: results to out, all else to err.
type console struct{ out, err io.Writer }

// A usageError is a call that cannot be carried out as it was written.
type usageError struct{ error }

// usagef returns a usageError.
func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// errReported ends a command that has said itself what is wrong.
var errReported = errors.New("reported")

// run carries out one call of the program and returns its exit code.
func run(ctx context.Context, args []string, c console) int {
	name, rest := split(args)
	err := dispatch(ctx, name, rest, c)
	var usage usageError
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, errReported):
		return exitFindings
	case errors.As(err, &usage):
		fmt.Fprintf(c.err, "helpcenter: %v\n", err)
		return exitUsage
	}
	fmt.Fprintf(c.err, "helpcenter %s: %v\n", name, err)
	return exitFindings
}

// split parts the name of a command, of one word or two, from what follows.
func split(args []string) (name string, rest []string) {
	for n := min(2, len(args)); n > 0; n-- {
		if name := strings.Join(args[:n], " "); find(name) != nil {
			return name, args[n:]
		}
	}
	if len(args) == 0 {
		return "", nil
	}
	return args[0], args[1:]
}

func dispatch(ctx context.Context, name string, args []string, c console) error {
	cmd := find(name)
	switch {
	case cmd != nil:
		return cmd.call(ctx, args, c)
	case name == "":
		printHelp(c.err, commands)
		return usagef("name a command")
	case name == "help" || name == "--help" || name == "-h":
		return help(strings.Join(args, " "), c)
	case name == "--version":
		return find("version").call(ctx, args, c)
	case strings.HasPrefix(name, "-"):
		return usagef("%s stands before the command; write helpcenter COMMAND %[1]s\n"+
			"Run helpcenter help for all commands.", name)
	}
	if len(under(name)) > 0 {
		return family(name, args, c)
	}
	return unknownCommand(name, names(commands))
}

// family answers a call that names only the first word of commands of two.
func family(name string, args []string, c console) error {
	switch {
	case len(args) == 0:
		return usagef("%s is followed by one of: %s", name, strings.Join(names(under(name)), ", "))
	case args[0] == "--help" || args[0] == "-h":
		return help(name, c)
	}
	return unknownCommand(name+" "+args[0], names(under(name)))
}

func unknownCommand(name string, known []string) error {
	return usagef("there is no command %q%s\nCommands: %s", name, didYouMean(name, known), strings.Join(known, ", "))
}

// call reads the arguments, wherever flags stand among them, and carries the
// command out.
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
		return cmd.usage("an argument is missing")
	case cmd.most >= 0 && n > cmd.most:
		return cmd.usage("%q is one argument too many", flags.Arg(cmd.most))
	}
	return action.run(ctx, c, flags.Args())
}

// usage returns a usageError that ends with how the command is called.
func (cmd *command) usage(format string, args ...any) error {
	return usagef("%w\nUsage: %s\nRun helpcenter help %s for more.", fmt.Errorf(format, args...), cmd.synopsis(), cmd.name)
}

// newFlags returns the flags of an action; --help is among them everywhere.
func newFlags(a action) *pflag.FlagSet {
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	a.flags(flags)
	return flags
}

// nearestFlag says which flag was probably meant by one that there is not.
func nearestFlag(err error, flags *pflag.FlagSet) string {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return ""
	}
	var known []string
	flags.VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
	if near := diag.Nearest(unknown.GetSpecifiedName(), known); near != "" {
		return "; did you mean --" + near + "?"
	}
	if len(known) == 0 {
		return "; it takes none"
	}
	slices.Sort(known)
	return "; there are --" + strings.Join(known, ", --")
}
