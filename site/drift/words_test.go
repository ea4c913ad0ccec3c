package drift

import (
	"slices"
	"strings"
	"testing"
)

func TestDiffWords(t *testing.T) {
	for _, tt := range []struct{ was, is, want string }{
		{"", "", ""},
		{"the same words", "the  same\nwords", "the same words"},
		{"call 30 days before", "call 45 days before", "call [-30-] {+45+} days before"},
		{"all new", "", "[-all new-]"},
		{"", "all new", "{+all new+}"},
		{"a b c", "a c", "a [-b-] c"},
		{"a c", "a b c", "a {+b+} c"},
		{"a b c d e", "x b c d y", "[-a-] {+x+} b c d [-e-] {+y+}"},
		{"one two", "three four", "[-one two-] {+three four+}"},
		{"a a a", "a a", "a a [-a-]"},
	} {
		if got := diffWords(tt.was, tt.is).String(); got != tt.want {
			t.Errorf("diffWords(%q, %q) is %q, want %q", tt.was, tt.is, got, tt.want)
		}
	}
}

func TestBrief(t *testing.T) {
	d := diffWords("one two three four five six seven eight",
		"one two three four 5 six seven eight nine ten eleven twelve")
	for _, tt := range []struct {
		around, most int
		want         string
	}{
		{9, 9, "one two three four [-five-] {+5+} six seven eight {+nine ten eleven twelve+}"},
		{1, 9, "… four [-five-] {+5+} six … eight {+nine ten eleven twelve+}"},
		{1, 2, "… four [-five-] {+5+} six … eight {+nine … twelve+}"},
	} {
		if got := d.Brief(tt.around, tt.most); got != tt.want {
			t.Errorf("Brief(%d, %d) is %q, want %q", tt.around, tt.most, got, tt.want)
		}
	}
}

func TestGist(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"Sign in.", "sign in!", true},
		{"Sign-in", "Sign in", true},
		{"the “page”", "the page", true},
		{"l’account", "l'account", true},
		{"pay 1.5", "pay 15", false},
		{"pay 1,500", "pay 1.500", false},
		{"at 10:30", "at 10 30", false},
		{"10%", "10", false},
		{"5 €", "5 $", false},
		{"at -5 degrees", "at 5 degrees", false},
		{"can", "cannot", false},
		{"perché", "perche", false},
	} {
		if got := gist(tt.a) == gist(tt.b); got != tt.same {
			t.Errorf("%q and %q: gist %q and %q", tt.a, tt.b, gist(tt.a), gist(tt.b))
		}
	}
}

func TestAlignTexts(t *testing.T) {
	for _, tt := range []struct{ name, old, new, want string }{
		{"nothing", "", "", ""},
		{"the same", "a|b", "a|b", "00 11"},
		{"one changed", "a|b b b|c", "a|b b x|c", "00 11 22"},
		{"one replaced", "a|b|c", "a|x|c", "00 11 22"},
		{"one added", "a|c", "a|b|c", "00 -1 12"},
		{"one removed", "a|b|c", "a|c", "00 1- 21"},
		{"one added beside one changed", "a b c", "x|a b d", "-0 01"},
		{"one removed beside one changed", "x y|a b c", "a b d", "0- 10"},
		{"all added", "", "a|b", "-0 -1"},
		{"all removed", "a|b", "", "0- 1-"},
		{"doubled", "a", "a|a", "00 -1"},
	} {
		split := func(s string) []string { return strings.FieldsFunc(s, func(r rune) bool { return r == '|' }) }
		index := func(i int) string {
			if i < 0 {
				return "-"
			}
			return string(rune('0' + i))
		}
		var got []string
		for _, p := range alignTexts(split(tt.old), split(tt.new)) {
			got = append(got, index(p.old)+index(p.new))
		}
		if !slices.Equal(got, strings.Fields(tt.want)) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// FuzzDiffWords checks that a diff holds both texts, word by word.
func FuzzDiffWords(f *testing.F) {
	f.Add("call 30 days before", "call 45 days before the end")
	f.Add("a b a b", "b a b a")
	f.Fuzz(func(t *testing.T, was, is string) {
		var old, new []string
		for _, s := range diffWords(was, is) {
			if s.In != inNew {
				old = append(old, s.Words...)
			}
			if s.In != inOld {
				new = append(new, s.Words...)
			}
		}
		if !slices.Equal(old, strings.Fields(was)) || !slices.Equal(new, strings.Fields(is)) {
			t.Errorf("the diff of %q and %q is one of %q and %q", was, is, old, new)
		}
		gist(was)
	})
}

// FuzzAlignTexts checks that every text is in exactly one pair, and that no two pairs cross.
func FuzzAlignTexts(f *testing.F) {
	f.Add("a\nb\nc", "b\nc\nd")
	f.Fuzz(func(t *testing.T, was, is string) {
		old, new := strings.Split(was, "\n"), strings.Split(is, "\n")
		i, j := 0, 0
		for _, p := range alignTexts(old, new) {
			if p.old >= 0 && p.old != i || p.new >= 0 && p.new != j || p.old < 0 && p.new < 0 {
				t.Fatalf("pair %v comes where %d and %d are next", p, i, j)
			}
			if p.old >= 0 {
				i++
			}
			if p.new >= 0 {
				j++
			}
		}
		if i != len(old) || j != len(new) {
			t.Errorf("%d of %d and %d of %d texts are paired", i, len(old), j, len(new))
		}
	})
}
