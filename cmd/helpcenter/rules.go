package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"helpcenter/site/civil"
	"helpcenter/site/ruleset"
	"helpcenter/site/source"
	"helpcenter/site/tomlfile"
)

var rulesDiffCommand = command{
	name: "rules diff", args: "OLD NEW", least: 2, most: 2,
	short: "list the cases that two versions of a rule file decide differently",
	long: `Compares the outcomes, reasons and order of reasons in the rule files OLD and NEW. Cases
that change in the same way share a line. Exits with 1 if any case changes. Facts from
other checkers take their values from the rules in the folder of NEW.`,
	action: func() action { return new(rulesDiff) },
}

type rulesDiff struct {
	dir  string
	json bool
}

func (d *rulesDiff) flags(f *pflag.FlagSet) {
	f.StringVar(&d.dir, "dir", "", "read the files below `DIR`")
	f.BoolVar(&d.json, "json", false, "print the changes as a JSON array")
}

func (d *rulesDiff) run(_ context.Context, c console, args []string) error {
	folder := os.DirFS(filepath.Dir(d.path(args[1])))
	old, err := d.compile(folder, args[0], c)
	if err != nil {
		return err
	}
	new, err := d.compile(folder, args[1], c)
	if err != nil {
		return err
	}
	changes, err := ruleset.Diff(old, new)
	if err != nil {
		return err
	}
	switch {
	case d.json:
		err = printJSON(c.out, changes)
	case len(changes) == 0:
		fmt.Fprintln(c.out, "no case changes")
	}
	for _, change := range changes {
		if !d.json {
			fmt.Fprintln(c.out, change)
		}
	}
	if err == nil && len(changes) > 0 {
		err = errReported
	}
	return err
}

func (d *rulesDiff) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(d.dir, name)
}

// compile reads one rule file, which may be a pipe. Errors other than undecided cases do not prevent a comparison.
func (d *rulesDiff) compile(folder fs.FS, name string, c console) (*ruleset.Ruleset, error) {
	path := d.path(name)
	data, err := tomlfile.Read(os.DirFS(filepath.Dir(path)), filepath.Base(path))
	if err != nil {
		return nil, usagef("%s: %w", path, source.Cause(err))
	}
	r, found := ruleset.Compile(folder, filepath.ToSlash(name), data)
	if r == nil {
		return nil, refuse(found, c.err)
	}
	return r, nil
}

var rulesTestCommand = command{
	name:  "rules test",
	short: "check the examples and invariants of all rules",
	long: `Also names the rules that no example reaches. --boundaries lists each threshold of a
number or of days, the values one step below and above it, and the outcomes possible at
each. Exits with 1 if any example or invariant fails.`,
	action: func() action { return new(rulesTest) },
}

type rulesTest struct {
	dirFlag
	boundaries bool
}

func (t *rulesTest) flags(f *pflag.FlagSet) {
	t.dirFlag.flags(f)
	f.BoolVar(&t.boundaries, "boundaries", false, "list each threshold with the values next to it")
}

func (t *rulesTest) run(_ context.Context, c console, _ []string) error {
	folders, err := t.open(c.err)
	if err != nil {
		return err
	}
	set, found := ruleset.Load(folders["rules"]) // Load also checks them: failures are among the findings
	for _, id := range set.IDs() {
		for _, version := range set.Versions(id) {
			file := version.Position.File
			fmt.Fprintf(c.out, "%s: %s\n", file, tally(version.Test()))
			if left := version.Unreached(); len(left) > 0 {
				fmt.Fprintf(c.out, "%s: no example reaches %s\n", file, strings.Join(left, ", "))
			}
			if t.boundaries {
				for _, b := range version.Boundaries() {
					fmt.Fprintf(c.out, "%s: %s=%s: %s\n", file, b.Fact, b.Number, strings.Join(b.Possible, ", "))
				}
			}
		}
	}
	return refuse(found, c.out)
}

// tally counts the examples and invariants that pass.
func tally(checks []ruleset.Check) string {
	all, passed := map[string]int{}, map[string]int{}
	for _, check := range checks {
		all[check.Kind]++
		if check.Finding == nil {
			passed[check.Kind]++
		}
	}
	var parts []string
	for _, kind := range []string{"example", "invariant"} {
		parts = append(parts, fmt.Sprintf("%d of %s pass", passed[kind], number(all[kind], kind)))
	}
	return strings.Join(parts, ", ")
}

// loadRules reads only the rules.
func loadRules(d *dirFlag, c console) (*ruleset.Set, error) {
	folders, err := d.open(c.err)
	if err != nil {
		return nil, err
	}
	set, found := ruleset.Load(folders["rules"])
	return set, refuse(found, c.err)
}

// checker returns the version of a checker that is valid on a day.
func checker(set *ruleset.Set, id string, on civil.Date) (*ruleset.Ruleset, error) {
	if r := set.At(id, on); r != nil {
		return r, nil
	}
	return nil, unknown("checker", id, set.IDs())
}
