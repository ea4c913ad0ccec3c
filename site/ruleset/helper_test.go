package ruleset

import (
	"iter"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/rules"
	"helpcenter/site/civil"
	"helpcenter/site/diag"
)

// shipped returns the built-in rules.
func shipped(tb testing.TB) *Ruleset {
	tb.Helper()
	set, found := Load(rules.Files)
	for _, f := range found {
		tb.Error(f)
	}
	r := set.At("cancel-online", civil.Date{})
	if r == nil {
		tb.Fatal("no cancel-online")
	}
	return r
}

// source returns the text of the built-in rules.
func source(tb testing.TB) string {
	tb.Helper()
	data, err := rules.Files.ReadFile("cancel-online.toml")
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}

// compiled compiles a text that must have no findings.
func compiled(tb testing.TB, text string) *Ruleset {
	tb.Helper()
	r, found := Compile(nil, "rules/x.toml", []byte(text))
	for _, f := range found {
		tb.Error(f)
	}
	if r == nil {
		tb.FailNow()
	}
	return r
}

// oneFile returns a file system with one file, x.toml.
func oneFile(text string) fstest.MapFS {
	return fstest.MapFS{"x.toml": {Data: []byte(text)}}
}

// answers reads "product=openvoice role=unknown".
func answers(tb testing.TB, r *Ruleset, text string) Answers {
	tb.Helper()
	a, err := r.ParsePath(strings.Fields(text), civil.Date{})
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

// cases yields all complete answers; the last fact varies fastest.
func cases(r *Ruleset) iter.Seq[Answers] {
	given := make([][]int, len(r.Facts))
	for f, fact := range r.Facts {
		for v := range fact.Values {
			given[f] = append(given[f], v)
		}
	}
	return combinations(given)
}

// partials yields all answers: every fact unanswered, unknown or with a value.
func partials(r *Ruleset) iter.Seq[Answers] {
	given := make([][]int, len(r.Facts))
	for f, fact := range r.Facts {
		for v := Unanswered; v < len(fact.Values); v++ {
			given[f] = append(given[f], v)
		}
	}
	return combinations(given)
}

// mustDate parses a day.
func mustDate(tb testing.TB, s string) civil.Date {
	tb.Helper()
	d, err := civil.ParseDate(s)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// compileFile returns what could be read of a file, and whether every case has an outcome.
func compileFile(name string, data []byte) (*Ruleset, []diag.Finding, bool) {
	b, ok := decode(name, data)
	if !ok {
		return b.rs, b.found, false
	}
	return b.compile(new(Set), nil)
}
