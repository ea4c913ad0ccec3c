package site

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
)

// A store keeps what was asked for last, within its bounds, and makes the rest
// again, the same.
func TestStore(t *testing.T) {
	var made []string
	st := newStore(nil)
	ask := func(path string) *form {
		t.Helper()
		f, err := st.form(File{Path: path, Type: "image/png", write: func(b *bytes.Buffer) error {
			made = append(made, path)
			b.Write(bytes.Repeat([]byte(path), keptBytes/4))
			return nil
		}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	first := ask("a")
	for _, path := range []string{"b", "c", "a", "d", "a", "e"} { // b has not been asked for the longest
		ask(path)
	}
	if again := ask("a"); again != first {
		t.Error("what was asked for again is forgotten")
	}
	ask("b")
	if want := []string{"a", "b", "c", "d", "e", "b"}; !slices.Equal(made, want) {
		t.Errorf("made: %s, want %s", made, want)
	}
	ask("c")
	ask("d")
	ask("e")
	if again := ask("a"); again == first || again.tag != first.tag || !bytes.Equal(again.body, first.body) {
		t.Error("what was forgotten is not made again as it was")
	}
	total := 0
	for _, f := range st.recent.Values() {
		total += len(f.body)
	}
	if total != st.length || total > keptBytes || total < keptBytes/2 {
		t.Errorf("%d bytes are kept and counted as %d", total, st.length)
	}
}

// What cannot be made, and what is made for one request, is not kept.
func TestStoreKeepsNoOther(t *testing.T) {
	st, failure := newStore(nil), fmt.Errorf("a template fails")
	if _, err := st.form(File{Path: "a", Type: pageType, write: func(*bytes.Buffer) error { return failure }}, nil); err != failure {
		t.Errorf("the error is %v", err)
	}
	for range 2 {
		text := fmt.Sprint(st.recent.Len())
		f, err := st.form(bytesFile("", pageType, []byte(text)), []string{"br, gzip"})
		if err != nil || f.coding != asGzip || string(expand(t, "gzip", f.body)) != "0" {
			t.Errorf("%v, %v", f, err)
		}
	}
	if st.recent.Len() != 0 {
		t.Errorf("%d are kept", st.recent.Len())
	}
}
