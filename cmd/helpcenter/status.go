package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"

	"github.com/spf13/pflag"

	"helpcenter/site/library"
	"helpcenter/site/spelling"
)

var statusCommand = command{
	name:  "status",
	short: "count what is translated, older than its source, or not reviewed",
	long: `For each language and product: how many articles the default language has, how many
of these are translated, and of the translations how many are older than their
source, how many nobody has accepted yet, and how many are in a language without a
dictionary, so that their spelling is not checked. In the default language, all
articles count as translated. 'translations' shows the places.`,
	action: func() action { return &status{dirFlag: dirFlag{own: true}, format: newChoice("text", "json", "csv")} },
}

type status struct {
	dirFlag
	format       choice
	dictionaries string
}

func (s *status) flags(f *pflag.FlagSet) {
	s.dirFlag.flags(f)
	f.Var(&s.format, "format", "the format of the table")
	f.StringVar(&s.dictionaries, "dictionaries", "", "look for Hunspell dictionaries in the folder `DIR` first")
}

// A statusRow counts the articles of a product in a language.
type statusRow struct {
	Language   string `json:"language"`
	Product    string `json:"product"`
	Articles   int    `json:"articles"` // in the default language
	Translated int    `json:"translated"`
	Older      int    `json:"older"`
	Unreviewed int    `json:"unreviewed"`
	Unspelt    int    `json:"unspelt"`
}

func (s *status) run(_ context.Context, c console, _ []string) error {
	_, articles, err := openArticles(s.open, c)
	if err != nil {
		return err
	}
	spelt, err := dictionaries(articles.Site, io.Discard, s.dictionaries, s.dir)
	if err != nil {
		return err
	}
	rows := statusOf(articles, spelt)
	switch s.format.value {
	case "json":
		return printJSON(c.out, rows)
	case "csv":
		return printCSV(c.out, rows)
	}
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "language\tproduct\tarticles\ttranslated\tolder\tnot reviewed\tnot spelt")
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\t%d\t%d\n",
			r.Language, r.Product, r.Articles, r.Translated, r.Older, r.Unreviewed, r.Unspelt)
	}
	return w.Flush()
}

// statusOf counts by language and product, in the order of site.toml. It omits products without articles.
func statusOf(l *library.Library, spelt map[string]*spelling.Dictionary) []statusRow {
	rows := []statusRow{}
	for _, lang := range l.Site.Tags() {
		unreviewed := map[string]bool{}
		for _, path := range l.Unjudged(lang) {
			unreviewed[path] = true
		}
		for _, product := range l.Site.ProductIDs() {
			r := statusRow{Language: lang, Product: product}
			for _, a := range l.Articles {
				if a.Product != product || a.Lang != l.Site.DefaultLanguage {
					continue
				}
				r.Articles++
				translation := l.Article(lang, a.Path)
				if translation == nil {
					continue
				}
				r.Translated++
				r.Older += one(len(l.Outdated(translation)) > 0)
				r.Unreviewed += one(unreviewed[a.Path])
				r.Unspelt += one(spelt[lang] == nil)
			}
			if r.Articles > 0 {
				rows = append(rows, r)
			}
		}
	}
	return rows
}

// one returns 1 if is is true, else 0.
func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

func printCSV(w io.Writer, rows []statusRow) error {
	out := csv.NewWriter(w)
	out.Write([]string{"language", "product", "articles", "translated", "older", "unreviewed", "unspelt"})
	for _, r := range rows {
		line := []string{r.Language, r.Product}
		for _, n := range []int{r.Articles, r.Translated, r.Older, r.Unreviewed, r.Unspelt} {
			line = append(line, strconv.Itoa(n))
		}
		out.Write(line)
	}
	out.Flush()
	return out.Error()
}
