package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"helpcenter/site"
	"helpcenter/site/search"
)

var searchCommand = command{
	name: "search", args: "LANG QUERY...", least: 2, most: -1,
	short: "list what the search page would show",
	long: `Searches the articles, products, categories and checkers in the language LANG.
The query needs two characters or more; only the first words of a long one count.
Prints the best 30 results, the best first: score, path, title and address, and the
passage that matched. If the query names a product and asks what a checker answers,
that answer is printed above the results, but not as JSON. Words that matched nothing
are named on standard error.`,
	action: func() action { return new(query) },
}

type query struct {
	dirFlag
	product string
	json    bool
}

func (q *query) flags(f *pflag.FlagSet) {
	q.dirFlag.flags(f)
	f.StringVar(&q.product, "product", "", "search only what belongs to the product `ID`")
	f.BoolVar(&q.json, "json", false, "print a JSON array")
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
	found, _ := s.Search(ctx, lang, search.Query{Text: strings.Join(args[1:], " "), Product: q.product, Limit: 30})
	if err := ctx.Err(); err != nil {
		return err
	}
	if found.TooShort {
		return errors.New("the query is too short (minimum: 2 characters)")
	}
	for _, change := range found.Corrected {
		fmt.Fprintf(c.err, "showing results for %q, because %q is not found\n", change.To, change.From)
	}
	if len(found.Missing) > 0 {
		fmt.Fprintf(c.err, "nothing found for %q\n", found.Missing)
	}
	if found.Shortened {
		fmt.Fprintln(c.err, "the query is too long: only its first words were looked for")
	}
	hits := site.FoundIn(s.Library, lang, found)
	if q.json {
		return printJSON(c.out, hits)
	}
	if a := found.Answer; a != nil {
		fmt.Fprintf(c.out, "%s\n       %s\n       %s\n", a.Title, a.URL, a.Text)
	}
	printHits(c.out, hits)
	return nil
}

func printHits(w io.Writer, hits []site.Found) {
	for _, h := range hits {
		fmt.Fprintf(w, "%5d  %s  %s\n       %s\n", h.Score, h.Path, h.Title, h.URL)
		if h.Text != "" {
			fmt.Fprintf(w, "       %s\n", h.Text)
		}
	}
}
