package content

import (
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"testing/fstest"
)

// shippedRoom copies the room as it ships, so that a test may change it.
func shippedRoom(t testing.TB) fstest.MapFS {
	t.Helper()
	room := fstest.MapFS{}
	err := fs.WalkDir(Files, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(Files, file)
		room[file] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return room
}

// loadTwice loads the room without a cache and with the one in path, and fails
// where they differ.
func loadTwice(t *testing.T, room fs.FS, path string) (hits int) {
	t.Helper()
	want, wantFound := Load(room)
	cache := OpenCache(path, Sum{1})
	got, found := LoadWith(room, Options{Cache: cache})
	if !reflect.DeepEqual(found, wantFound) {
		t.Errorf("with the cache the findings are %v, want %v", found, wantFound)
	}
	if len(got.Articles) != len(want.Articles) {
		t.Fatalf("with the cache there are %d articles, want %d", len(got.Articles), len(want.Articles))
	}
	for i, a := range got.Articles {
		a.Sum = Sum{}
		if !reflect.DeepEqual(a, want.Articles[i]) {
			t.Errorf("%s: the cache gives\n%+v\nwant\n%+v", a.File, a, want.Articles[i])
		}
	}
	if err := cache.Save(); err != nil {
		t.Fatal(err)
	}
	return len(cache.used)
}

func TestCache(t *testing.T) {
	room, path := shippedRoom(t), filepath.Join(t.TempDir(), "a", "cache")
	articles := 30
	check := func(what string, want int) {
		t.Helper()
		if hits := loadTwice(t, room, path); hits != want {
			t.Errorf("%s: %d articles come from the cache, want %d", what, hits, want)
		}
	}
	check("at first", 0)
	check("nothing changed", articles)

	const file = "en/goto-meeting/billing/free-trial.md"
	room[file].Data = append(room[file].Data, "\nOne more paragraph.\n"...)
	check("one article changed", articles-1)
	check("nothing changed again", articles)

	room[file].Data = append(room[file].Data, "\n<b>raw</b>\n"...)
	check("an article with a finding", articles-1)
	check("it is never kept", articles-1)
}

// Whatever has become of the file, the articles are the same.
func TestCacheDamaged(t *testing.T) {
	room, path := shippedRoom(t), filepath.Join(t.TempDir(), "cache")
	loadTwice(t, room, path)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func([]byte) []byte{
		"empty":           func(b []byte) []byte { return nil },
		"cut short":       func(b []byte) []byte { return b[:len(b)/2] },
		"another version": func(b []byte) []byte { b[0]++; return b },
		"a bit in a text": func(b []byte) []byte { b[len(b)-100] ^= 4; return b },
		"a bit in a head": func(b []byte) []byte { b[len(Sum{})+len(Sum{})+1] ^= 1; return b },
		"longer":          func(b []byte) []byte { return append(b, "rubbish"...) },
	} {
		t.Run(name, func(t *testing.T) {
			if err := os.WriteFile(path, damage(append([]byte{}, whole...)), 0o644); err != nil {
				t.Fatal(err)
			}
			loadTwice(t, room, path)
			if hits := loadTwice(t, room, path); hits != 30 {
				t.Errorf("the cache was not made whole again: %d articles come from it", hits)
			}
		})
	}
}

func FuzzDecodeArticle(f *testing.F) {
	l, _ := Load(Files)
	for _, a := range l.Articles {
		f.Add(a.encode(nil), len(a.Body.HTML))
	}
	f.Fuzz(func(t *testing.T, record []byte, html int) {
		a, err := decodeArticle(record, html)
		if err == nil && a.File == "" {
			t.Error("an article without a file")
		}
	})
}
