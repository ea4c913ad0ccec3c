package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/search"
)

var searchCommand = command{
	name: "search", args: "LANG QUERY", least: 2, most: -1,
	short: "list the articles that the search page finds, in its order",
	long: `A query has at least two characters; of a long one only the first words count. Words that are given apart are one query.
Each line is an article: its score, path, title and address.`,
	action: func() action { return new(query) },
}

type query struct {
	dirFlag
	product string
	json    bool
}

func (q *query) flags(f *pflag.FlagSet) {
	q.dirFlag.flags(f)
	f.StringVar(&q.product, "product", "", "only articles of the product `ID`")
	f.BoolVar(&q.json, "json", false, "print a JSON array")
}

// hit is an article found, as JSON.
type hit struct {
	Path  string `json:"path"`
	Title string `json:"title"`
	URL   string `json:"url"`
	Score int    `json:"score"`
}

func (q *query) run(ctx context.Context, c console, args []string) error {
	rooms, err := q.open(c.err)
	if err != nil {
		return err
	}
	s, err := mustLoad(rooms, c.err)
	if err != nil {
		return err
	}
	lang, err := pickLanguage(s, args[0])
	if err != nil {
		return err
	}
	if err := knownProduct(s, q.product); err != nil {
		return err
	}
	found, _ := s.Search(ctx, lang, search.Query{Text: strings.Join(args[1:], " "), Product: q.product})
	if err := ctx.Err(); err != nil {
		return err
	}
	if found.TooShort {
		return errors.New("the query is too short: two characters are needed")
	}
	for _, change := range found.Corrected {
		fmt.Fprintf(c.err, "results for %q, since %q is found nowhere\n", change.To, change.From)
	}
	if found.Shortened {
		fmt.Fprintln(c.err, "the query is too long: only its first words were looked for")
	}
	return q.print(c.out, found.Hits)
}

func knownProduct(s *site.Site, id string) error {
	var ids []string
	for _, p := range s.Library.Site.Products {
		if p.ID == id {
			return nil
		}
		ids = append(ids, p.ID)
	}
	if id == "" {
		return nil
	}
	return usagef("there is no product %q, there are: %s%s", id, diag.List(ids), didYouMean(id, ids))
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
