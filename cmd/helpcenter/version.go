package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"text/tabwriter"

	"github.com/spf13/pflag"
)

var versionCommand = command{
	name:   "version",
	short:  "print the commit and the versions of Go and all modules",
	action: func() action { return version{} },
}

type version struct{}

func (version) flags(*pflag.FlagSet) {}

func (version) run(_ context.Context, c console, _ []string) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return errors.New("this program was built without module support, so its version is unknown")
	}
	table := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "%s\t%s\n", info.Main.Path, commit(info))
	fmt.Fprintf(table, "go\t%s\n", info.GoVersion)
	for _, m := range info.Deps {
		m = cmp.Or(m.Replace, m)
		fmt.Fprintf(table, "%s\t%s\n", m.Path, m.Version)
	}
	return table.Flush()
}

// commit returns the commit that the program was built from, and its time.
func commit(info *debug.BuildInfo) string {
	set := map[string]string{}
	for _, s := range info.Settings {
		set[s.Key] = s.Value
	}
	if set["vcs.revision"] == "" {
		return "commit unknown"
	}
	text := fmt.Sprintf("commit %s of %s", set["vcs.revision"], set["vcs.time"])
	if set["vcs.modified"] == "true" {
		text += ", with changes"
	}
	return text
}
