package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"helpcenter/site/civil"
	"helpcenter/site/diag"
	"helpcenter/site/ruleset"
	"helpcenter/site/source"
)

var rulesDiffCommand = command{
	name: "rules diff", args: "OLD.toml NEW.toml", least: 2, most: 2,
	short: "say which cases a change of rules decides differently, exit 1 if any",
	long: `Cases that change in the same way are merged into one line. With --dir, the
names of the files are relative to that folder.`,
	action: func() action { return new(rulesDiff) },
}

type rulesDiff struct {
	dir  string
	json bool
}

func (d *rulesDiff) flags(f *pflag.FlagSet) {
	f.StringVar(&d.dir, "dir", "", "the folder from which the files are named")
	f.BoolVar(&d.json, "json", false, "write the changes as a JSON array")
}

func (d *rulesDiff) run(_ context.Context, c console, args []string) error {
	old, err := d.compile(args[0], c)
	if err != nil {
		return err
	}
	new, err := d.compile(args[1], c)
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
		fmt.Fprintln(c.out, "every case is decided as before, for the same reasons")
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

// compile reads one rule file. Only what leaves cases undecided stands in the
// way of a comparison.
func (d *rulesDiff) compile(name string, c console) (*ruleset.Ruleset, error) {
	path := name
	if !filepath.IsAbs(name) {
		path = filepath.Join(d.dir, name)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, usagef("%s: %w", path, source.Cause(err))
	}
	r, found := ruleset.Compile(filepath.ToSlash(name), data)
	if r == nil {
		return nil, refuse(found, c.err)
	}
	return r, nil
}

var rulesTestCommand = command{
	name:   "rules test",
	short:  "try the examples and prove the invariants of all rules, exit 1 if any fails",
	action: func() action { return new(rulesTest) },
}

type rulesTest struct{ dirFlag }

func (t *rulesTest) run(_ context.Context, c console, _ []string) error {
	rooms, err := t.open(c.err)
	if err != nil {
		return err
	}
	set, found := ruleset.Load(rooms["rules"]) // tries and proves, too: what fails is among the findings
	for _, id := range set.IDs() {
		for _, version := range set.Versions(id) {
			fmt.Fprintf(c.out, "%s: %s\n", version.Position.File, tally(version.Test()))
		}
	}
	return refuse(found, c.out)
}

// tally counts the examples and invariants that hold.
func tally(checks []ruleset.Check) string {
	all, held := map[string]int{}, map[string]int{}
	for _, check := range checks {
		all[check.Kind]++
		if check.Finding == nil {
			held[check.Kind]++
		}
	}
	var parts []string
	for _, kind := range []string{"example", "invariant"} {
		parts = append(parts, fmt.Sprintf("%d of %s hold", held[kind], number(all[kind], kind)))
	}
	return strings.Join(parts, ", ")
}

// loadRules reads the rules alone, for commands that need no more.
func loadRules(d *dirFlag, c console) (*ruleset.Set, error) {
	rooms, err := d.open(c.err)
	if err != nil {
		return nil, err
	}
	set, found := ruleset.Load(rooms["rules"])
	return set, refuse(found, c.err)
}

// checker returns the version of a checker that holds on a day.
func checker(set *ruleset.Set, id string, on civil.Date) (*ruleset.Ruleset, error) {
	if r := set.At(id, on); r != nil {
		return r, nil
	}
	ids := set.IDs()
	if len(ids) == 0 {
		return nil, fmt.Errorf("there is no checker %q, since there are no rules", id)
	}
	return nil, fmt.Errorf("there is no checker %q, there are: %s%s", id, diag.List(ids), didYouMean(id, ids))
}
