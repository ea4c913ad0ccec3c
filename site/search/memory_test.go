package search

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"helpcenter/content"
)

// keyed gives documents their keys.
func keyed(docs []*Document) []*Document {
	for _, d := range docs {
		d.Key = content.Sum{}
		sum := sha256.Sum256(fmt.Append(nil, *d))
		copy(d.Key[:], sum[:])
	}
	return docs
}

var remembering = Config{Lang: "it", Names: []string{"GoTo Meeting", "GoTo Room"}, Synonyms: [][]string{{"annullare", "disdire"}, {"numero gratuito", "numero verde"}}}

// indexAgain makes the index by what is kept in a file, keeps what it has read, and
// fails where another index comes out than without. It returns how many documents
// were known.
func indexAgain(t *testing.T, path string, of content.Sum, docs []*Document) (known int) {
	t.Helper()
	fresh, b := NewBuilder(remembering), NewBuilder(remembering)
	b.Recall(path, of)
	for _, d := range docs {
		fresh.Add(d)
		if b.AddKnown(d.Key) {
			known++
		} else {
			b.Add(d)
		}
	}
	got, want := slices.Collect(b.Index().Files()), slices.Collect(fresh.Index().Files())
	same := func(a, b File) bool { return a.Name == b.Name && bytes.Equal(a.Data, b.Data) }
	if !slices.EqualFunc(got, want, same) {
		t.Error("with what was kept the index is another one")
	}
	if err := b.Keep(path, of); err != nil {
		t.Fatal(err)
	}
	return known
}

func TestMemory(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "kept")
	const n = 40
	docs := crowd(n)
	look := func(what string, want int) {
		t.Helper()
		if got := indexAgain(t, path, content.Sum{1}, keyed(docs)); got != want {
			t.Errorf("%s: %d documents are known, want %d", what, got, want)
		}
	}
	look("at first", 0)
	look("nothing changed", n)

	docs[3].Text = []string{"Per disdire con GoToMeeting c’è un numero verde, e-1042. Disdire! L’altro."}
	docs[5].Sections = []Section{{ID: "a", Title: "Come annullare?", Text: docs[5].Text}}
	look("two documents changed", n-2)
	look("nothing changed again", n)

	docs[3].Text = []string{"Annullo i numeri."}
	look("words are gone, and others more common", n-1)

	docs = slices.Delete(docs, 7, 9)
	look("two documents are gone", n-2)
	docs = append(docs, crowd(9)[7:]...)
	look("they are back, and were still kept", n)

	for _, d := range docs {
		d.Title, d.Description, d.Text, d.Sections = "Tutto nuovo", "", nil, nil
	}
	look("all changed", 0)
	look("too many words were gone to be kept", 0)
	look("and it begins anew", n)
}

// Whatever has become of the file, the index is the same.
func TestMemoryDamaged(t *testing.T) {
	docs := keyed(crowd(20))
	for name, damage := range map[string]func([]byte) []byte{
		"as it was":  slices.Clone[[]byte],
		"empty":      func(b []byte) []byte { return nil },
		"cut short":  func(b []byte) []byte { return b[:len(b)/2] },
		"its start":  func(b []byte) []byte { b[0]++; return b },
		"a bit":      func(b []byte) []byte { b[len(b)/2] ^= 4; return b },
		"longer":     func(b []byte) []byte { return append(b, "rubbish"...) },
		"all zeros":  func(b []byte) []byte { return make([]byte, len(b)) },
		"one record": func(b []byte) []byte { return b[:len(content.Sum{})] },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "kept")
			indexAgain(t, path, content.Sum{1}, docs)
			whole, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, damage(whole), 0o644); err != nil {
				t.Fatal(err)
			}
			want := 0
			if name == "as it was" {
				want = len(docs)
			}
			if known := indexAgain(t, path, content.Sum{1}, docs); known != want {
				t.Errorf("%d documents are known, want %d", known, want)
			}
			if known := indexAgain(t, path, content.Sum{1}, docs); known != len(docs) {
				t.Errorf("%d documents are known of a file that was made again", known)
			}
			if known := indexAgain(t, path, content.Sum{2}, docs); known != 0 {
				t.Errorf("%d documents are known of those that were read otherwise", known)
			}
		})
	}
}

// Any words are numbered again as they were.
func FuzzMemory(f *testing.F) {
	for _, text := range []string{"l’e-1042 c’è", "a--b ﬁne co\u00adop", "C'  c'  ", "x.y.z- Annullò İSTANBUL", strings.Repeat("a", 97) + " zzz"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), "kept")
		docs := keyed([]*Document{{Path: "a/x/a", URL: "/a/", Text: []string{text}}, {Path: "a/x/b", URL: "/b/", Text: []string{"Disdire."}}})
		indexAgain(t, path, content.Sum{1}, docs)
		docs[1].Title = text + "!"
		indexAgain(t, path, content.Sum{1}, keyed(docs))
	})
}
