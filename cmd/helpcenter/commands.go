package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
)

// commands are all commands. A command precedes its subcommands.
var commands = []*command{
	&initCommand, &serveCommand, &buildCommand, &lintCommand,
	&decideCommand, &rulesTableCommand, &rulesDiffCommand, &rulesTestCommand,
	&statusCommand, &feedbackCommand, &translationsCommand, &acceptCommand, &exportCommand, &importTranslationsCommand,
	&importCommand, &newCommand, &moveCommand, &retireCommand,
	&searchCommand, &versionCommand,
}

// newRoot returns the program as a tree of commands.
func newRoot(c console) *cobra.Command {
	root := newGroup("helpcenter", "build, serve and check a help center")
	root.SilenceErrors, root.SilenceUsage = true, true
	root.CompletionOptions.DisableDefaultCmd = true
	root.Version = buildInfo()
	root.SetVersionTemplate("{{.Version}}")
	root.SetOut(c.out)
	root.SetErr(c.err)
	root.SetFlagErrorFunc(invalidFlag)
	root.SetHelpCommand(&cobra.Command{Use: "help [COMMAND]", Short: "describe a command", RunE: help})
	root.AddCommand(newGroup("rules", "print, compare and test the rules of checkers"))
	for _, cmd := range commands {
		group, _, _ := root.Find(strings.Fields(cmd.name))
		group.AddCommand(cmd.build(c))
	}
	return root
}

// newGroup returns a command that only groups subcommands.
func newGroup(name, short string) *cobra.Command {
	return &cobra.Command{Use: name, Short: short, Args: cobra.ArbitraryArgs, RunE: noCommand}
}

// noCommand returns the error for a call that does not name a command of the group.
func noCommand(group *cobra.Command, args []string) error {
	if len(args) == 0 {
		group.SetOut(group.ErrOrStderr())
		return errors.Join(group.Usage(), usagef("missing command"))
	}
	var known []string
	for _, cmd := range group.Commands() {
		known = append(known, cmd.Name())
	}
	return usageError{unknown("command", args[0], known)}
}

// help describes a command.
func help(cmd *cobra.Command, args []string) error {
	described, rest, err := cmd.Root().Find(args)
	if err != nil || len(rest) > 0 {
		return noCommand(described, rest)
	}
	return described.Help()
}
