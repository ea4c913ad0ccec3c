package library

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"helpcenter/site/articletest"
	"helpcenter/site/diag"
	"helpcenter/site/drift"
	"helpcenter/site/testsample"
)

// TestWith changes articles again and again, like a writer who makes mistakes and corrects them, and compares the
// results of With with those of a full Load.
func TestWith(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	t.Run("drafts hidden", func(t *testing.T) { testWith(t, View{Now: now}) })
	t.Run("all shown", func(t *testing.T) { testWith(t, View{Now: now, All: true}) })
}

func testWith(t *testing.T, view View) {
	edits := testsample.Times(1500, 300)
	random := rand.New(rand.NewPCG(1, 2))
	files := []string{"en/meet/billing/a.md", "it/meet/billing/a.md", "en/meet/billing/b.md", "it/meet/billing/b.md",
		"en/meet/billing/c.md", "it/meet/billing/d.md"}
	fsys := articletest.Files()
	for _, file := range files {
		fsys[file] = &fstest.MapFile{Data: []byte(articletest.Article("## One {#one}\n\n## Two {#two}\n"))}
	}
	first, _ := Load(fsys)
	baselines := &drift.BaselineFile{}
	baselines.Accept(first.Article("en", "meet/billing/a"))
	baselines.Move("meet/billing/a", "meet/billing/d")
	baselines.Accept(first.Article("en", "meet/billing/a"))
	change, _ := baselines.Change()
	fsys["translations.it.toml"] = &fstest.MapFile{Data: change.Is}

	good, found := LoadWith(fsys, nil, view)
	var pending []string // changed since the last valid state
	shown, refused := 0, 0
	for i := range edits {
		file := files[random.IntN(len(files))]
		fsys[file] = &fstest.MapFile{Data: []byte(randomArticle(random))}
		if name := "content/" + file; !slices.Contains(pending, name) {
			pending = append(pending, name)
		}
		got, gotFound := good.With(fsys, found, pending...)
		want, wantFound := LoadWith(fsys, nil, view)
		if !slices.Equal(gotFound, wantFound) {
			t.Fatalf("edit %d, of %s: With finds\n%s\nand Load\n%s", i, pending, lines(gotFound), lines(wantFound))
		}
		if difference := differ(got, want); difference != "" {
			t.Fatalf("edit %d, of %s: With and Load differ in %s", i, pending, difference)
		}
		if diag.HasErrors(gotFound) {
			refused++
			continue
		}
		good, found, pending = got, gotFound, nil
		shown++
	}
	if shown < edits/10 || refused < edits/10 {
		t.Errorf("%d edits are without an error and %d have one: that proves little", shown, refused)
	}
}

// randomArticle returns an article that links to others and sometimes has a mistake.
func randomArticle(random *rand.Rand) string {
	one := func(of ...string) string { return of[random.IntN(len(of))] }
	rarely := func(text string) string {
		if random.IntN(16) == 0 {
			return text
		}
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = %q\ndescription = \"What it is about\"\nupdated = 2025-03-03\n",
		one("A title", "Another title"))
	b.WriteString(rarely("slug = \"moved\"\n") + rarely("aliases = [\"meet/billing/old\"]\n") + rarely("draft = true\n") +
		rarely("publish = 2026-12-01\n") + rarely("expires = 2026-11-01\n") +
		rarely("unknown = 1\n"))
	b.WriteString(rarely(fmt.Sprintf("related = [\"meet/billing/%s\"]\n", one("a", "b", "c", "d", "e"))))
	b.WriteString("+++\n\n")
	for _, id := range []string{"one", "two"} {
		if random.IntN(12) > 0 {
			fmt.Fprintf(&b, "## %s {#%s}\n\n", one("One", "Two"), id)
		}
		b.WriteString(one("Text.\n\n", "Other text.\n\n", ""))
		b.WriteString(rarely(fmt.Sprintf("[A link](%s.md#%s)\n\n", one("a", "b", "c", "d", "e"), one("one", "two"))))
		b.WriteString(rarely(fmt.Sprintf("```section meet/billing/%s#%s\n```\n\n", one("a", "b", "c", "d"),
			one("one", "two"))))
		b.WriteString(rarely(one("![A dot](../../../images/dot.svg)\n\n",
			"![No dot](dot.svg)\n\n", "#### Deep {#deep}\n\n", "<b>raw</b>\n\n")))
	}
	return b.String()
}

// differ names what differs between two libraries, apart from the baselines that only one keeps.
func differ(got, want *Library) string {
	for what, pair := range map[string][2]any{
		"articles": {got.Articles, want.Articles},
		"assets":   {got.Assets, want.Assets},
		"names": {slices.SortedFunc(maps.Keys(got.articles), compareNames),
			slices.SortedFunc(maps.Keys(want.articles), compareNames)},
		"hidden": {got.hidden, want.hidden},
		"drift":  {plainDrift(got), plainDrift(want)},
	} {
		if !reflect.DeepEqual(pair[0], pair[1]) {
			return what
		}
	}
	return ""
}

func compareNames(a, b name) int { return strings.Compare(a.lang+"/"+a.path, b.lang+"/"+b.path) }

// plainDrift formats the drift, so that a nil list and an empty one are equal.
func plainDrift(l *Library) string {
	var b bytes.Buffer
	for _, lang := range l.Site.Languages {
		for _, d := range l.Drift(lang.Tag) {
			fmt.Fprintf(&b, "%+v\n", d)
		}
		fmt.Fprintln(&b, l.Unjudged(lang.Tag))
	}
	return b.String()
}

func lines(found []diag.Finding) string {
	var b strings.Builder
	for _, f := range found {
		fmt.Fprintln(&b, f)
	}
	return b.String()
}

func TestHolds(t *testing.T) {
	fsys := articletest.Files("it/meet/billing/draft.md",
		strings.Replace(articletest.Article(""), "+++\n", "+++\ndraft = true\n", 1))
	l, _ := Load(fsys)
	for file, want := range map[string]bool{
		"content/en/meet/billing/other.md":  true,
		"content/it/meet/billing/draft.md":  true,
		"content/it/meet/billing/source.md": false,
		"content/site.toml":                 false,
		"rules/cancel-online.toml":          false,
		"content/images/dot.svg":            false,
	} {
		if l.Holds(file) != want {
			t.Errorf("Holds(%q) is %t", file, !want)
		}
	}
}

// BenchmarkWith changes one of ten thousand articles.
func BenchmarkWith(b *testing.B) {
	const count = 10_000
	fsys := articletest.Files()
	for i := range count {
		fsys[fmt.Sprintf("en/meet/billing/page-%d.md", i)] = &fstest.MapFile{Data: []byte(typical())}
	}
	l, found := Load(fsys)
	if len(found) > 0 {
		b.Fatal(found[0])
	}
	l, found = l.With(fsys, found) // reads the baselines
	b.ReportAllocs()
	for b.Loop() {
		l.With(fsys, found, "content/en/meet/billing/page-5000.md")
	}
}
