package content

import (
	"io/fs"
	"reflect"
	"testing"
)

// FuzzDecodeArticle: what can be read of a cache is read the same again.
func FuzzDecodeArticle(f *testing.F) {
	names, _ := fs.Glob(Files, "en/*/*/*.md")
	for _, name := range names {
		data, err := fs.ReadFile(Files, name)
		if err != nil {
			f.Fatal(err)
		}
		a, _ := Parse("content/"+name, data)
		f.Add(a.encode())
	}
	f.Fuzz(func(t *testing.T, value []byte) {
		a, err := decodeArticle(value)
		if err != nil {
			return
		}
		again, err := decodeArticle(a.encode())
		if err != nil || !reflect.DeepEqual(a, again) {
			t.Errorf("%+v is read again as %+v: %v", a, again, err)
		}
	})
}
