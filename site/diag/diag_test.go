package diag_test

import (
	"fmt"
	"strings"
	"testing"

	"helpcenter/site/diag"
)

func Example() {
	at := diag.Position{File: "content/site.toml", Line: 3, Column: 1}
	allowed := []string{"title", "description"}
	f := diag.Errorf(at, "unknown-key", "unknown key %q (allowed: %s)", "titel", diag.List(allowed)).
		Suggest("did you mean %q?", diag.Nearest("titel", allowed))
	fmt.Println(f)
	// Output:
	// content/site.toml:3:1: error: unknown key "titel" (allowed: title, description) [unknown-key]
	// 	did you mean "title"?
}

func TestSort(t *testing.T) {
	at := func(file string, line, column int) diag.Finding {
		return diag.Warningf(diag.Position{File: file, Line: line, Column: column}, "rule", "message")
	}
	var got []string
	for _, f := range diag.Sort([]diag.Finding{
		at("b", 1, 1), at("a", 10, 1), at("a", 2, 3), at("a", 2, 1), at("a", 10, 1), at("a", 0, 0),
	}) {
		got = append(got, f.Position.String())
	}
	if strings.Join(got, " ") != "a a:2:1 a:2:3 a:10:1 b:1:1" {
		t.Errorf("sorted %q", got)
	}
}

func TestList(t *testing.T) {
	many := strings.Fields(strings.Repeat("x ", 32))
	for _, tt := range []struct {
		names []string
		want  string
	}{
		{nil, "none"}, {[]string{"a"}, "a"}, {[]string{"a", "b"}, "a, b"},
		{many, strings.Join(many[:30], ", ") + " and 2 more"},
	} {
		if got := diag.List(tt.names); got != tt.want {
			t.Errorf("List(%q) = %q", tt.names, got)
		}
	}
}

func TestNearest(t *testing.T) {
	for _, tt := range []struct{ word, want string }{
		{"titel", "title"}, {"descripton", "description"}, {"x", ""}, {"upadted", "updated"}, {"slug", "slug"}, {"", ""},
	} {
		if got := diag.Nearest(tt.word, []string{"title", "description", "updated", "slug"}); got != tt.want {
			t.Errorf("Nearest(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		most int
		want int
		ok   bool
	}{
		{"saldo", "saldo", 0, 0, true}, {"saldo", "sald", 1, 1, true}, {"saldo", "asldo", 1, 1, true},
		{"saldo", "solda", 2, 2, true}, {"saldo", "solda", 1, 0, false}, {"saldo", "saldo", -1, 0, false},
		{"", "ab", 2, 2, true}, {"abc", "", 2, 0, false}, {"contarct", "contract", 1, 1, true},
	} {
		got, ok := diag.Distance([]rune(test.a), []rune(test.b), test.most)
		if ok != test.ok || ok && got != test.want {
			t.Errorf("Distance(%q, %q, %d) = %d, %t, want %d, %t", test.a, test.b, test.most, got, ok, test.want, test.ok)
		}
	}
}
