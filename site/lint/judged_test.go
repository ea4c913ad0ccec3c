package lint

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/locales"
	"helpcenter/site/library"
)

// The least precision of a rule in a language, and the least share of planted defects that it must find.
const (
	leastPrecision = 0.9
	leastRecall    = 0.75
)

// judgedText is a text of testdata/judged.tsv, and whether the rule should find something in it. Texts in which it
// should not are of the kinds that rules have wrongly reported in articles of other sites.
type judgedText struct {
	rule, lang, text, source string
	wrong                    bool
}

func judgedTexts(t *testing.T) (list []judgedText) {
	data, err := os.ReadFile("testdata/judged.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
		f := strings.Split(line, "\t")
		if len(f) != 5 && len(f) != 6 || f[2] != "true" && f[2] != "false" {
			t.Fatalf("judged.tsv:%d: %q", i+2, line)
		}
		text := judgedText{rule: f[0], lang: f[1], wrong: f[2] == "true", text: strings.ReplaceAll(f[4], `\n`, "\n")}
		if len(f) == 6 {
			text.source = strings.ReplaceAll(f[5], `\n`, "\n")
		}
		list = append(list, text)
	}
	return list
}

// judgedSite is a site with an article for each text, and its source if it has one.
func judgedSite(list []judgedText) folders {
	files := fstest.MapFS{"site.toml": {Data: []byte(`base_url = "https://help.example.com"
default_language = "en"
product = [{ id = "meet", name = "Meet" }]
category = [{ id = "a", name = { en = "A", it = "A", de = "A", fr = "A", es = "A", pt = "A", nl = "A" } }]
language = [{ tag = "en", name = "English" }, { tag = "it", name = "italiano" }, { tag = "de", name = "Deutsch" },
{ tag = "fr", name = "français" }, { tag = "es", name = "español" }, { tag = "pt", name = "português" },
{ tag = "nl", name = "Nederlands" }]
`)}}
	put := func(lang string, i int, text string) {
		files[fmt.Sprintf("%s/meet/a/r%d.md", lang, i)] = &fstest.MapFile{Data: []byte(
			"+++\ntitle = \"Meet\"\ndescription = \"Meet\"\nupdated = 2025-03-03\n+++\n\n" + text + "\n")}
	}
	for i, text := range list {
		put(text.lang, i, text.text)
		if text.source != "" {
			put("en", i, text.source)
		}
	}
	return folders{"content": files, "locales": locales.Files}
}

// Each rule is right about texts that a person has judged, in each language.
func TestJudged(t *testing.T) {
	list := judgedTexts(t)
	in, broken := load(judgedSite(list))
	in.Dictionaries = system(t, "en", "it", "fr", "de", "es", "pt", "nl")
	found := map[string]bool{}
	for _, f := range append(broken, New(in).Run()...) {
		found[f.File+" "+f.Rule] = true
	}
	type group struct{ rule, lang string }
	type score struct{ right, wrong, missed int }
	scores := map[group]*score{}
	for i, text := range list {
		g := group{text.rule, text.lang}
		if scores[g] == nil {
			scores[g] = &score{}
		}
		switch isFound := found[fmt.Sprintf("content/%s/meet/a/r%d.md %s", text.lang, i, text.rule)]; {
		case isFound && text.wrong:
			scores[g].right++
		case isFound:
			scores[g].wrong++
			t.Logf("%s in %q, wrongly: %s", text.rule, text.lang, text.text)
		case text.wrong:
			scores[g].missed++
			t.Logf("%s in %q, missed: %s", text.rule, text.lang, text.text)
		}
	}
	var groups []group
	for g := range scores {
		groups = append(groups, g)
	}
	slices.SortFunc(groups, func(a, b group) int {
		return cmp.Or(cmp.Compare(a.rule, b.rule), cmp.Compare(a.lang, b.lang))
	})
	for _, g := range groups {
		s := scores[g]
		precision := float64(s.right) / float64(max(1, s.right+s.wrong))
		recall := float64(s.right) / float64(max(1, s.right+s.missed))
		t.Logf("%-14s %s  right %d, wrong %d, missed %d", g.rule, g.lang, s.right, s.wrong, s.missed)
		if s.wrong > 0 && precision < leastPrecision {
			t.Errorf("%s in %q: precision %.2f, at least %.2f; mend it, or turn it off there in rules.toml", g.rule, g.lang,
				precision, leastPrecision)
		}
		if s.right+s.missed > 0 && recall < leastRecall {
			t.Errorf("%s in %q: recall %.2f, at least %.2f", g.rule, g.lang, recall, leastRecall)
		}
	}
}

// A rule that is off in a language finds nothing there until site.toml turns it on.
func TestOffByDefault(t *testing.T) {
	for _, r := range Rules() {
		for lang, reason := range r.Off {
			l := &Linter{Input: Input{Library: &library.Library{Site: &library.Site{}}}}
			if reason == "" || !l.isOff(r.ID, lang) {
				t.Errorf("%s is not off in %q, or without a reason", r.ID, lang)
			}
			l.Library.Site.Lint = map[string]any{r.ID: "warning"}
			if l.isOff(r.ID, lang) {
				t.Errorf("%s cannot be turned on in %q", r.ID, lang)
			}
		}
	}
}
