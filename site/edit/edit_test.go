package edit_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"helpcenter/site/article"
	"helpcenter/site/articletest"
	"helpcenter/site/diag"
	"helpcenter/site/drift"
	"helpcenter/site/edit"
	"helpcenter/site/library"
)

// withFront adds lines at the end of the front matter of an article.
func withFront(lines, text string) string {
	return strings.Replace(articletest.Article(text), "+++\n"+text, lines+"+++\n"+text, 1)
}

// moved returns the folder after a move.
func moved(t *testing.T, fsys fstest.MapFS, old, new string) fstest.MapFS {
	t.Helper()
	changes, err := edit.Move(fsys, old, new)
	if err != nil {
		t.Fatal(err)
	}
	articletest.Put(fsys, changes...)
	if _, found := library.Load(fsys); len(found) > 0 {
		t.Errorf("after the move: %v", found)
	}
	return fsys
}

const dot = `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"/>`

var twoCategories = strings.Replace(articletest.SiteTOML, "[[category]]",
	"[[category]]\nid = \"account\"\nname = { en = \"Account\", it = \"Account\" }\n[[category]]", 1)

// withRecord returns a folder with an article in both languages and a record of it.
func withRecord(t testing.TB, files ...string) fstest.MapFS {
	fsys := articletest.Files(append([]string{articletest.Page, articletest.Article(articletest.SourceText),
		articletest.TranslatedPage, articletest.Article(articletest.TranslatedText)}, files...)...)
	l, found := library.Load(fsys)
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

// Every form of link, in an article that links to the moved one and in a moved article, with what becomes of it.
func TestMoveLinks(t *testing.T) {
	for _, tt := range []struct{ name, text, linking, moving string }{
		{"a link", "[a](other.md)\n", "[a](../account/new.md)\n", "[a](../billing/other.md)\n"},
		{"with an anchor", "[a](other.md#one)\n", "[a](../account/new.md#one)\n", "[a](../billing/other.md#one)\n"},
		{"in angle brackets", "[a](<other.md#one> \"x\")\n", "[a](<../account/new.md#one> \"x\")\n",
			"[a](<../billing/other.md#one> \"x\")\n"},
		{"the long way", "[a](../billing/other.md)\n", "[a](../account/new.md)\n", "[a](../billing/other.md)\n"},
		{"escaped", "[a](other\\.md)\n", "[a](../account/new.md)\n", "[a](../billing/other.md)\n"},
		{"a reference", "[a][r] [r]\n\n[r]: other.md#one 'x'\n", "[a][r] [r]\n\n[r]: ../account/new.md#one 'x'\n",
			"[a][r] [r]\n\n[r]: ../billing/other.md#one 'x'\n"},
		{"in a table", "| a |\n|---|\n| [b](other.md) |\n", "| a |\n|---|\n| [b](../account/new.md) |\n",
			"| a |\n|---|\n| [b](../billing/other.md) |\n"},
		{"in an alert, over lines", "> [!NOTE]\n> [a\n> b](other.md)\n", "> [!NOTE]\n> [a\n> b](../account/new.md)\n",
			"> [!NOTE]\n> [a\n> b](../billing/other.md)\n"},
		{"twice", "[a](other.md) [b](other.md)\n", "[a](../account/new.md) [b](../account/new.md)\n",
			"[a](../billing/other.md) [b](../billing/other.md)\n"},
		{"round a picture", "[![a](../../../images/dot.svg)](other.md)\n",
			"[![a](../../../images/dot.svg)](../account/new.md)\n", "[![a](../../../images/dot.svg)](../billing/other.md)\n"},
		{"beside code that looks like one", "`[x](other.md)` [a](other.md)\n\n    [a](other.md)\n",
			"`[x](other.md)` [a](../account/new.md)\n\n    [a](other.md)\n",
			"`[x](other.md)` [a](../billing/other.md)\n\n    [a](other.md)\n"},
		{"to another place", "[a](https://example.com/other.md) <https://example.com>\n",
			"[a](https://example.com/other.md) <https://example.com>\n",
			"[a](https://example.com/other.md) <https://example.com>\n"},
		{"to itself", "## X {#x}\n\n[a](#x) [b](page.md#x) [c](page.md)\n",
			"## X {#x}\n\n[a](#x) [b](page.md#x) [c](page.md)\n", "## X {#x}\n\n[a](#x) [b](#x) [c](page.md)\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fsys := moved(t, articletest.Files("site.toml", twoCategories, articletest.Page, articletest.Article(tt.text)),
				"meet/billing/other", "meet/account/new")
			if got := string(fsys[articletest.Page].Data); got != articletest.Article(tt.linking) {
				t.Errorf("an article that links to the one moved is\n%swant\n%s", got, articletest.Article(tt.linking))
			}
			fsys = moved(t, articletest.Files("site.toml", twoCategories, articletest.Page, articletest.Article(tt.text)),
				"meet/billing/page", "meet/account/page")
			if got, want := string(fsys["en/meet/account/page.md"].Data),
				withFront("aliases = [\"meet/billing/page\"]\n", tt.moving); got != want {
				t.Errorf("an article that is moved is\n%swant\n%s", got, want)
			}
		})
	}
}

// How a move changes front matter; all else in it stays.
func TestMoveFront(t *testing.T) {
	for _, tt := range []struct{ name, front, want string }{
		{"no aliases", "", "aliases = [\"meet/billing/page\"]\n"},
		{"an empty list", "aliases = [ ] # none\n", "aliases = [\"meet/billing/page\" ] # none\n"},
		{"a list in a line", "aliases = [ 'a/b' ]  # c\nkind = \"guide\"\n",
			"aliases = [ \"meet/billing/page\", 'a/b' ]  # c\nkind = \"guide\"\n"},
		{"a list on lines", "aliases = [\n\t# c\n\t\"a/b\",\n]\n",
			"aliases = [\n\t# c\n\t\"meet/billing/page\",\n\t\"a/b\",\n]\n"},
		{"an alias that is the new address", "aliases = [\"a\", \"meet/account/new\"]\n",
			"aliases = [\"a\", \"meet/billing/page\"]\n"},
		{"an address of its own", "slug = \"mine\"\n", "slug = \"mine\"\naliases = [\"meet/billing/mine\"]\n"},
		{"a draft has no address", "draft = true\n", "draft = true\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fsys := moved(t, articletest.Files("site.toml", twoCategories, articletest.Page, withFront(tt.front, "Text.\n")),
				"meet/billing/page", "meet/account/new")
			if got, want := string(fsys["en/meet/account/new.md"].Data), withFront(tt.want, "Text.\n"); got != want {
				t.Errorf("the article is\n%swant\n%s", got, want)
			}
		})
	}
	fsys := moved(t, articletest.Files(articletest.Page, withFront("slug = \"mine\"\n", "Text.\n")),
		"meet/billing/page", "meet/billing/new")
	if got, want := string(fsys["en/meet/billing/new.md"].Data), withFront("slug = \"mine\"\n", "Text.\n"); got != want {
		t.Errorf("an article whose address stays is\n%swant\n%s", got, want)
	}
}

// Line ends and byte order marks stay, links in drafts and translations follow, and in the record only the path
// changes.
func TestMoveKeeps(t *testing.T) {
	windows := "\ufeff" +
		strings.ReplaceAll(withFront("related = [\n  \"meet/billing/page\",\n]\n", "Text [a](page.md).\n"), "\n", "\r\n")
	fsys := withRecord(t, "en/meet/billing/windows.md", windows,
		"it/meet/billing/draft.md", withFront("draft = true\n", "[a](page.md)\n"))
	record := string(fsys[articletest.BaselineFile].Data)
	articletest.Replace(fsys, articletest.Page, "nothing", "something")
	changes, err := edit.Move(fsys, "meet/billing/page", "meet/billing/new")
	if err != nil {
		t.Fatal(err)
	}
	articletest.Put(fsys, changes...)
	for file, want := range map[string]string{
		"en/meet/billing/windows.md": strings.ReplaceAll(windows, "page", "new"),
		"it/meet/billing/draft.md":   withFront("draft = true\n", "[a](new.md)\n"),
	} {
		if got := string(fsys[file].Data); got != want {
			t.Errorf("%s is %q, want %q", file, got, want)
		}
	}
	l, _ := library.Load(fsys)
	if got := l.Drift("it"); len(got) != 1 || got[0].Path != "meet/billing/new" || got[0].Is != "It costs something." {
		t.Errorf("drift is %q", got)
	}
	if got := string(fsys[articletest.BaselineFile].Data); sortedLines(got) != sortedLines(strings.Replace(record,
		"meet/billing/page", "meet/billing/new", 1)) {
		t.Errorf("the records are\n%s", got)
	}
}

func sortedLines(s string) string {
	lines := strings.Split(s, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// Moving an article there and back leaves only the alias.
func TestMoveBack(t *testing.T) {
	text := "[a](other.md) ![b](dot.svg) [c](../../../images/dot.svg) [d](#x)\n\n## X {#x}\n"
	files := []string{
		"site.toml",
		twoCategories,
		articletest.Page,
		articletest.Article(text),
		"en/meet/billing/dot.svg",
		dot,
		"en/meet/billing/linking.md",
		articletest.Article("[a](page.md#x)\n"),
	}
	fsys := moved(t, articletest.Files(files...), "meet/billing/page", "meet/account/new")
	if fsys["en/meet/account/dot.svg"] == nil || fsys["en/meet/billing/dot.svg"] != nil {
		t.Error("the picture did not go with its article")
	}
	fsys = moved(t, fsys, "meet/account/new", "meet/billing/page")
	want := articletest.Files(files...)
	want[articletest.Page] = &fstest.MapFile{Data: []byte(withFront("aliases = [\"meet/account/new\"]\n", text))}
	if len(fsys) != len(want) {
		t.Errorf("there are %d files, want %d", len(fsys), len(want))
	}
	for name, file := range want {
		if got := fsys[name]; got == nil || string(got.Data) != string(file.Data) {
			t.Errorf("%s has changed", name)
		}
	}
}

// A picture that another article also shows stays in place.
func TestMoveSharedPicture(t *testing.T) {
	fsys := moved(t,
		articletest.Files("site.toml", twoCategories, articletest.Page, articletest.Article("![a](dot.svg)\n"),
			"en/meet/billing/dot.svg", dot, "en/meet/billing/also.md", articletest.Article("![a](dot.svg)\n")),
		"meet/billing/page", "meet/account/page")
	if got := string(fsys["en/meet/account/page.md"].Data); !strings.Contains(got, "![a](../billing/dot.svg)") {
		t.Errorf("the article is\n%s", got)
	}
}

func TestMoveRefuses(t *testing.T) {
	for _, tt := range []struct{ name, old, new, want string }{
		{"no such article", "meet/billing/othr", "meet/billing/new", `did you mean "meet/billing/other"?`},
		{"a path that is taken", "meet/billing/other", "meet/billing/source", "en/meet/billing/source.md"},
		{"itself", "meet/billing/other", "meet/billing/other", "already"},
		{"no path", "meet/billing/other", "new.md", "product/category/name"},
		{"bad letters", "meet/billing/other", "meet/billing/New", "lowercase"},
		{"no such product", "meet/billing/other", "met/billing/new", `did you mean "meet"?`},
		{"no such category", "meet/billing/other", "meet/biling/new", `did you mean "billing"?`},
		{"a picture in the way", "meet/billing/page", "meet/account/page", "en/meet/account/dot.svg"},
	} {
		fsys := articletest.Files("site.toml", twoCategories, articletest.Page, articletest.Article("![a](dot.svg)\n"),
			"en/meet/billing/dot.svg", dot, "en/meet/account/dot.svg", dot)
		_, err := edit.Move(fsys, tt.old, tt.new)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want it to say %q", tt.name, err, tt.want)
		}
	}
}

func TestRetire(t *testing.T) {
	for _, tt := range []struct{ name, front, text, want string }{
		{"links", "", "[a](other.md) [b](other.md#one)\n", articletest.Article("[a](source.md) [b](source.md#one)\n")},
		{"related", "related = [\"meet/billing/other\"]\n", "Text.\n",
			withFront("related = [\"meet/billing/source\"]\n", "Text.\n")},
		{"related already, after", "related = [\n  \"meet/billing/source\",\n  \"meet/billing/other\",\n]\n", "Text.\n",
			withFront("related = [\n  \"meet/billing/source\",\n]\n", "Text.\n")},
		{"related already, before", "related = [\"meet/billing/other\", \"meet/billing/source\"]\n", "Text.\n",
			withFront("related = [\"meet/billing/source\"]\n", "Text.\n")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fsys := articletest.Files(articletest.Page, withFront(tt.front, tt.text), "it/meet/billing/source.md",
				articletest.Article("## Due {#one}\n"), "en/meet/billing/source.md",
				withFront("related = [\"meet/billing/other\"]\n", "[a](other.md#one)\n\n## Two {#one}\n"))
			changes, err := edit.Retire(fsys, "meet/billing/other", "meet/billing/source")
			if err != nil {
				t.Fatal(err)
			}
			articletest.Put(fsys, changes...)
			if got := string(fsys[articletest.Page].Data); got != tt.want {
				t.Errorf("an article that links to it is\n%swant\n%s", got, tt.want)
			}
			heir := withFront("related = []\naliases = [\"meet/billing/other\"]\n", "[a](#one)\n\n## Two {#one}\n")
			if got := string(fsys["en/meet/billing/source.md"].Data); got != heir {
				t.Errorf("the article that takes its place is\n%swant\n%s", got, heir)
			}
			if fsys["it/meet/billing/other.md"] != nil || fsys["en/meet/billing/other.md"] != nil {
				t.Error("the article is still there")
			}
			if _, found := library.Load(fsys); len(found) > 0 {
				t.Error(found)
			}
		})
	}
}

// Pictures and record of a retired article go with it; its earlier addresses lead to the other article.
func TestRetireAll(t *testing.T) {
	fsys := withRecord(t, "en/meet/billing/dot.svg", dot)
	articletest.Replace(fsys, articletest.Page, "Intro", "![a](dot.svg) Intro")
	articletest.Replace(fsys, articletest.Page, "updated", "aliases = [\"meet/billing/older\"]\nupdated")
	changes, err := edit.Retire(fsys, "meet/billing/page", "meet/billing/other")
	if err != nil {
		t.Fatal(err)
	}
	articletest.Put(fsys, changes...)
	if fsys["en/meet/billing/dot.svg"] != nil ||
		strings.Contains(string(fsys[articletest.BaselineFile].Data), "meet/billing/page") {
		t.Error("its picture or its record is still there")
	}
	l, found := library.Load(fsys)
	if got := l.Article("en", "meet/billing/other").Aliases; len(found) > 0 ||
		!slices.Equal(got, []string{"meet/billing/page", "meet/billing/older"}) {
		t.Errorf("aliases are %q, found %v", got, found)
	}
}

// If one of two articles is not translated, the address at which readers of that language saw its source also leads
// to the other article.
func TestRetireUntranslated(t *testing.T) {
	fsys := articletest.Files(articletest.Page, withFront("slug = \"mine\"\n", "Text.\n"))
	changes, err := edit.Retire(fsys, "meet/billing/page", "meet/billing/other")
	if err != nil {
		t.Fatal(err)
	}
	articletest.Put(fsys, changes...)
	l, _ := library.Load(fsys)
	for _, lang := range []string{"en", "it"} {
		if got := l.Article(lang, "meet/billing/other").Aliases; !slices.Equal(got, []string{"meet/billing/mine"}) {
			t.Errorf("in %s aliases are %q", lang, got)
		}
	}
}

func TestRetireRefuses(t *testing.T) {
	for _, tt := range []struct{ name, old, other, want string }{
		{"no such article", "meet/billing/othr", "", `did you mean "meet/billing/other"?`},
		{"no such other article", "meet/billing/other", "meet/billing/sorce", `did you mean "meet/billing/source"?`},
		{"itself", "meet/billing/other", "meet/billing/other", "replace itself"},
		{"one that is not translated", "meet/billing/other", "meet/billing/source", `not published in "it"`},
	} {
		_, err := edit.Retire(articletest.Files(), tt.old, tt.other)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want it to say %q", tt.name, err, tt.want)
		}
	}
}

func TestScaffold(t *testing.T) {
	now := time.Date(2026, 11, 22, 23, 30, 0, 0, time.UTC)
	fsys := articletest.Files("site.toml",
		strings.Replace(articletest.SiteTOML, "default", "timezone = \"Europe/Rome\"\ndefault", 1))
	changes, err := edit.Scaffold(fsys, "meet/billing/new-plan", []string{"steps", "after-that"}, now)
	if err != nil {
		t.Fatal(err)
	}
	articletest.Put(fsys, changes...)
	if l, found := library.Load(fsys); len(found) > 0 || l.Shown("it", "meet/billing/new-plan") != nil {
		t.Errorf("what was begun is published, or found: %v", found)
	}
	for _, lang := range []string{"en", "it"} {
		file := lang + "/meet/billing/new-plan.md"
		a, found := article.Parse("content/"+file, fsys[file].Data)
		if len(found) > 0 || !a.Draft || a.Updated.String() != "2026-11-23" || !a.HasSection("steps") ||
			!a.HasSection("after-that") {
			t.Errorf("%s is\n%s%v", file, fsys[file].Data, found)
		}
	}
}

func TestScaffoldRefuses(t *testing.T) {
	for _, tt := range []struct{ name, path, section, want string }{
		{"a path that is taken", "meet/billing/source", "s", "content/en/meet/billing/source.md"},
		{"the address of another", "meet/billing/mine", "s", "content/en/meet/billing/page.md"},
		{"an earlier address of another", "meet/billing/old", "s", "content/en/meet/billing/page.md"},
		{"bad letters", "meet/billing/a b", "s", "lowercase"},
		{"no such product", "met/billing/new", "s", `did you mean "meet"?`},
		{"a bad section", "meet/billing/new", "A b", "lowercase"},
	} {
		fsys := articletest.Files(articletest.Page,
			withFront("slug = \"mine\"\naliases = [\"meet/billing/old\"]\n", "Text.\n"))
		changes, err := edit.Scaffold(fsys, tt.path, []string{tt.section}, time.Now())
		if err == nil || !strings.Contains(err.Error(), tt.want) || len(changes) > 0 {
			t.Errorf("%s: %v, want it to say %q", tt.name, err, tt.want)
		}
	}
}

// FuzzMove checks that an article is either moved without a change in what it says, or not at all.
func FuzzMove(f *testing.F) {
	f.Add("[a](other.md) ![b](../../../images/dot.svg \"c\") [d]\n\n[d]: <other.md#one>\n")
	f.Add("[`](other.md)`](other.md) [a \\](other.md) b](other.md)\n")
	f.Fuzz(func(t *testing.T, text string) {
		fsys := articletest.Files("site.toml", twoCategories, articletest.Page, articletest.Article(text))
		l, before := library.Load(fsys)
		changes, err := edit.Move(fsys, "meet/billing/page", "meet/account/page")
		if err != nil || diag.HasErrors(before) {
			return
		}
		articletest.Put(fsys, changes...)
		after, found := library.Load(fsys)
		if len(found) != len(before) {
			t.Fatalf("found %v, before %v", found, before)
		}
		was, is := l.Article("en", "meet/billing/page"), after.Article("en", "meet/account/page")
		if was == nil {
			return // a draft
		}
		for i, p := range drift.Passages(was) {
			if !slices.Equal(p.Texts, drift.Passages(is)[i].Texts) {
				t.Errorf("%q became %q", p.Texts, drift.Passages(is)[i].Texts)
			}
		}
	})
}
