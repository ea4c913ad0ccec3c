package site_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"helpcenter/site/search"
	"helpcenter/site/sitetest"
	"helpcenter/site/testsample"
)

// A judged is a query and the paths that answer it.
type judged struct {
	kind, text string
	paths      []string
}

func judgedQueries(t testing.TB, name string) []judged {
	data, err := os.ReadFile("search/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var all []judged
	for line := range strings.Lines(string(data)) {
		if f := strings.Split(strings.TrimSpace(line), " | "); len(f) == 3 && line[0] != '#' {
			all = append(all, judged{f[0], f[1], strings.Fields(f[2])})
		}
	}
	return all
}

// A count sums up how well queries were answered.
type count struct{ asked, first, third, empty int }

func (c *count) add(rank int, r search.Results) {
	c.asked++
	if rank == 0 {
		c.first++
	}
	if 0 <= rank && rank < 3 {
		c.third++
	}
	if len(r.Hits) == 0 {
		c.empty++
	}
}

func (c *count) String() string {
	n := float64(c.asked)
	return fmt.Sprintf("%3d queries, success@1 %.3f, success@3 %.3f, %d empty",
		c.asked, float64(c.first)/n, float64(c.third)/n, c.empty)
}

// Readers find the page that answers their query.
func TestJudged(t *testing.T) {
	sitetest.WithoutRaces(t)
	s := sitetest.Shipped(t)
	for _, l := range testsample.Of(s.Library.Site.Languages, 2) {
		lang, name, counts := l.Tag, "queries."+l.Tag+".txt", map[string]*count{}
		for _, q := range judgedQueries(t, name) {
			r, _ := s.Search(context.Background(), lang, search.Query{Text: q.text})
			rank := slices.IndexFunc(r.Hits, func(h search.Hit) bool { return slices.Contains(q.paths, h.Path) })
			kinds := []string{q.kind, "all"}
			if q.kind != "product" && q.kind != "uncovered" && q.kind != "angry" {
				kinds = append(kinds, "covered")
			}
			for _, kind := range kinds {
				if counts[kind] == nil {
					counts[kind] = &count{}
				}
				counts[kind].add(rank, r)
			}
			if rank != 0 {
				first := "nothing"
				if len(r.Hits) > 0 {
					first = r.Hits[0].Path
				}
				t.Logf("%s %s: %q finds %s first, and one of %v as number %d", lang, q.kind, q.text, first, q.paths, rank+1)
			}
		}
		for _, kind := range slices.Sorted(maps.Keys(counts)) {
			t.Logf("%s %-12s %v", name, kind, counts[kind])
		}
		for kind, least := range map[string][2]int{"all": {93, 98}, "covered": {93, 98}} {
			c := counts[kind]
			if c.first*100 < c.asked*least[0] || c.third*100 < c.asked*least[1] || c.empty > 0 {
				t.Errorf("%s %s: %v; wanted are %d and %d %% and none empty", name, kind, c, least[0], least[1])
			}
		}
	}
}
