package starter_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/site/articletest"
	"helpcenter/site/civil"
	"helpcenter/site/library"
	"helpcenter/site/starter"
)

// Every language has all texts, and its articles are valid and have the same sections.
func TestSite(t *testing.T) {
	all := starter.Languages()
	if len(all) != 7 {
		t.Errorf("languages are %v", all)
	}
	made, err := starter.Site("Search", all, starter.Accent, civil.Date{Year: 2027, Month: 1, Day: 2})
	if err != nil {
		t.Fatal(err)
	}
	content := fstest.MapFS{}
	for _, file := range made {
		for _, placeholder := range []string{"NAME", "CHECKER", "ARTICLE", "UPDATED"} {
			if strings.Contains(string(file.Is), placeholder) && !strings.HasSuffix(file.File, ".yml") &&
				file.File != "README.md" {
				t.Errorf("%s still has %s", file.File, placeholder)
			}
		}
		if name, ok := strings.CutPrefix(file.File, "content/"); ok {
			content[name] = &fstest.MapFile{Data: file.Is}
		}
	}
	l, found := library.Load(content)
	if len(found) > 0 || len(l.Articles) != 2*len(all) {
		t.Errorf("%d articles, found %v", len(l.Articles), found)
	}
	for _, lang := range all {
		if drifts := l.Unmatched(lang); len(drifts) > 0 {
			t.Errorf("%s: sections differ: %v", lang, drifts)
		}
	}
}

func TestSiteRefuses(t *testing.T) {
	if _, err := starter.Site("X", []string{"en", "xx"}, starter.Accent, civil.Date{}); err == nil ||
		!strings.Contains(err.Error(), "allowed: de, en") {
		t.Errorf("error %v", err)
	}
}

// A language is added to every text of site.toml, however that is written.
func TestLanguage(t *testing.T) {
	files := fstest.MapFS{
		"content/site.toml": {
			Data: []byte(articletest.SiteTOML + "[site.description]\nen = \"Say \\\"hi\\\"\" # a comment\nit = 'Di \"ciao\"'\n"),
		},
		"locales/active.en.toml": {Data: []byte("\"a.b\" = \"x\"\n\n[\"c.d\"]\none = \"y\"\nother = \"z\"\n")},
	}
	changes, err := starter.Language(files, "fr")
	if err != nil || len(changes) != 2 {
		t.Fatal(changes, err)
	}
	l, found := library.Load(fstest.MapFS{"site.toml": {Data: changes[0].Is}})
	for _, f := range found {
		t.Error(f)
	}
	if got := l.Site.Identity.Description["fr"]; got != `Say "hi"` {
		t.Errorf("the description is %q in\n%s", got, changes[0].Is)
	}
	if last := l.Site.Languages[len(l.Site.Languages)-1]; last.Tag != "fr" || last.Name != "français" {
		t.Errorf("the language is %v", last)
	}
	for line := range strings.Lines(string(changes[1].Is)) {
		if strings.TrimSpace(line) != "" && !strings.HasPrefix(line, "# ") {
			t.Errorf("%s has the line %q", changes[1].File, line)
		}
	}
	for tag, want := range map[string]string{"it": "already", "FR": "not a language tag", "x y": "not a language tag"} {
		if _, err := starter.Language(files, tag); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v", tag, err)
		}
	}
}
