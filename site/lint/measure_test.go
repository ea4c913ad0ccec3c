package lint

import "testing"

// Every block of the shipped articles is recognized as being in its language, and 9 of 10 would be noticed on a
// page in the other, though some are as short as "Browser support".
func TestWrongLanguageMeasured(t *testing.T) {
	in, _ := load(shipped)
	l := New(in)
	all, seen := 0, 0
	for _, a := range in.Library.Articles {
		other := l.languages["it"]
		if a.Lang == "it" {
			other = l.languages["en"]
		}
		p := l.newPage(a.Read())
		for _, b := range p.blocks {
			there := newPassage(b.text, other, b.markup)
			there.placer = p
			wrongLanguage(there)
			all++
			if len(there.alien) > 0 {
				seen++
			}
			b.alien = nil
			if wrongLanguage(b); len(b.alien) > 0 {
				t.Errorf("%s: %q", a.File, b.text)
			}
		}
	}
	if t.Logf("%d of %d blocks seen", seen, all); seen*10 < all*9 {
		t.Errorf("%d of %d blocks are seen on a page of the other language, wanted are nine of ten", seen, all)
	}
}
