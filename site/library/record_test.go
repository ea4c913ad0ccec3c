package library

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"helpcenter/site/articletest"
	"helpcenter/site/diag"
	"helpcenter/site/drift"
)

// oldRecords is a file of baselines as earlier versions wrote it.
const oldRecords = `# What the translations in this language were made from: the texts of the source
# as they were when a person last found the translation right. It is written by
# helpcenter translations accept.

["meet/billing/other"]
"" = [
  "A title",
  "What it is about",
]
more = [
  "More",
]

["meet/billing/page"]
"" = [
  "A title",
  "What it is about",
  "Intro one.",
]
steps = [
  "Steps",
  "Open the page. Choose 30 days.",
  "Keep the receipt.",
]
costs = [
  "Costs",
  "Plan Price A 1.50",
  "It costs nothing.",
]
`

// A baseline says what the source said, in today's form and in that of earlier versions.
func TestRecordForm(t *testing.T) {
	fsys := accepted(t)
	small, found := drift.ReadBaselines(fsys, "it")
	text := string(fsys[articletest.BaselineFile].Data)
	if !strings.HasPrefix(text, "# ") || strings.Contains(text, "Steps") {
		t.Errorf("the file is\n%s", text)
	}
	fsys[articletest.BaselineFile].Data = []byte(oldRecords)
	old, more := drift.ReadBaselines(fsys, "it")
	for _, file := range []*drift.BaselineFile{small, old} {
		ps, damaged := file.Get("meet/billing/page").Passages(file.Name)
		var texts []string
		for _, p := range ps {
			texts = append(texts, p.ID+": "+strings.Join(p.Texts, " | "))
		}
		want := []string{": A title | What it is about | Intro one.", "costs: Costs | Plan Price A 1.50 | It costs nothing.",
			"steps: Steps | Open the page. Choose 30 days. | Keep the receipt."}
		if !slices.Equal(texts, want) || len(found)+len(more)+len(damaged) > 0 {
			t.Errorf("the record is %q, %v; want %q", texts, damaged, want)
		}
	}
	if l, _ := Load(fsys); len(l.Drift("it")) > 0 && l.Drift("it")[0].Path == "meet/billing/page" {
		t.Errorf("an earlier record says that the source has changed: %v", l.Drift("it"))
	}
}

// A damaged file is an error at its place, but the baselines that can be read are used.
func TestRecordDamaged(t *testing.T) {
	for _, tt := range []struct{ name, old, new, want string }{
		{"text before the first record", "# What", "what", "1:6 error toml"},
		{"a key before the first record", "# What", "a = 1\n# What", "1:1 error unknown-key"},
		{"a conflict", "steps = [", "<<<<<<< HEAD\nsteps = [", "20:1 error toml"},
		{"no string", `"Intro one.",`, "1,", "18:3 error toml"},
		{"a passage that is no list",
			"steps = [\n  \"Steps\",\n  \"Open the page. Choose 30 days.\",\n  \"Keep the receipt.\",\n]",
			"steps = 1", "20:1 error toml"},
		{"an article's file", `["meet/billing/page"]`, `["en/meet/billing/page.md"]`, "14:1 error translations"},
		{"no quotes", `["meet/billing/page"]`, `[meet]`, "14:1 error translations"},
		{"a list of tables", `["meet/billing/page"]`, `[["meet/billing/page"]]`, "14:1 error translations"},
		{"a record that stands twice", `["meet/billing/page"]`, "[\"meet/billing/page\"]\na = []\n[\"meet/billing/page\"]",
			"16:1 error translations"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fsys := accepted(t)
			articletest.Replace(fsys, articletest.Page, "nothing", "something")
			fsys[articletest.BaselineFile].Data = []byte(oldRecords)
			articletest.Replace(fsys, articletest.BaselineFile, tt.old, tt.new)
			_, found := Load(fsys)
			found = slices.DeleteFunc(found, func(f diag.Finding) bool { return f.Rule == "outdated-translation" })
			got := articletest.Brief(found)
			if len(got) != 1 || got[0] != "content/"+articletest.BaselineFile+":"+tt.want {
				t.Errorf("found %q, want %q", found, tt.want)
			}
		})
	}
}

// Baselines of articles that are missing or are drafts are kept for them.
func TestRecordWaits(t *testing.T) {
	fsys := accepted(t)
	text := fsys[articletest.TranslatedPage]
	articletest.Replace(fsys, articletest.Page, "nothing", "something")
	for _, gone := range []func(){
		func() { delete(fsys, articletest.TranslatedPage) },
		func() { articletest.Replace(fsys, articletest.TranslatedPage, "updated", "draft = true\nupdated") },
	} {
		gone()
		l, found := Load(fsys)
		if len(found) > 0 || l.Drift("it") != nil {
			t.Errorf("found %v", found)
		}
		fsys[articletest.TranslatedPage] = text
	}
	if l, _ := Load(fsys); len(l.Drift("it")) != 1 {
		t.Error("nothing is known of the translation that came back")
	}
}

func TestAccept(t *testing.T) {
	for _, tt := range []struct {
		targets string
		want    []string // sections that still drift
	}{
		{"meet/billing/page", nil},
		{"meet/billing/page#steps", []string{"times", "times", "costs"}},
		{"meet/billing/page#", []string{"steps", "times", "times", "costs"}},
		{"meet/billing/page#times meet/billing/page#steps", []string{"costs"}},
		{"meet/billing/page#costs meet/billing/page#times meet/billing/page#steps", nil},
	} {
		fsys := accepted(t)
		articletest.Replace(fsys, articletest.Page, "30 days", "45 days")
		articletest.Replace(fsys, articletest.Page, "nothing", "something")
		articletest.Replace(fsys, articletest.Page, "## Costs", "## Times {#times}\n\nTwo days.\n\n## Costs")
		l, _ := Load(fsys)
		change, err := l.Accept(fsys, "it", strings.Fields(tt.targets)...)
		if err != nil {
			t.Fatal(err)
		}
		articletest.Put(fsys, change)
		l, _ = Load(fsys)
		var got []string
		for _, d := range l.Drift("it") {
			got = append(got, d.Section)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("after accepting %q, these drift: %q, want %q", tt.targets, got, tt.want)
		}
	}
}

func TestAcceptRefuses(t *testing.T) {
	fsys := accepted(t, "it/meet/billing/solo.md", articletest.Article("Testo.\n"))
	l, _ := Load(fsys)
	for _, tt := range []struct{ lang, target string }{
		{"it", "meet/billing/nothing"},
		{"it", "meet/billing/source"}, // not translated
		{"it", "meet/billing/solo"},   // no source
		{"it", "meet/billing/page#nothing"},
		{"en", "meet/billing/page"},
	} {
		if change, err := l.Accept(fsys, tt.lang, tt.target); err == nil {
			t.Errorf("accepted %s in %s: %s", tt.target, tt.lang, change.Is)
		}
	}
	delete(fsys, articletest.BaselineFile)
	if _, err := l.Accept(fsys, "it", "meet/billing/page#steps"); err == nil {
		t.Error("accepted one section of an article without a record")
	}
}

// Accepting again changes nothing, and accepting one article leaves the baselines of the others as they are, byte
// for byte.
func TestAcceptKeeps(t *testing.T) {
	fsys := accepted(t)
	articletest.Replace(fsys, articletest.BaselineFile, `"One",`, "'One', # by hand")
	l, _ := Load(fsys)
	was := fsys[articletest.BaselineFile].Data
	change, err := l.Accept(fsys, "it", "meet/billing/page")
	if err != nil || !bytes.Equal(change.Is, was) {
		t.Errorf("%v; the file is now\n%s", err, change.Is)
	}
	articletest.Replace(fsys, articletest.Page, "nothing", "something")
	articletest.Replace(fsys, articletest.BaselineFile, "\n", "\r\n")
	l, _ = Load(fsys)
	if change, err = l.AcceptAll(fsys, "it"); err != nil {
		t.Fatal(err)
	}
	articletest.Put(fsys, change)
	if l, found := Load(fsys); len(found) > 0 || l.Drift("it") != nil {
		t.Errorf("found %v after accepting all", found)
	}
}
