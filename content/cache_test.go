package content

import (
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
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
	got, found := LoadWith(room, cache)
	if !reflect.DeepEqual(found, wantFound) {
		t.Errorf("with the cache the findings are %v, want %v", found, wantFound)
	}
	compareLibraries(t, got, want)
	if err := cache.Save(); err != nil {
		t.Fatal(err)
	}
	for sum := range cache.used {
		if _, known := cache.known.entries[sum]; known {
			hits++
		}
	}
	return hits
}

// compareLibraries fails where an article from a cache is not as it is without.
func compareLibraries(t *testing.T, got, want *Library) {
	t.Helper()
	if len(got.Articles) != len(want.Articles) {
		t.Fatalf("with the cache there are %d articles, want %d", len(got.Articles), len(want.Articles))
	}
	for i, a := range got.Articles {
		a.Sum, a.Listed = Sum{}, Sum{}
		if !reflect.DeepEqual(a, want.Articles[i]) {
			t.Errorf("%s: the cache gives\n%+v\nwant\n%+v", a.File, a, want.Articles[i])
		}
	}
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

// Whatever has become of its files, the articles are the same, and the cache is
// made whole again.
func TestCacheDamaged(t *testing.T) {
	damages := map[string]func([]byte) []byte{
		"empty":      func(b []byte) []byte { return nil },
		"cut short":  func(b []byte) []byte { return b[:len(b)/2] },
		"its start":  func(b []byte) []byte { b[0]++; return b },
		"a bit":      func(b []byte) []byte { b[len(b)-100] ^= 4; return b },
		"longer":     func(b []byte) []byte { return append(b, "rubbish"...) },
		"all zeros":  func(b []byte) []byte { return make([]byte, len(b)) },
		"another":    func(b []byte) []byte { return []byte("+++") },
		"backwards":  func(b []byte) []byte { slices.Reverse(b); return b },
		"one record": func(b []byte) []byte { return b[:len(Sum{})+entrySize+4] },
	}
	for name, damage := range damages {
		for _, which := range []func(string) string{strings.Clone, indexOf} {
			path := filepath.Join(t.TempDir(), "cache")
			file := which(path)
			t.Run(filepath.Base(file)+" "+name, func(t *testing.T) {
				room := shippedRoom(t)
				loadTwice(t, room, path)
				whole, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, damage(whole), 0o644); err != nil {
					t.Fatal(err)
				}
				loadTwice(t, room, path)
				if hits := loadTwice(t, room, path); hits != 30 {
					t.Errorf("%d articles come from the cache that was made whole again", hits)
				}
			})
		}
	}
}

// What another version of the program has kept is not taken.
func TestCacheOfAnotherVersion(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cache")
	loadTwice(t, shippedRoom(t), path)
	if c := OpenCache(path, Sum{2}); len(c.known.entries) != 0 {
		t.Errorf("%d articles are known", len(c.known.entries))
	}
}

// Two runs at the same time, each with changes of its own, spoil no more than what
// they have kept.
func TestCacheOfTwoRuns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cache")
	loadTwice(t, shippedRoom(t), path)
	var rooms []fs.FS
	var caches []*Cache
	for i, file := range []string{"en/goto-meeting/billing/free-trial.md", "it/goto-meeting/billing/free-trial.md"} {
		room := shippedRoom(t)
		room[file].Data = append(room[file].Data, strings.Repeat("\nOne more.\n", 10*(i+1))...)
		cache := OpenCache(path, Sum{1})
		LoadWith(room, cache)
		rooms, caches = append(rooms, room), append(caches, cache)
	}
	for _, cache := range caches {
		if err := cache.Save(); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		for _, room := range rooms {
			loadTwice(t, room, path)
		}
	}
}

// A cache does not grow without end.
func TestCacheIsRewritten(t *testing.T) {
	room, path := shippedRoom(t), filepath.Join(t.TempDir(), "cache")
	loadTwice(t, room, path)
	first, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		for name, file := range room {
			if strings.Count(name, "/") == 3 && strings.HasSuffix(name, ".md") {
				file.Data = append(file.Data, "\nOne more.\n"...)
			}
		}
		loadTwice(t, room, path)
		if hits := loadTwice(t, room, path); hits != 30 {
			t.Errorf("%d articles come from the cache", hits)
		}
		if now, err := os.Stat(path); err != nil || now.Size() > 3*first.Size() {
			t.Errorf("the cache has grown from %d bytes to %d: %v", first.Size(), now.Size(), err)
		}
	}
}

func FuzzDecodeArticle(f *testing.F) {
	l, _ := Load(Files)
	for _, a := range l.Articles {
		f.Add(a.encode(nil))
	}
	f.Fuzz(func(t *testing.T, record []byte) {
		a, err := decodeArticle(record)
		if err == nil && a.File == "" {
			t.Error("an article without a file")
		}
	})
}
