package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

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

// help prints the help of a command, of a group of commands, or of all.
func help(name string, c console) error {
	cmd, group := find(name), under(name)
	switch {
	case name == "":
		printCommands(c.out, commands)
	case cmd != nil:
		cmd.printHelp(c.out)
	case len(group) > 0:
		printCommands(c.out, group)
	default:
		return unknownCommand(name, names(commands))
	}
	return nil
}

func unknownCommand(name string, known []string) error {
	return usageError{unknown("command", name, known)}
}

// printCommands prints a line for each command.
func printCommands(w io.Writer, list []*command) {
	fmt.Fprint(w, "Usage: helpcenter COMMAND [FLAGS] [ARGUMENTS]\n\nCommands:\n")
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, c := range list {
		fmt.Fprintf(table, "  %s\t%s\n", strings.TrimSpace(c.name+" "+c.args), c.short)
	}
	table.Flush()
	fmt.Fprint(w, "\nRun 'helpcenter help COMMAND' for the details of a command.\n")
}
