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
	short: "list what the search page would show",
	long: `Searches the articles, products, categories and checkers in the language LANG.
The query needs two characters or more; only the first words of a long one count.
Prints the score, path, title and address of each result, best first, and the passage
that matched. If the query names a product and asks what a checker answers, that
answer stands above the results, but not in JSON. Words that were found nowhere are
named on standard error.`,
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

// A hit is a search result as JSON.
type hit struct {
	Kind  string `json:"kind"` // article, product, category or checker
	Path  string `json:"path"` // of an article; else the id, of a category with that of its product
	Title string `json:"title"`
	Text  string `json:"text"` // the passage that matched, or a description
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
	if len(found.Missing) > 0 {
		fmt.Fprintf(c.err, "nothing found for %q\n", found.Missing)
	}
	if found.Shortened {
		fmt.Fprintln(c.err, "the query is too long: only its first words were looked for")
	}
	if q.json {
		return printJSON(c.out, hitsOf(found))
	}
	if a := found.Answer; a != nil {
		fmt.Fprintf(c.out, "%s\n       %s\n       %s\n", a.Title, a.URL, a.Text)
	}
	printHits(c.out, hitsOf(found))
	return nil
}

// hitsOf returns results as the page lists them.
func hitsOf(found search.Results) []hit {
	hits := []hit{}
	for _, h := range found.Hits {
		hits = append(hits, hit{resultKind(h.Kind), h.Path, h.Title, h.Passage, h.URL, h.Score})
	}
	return hits
}

// resultKind returns the kind of a result: guides and videos are articles.
func resultKind(kind string) string {
	switch kind {
	case "product", "category", "checker":
		return kind
	}
	return "article"
}

func printHits(w io.Writer, hits []hit) {
	for _, h := range hits {
		fmt.Fprintf(w, "%5d  %s  %s\n       %s\n", h.Score, h.Path, h.Title, h.URL)
		if h.Text != "" {
			fmt.Fprintf(w, "       %s\n", h.Text)
		}
	}
}
