package main

import (
	"context"
	"fmt"
	"runtime/debug"

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
	_, err := fmt.Fprint(c.out, buildInfo())
	return err
}

// buildInfo lists the commit and the versions of Go and all modules, like go version -m.
func buildInfo() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown: built without module support\n"
	}
	commit := "unknown"
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			commit = setting.Value
		}
	}
	return fmt.Sprintf("helpcenter commit %s\n%s", commit, info)
}
