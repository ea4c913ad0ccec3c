package content

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// counted is a folder that counts which articles are opened.
type counted struct {
	fs.FS
	opened atomic.Int32
}

func (c *counted) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, ".md") {
		c.opened.Add(1)
	}
	return c.FS.Open(name)
}

// A file whose stamp is known is not read again; whatever may have changed is, and
// what has changed is seen.
func TestStamps(t *testing.T) {
	dir, path, began := t.TempDir(), filepath.Join(t.TempDir(), "cache"), time.Now()
	if err := os.CopyFS(dir, shippedRoom(t)); err != nil {
		t.Fatal(err)
	}
	// look loads the room that long after the test began: at that moment itself, or
	// when all that the test does is long past.
	look := func(what string, later time.Duration, want int) {
		t.Helper()
		room := &counted{FS: os.DirFS(dir)}
		fresh, wantFound := Load(room)
		room.opened.Store(0)
		cache := OpenCache(path, Sum{1})
		cache.opened = began.Add(later)
		l, found := LoadWith(room, cache)
		if err := cache.Save(); err != nil {
			t.Fatal(err)
		}
		compareLibraries(t, l, fresh)
		if got := int(room.opened.Load()); got != want || len(found) != len(wantFound) {
			t.Errorf("%s: %d articles are read and %d findings made, want %d and %d", what, got, len(found), want, len(wantFound))
		}
	}
	const all = 30
	look("at first", time.Hour, all)
	look("nothing changed", time.Hour, 0)

	file := filepath.Join(dir, "en/goto-meeting/billing/free-trial.md")
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, info.ModTime(), info.ModTime()); err != nil {
			t.Fatal(err)
		}
	}
	write(strings.Replace(string(data), "trial", "spell", 1))
	look("other bytes of the same number, at the same time", time.Hour, 1)
	look("nothing changed again", time.Hour, 0)

	write(string(data))
	look("changed at this moment, as all the others", 0, all)
	look("they may have changed since", 0, all)
	look("and later on it has not", time.Hour, 1)
	look("which is known then", time.Hour, 0)

	if err := os.Rename(file, file+".old"); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(file+".old", file); err != nil {
		t.Fatal(err)
	}
	look("renamed and renamed back", time.Hour, 1)

	other := filepath.Join(dir, "it/goto-meeting/billing/free-trial.md")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(other, file); err != nil {
		t.Fatal(err)
	}
	look("two names of one file", time.Hour, 2)
	look("known by both", time.Hour, 0)

	if err := os.Remove(indexOf(path)); err != nil {
		t.Fatal(err)
	}
	look("without the index", time.Hour, all)
}

// What stands in memory has no stamp, nor has a file from the future.
func TestNoStamp(t *testing.T) {
	room := shippedRoom(t)
	info, err := fs.Stat(room, "site.toml")
	if err != nil {
		t.Fatal(err)
	}
	if stamp := stampOf(source{"site.toml", info}, time.Now().Add(time.Hour)); stamp != (Sum{}) {
		t.Error("a file in memory has a stamp")
	}
	file := filepath.Join(t.TempDir(), "a.md")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if info, err = os.Stat(file); err != nil {
		t.Fatal(err)
	}
	written := info.ModTime()
	for later, want := range map[time.Duration]bool{-time.Hour: false, 0: false, settled - time.Second: false, settled + time.Second: true} {
		if got := stampOf(source{"a.md", info}, written.Add(later)) != (Sum{}); got != want {
			t.Errorf("%s after it was written a file has a stamp: %t", later, got)
		}
	}
	if stampOf(source{"a.md", info}, written.Add(time.Hour)) == stampOf(source{"b.md", info}, written.Add(time.Hour)) {
		t.Error("files of two names have one stamp")
	}
}
