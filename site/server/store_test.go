package server

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"slices"
	"testing"

	"helpcenter/site"
	"helpcenter/site/encoded"
	"helpcenter/site/sitetest"
)

// A store keeps the most recently used files within its limit, and makes the others again with the same bytes.
func TestStore(t *testing.T) {
	var made []string
	st := NewStore(nil)
	ask := func(path string) *encoded.Variant {
		t.Helper()
		f, err := st.Variant(site.File{Path: path, Type: "image/png", Write: func(b *bytes.Buffer) error {
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
	for _, path := range []string{"b", "c", "a", "d", "a", "e"} { // b is the least recently used
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
	if again := ask("a"); again == first || etag(again) != etag(first) || !bytes.Equal(again.Body, first.Body) {
		t.Error("what was forgotten is not made again as it was")
	}
	total := 0
	for _, f := range st.recent.Values() {
		total += len(f.Body)
	}
	if total != st.length || total > keptBytes || total < keptBytes/2 {
		t.Errorf("%d bytes are kept and counted as %d", total, st.length)
	}
}

func etag(v *encoded.Variant) string {
	w := httptest.NewRecorder()
	v.Send(w, httptest.NewRequest("GET", "/", nil), 200)
	return w.Header().Get("Etag")
}

// Neither failures nor files made for one request are kept.
func TestStoreKeepsNoOther(t *testing.T) {
	st, failure := NewStore(nil), fmt.Errorf("a template fails")
	if _, err := st.Variant(site.File{Path: "a", Type: site.PageType, Write: func(*bytes.Buffer) error { return failure }},
		nil); err != failure {
		t.Errorf("the error is %v", err)
	}
	for range 2 {
		text := fmt.Sprint(st.recent.Len())
		f, err := st.Variant(site.BytesFile("", site.PageType, []byte(text)), []string{"br, gzip"})
		if err != nil || string(sitetest.Expand(t, "gzip", f.Body)) != "0" {
			t.Errorf("%v, %v", f, err)
		}
	}
	if st.recent.Len() != 0 {
		t.Errorf("%d are kept", st.recent.Len())
	}
}
