package search

import (
	"fmt"
	"testing"
)

// Texts keep their numbers while a lexicon grows, also those whose hashes are
// the same.
func TestLexicon(t *testing.T) {
	l := newLexicon()
	for _, isNew := range []bool{true, false} {
		for i := range 3000 {
			text := fmt.Sprint("word", i)
			h := hashOf(text)
			if i%30 == 0 {
				h = 7
			}
			n, got := l.number(text, h)
			if n != uint32(i) || got != isNew || l.text(n) != text {
				t.Fatalf("%s has the number %d, %s; new: %v", text, n, l.text(n), got)
			}
		}
	}
}

// A run is read in a text as it is alone.
func FuzzRuns(f *testing.F) {
	for _, text := range append(oddities, "l’abbonamento e-1042 join.me co\u00adntracts È perché", "a--b c- -d 'e' ٣ß") {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		s := scanner{text: text}
		for s.next() {
			alone := scanner{text: s.run()}
			if s.start < end || s.start >= s.end || !alone.next() || alone.run() != s.run() || alone.hash != s.hash || alone.next() {
				t.Fatalf("in %q, %q stands at %d to %d", text, s.run(), s.start, s.end)
			}
			end = s.end
		}
	})
}
