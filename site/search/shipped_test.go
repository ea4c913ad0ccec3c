package search

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"helpcenter"
	"helpcenter/content"
)

// shipped makes the index of the articles that ship, as the site does.
func shipped(t testing.TB, lang string) *Index {
	t.Helper()
	lib, findings := content.Load(content.Files)
	if len(lib.Articles) == 0 {
		t.Fatal(findings) // others prove that the room is fit for publication
	}
	c := Config{Lang: lang, Synonyms: synonyms(t, lang)}
	names := map[string]string{}
	for _, p := range lib.Site.Products {
		names[p.ID] = p.Name[lang]
		if p.Group != "" {
			c.Names = append(c.Names, p.Name[lang])
		}
	}
	categories := map[string]string{}
	for _, x := range lib.Site.Categories {
		categories[x.ID] = x.Name[lang]
	}
	b := NewBuilder(c)
	for _, a := range lib.Articles {
		if a.Lang == lang {
			d := document(a)
			d.Labels = []string{names[a.Product], categories[a.Category]}
			b.Add(d)
		}
	}
	return b.Index()
}

func document(a *content.Article) *Document {
	d := &Document{Path: a.Path, URL: fmt.Sprintf("/%s/%s/", a.Lang, a.Path), Product: a.Product, Kind: string(a.Kind), Title: a.Title, Description: a.Description}
	for _, s := range a.Sections {
		d.Sections = append(d.Sections, Section{ID: s.ID, Title: s.Title})
	}
	for _, b := range a.Blocks {
		switch {
		case b.Kind == content.Heading:
		case b.Section < 0:
			d.Text = append(d.Text, a.Text(b))
		default:
			s := &d.Sections[b.Section]
			s.Text = append(s.Text, a.Text(b))
		}
	}
	return d
}

func synonyms(t testing.TB, lang string) [][]string {
	name := "../../locales/synonyms." + lang + ".toml"
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Group []struct{ Words []string }
	}
	if _, findings := helpcenter.DecodeTOML(name, data, 1, &file); len(findings) > 0 {
		t.Fatal(findings)
	}
	var groups [][]string
	for _, g := range file.Group {
		groups = append(groups, g.Words)
	}
	return groups
}

// A judged query and the articles that answer it.
type judged struct {
	kind, text string
	paths      []string
}

func judgedQueries(t testing.TB, lang string) []judged {
	data, err := os.ReadFile("testdata/queries." + lang + ".txt")
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

func TestJudged(t *testing.T) {
	for _, lang := range []string{"it", "en"} {
		ix := shipped(t, lang)
		type count struct{ n, first, third, empty int }
		counts := map[string]*count{}
		for i, q := range judgedQueries(t, lang) {
			half := os.Getenv("HALF")
			if half == "dev" && i%2 == 1 || half == "held" && i%2 == 0 {
				continue
			}
			r := ix.Search(Query{Text: q.text})
			rank := slices.IndexFunc(r.Hits, func(h Hit) bool { return slices.Contains(q.paths, h.Path) })
			for _, k := range []string{q.kind, "all"} {
				c := counts[k]
				if c == nil {
					c = &count{}
					counts[k] = c
				}
				c.n++
				if rank == 0 {
					c.first++
				}
				if rank >= 0 && rank < 3 {
					c.third++
				}
				if len(r.Hits) == 0 {
					c.empty++
				}
			}
			if rank != 0 && half != "held" {
				var top []string
				for _, h := range r.Hits[:min(3, len(r.Hits))] {
					top = append(top, fmt.Sprint(h.Path[strings.LastIndex(h.Path, "/")+1:], ":", h.Score))
				}
				t.Logf("%s %s %q: rank %d, got %v; want %v; corrected %v missing %v", lang, q.kind, q.text, rank+1, top, q.paths[0], r.Corrected, r.Missing)
			}
		}
		for k, c := range counts {
			t.Logf("%s %-10s n %3d  success@1 %.3f  success@3 %.3f  empty %d", lang, k, c.n, float64(c.first)/float64(c.n), float64(c.third)/float64(c.n), c.empty)
		}
	}
}
