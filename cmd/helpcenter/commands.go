package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/pflag"
)

// A command is one thing that the program can be told to do.
type command struct {
	name        string // of one word or two
	args        string // what follows it, flags left out
	least, most int    // number of arguments; most is -1 where there is no limit
	short       string // what it does, in a line
	long        string // what else its users should know
	action      func() action
}

// An action is one call of a command: its fields hold the values of its flags.
type action interface {
	flags(*pflag.FlagSet)
	run(ctx context.Context, c console, args []string) error
}

// commands are all commands, in the order of the help.
var commands = []*command{
	&serveCommand, &buildCommand, &lintCommand,
	&decideCommand, &rulesTableCommand, &rulesDiffCommand, &rulesTestCommand,
	&translationsCommand, &acceptCommand, &newCommand, &moveCommand, &retireCommand,
	&searchCommand, &versionCommand,
}

// find returns the command of that name, or nil.
func find(name string) *command {
	i := slices.IndexFunc(commands, func(c *command) bool { return c.name == name })
	if i < 0 {
		return nil
	}
	return commands[i]
}

// under returns the commands whose name begins with a word.
func under(word string) (list []*command) {
	for _, c := range commands {
		if strings.HasPrefix(c.name, word+" ") {
			list = append(list, c)
		}
	}
	return list
}

func names(list []*command) (names []string) {
	for _, c := range list {
		names = append(names, c.name)
	}
	return names
}

// help prints what is known of a command, or of all.
func help(name string, c console) error {
	cmd, family := find(name), under(name)
	switch {
	case name == "":
		printHelp(c.out, commands)
	case cmd != nil:
		cmd.printHelp(c.out)
	case len(family) > 0:
		printHelp(c.out, family)
	default:
		return unknownCommand(name, names(commands))
	}
	return nil
}

// printHelp prints a line for each command.
func printHelp(w io.Writer, list []*command) {
	fmt.Fprint(w, "Usage: helpcenter COMMAND [ARGUMENTS] [FLAGS]\n\n")
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, c := range list {
		fmt.Fprintf(table, "  %s\t%s\n", strings.TrimSpace(c.name+" "+c.args), c.short)
	}
	table.Flush()
	fmt.Fprint(w, "\nRun helpcenter help COMMAND for the flags of a command.\n")
}

func (cmd *command) synopsis() string {
	s := "helpcenter " + cmd.name
	if cmd.args != "" {
		s += " " + cmd.args
	}
	return s + " [FLAGS]"
}

func (cmd *command) printHelp(w io.Writer) {
	fmt.Fprintf(w, "helpcenter %s: %s\n\nUsage: %s\n", cmd.name, cmd.short, cmd.synopsis())
	if cmd.long != "" {
		fmt.Fprintf(w, "\n%s\n", cmd.long)
	}
	if flags := newFlags(cmd.action()); flags.HasFlags() {
		fmt.Fprintf(w, "\nFlags:\n%s", flags.FlagUsages())
	}
}
