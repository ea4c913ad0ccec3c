package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"text/tabwriter"

	"github.com/spf13/pflag"
)

var versionCommand = command{
	name:  "version",
	short: "print the commit, the version of Go and those of all modules",
	long: `--sbom prints the same as a list of components in CycloneDX, as JSON, for tools
that look for known vulnerabilities. All of it is what the build has written into
the program, so the same program always prints the same.`,
	action: func() action { return new(version) },
}

type version struct{ sbom bool }

func (v *version) flags(f *pflag.FlagSet) {
	f.BoolVar(&v.sbom, "sbom", false, "print a software bill of materials (CycloneDX 1.5, JSON)")
}

func (v *version) run(_ context.Context, c console, _ []string) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return errors.New("this program was built without module support, so nothing is known of it")
	}
	if v.sbom {
		e := json.NewEncoder(c.out)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(materials(info))
	}
	table := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "%s\t%s\n", info.Main.Path, commit(info))
	fmt.Fprintf(table, "go\t%s\n", info.GoVersion)
	for _, m := range modules(info) {
		fmt.Fprintf(table, "%s\t%s\n", m.Path, m.Version)
	}
	return table.Flush()
}

// modules returns the modules that are in the program, replaced ones as what
// replaces them.
func modules(info *debug.BuildInfo) []*debug.Module {
	var list []*debug.Module
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		list = append(list, m)
	}
	return list
}

// commit returns the commit that the program was built from, and its time, as
// far as the build knew them.
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
