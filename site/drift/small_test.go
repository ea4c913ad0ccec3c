package drift

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/site/article"
)

// written parses a file of baselines.
func written(t *testing.T, text string) *BaselineFile {
	t.Helper()
	file, found := ReadBaselines(fstest.MapFS{"translations.it.toml": {Data: []byte(text)}}, "it")
	if len(found) > 0 {
		t.Fatal(found)
	}
	return file
}

// Tables of earlier versions say the same after they are compressed, and compressed ones stay as they are.
func TestOldTables(t *testing.T) {
	const old = "# kept\n\n[\"a/b/c\"]\n" +
		"\"\" = [\n  \"T\",\n  \"D\",\n]\nz = [\n  \"Z\",\n]\na = [\n  \"A \\\"b\\\"\",\n]\n"
	before := written(t, old)
	change, _ := before.Change()
	after := written(t, string(change.Is))
	was, found := before.Baselines[0].Passages("f")
	is, more := after.Baselines[0].Passages("f")
	same := func(a, b Passage) bool { return a.ID == b.ID && slices.Equal(a.Texts, b.Texts) }
	if len(found)+len(more) > 0 || len(is) != 3 || !slices.EqualFunc(was, is, same) {
		t.Errorf("%v %v became %v %v", was, found, is, more)
	}
	if again, _ := after.Change(); !bytes.Equal(again.Is, change.Is) || !bytes.HasPrefix(again.Is, []byte("# kept\n")) {
		t.Errorf("%s became %s", change.Is, again.Is)
	}
	if _, ok := after.Baselines[0].small(); !ok {
		t.Errorf("the table is not small: %s", change.Is)
	}
}

// A table that was damaged by hand is an error at its place, and is kept.
func TestDamagedTable(t *testing.T) {
	table := string(smallTable("a/b/c", linesOf([]Passage{{Texts: []string{"T", "D"}}})))
	for _, text := range []string{
		table[:len(table)-6] + "\"", strings.Replace(table, `text = "`, `text = "A`, 1),
		"[\"a/b/c\"]\nhash = \"0\"\ntext = \"\"",
	} {
		file := written(t, text+"\n")
		if _, found := file.Baselines[0].Passages("f"); len(found) != 1 || found[0].Line != 3 {
			t.Errorf("%s: found %v", text, found)
		}
		if change, _ := file.Change(); string(change.Is) != text+"\n" {
			t.Errorf("%s became %s", text, change.Is)
		}
	}
}

// Equal is true only for the article that was accepted, in tables of both forms.
func TestEqual(t *testing.T) {
	load := func(text string) *article.Article {
		a, _ := article.Parse("content/en/meet/billing/page.md", []byte(text))
		return a.Article
	}
	const text = "+++\ntitle = \"T\"\ndescription = \"D\"\nupdated = 2025-03-03\n+++\n\nText.\n"
	a, changed := load(text), load(text+"\nMore.\n")
	lines := linesOf(Passages(a))
	for _, table := range [][]byte{smallTable(a.Path, lines), slices.Concat([]byte("[\"x\"]\n"), lines)} {
		if b := (Baseline{Path: a.Path, text: table}); !b.Equal(a) || b.Equal(changed) {
			t.Errorf("%s: %v, %v", table, b.Equal(a), b.Equal(changed))
		}
	}
}
