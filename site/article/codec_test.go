package article

import (
	"io/fs"
	"reflect"
	"testing"

	"helpcenter/content"
	"helpcenter/site/buildcache"
	"helpcenter/site/civil"
)

var cache = buildcache.Temporary()

// decode decodes an article with its content, as if it had never been in a cache.
func decode(file string, value []byte) (*Content, error) {
	a, err := decodeArticle(file, cache.Put("", value))
	if err != nil {
		return nil, err
	}
	if a.content, err = decodeContent(a, value); err != nil {
		return nil, err
	}
	a.kept = buildcache.Value{}
	return a.content, nil
}

// FuzzDecodeArticle checks that an article decoded from a cache survives encoding and decoding again.
func FuzzDecodeArticle(f *testing.F) {
	names, _ := fs.Glob(content.Files, "en/*/*/*.md")
	for _, name := range names {
		data, err := fs.ReadFile(content.Files, name)
		if err != nil {
			f.Fatal(err)
		}
		a, _ := Parse("content/"+name, data)
		f.Add(new(encoder).encode(a))
	}
	f.Fuzz(func(t *testing.T, value []byte) {
		a, err := decode("content/en/meet/billing/page.md", value)
		if err != nil {
			return
		}
		again, err := decode(a.File, new(encoder).encode(a))
		if err != nil || !reflect.DeepEqual(a, again) {
			t.Errorf("%+v is read again as %+v: %v", a, again, err)
		}
	})
}

func TestParse(t *testing.T) {
	a, found := Parse("content/it/meet/billing/page.md",
		[]byte("+++\ntitle = \"T\"\ndescription = \"D\"\nupdated = 2025-03-03\n"+
			"slug = \"pagina\"\naliases = [\"a/b\"]\nrelated = [\"meet/billing/other\"]\nkind = \"guide\"\nchecker = \"c\"\n"+
			"draft = true\npublish = 2026-01-02\nproducts = [\"p\"]\n[extra]\na = \"b\"\nc = \"\"\n+++\nx\n"))
	want := &Content{Article: &Article{
		Lang: "it", Path: "meet/billing/page", Product: "meet", Category: "billing", File: "content/it/meet/billing/page.md",
		Front: Front{
			Title: "T", Description: "D", Updated: civil.Date{Year: 2025, Month: 3, Day: 3}, Slug: "pagina",
			Aliases: []string{"a/b"}, Related: []string{"meet/billing/other"}, Kind: KindGuide, Checker: "c", Draft: true,
			Publish: civil.Date{Year: 2026, Month: 1, Day: 2}, Products: []string{"p"},
			Extra: map[string]string{"a": "b", "c": ""},
		}, Size: 9,
	}, Blocks: []Block{{Paragraph, -1, 17, 0, 9}}, Body: Body{HTML: []byte("<p>x</p>\n")}}
	want.content = want
	if again, err := decode(a.File, new(encoder).encode(a)); err != nil || !reflect.DeepEqual(a, again) {
		t.Errorf("%+v is read again as %+v: %v", a, again, err)
	}
	if at := a.Key("related", 0); at.Line != 7 || at.Column != 12 {
		t.Errorf("related stands at %v", at)
	}
	if a.front = ""; len(found) > 0 || !reflect.DeepEqual(a, want) {
		t.Errorf("got %+v, %v\nwant %+v", a, found, want)
	}
	if _, found := Parse("content/it/a/b/c/page.md", nil); len(found) != 1 || found[0].Rule != "layout" {
		t.Errorf("a file that is no article: %v", found)
	}
}
