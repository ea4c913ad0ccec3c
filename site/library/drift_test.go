package library

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/content"
	"helpcenter/site/articletest"
	"helpcenter/site/diag"
	"helpcenter/site/drift"
)

// The shipped translations are up to date with the shipped sources.
func TestShippedDrift(t *testing.T) {
	l, _ := Load(content.Files)
	for _, lang := range l.Site.Languages {
		for _, d := range slices.Concat(l.Drift(lang.Tag), l.Unmatched(lang.Tag)) {
			t.Error(d.Finding())
		}
		if paths := l.Unjudged(lang.Tag); len(paths) > 0 {
			t.Errorf("nothing is on record of %s in %s; helpcenter translations accept records it", paths, lang.Tag)
		}
	}
}

// accepted returns a folder with an article in both languages and an accepted baseline.
func accepted(t testing.TB, files ...string) fstest.MapFS {
	fsys := articletest.Files(append([]string{articletest.Page, articletest.Article(articletest.SourceText),
		articletest.TranslatedPage, articletest.Article(articletest.TranslatedText)}, files...)...)
	l, found := Load(fsys)
	if len(found) > 0 {
		t.Fatal(found)
	}
	change, err := l.AcceptAll(fsys, "it")
	if err != nil {
		t.Fatal(err)
	}
	articletest.Put(fsys, change)
	return fsys
}

// driftLines formats drifts as section, kind, and lines in the translation and in the source.
func driftLines(list []drift.Drift) []string {
	var lines []string
	for _, d := range list {
		kind := [...]string{drift.Older: "older", drift.Missing: "missing", drift.Extra: "extra"}[d.Kind]
		lines = append(lines,
			fmt.Sprintf("%s#%s %s %d %d", strings.TrimPrefix(d.Path, "meet/billing/"),
				d.Section, kind, d.At.Line, d.Source.Line))
	}
	return lines
}

func TestDrift(t *testing.T) {
	for _, tt := range []struct {
		name, old, new string // of the source
		want           []string
		outdated       []string // sections that readers are told are outdated
	}{
		{"nothing", "", "", nil, nil},
		{"formatting", "**one**", "*one*", nil, nil},
		{"where a link leads", "other.md", "source.md", nil, nil},
		{"white space", "It costs nothing.", "It costs\nnothing.", nil, nil},
		{"a no-break space", "30 days", "30\u00a0days", nil, nil},
		{"the form of a list", "1. Open the page.\n2. Choose", "- Open the page.\n- Choose", nil, nil},
		{"a word", "Intro **one**", "Intro **two**", []string{"page# older 6 6"}, []string{""}},
		{"a word of the title", "A title", "Another title", []string{"page# older 2 2"}, []string{""}},
		{"a word of the description", "What it is about", "What it was about", []string{"page# older 3 3"}, []string{""}},
		{"a heading", "## Steps", "## The steps", []string{"page#steps older 8 8"}, []string{"steps"}},
		{"an item", "30 days", "45 days", []string{"page#steps older 10 10"}, []string{"steps"}},
		{"an alert", "receipt", "invoice", []string{"page#steps older 13 13"}, []string{"steps"}},
		{"a cell", "1.50", "15.0", []string{"page#costs older 18 18"}, []string{"costs"}},
		{"punctuation", "nothing.", "nothing!", []string{"page#costs older 22 22"}, nil},
		{"upper case", "It costs", "IT costs", []string{"page#costs older 22 22"}, nil},
		{"a block more", "It costs", "It is dear.\n\nIt costs", []string{"page#costs missing 22 22"}, []string{"costs"}},
		{"a block less", "It costs nothing.\n", "", []string{"page#costs extra 22 18"}, []string{"costs"}},
		{"a section more", "## Costs", "## Times {#times}\n\nTwo days.\n\n## Costs",
			[]string{"page#times missing 13 16", "page#times missing 13 18"}, []string{""}},
		{"a section under another id", "{#costs}", "{#prices}", nil, nil},
		{"a section under another id, changed", "Costs {#costs}",
			"Prices {#prices}", []string{"page#prices older 16 16"}, []string{""}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fsys := accepted(t)
			articletest.Replace(fsys, articletest.Page, tt.old, tt.new)
			l, found := Load(fsys)
			if got := driftLines(l.Drift("it")); !slices.Equal(got, tt.want) {
				t.Errorf("drift is %q, want %q", got, tt.want)
			}
			if got := l.Outdated(l.Article("it", "meet/billing/page")); !slices.Equal(got, tt.outdated) {
				t.Errorf("readers are told of %q, want %q", got, tt.outdated)
			}
			if len(found) != len(tt.want) {
				t.Errorf("found %v", found)
			}
			for _, f := range found {
				if f.Rule != "outdated-translation" || f.Severity != diag.Warning ||
					f.File != "content/"+articletest.TranslatedPage {
					t.Errorf("found %v", f)
				}
			}
		})
	}
}

// A section that is removed from the source stays in the translation.
func TestDriftSectionGone(t *testing.T) {
	fsys := accepted(t)
	text := string(fsys[articletest.Page].Data)
	fsys[articletest.Page] = &fstest.MapFile{Data: []byte(text[:strings.Index(text, "## Costs")])}
	l, _ := Load(fsys)
	want := []string{"page#costs extra 16 0", "page#costs extra 18 0", "page#costs extra 22 0"}
	if got := driftLines(l.Drift("it")); !slices.Equal(got, want) {
		t.Errorf("drift is %q, want %q", got, want)
	}
	if got := l.Outdated(l.Article("it", "meet/billing/page")); !slices.Equal(got, []string{"costs"}) {
		t.Errorf("readers are told of %q", got)
	}
}

func TestUnmatched(t *testing.T) {
	l, _ := Load(articletest.Files(
		articletest.Page,
		articletest.Article("## A {#a}\n\n## B {#b}\n"),
		articletest.TranslatedPage,
		articletest.Article("## A {#a}\n\n## C {#c}\n"),
		"it/meet/billing/solo.md",
		articletest.Article("Testo.\n"),
	))
	want := []string{
		"other#one missing 2 6", "other#uno extra 6 2", "page#b missing 6 8", "page#c extra 8 6", "solo# extra 2 0",
		"source# missing 0 2",
	}
	if got := driftLines(l.Unmatched("it")); !slices.Equal(got, want) {
		t.Errorf("unmatched are %q, want %q", got, want)
	}
	if got := l.Unmatched("en"); got != nil {
		t.Errorf("the source's language has %q unmatched", driftLines(got))
	}
}

// Whatever an article says, an accepted translation does not drift. When one word of the source changes, exactly
// its block drifts.
func TestDriftOneWord(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		blocks, words := randomBlocks(rng)
		text := strings.Join(blocks, "\n\n") + "\n"
		fsys := articletest.Files(articletest.Page, articletest.Article(text), articletest.TranslatedPage,
			articletest.Article(text))
		l, _ := Load(fsys)
		change, err := l.AcceptAll(fsys, "it")
		if err != nil {
			t.Fatal(err)
		}
		articletest.Put(fsys, change)
		if l, _ = Load(fsys); l.Drift("it") != nil {
			t.Fatalf("drift right after acceptance: %q\n%s", driftLines(l.Drift("it")), text)
		}
		word := words[rng.IntN(len(words))]
		articletest.Replace(fsys, articletest.Page, word, word+"changed")
		l, _ = Load(fsys)
		if d := l.Drift("it"); len(d) != 1 || d[0].Kind != drift.Older || !strings.Contains(d[0].Was, word) ||
			!strings.Contains(d[0].Is, word+"changed") {
			t.Fatalf("%s has changed, drift is %q\n%s", word, driftLines(d), text)
		}
	}
}

// randomBlocks returns blocks of distinct words, and the words.
func randomBlocks(rng *rand.Rand) (blocks, words []string) {
	some := func() string {
		var line []string
		for range 1 + rng.IntN(5) {
			words = append(words, fmt.Sprintf("w%03dx", len(words)))
			line = append(line, words[len(words)-1])
		}
		return strings.Join(line, " ")
	}
	forms := []func() string{
		some,
		func() string { return "## " + some() + fmt.Sprintf(" {#s%d}", len(words)) },
		func() string { return "- " + some() + "\n- " + some() },
		func() string { return "> [!TIP]\n> " + some() },
		func() string {
			return "| " + some() + " | " + some() + " |\n|---|---|\n| " + some() + " | " + some() + " |"
		},
		func() string { return "```\n" + some() + "\n```" },
	}
	for range 1 + rng.IntN(12) {
		form := rng.IntN(len(forms))
		if n := len(blocks); n > 0 && blocks[n-1][0] == '-' {
			form = 0 // two lists in a row would be one
		}
		blocks = append(blocks, forms[form]())
	}
	return blocks, words
}
