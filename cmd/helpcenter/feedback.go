package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"text/tabwriter"

	"github.com/spf13/pflag"

	"helpcenter/site/feedback"
	"helpcenter/site/library"
)

var feedbackCommand = command{
	name:  "feedback",
	short: "report what readers said about pages, and searched for in vain",
	long: `Adds up the files *.db in each DIR of --data. 'helpcenter serve --data' writes them,
and may be running. For each article, and for the answers of each checker, the report
says how many readers found it helpful, how many did not and why, and which sections
(for a checker, which outcomes) they meant. Then it lists the searches that found
nothing, and the words that were known in searches where others were not. Months older
than two years are not kept.

To include other machines, copy their files into one folder under different names,
each while it is locked:
  flock feedback.db cp feedback.db COPY.db`,
	action: func() action {
		return &report{dirFlag: dirFlag{own: true}, format: newChoice("text", "json", "csv")}
	},
}

// A report is one call of the command feedback.
type report struct {
	dirFlag
	data   []string
	since  day
	format choice
}

func (r *report) flags(f *pflag.FlagSet) {
	r.dirFlag.flags(f)
	f.StringArrayVar(&r.data, "data", nil, "read the files *.db in `DIR`; may be given more than once")
	f.Var(&r.since, "since", "count from the month of this day")
	f.Var(&r.format, "format", "the format of the report")
}

func (r *report) run(_ context.Context, c console, _ []string) error {
	if len(r.data) == 0 {
		return usagef("--data is missing: name the folder of 'helpcenter serve --data'")
	}
	_, articles, err := openArticles(r.open, c)
	if err != nil {
		return err
	}
	since := ""
	if !r.since.IsZero() {
		since = r.since.String()[:len("2006-01")]
	}
	counted, err := feedback.Read(r.data, since)
	if err != nil {
		return fmt.Errorf("--data: %w", err)
	}
	addTitles(counted, articles)
	switch r.format.value {
	case "json":
		return printJSON(c.out, counted)
	case "csv":
		return feedbackCSV(c.out, counted)
	}
	return feedbackText(c.out, counted)
}

// addTitles adds the titles of articles that still exist.
func addTitles(counted *feedback.Report, articles *library.Library) {
	for i, page := range counted.Pages {
		if a := articles.Shown(page.Language, page.Page); a != nil {
			counted.Pages[i].Title = a.Title
		}
	}
}

func feedbackText(w io.Writer, counted *feedback.Report) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "language\tpage\treaders\ttitle")
	for _, p := range counted.Pages {
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", p.Language, p.Page, p.Counts, p.Title)
		for _, s := range p.Sections {
			fmt.Fprintf(out, "\t#%s\t%s\t\n", s.ID, s.Counts)
		}
	}
	out.Flush()
	fmt.Fprintln(w)
	fmt.Fprintln(out, "language\tsearch\ttimes\tmatched")
	for _, s := range counted.Searches {
		fmt.Fprintf(out, "%s\t%s\t%d\t%s\n", s.Language, s.Words, s.Times, s.Matched)
	}
	return out.Flush()
}

// feedbackCSV writes one table, with a line for each number.
func feedbackCSV(w io.Writer, counted *feedback.Report) error {
	out := csv.NewWriter(w)
	out.Write([]string{"kind", "language", "subject", "section", "answer", "times"})
	write := func(n int, fields ...string) {
		if n > 0 {
			out.Write(append(fields, strconv.Itoa(n)))
		}
	}
	counts := func(kind string, p feedback.Page, section string, c feedback.Counts) {
		none := c.NotHelpful
		for _, id := range slices.Sorted(maps.Keys(c.Reasons)) {
			write(c.Reasons[id], kind, p.Language, p.Page, section, id)
			none -= c.Reasons[id]
		}
		write(c.Helpful, kind, p.Language, p.Page, section, feedback.Yes)
		write(none, kind, p.Language, p.Page, section, feedback.No)
	}
	for _, p := range counted.Pages {
		counts("page", p, "", p.Counts)
		for _, s := range p.Sections {
			counts("section", p, s.ID, s.Counts)
		}
	}
	for _, s := range counted.Searches {
		write(s.Times, "search", s.Language, s.Words, "", s.Matched)
	}
	out.Flush()
	return out.Error()
}
