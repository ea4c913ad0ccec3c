package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"helpcenter/site/search"
)

var searchCommand = command{
	name: "search", args: "LANG QUERY...", least: 2, most: -1,
	short: "list the articles that the search page would show",
	long: `Searches the articles in the language LANG. The query needs two characters or
more; only the first words of a long one count. Prints the score, path, title and
address of each article, best first.`,
	action: func() action { return new(query) },
}

type query struct {
	dirFlag
	product string
	json    bool
}

func (q *query) flags(f *pflag.FlagSet) {
	q.dirFlag.flags(f)
	f.StringVar(&q.product, "product", "", "search only articles of the product `ID`")
	f.BoolVar(&q.json, "json", false, "print a JSON array")
}

// A hit is an article as JSON.
type hit struct {
	Path  string `json:"path"`
	Title string `json:"title"`
	URL   string `json:"url"`
	Score int    `json:"score"`
}

func (q *query) run(ctx context.Context, c console, args []string) error {
	s, err := q.mustLoad(c)
	if err != nil {
		return err
	}
	lang, err := pickLanguage(s, args[0])
	if err != nil {
		return err
	}
	if ids := s.Library.Site.ProductIDs(); q.product != "" && !slices.Contains(ids, q.product) {
		return usageError{unknown("product", q.product, ids)}
	}
	found, _ := s.Search(ctx, lang, search.Query{Text: strings.Join(args[1:], " "), Product: q.product})
	if err := ctx.Err(); err != nil {
		return err
	}
	if found.TooShort {
		return errors.New("the query is too short (minimum: 2 characters)")
	}
	for _, change := range found.Corrected {
		fmt.Fprintf(c.err, "showing results for %q, because %q is not found\n", change.To, change.From)
	}
	if found.Shortened {
		fmt.Fprintln(c.err, "the query is too long: only its first words were looked for")
	}
	return q.print(c.out, found.Hits)
}

func (q *query) print(w io.Writer, found []search.Hit) error {
	hits := []hit{}
	for _, h := range found {
		hits = append(hits, hit{h.Path, h.Title, h.URL, h.Score})
	}
	if q.json {
		return printJSON(w, hits)
	}
	for _, h := range hits {
		fmt.Fprintf(w, "%5d  %s  %s\n       %s\n", h.Score, h.Path, h.Title, h.URL)
	}
	return nil
}
