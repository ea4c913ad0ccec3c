package exchange_test

import (
	"bytes"
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/content"
	"helpcenter/site/articletest"
	"helpcenter/site/exchange"
	"helpcenter/site/library"
)

var formats = map[string]func(*bytes.Buffer, exchange.Document) error{
	"po":    func(b *bytes.Buffer, d exchange.Document) error { return exchange.WritePO(b, d) },
	"xliff": func(b *bytes.Buffer, d exchange.Document) error { return exchange.WriteXLIFF(b, d) },
}

func units(t *testing.T, files fs.FS, lang string) (*library.Library, exchange.Document) {
	t.Helper()
	l, _ := library.Load(files)
	doc, err := exchange.Units(l, files, lang)
	if err != nil {
		t.Fatal(err)
	}
	return l, doc
}

// Importing what was exported, without changes, does not change a byte, in either format: for the shipped articles
// and for awkward text.
func TestRoundTrip(t *testing.T) {
	awkward := articletest.Files(
		"en/meet/billing/page.md", articletest.Article("Say \"no\" \\\\ here:\n\n```\na\tb <c> & \"d\"\n\n\ne\n```\n\n"+
			"<!-- a comment -->\n\n## Steps {#steps}\n\n1. One\n\n   two\n2. Three[^n]\n\n[^n]: a note\n\n"+
			"```section meet/billing/other#one\n```\n\n> [!NOTE]\n> Text.\n"),
		"it/meet/billing/page.md", strings.ReplaceAll(articletest.Article(
			"Di \"no\":\n\n```\nx\n```\n\n## Passi {#steps}\n\n"+
				"1. Uno\n\n> [!NOTE]\n> Testo. 𝄞 “”\n"), "\n", "\r\n"),
	)
	for name, files := range map[string]fs.FS{"shipped": content.Files, "awkward": awkward} {
		l, doc := units(t, files, "it")
		if len(doc.Units) < 10 {
			t.Fatalf("%s has %d units", name, len(doc.Units))
		}
		for format, write := range formats {
			var b bytes.Buffer
			if err := write(&b, doc); err != nil {
				t.Fatal(err)
			}
			again, err := exchange.Read(b.Bytes(), "")
			if err != nil || again.To != "it" || again.From != "en" || len(again.Units) != len(doc.Units) {
				t.Fatalf("%s as %s: %v, %d of %d units", name, format, err, len(again.Units), len(doc.Units))
			}
			for i, u := range again.Units {
				was := doc.Units[i]
				if u.ID != was.ID || u.Source != was.Source || u.Target != was.Target || u.Fuzzy != was.Fuzzy {
					t.Errorf("%s as %s: %+v is read again as %+v", name, format, was, u)
				}
			}
			changes, left, err := exchange.Import(l, files, again)
			if err != nil || len(changes) > 0 || len(left) > 0 {
				t.Errorf("%s as %s: changes %v, left %q, %v", name, format, changes, left, err)
			}
		}
	}
}

// pairFiles returns an article with an accepted translation; the steps of the source have changed since.
func pairFiles(t *testing.T) fstest.MapFS {
	files := articletest.Files(articletest.Page, articletest.Article("\n"+articletest.SourceText),
		articletest.TranslatedPage, articletest.Article("\n"+articletest.TranslatedText))
	l, _ := library.Load(files)
	change, err := l.AcceptAll(files, "it")
	if err != nil {
		t.Fatal(err)
	}
	articletest.Put(files, change)
	articletest.Replace(files, articletest.Page, "30 days", "40 days")
	return files
}

func unit(t *testing.T, doc exchange.Document, id string) *exchange.Unit {
	t.Helper()
	for i := range doc.Units {
		if doc.Units[i].ID == "meet/billing/page#"+id {
			return &doc.Units[i]
		}
	}
	t.Fatalf("no unit %s", id)
	return nil
}

func TestFuzzy(t *testing.T) {
	files := pairFiles(t)
	l, doc := units(t, files, "it")
	steps := unit(t, doc, "steps/2")
	if !steps.Fuzzy || !strings.Contains(steps.Previous, "30 days") || !strings.Contains(steps.Source, "40 days") {
		t.Fatalf("the steps are %+v", steps)
	}
	for i := range doc.Units {
		if doc.Units[i].Fuzzy != (&doc.Units[i] == steps) {
			t.Errorf("%+v", doc.Units[i])
		}
	}
	var po bytes.Buffer
	exchange.WritePO(&po, doc)
	if !strings.Contains(po.String(), "#, fuzzy\n#| msgid") {
		t.Errorf("the PO file is\n%s", po.String())
	}

	// A translator first changes only the text, and then also clears the mark.
	steps.Target = strings.ReplaceAll(steps.Target, "30", "40")
	if changes, _, err := exchange.Import(l, files, doc); err != nil || len(changes) > 0 {
		t.Errorf("a fuzzy unit changes %v, %v", changes, err)
	}
	steps.Fuzzy = false
	changes, left, err := exchange.Import(l, files, doc)
	if err != nil || len(left) > 0 || len(changes) != 2 {
		t.Fatalf("changes %v, left %q, %v", changes, left, err)
	}
	want := strings.ReplaceAll(string(files[articletest.TranslatedPage].Data), "30 giorni", "40 giorni")
	if got := string(changes[0].Is); got != want {
		t.Errorf("the article becomes\n%s\nwant\n%s", got, want)
	}
	articletest.Put(files, changes...)
	if l, _ := library.Load(files); len(l.Drift("it")) > 0 {
		t.Errorf("it is not recorded as accepted: %v", l.Drift("it"))
	}
}

func TestImport(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(t *testing.T, doc *exchange.Document)
		want   func(was string) string // of the translation
		left   int
	}{
		{"a title with quotes", func(t *testing.T, doc *exchange.Document) {
			unit(t, *doc, "/title").Target = `Un "titolo" \`
		},
			func(was string) string { return strings.Replace(was, `"A title"`, `"Un \"titolo\" \\"`, 1) }, 0},
		{"a paragraph", func(t *testing.T, doc *exchange.Document) { unit(t, *doc, "/1").Target = "Altro.\n\nDue." },
			func(was string) string { return strings.Replace(was, "Introduzione.", "Altro.\n\nDue.", 1) }, 0},
		{"an empty unit", func(t *testing.T, doc *exchange.Document) { unit(t, *doc, "/1").Target = "" },
			func(was string) string { return was }, 0},
		{"a source that has changed", func(t *testing.T, doc *exchange.Document) {
			u := unit(t, *doc, "/1")
			u.Source, u.Target = "Other.", "Altro."
		}, func(was string) string { return was }, 1},
		{"an unknown article", func(t *testing.T, doc *exchange.Document) {
			doc.Units = append(doc.Units, exchange.Unit{ID: "meet/billing/none#/1", Source: "a", Target: "b"})
		}, func(was string) string { return was }, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			files := pairFiles(t)
			l, doc := units(t, files, "it")
			tt.change(t, &doc)
			changes, left, err := exchange.Import(l, files, doc)
			if err != nil || len(left) != tt.left {
				t.Errorf("left %q, %v", left, err)
			}
			was := string(files[articletest.TranslatedPage].Data)
			articletest.Put(files, changes...)
			if got := string(files[articletest.TranslatedPage].Data); got != tt.want(was) {
				t.Errorf("it becomes\n%s\nwant\n%s", got, tt.want(was))
			}
		})
	}
}

// An article without a translation is written once all its blocks are translated. It is like its source in
// everything else, and keeps the addresses at which readers of its language have seen the source.
func TestImportNewArticle(t *testing.T) {
	files := pairFiles(t)
	delete(files, articletest.TranslatedPage)
	addresses := "slug = \"own\"\naliases = [\"meet/billing/old\"]\n"
	articletest.Replace(files, articletest.Page, "updated =", addresses+"updated =")
	l, doc := units(t, files, "it")
	for i := range doc.Units {
		if u := &doc.Units[i]; strings.HasPrefix(u.ID, "meet/billing/page#") {
			u.Target = u.Source
		}
	}
	unit(t, doc, "costs/3").Target = ""
	if changes, left, _ := exchange.Import(l, files, doc); len(changes) > 0 || len(left) != 1 {
		t.Errorf("with a gap it changes %v, left %q", changes, left)
	}
	unit(t, doc, "costs/3").Target = "Non costa niente."
	changes, left, err := exchange.Import(l, files, doc)
	if err != nil || len(left) > 0 {
		t.Fatalf("left %q, %v", left, err)
	}
	want := strings.Replace(string(files[articletest.Page].Data), "It costs nothing.", "Non costa niente.", 1)
	if len(changes) != 2 || string(changes[0].Is) != want || changes[0].Was != nil {
		t.Errorf("the changes are %s", changes)
	}
	articletest.Put(files, changes...)
	if l, found := library.Load(files); len(found) > 0 || len(l.Unjudged("it")) > 0 {
		t.Errorf("found %v, without a record %q", found, l.Unjudged("it"))
	}
}

func TestRead(t *testing.T) {
	for name, text := range map[string]string{
		"no quotes":         "msgid a\n",
		"a string alone":    "\"a\"\n",
		"broken XML":        "<xliff",
		"XLIFF 2":           `<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="2.0"></xliff>`,
		"XML of other kind": "<a></a>",
	} {
		if doc, err := exchange.Read([]byte(text), ""); err == nil {
			t.Errorf("%s is read as %+v", name, doc)
		}
	}
	doc, err := exchange.Read([]byte("msgid \"\"\nmsgstr \"Language: de\\n\"\n\n"+
		"# note\n#, fuzzy, no-wrap\nmsgctxt \"a#/1\"\nmsgid \"b\"\nmsgstr \"\"\n\"c\\n\"\n\"d\\\\\\\"\"\n"+
		"msgctxt \"a#/2\"\nmsgid \"e\"\nmsgstr \"f\"\n#~ msgid \"old\"\n"), "po")
	want := exchange.Document{To: "de", Units: []exchange.Unit{
		{ID: "a#/1", Source: "b", Target: "c\nd\\\"", Fuzzy: true}, {ID: "a#/2", Source: "e", Target: "f"},
	}}
	if err != nil || !reflect.DeepEqual(doc, want) {
		t.Errorf("got %+v, %v", doc, err)
	}
}
