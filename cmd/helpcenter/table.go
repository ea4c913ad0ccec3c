package main

import (
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/pflag"

	"helpcenter/site/civil"
	"helpcenter/site/ruleset"
)

var rulesTableCommand = command{
	name: "rules table", args: "CHECKER", least: 1, most: 1,
	short: "print the decision table of a checker, in as few rows as possible",
	long: `A file with mistakes has a table too, as far as it can be read; where no rule decides,
the outcome is "none", and the exit status is 1. A dash means any value. In the formats
text and markdown, the values of a group of the rule file are shown by its name, and the
groups are listed below the table.`,
	action: func() action { return &rulesTable{format: newChoice("text", "csv", "json", "markdown")} },
}

type rulesTable struct {
	dirFlag
	format choice
	on     day
}

func (t *rulesTable) flags(f *pflag.FlagSet) {
	t.dirFlag.flags(f)
	f.Var(&t.format, "format", "the format of the table")
	f.Var(&t.on, "on", "print the version that is valid on this day (default: today in UTC)")
}

func (t *rulesTable) run(_ context.Context, c console, args []string) error {
	set, incomplete := loadRules(&t.dirFlag, c)
	if set == nil {
		return incomplete
	}
	if t.on.IsZero() {
		t.on.Date = civil.DateOf(c.now().UTC())
	}
	r := set.Draft(args[0], t.on.Date)
	if r == nil {
		return cmp.Or(incomplete, unknown("checker", args[0], set.IDs()))
	}
	if err := printTable(c.out, r, t.format.value); err != nil {
		return err
	}
	return incomplete
}

func printTable(w io.Writer, r *ruleset.Ruleset, format string) error {
	switch format {
	case "csv":
		cells := csv.NewWriter(w)
		return cells.WriteAll(tableCells(r, plainValues))
	case "json":
		return printJSON(w, tableRows(r))
	case "markdown":
		return printMarkdown(w, r)
	}
	lines := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, line := range tableCells(r, groupedValues) {
		fmt.Fprintln(lines, strings.Join(line, "\t"))
	}
	lines.Flush()
	return printGroups(w, r, "\n%s: %s\n")
}

func printMarkdown(w io.Writer, r *ruleset.Ruleset) error {
	for i, line := range tableCells(r, groupedValues) {
		fmt.Fprintf(w, "| %s |\n", strings.Join(line, " | "))
		if i == 0 {
			fmt.Fprintf(w, "%s|\n", strings.Repeat("|---", len(line)))
		}
	}
	return printGroups(w, r, "\n`%s`: %s\n")
}

// printGroups lists the groups of values.
func printGroups(w io.Writer, r *ruleset.Ruleset, format string) error {
	for _, g := range r.Groups {
		if _, err := fmt.Fprintf(w, format, g.ID, plainValues(r, g.Fact, g.Values)); err != nil {
			return err
		}
	}
	return nil
}

// tableCells returns the table below a line of headings. values formats the values of a fact.
func tableCells(r *ruleset.Ruleset, values func(*ruleset.Ruleset, int, ruleset.Bits) string) [][]string {
	var head []string
	for _, f := range r.Facts {
		head = append(head, f.ID)
	}
	lines := [][]string{append(head, "outcome", "reasons", "cases")}
	for _, row := range r.Rows() {
		var line []string
		for f := range r.Facts {
			if r.Says(f, row.When[f]) {
				line = append(line, values(r, f, row.When[f]))
			} else {
				line = append(line, "-")
			}
		}
		lines = append(lines, append(line,
			outcomeName(r, row.Outcome), strings.Join(r.Reasons(row.Reasons), ", "), strconv.Itoa(row.When.Cases())))
	}
	return lines
}

// outcomeName returns the id of an outcome, or "none" if no rule decides.
func outcomeName(r *ruleset.Ruleset, outcome int) string {
	if outcome < 0 {
		return "none"
	}
	return r.Outcomes[outcome].ID
}

func plainValues(r *ruleset.Ruleset, fact int, values ruleset.Bits) string {
	return strings.Join(r.Facts[fact].Names(values), ", ")
}

// groupedValues returns the name of the group that has exactly these values, if there is one, or else the values.
func groupedValues(r *ruleset.Ruleset, fact int, values ruleset.Bits) string {
	i := slices.IndexFunc(r.Groups, func(g ruleset.Group) bool { return g.Fact == fact && g.Values == values })
	if i < 0 {
		return plainValues(r, fact, values)
	}
	return r.Groups[i].ID
}

// A tableRow is a row of the table as JSON.
type tableRow struct {
	ID      string              `json:"id"`
	When    []ruleset.Condition `json:"when"` // without facts that may have any value
	Outcome string              `json:"outcome"`
	Reasons []string            `json:"reasons"`
	Cases   int                 `json:"cases"`
}

func tableRows(r *ruleset.Ruleset) (rows []tableRow) {
	for _, row := range r.Rows() {
		outcome := outcomeName(r, row.Outcome)
		rows = append(rows, tableRow{row.ID, r.Conditions(row.When), outcome, r.Reasons(row.Reasons), row.When.Cases()})
	}
	return rows
}
