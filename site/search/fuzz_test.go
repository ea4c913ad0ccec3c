package search

import (
	"context"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// Whatever is typed, the words of a query are bounded, distinct and located where they say, and looking them up
// does not fail.
func FuzzQuery(f *testing.F) {
	for _, text := range oddities {
		f.Add(text)
	}
	indexes := []*Index{shipped(f, "it"), shipped(f, "en"), New(Config{Lang: "tr"}, slices.Values([]*Document(nil)))}
	f.Fuzz(func(t *testing.T, text string) {
		for _, ix := range indexes {
			words, _ := ix.query(text)
			if len(words) > mostWords {
				t.Fatalf("%d words", len(words))
			}
			for i, w := range words {
				same := func(other word) bool { return other.term == w.term }
				if w.term == "" || strings.ContainsAny(w.term, " -\n") || slices.ContainsFunc(words[:i], same) {
					t.Fatalf("the term %q of %q", w.term, text)
				}
				if w.start >= w.end || w.end > len(text) ||
					utf8.ValidString(text) && !utf8.ValidString(text[w.start:w.end]) {
					t.Fatalf("%q stands at %d to %d of %q", w.text, w.start, w.end, text)
				}
			}
			r := ix.Search(context.Background(), Query{Text: text, Limit: 3})
			if !slices.IsSortedFunc(r.Hits, func(a, b Hit) int { return b.Score - a.Score }) {
				t.Fatalf("%q is answered out of order", text)
			}
		}
	})
}

// Whatever a shard holds, a line is read completely or refused.
func FuzzLine(f *testing.F) {
	ix := shipped(f, "it")
	for _, line := range append(ix.lines(ix.shardOf("contratto")), ix.lines("w-c")...) {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if h, ok := parseHits(line); ok {
			if len(h.docs) != len(h.levels) || len(h.sections) != len(h.docs) && len(h.sections) != 0 ||
				!slices.IsSorted(h.docs) {
				t.Fatalf("%q is read as %+v", line, h)
			}
		}
		parseKnown(line)
	})
}

func FuzzNumbers(f *testing.F) {
	f.Add(uint32(0))
	f.Add(uint32(1 << 31))
	f.Fuzz(func(t *testing.T, n uint32) {
		text := appendNumber(nil, int(n))
		if got, ok := numbers(string(text)); !ok || !slices.Equal(got, []int{int(n)}) {
			t.Fatalf("%d is written %q and read %v", n, text, got)
		}
	})
}

// A run within a text is read as it is on its own.
func FuzzRuns(f *testing.F) {
	for _, text := range append(oddities, "l’abbonamento e-1042 join.me co\u00adntracts È perché", "a--b c- -d 'e' ٣ß") {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		start, end := -1, 0
		s := scanner{text: text}
		for s.next() {
			alone := scanner{text: s.run()}
			first, _ := utf8.DecodeRuneInString(s.run())
			isPair := classOf(first) == spaceless
			if s.start <= start || s.start < end && !isPair || s.start >= s.end || !alone.next() ||
				alone.run() != s.run() ||
				alone.next() {
				t.Fatalf("in %q, %q stands at %d to %d", text, s.run(), s.start, s.end)
			}
			start, end = s.start, s.end
		}
	})
}
