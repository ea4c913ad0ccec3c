// Command helpcenter builds, serves and checks a help center.
//
//	helpcenter serve                                    serve the site on 127.0.0.1:8080
//	helpcenter build --out public                       write the same site as files, for any web server
//	helpcenter lint --dir .                             list all mistakes, with file, line and column
//	helpcenter decide cancel-online product=rescue      print one decision with its reasons
//	helpcenter help                                     list all commands
//
// Articles, words, rules, templates and assets are built in, so the program runs alone. With --dir it reads
// them from a directory.
//
// This package only connects the others: it parses flags, loads the site, calls the package that does the work, and
// prints results to standard output and everything else to standard error. Each command has its own file and an
// entry in the table [commands]. Tests call [run], which is the whole program apart from its process.
//
// Exit codes: 0 for success; 1 for findings, refused answers and failed work; 2 for an invalid command line. SIGINT
// and SIGTERM end any command within a second; serve answers open requests first.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// The exit codes of the program.
const (
	exitFine = iota
	exitFindings
	exitUsage
)

func main() { runProcess(time.Now) }

// runProcess runs the program, with now telling the time, and exits.
func runProcess(now func() time.Time) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal exits immediately
	os.Exit(run(ctx, os.Args[1:], console{os.Stdout, os.Stderr, now}))
}

// run runs a command line and returns the exit code. If the context ends, run returns soon, even if the work is
// still going on.
func run(ctx context.Context, args []string, c console) int {
	root := newRoot(c)
	root.SetArgs(append([]string{}, args...)) // nil would mean the arguments of the process
	cmd, err := root.ExecuteContextC(ctx)
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
	fmt.Fprintf(c.err, "%s: %v\n", cmd.CommandPath(), err)
	return exitFindings
}
