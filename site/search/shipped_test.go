package search

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"helpcenter/content"
	"helpcenter/site/article"
	"helpcenter/site/library"
	"helpcenter/site/tomlfile"
)

// shippedLanguages are the languages of the shipped articles.
var shippedLanguages = func() (tags []string) {
	lib, _ := library.Load(content.Files)
	for _, l := range lib.Site.Languages {
		tags = append(tags, l.Tag)
	}
	return tags
}()

// shippedIndexes returns the indexes of all shipped languages.
func shippedIndexes(t testing.TB) map[string]*Index {
	all := map[string]*Index{}
	for _, lang := range shippedLanguages {
		all[lang] = shipped(t, lang)
	}
	return all
}

// cancel is the verb of the shipped rules, in each language.
var cancel = map[string]string{"it": "annullare", "en": "cancel", "fr": "résilier", "de": "kündigen", "es": "cancelar",
	"pt": "cancelar", "nl": "opzeggen"}

// shipped makes the index of the shipped articles, as the site does.
func shipped(t testing.TB, lang string) *Index {
	t.Helper()
	lib, findings := library.Load(content.Files)
	if len(lib.Articles) == 0 {
		t.Fatal(findings) // other tests check that the folder is fit for publication
	}
	c := Config{Lang: lang, Synonyms: synonyms(t, lang)}
	names := map[string]string{}
	for _, p := range lib.Site.Products {
		names[p.ID] = p.Name[lang]
		if p.Group != "" {
			c.Names = append(c.Names, p.Name[lang])
		}
	}
	c.Fallback = map[string]string{
		"it": "contattare il supporto", "en": "contact support", "fr": "contacter l’assistance",
		"de": "Support kontaktieren", "es": "contactar con el soporte", "pt": "falar com o suporte",
		"nl": "contact met klantenservice",
	}[lang]
	c.Answers = []Answer{
		{
			Checker: "online",
			Product: "hamachi",
			Name:    "Hamachi",
			Words:   []string{cancel[lang]},
			Title:   "Hamachi",
			Text:    "No.",
			URL:     "/h/",
		},
		{
			Checker: "online",
			Product: "goto-room",
			Name:    "GoTo Room",
			Words:   []string{cancel[lang]},
			Title:   "Room",
			Text:    "No.",
			URL:     "/r/",
		},
	}
	categories := map[string]string{}
	for _, x := range lib.Site.Categories {
		categories[x.ID] = x.Name[lang]
	}
	var docs []*Document
	for _, a := range lib.Articles {
		if a.Lang == lang {
			d := document(a.Read())
			d.Labels = []string{names[a.Product], categories[a.Category]}
			docs = append(docs, d)
		}
	}
	docs = append(docs, &Document{Path: "hamachi", URL: "/" + lang + "/hamachi/", Title: "Hamachi", Kind: "product",
		Product: "hamachi", Products: []string{"goto-meeting"}})
	slices.SortFunc(docs, func(a, b *Document) int { return strings.Compare(path.Base(a.Path), path.Base(b.Path)) })
	return New(c, slices.Values(docs))
}

func document(a *article.Content) *Document {
	d := &Document{
		Path:        a.Path,
		URL:         fmt.Sprintf("/%s/%s/", a.Lang, a.Path),
		Product:     a.Product,
		Kind:        string(a.Kind),
		Title:       a.Title,
		Description: a.Description,
	}
	for _, s := range a.Sections {
		d.Sections = append(d.Sections, Section{ID: s.ID, Title: s.Title})
	}
	for _, b := range a.Blocks {
		switch {
		case b.Kind == article.Heading:
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
	if _, findings := tomlfile.Decode(name, data, 1, &file); len(findings) > 0 {
		t.Fatal(findings)
	}
	var groups [][]string
	for _, g := range file.Group {
		groups = append(groups, g.Words)
	}
	return groups
}

// judged is a query and the articles that answer it.
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

// The same documents make the same files.
func TestFilesAreDeterministic(t *testing.T) {
	first := slices.Collect(shipped(t, "it").Files())
	for range 2 {
		files := slices.Collect(shipped(t, "it").Files())
		if !slices.EqualFunc(first, files, func(a, b File) bool { return a.Name == b.Name && bytes.Equal(a.Data, b.Data) }) {
			t.Fatal("two indexes of the same documents differ")
		}
	}
}
