package buildcache_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"helpcenter/site/buildcache"
)

func Example() {
	folder, _ := os.MkdirTemp("", "")
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "cache")

	c := buildcache.Open(path, "v1")
	c.Put("article", []byte("<p>Hello</p>"))
	fmt.Println(c.Save())

	fmt.Printf("%s\n", buildcache.Open(path, "v1").Get("article"))
	fmt.Println(buildcache.Open(path, "v2").Get("article") == nil)
	// Output:
	// <nil>
	// <p>Hello</p>
	// true
}

const version = "the program"

var values = map[string]string{"": "no key", "empty": "", "a": "1", "b": strings.Repeat("è", 1000), "c\x00": "\x00"}

// save writes entries as a run that puts them all does.
func save(t *testing.T, path string, entries map[string]string) {
	t.Helper()
	c := buildcache.Open(path, version)
	for key, value := range entries {
		c.Put(key, []byte(value))
	}
	if err := c.Save(); err != nil {
		t.Fatal(err)
	}
}

// has returns the keys of values that a cache holds, and fails if any value is wrong.
func has(t *testing.T, c *buildcache.Cache) (keys []string) {
	t.Helper()
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if value := c.Get(key); value != nil {
			keys = append(keys, key)
			if string(value) != values[key] {
				t.Errorf("%q is %q, want %q", key, value, values[key])
			}
		}
	}
	return keys
}

func TestCache(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "b", "cache")
	if got := has(t, buildcache.Open(path, version)); got != nil {
		t.Errorf("a cache without a file has %q", got)
	}
	save(t, path, values)
	if got := has(t, buildcache.Open(path, version)); len(got) != len(values) {
		t.Errorf("it has only %q", got)
	}
	if got := has(t, buildcache.Open(path, version+" of tomorrow")); got != nil {
		t.Errorf("another version reads %q", got)
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder has the mode %v: %v", info.Mode(), err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has the mode %v: %v", info.Mode(), err)
	}
}

// Entries that a run does not use are dropped, unless it puts nothing.
func TestUnusedEntries(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cache")
	save(t, path, values)
	for _, step := range []struct {
		get, put []string
		want     []string
	}{
		{[]string{"a", "gone"}, nil, []string{"", "a", "b", "c\x00", "empty"}},
		{[]string{"a", "b"}, []string{"b"}, []string{"a", "b"}},
		{nil, []string{"a"}, []string{"a"}},
	} {
		c := buildcache.Open(path, version)
		for _, key := range step.get {
			c.Get(key)
		}
		for _, key := range step.put {
			c.Put(key, []byte(values[key]))
			if got := string(c.Get(key)); got != values[key] {
				t.Errorf("%q was put and is %q", key, got)
			}
		}
		if err := c.Save(); err != nil {
			t.Fatal(err)
		}
		if got := has(t, buildcache.Open(path, version)); !slices.Equal(got, step.want) {
			t.Errorf("after using %q and putting %q the file has %q, want %q", step.get, step.put, got, step.want)
		}
	}
}

// For a large file, Save writes only what was put, until that becomes large or much of the file is unused.
func TestLargeFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cache")
	want := map[string]string{}
	for i := range 100 {
		want[fmt.Sprint(i)] = strings.Repeat(fmt.Sprintf("%02d", i), 10000)
	}
	save(t, path, want)
	before, _ := os.Stat(path)
	check := func(what string, put map[string]string, gone ...string) (kept bool) {
		t.Helper()
		c := buildcache.Open(path, version)
		for key, value := range put {
			c.Put(key, []byte(value))
			want[key] = value
		}
		for _, key := range gone {
			delete(want, key)
		}
		for key, value := range want {
			if got := string(c.Get(key)); got != value {
				t.Errorf("%s: %q is %.10q, want %.10q", what, key, got, value)
			}
		}
		if err := c.Save(); err != nil {
			t.Fatal(err)
		}
		after, _ := os.Stat(path)
		kept = os.SameFile(before, after)
		before = after
		return kept
	}
	if !check("one", map[string]string{"1": "one"}) || !check("another", map[string]string{"2": "two", "x": "new"}) {
		t.Error("all is written for few values")
	}
	if _, err := os.Stat(path + "-since"); err != nil {
		t.Error(err)
	}
	if check("much is put", map[string]string{"3": strings.Repeat("three", 100000)}) {
		t.Error("much is put, and it is kept apart")
	}
	if _, err := os.Stat(path + "-since"); err == nil {
		t.Error("all is in the main file, and what was put before stays")
	}
	var gone []string
	for i := 10; i < 50; i++ {
		gone = append(gone, fmt.Sprint(i))
	}
	check("one more", map[string]string{"4": "four"})
	if check("much is gone", map[string]string{"5": "five"}, gone...) {
		t.Error("much is of no use, and the file stays")
	}
	if !check("one more", map[string]string{"6": "six"}) {
		t.Error("all is written for one value")
	}
	since, _ := os.ReadFile(path + "-since")
	save(t, path, map[string]string{"6": strings.Repeat("another", 100000)})
	for _, data := range [][]byte{since, append(since, 0), since[1:]} {
		if err := os.WriteFile(path+"-since", data, 0o600); err != nil {
			t.Fatal(err)
		}
		if got := string(buildcache.Open(path, version).Get("6")); got == "six" {
			t.Error("what was put since another file is read")
		}
	}
}

// A file that is damaged at any byte, or cut short, counts as empty.
func TestDamagedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cache")
	save(t, path, map[string]string{"a": "1", "b": "22"})
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	damaged := [][]byte{append(slices.Clone(whole), "rubbish"...), make([]byte, len(whole)), []byte("+++")}
	for i := range whole {
		flipped := slices.Clone(whole)
		flipped[i] ^= 4
		damaged = append(damaged, flipped, whole[:i])
	}
	for _, data := range damaged {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		c := buildcache.Open(path, version)
		if a, b := c.Get("a"), c.Get("b"); a != nil || b != nil {
			t.Errorf("a file of %q has %q and %q", data, a, b)
		}
	}
	save(t, path, values)
	if got := has(t, buildcache.Open(path, version)); len(got) != len(values) {
		t.Errorf("after it was saved again it has only %q", got)
	}
}

// Concurrent runs leave the file of one of them, never a mixture.
func TestConcurrentRuns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cache")
	var runs sync.WaitGroup
	for run := range 8 {
		runs.Go(func() {
			for range 20 {
				c := buildcache.Open(path, version)
				if a, b := string(c.Get("a")), string(c.Get("b")); a != b {
					t.Errorf("it has %q of one run and %q of another", a, b)
				}
				value := fmt.Appendf(nil, "run %d", run)
				c.Put("a", value)
				c.Put("b", value)
				if err := c.Save(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	runs.Wait()
	if left, _ := filepath.Glob(path + "*"); len(left) != 1 {
		t.Errorf("left are %q", left)
	}
}

// A run that cannot write leaves the file as it is and returns an error.
func TestUnwritableFolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file", "cache")
	if err := os.WriteFile(filepath.Dir(path), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	c := buildcache.Open(path, version)
	c.Put("a", []byte("1"))
	if c.Save() == nil {
		t.Error("no error of a folder that is a file")
	}
}

// Save removes what a killed run left, but not what another run is still writing.
func TestLeftovers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cache")
	for name, age := range map[string]time.Duration{"old": 2 * time.Hour, "new": 0} {
		if err := os.WriteFile(path+"."+name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		written := time.Now().Add(-age)
		if err := os.Chtimes(path+"."+name, written, written); err != nil {
			t.Fatal(err)
		}
	}
	save(t, path, values)
	if left, _ := filepath.Glob(path + ".*"); !slices.Equal(left, []string{path + ".new"}) {
		t.Errorf("left are %q", left)
	}
}

func TestNilCache(t *testing.T) {
	var c *buildcache.Cache
	c.Put("a", []byte("1"))
	if value := c.Get("a"); value != nil || c.Save() != nil {
		t.Errorf("a nil cache has %q", value)
	}
}

// thing has a field of each type that a Codec handles.
type thing struct {
	Text, More string
	Int        int
	Small      int16
	Tiny       uint8
	Large      int64
	Yes, No    bool
	Sum        [4]byte
	List       []thing
}

func (v *thing) code(c *buildcache.Codec) {
	c.Text(&v.Text, &v.More)
	buildcache.Int(c, &v.Int)
	buildcache.Int(c, &v.Small)
	buildcache.Int(c, &v.Tiny)
	buildcache.Int(c, &v.Large)
	c.Bool(&v.Yes)
	c.Bool(&v.No)
	c.Fixed(v.Sum[:])
	buildcache.List(c, &v.List, func(item *thing) { item.code(c) })
}

func FuzzCodec(f *testing.F) {
	full := thing{"è", "", -1, 1<<15 - 1, 255, -1 << 63, true, false, [4]byte{1, 2, 3, 4}, []thing{{}, {Text: "x"}}}
	var c buildcache.Codec
	full.code(&c)
	for end := range c.Bytes() {
		f.Add(c.Bytes()[:end])
	}
	f.Add(c.Bytes())
	f.Add(append(slices.Clone(c.Bytes()), 0))
	f.Fuzz(func(t *testing.T, data []byte) {
		var v, again thing
		r := buildcache.NewReader(data)
		if v.code(r); r.Err() != nil {
			return
		}
		var w buildcache.Codec
		v.code(&w)
		r = buildcache.NewReader(w.Bytes())
		if again.code(r); r.Err() != nil || !reflect.DeepEqual(v, again) {
			t.Errorf("%+v is read again as %+v: %v", v, again, r.Err())
		}
	})
}

// A Codec reads back exactly what was written; anything shorter is an error.
func TestCodec(t *testing.T) {
	full := thing{"è", "", -1, 1<<15 - 1, 255, -1 << 63, true, false, [4]byte{1, 2, 3, 4}, []thing{{}, {Text: "x"}}}
	var c buildcache.Codec
	full.code(&c)
	for end := range len(c.Bytes()) + 1 {
		var got thing
		r := buildcache.NewReader(c.Bytes()[:end])
		got.code(r)
		if whole := end == len(c.Bytes()); whole != (r.Err() == nil) || whole && !reflect.DeepEqual(got, full) {
			t.Errorf("%d of %d bytes are read as %+v: %v", end, len(c.Bytes()), got, r.Err())
		}
	}
}
