package watch

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A watchedFolder is a folder that a watcher follows.
type watchedFolder struct {
	*testing.T
	dir   string
	saves chan []string // blocks until the test takes each of them
	busy  sync.Mutex    // held during a save
}

// newWatched watches a folder with some files.
func newWatched(t *testing.T, files ...string) *watchedFolder {
	f := &watchedFolder{T: t, dir: t.TempDir(), saves: make(chan []string)}
	f.write(files...)
	w, err := New(f.dir, func(reason error) { t.Error(reason) })
	if err != nil {
		t.Fatal(err)
	}
	f.follow(w)
	return f
}

// follow sends the saves of a watcher to the test.
func (f *watchedFolder) follow(w *Watcher) {
	over := make(chan bool)
	f.Cleanup(func() {
		close(over)
		w.Close()
	})
	go w.Follow(func(files []string) {
		select {
		case f.saves <- files:
			f.busy.Lock()
			defer f.busy.Unlock()
		case <-over:
		}
	})
}

func (f *watchedFolder) path(name string) string {
	return filepath.Join(f.dir, filepath.FromSlash(name))
}

func (f *watchedFolder) must(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

func (f *watchedFolder) write(names ...string) {
	f.Helper()
	for _, name := range names {
		f.must(os.MkdirAll(filepath.Dir(f.path(name)), 0o755))
		f.must(os.WriteFile(f.path(name), []byte("x"), 0o644))
	}
}

func (f *watchedFolder) rename(old, new string) {
	f.Helper()
	f.must(os.Rename(f.path(old), f.path(new)))
}

// replace replaces a file with a new one, as many editors do.
func (f *watchedFolder) replace(name string) {
	f.Helper()
	f.write(name + "~")
	f.rename(name+"~", name)
}

// next waits for a save.
func (f *watchedFolder) next() []string {
	f.Helper()
	select {
	case save := <-f.saves:
		return save
	case <-time.After(time.Minute):
		f.Fatal("nobody is told of a save")
		return nil
	}
}

// read waits for a save after which the file is read again: a save of the file, or of a folder that contains it.
func (f *watchedFolder) read(name string) {
	f.Helper()
	holds := func(saved string) bool { return saved == name || strings.HasPrefix(name, saved+"/") }
	for !slices.ContainsFunc(f.next(), holds) {
	}
}

// The watcher names the files of a save, but not those that editors create for themselves.
func TestWatcher(t *testing.T) {
	f := newWatched(t, "rules/gone.toml", "rules/y.toml", "site/main.go")
	f.busy.Lock()
	f.must(os.Remove(f.path("rules/y.toml")))
	f.read("rules/y.toml")
	f.write("rules/.z.toml.swp", "rules/z.toml~", "public/index.html", "README.md", "site/search.go", "rules/4913")
	f.must(os.Remove(f.path("rules/4913")))
	f.replace("rules/gone.toml")
	f.must(os.Remove(f.path("rules/gone.toml")))
	f.write("rules/z.toml")
	f.busy.Unlock()
	var got []string
	for !slices.Contains(got, "rules/z.toml") {
		got = append(got, f.next()...)
	}
	if want := []string{"rules/gone.toml", "rules/z.toml"}; !slices.Equal(got, want) {
		t.Errorf("what is saved is %q, want %q", got, want)
	}
}

// Files in folders that were added, moved or moved back are watched under their current names.
func TestWatcherFollowsFolders(t *testing.T) {
	const one, two = "content/en/one", "content/en/two"
	swap := func(f *watchedFolder) {
		f.rename(one, "content/en/three")
		f.rename(two, one)
		f.rename("content/en/three", two)
	}
	for _, tt := range []struct {
		name string
		do   func(f *watchedFolder)
		in   []string
	}{
		{"come", func(f *watchedFolder) { f.write("content/it/one/x.md") }, []string{"content/it/one"}},
		{"renamed", func(f *watchedFolder) { f.rename(one, "content/en/three") },
			[]string{"content/en/three", "content/en/three/in"}},
		{"renamed twice", func(f *watchedFolder) {
			f.rename(one, "content/en/three")
			f.rename("content/en/three", "content/en/four")
		}, []string{"content/en/four", "content/en/four/in"}},
		{"renamed and back", func(f *watchedFolder) {
			f.rename(one, "content/en/three")
			f.rename("content/en/three", one)
		}, []string{one, one + "/in"}},
		{"content renamed and back", func(f *watchedFolder) {
			f.rename("content", "kept")
			f.rename("kept", "content")
		}, []string{one, one + "/in"}},
		{"swapped", swap, []string{one, one + "/in", two, two + "/in"}},
		{"moved into another", func(f *watchedFolder) { f.rename(one, two+"/one") },
			[]string{two + "/one", two + "/one/in", two}},
		{"out of sight and back", func(f *watchedFolder) {
			f.rename(one, one+"~")
			f.rename(one+"~", "content/en/three")
		}, []string{"content/en/three", "content/en/three/in"}},
		{"from beside them", func(f *watchedFolder) { f.rename("site/drafts", "site/assets") },
			[]string{"site/assets", "site/assets/in"}},
		{"deleted and made again", func(f *watchedFolder) {
			f.must(os.RemoveAll(f.path(one)))
			f.write(one + "/in/x.md")
		}, []string{one, one + "/in"}},
		{"another in its place", func(f *watchedFolder) {
			f.rename(one, "content/en/three")
			f.write(one + "/in/x.md")
		}, []string{one, one + "/in", "content/en/three", "content/en/three/in"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newWatched(t, one+"/in/x.md", two+"/in/x.md", "site/drafts/in/x.css")
			tt.do(f)
			f.read(tt.in[0])
			for _, folder := range tt.in {
				f.write(folder + "/y.md")
				f.read(folder + "/y.md")
				f.replace(folder + "/y.md")
				f.read(folder + "/y.md")
			}
		})
	}
}

// If the system has lost events, everything is read and watched again.
func TestWatcherMissesNothing(t *testing.T) {
	setting, err := os.ReadFile("/proc/sys/fs/inotify/max_queued_events")
	if err != nil {
		t.Skip("this system does not say how many events it keeps")
	}
	kept, err := strconv.Atoi(string(bytes.TrimSpace(setting)))
	if err != nil || kept > 1<<17 {
		t.Skipf("it takes long to lose one event in %s", setting)
	}
	f := newWatched(t, "rules/x.toml")
	f.busy.Lock()
	f.write("rules/x.toml")
	f.read("rules/x.toml")
	for range kept {
		f.rename("rules/x.toml", "rules/y.toml")
		f.rename("rules/y.toml", "rules/x.toml")
	}
	f.write("content/en/one/x.md")
	f.busy.Unlock()
	f.read("content/en/one/x.md")
	f.replace("content/en/one/x.md")
	f.read("content/en/one/x.md")
}

// A file that is written continuously does not delay a save: not at all if it is ignored, and otherwise not for
// long.
func TestWatcherDoesNotWaitForever(t *testing.T) {
	for _, tt := range []struct {
		name, busy string
		limit      time.Duration
	}{
		{"beside them", "noise.log", settle},
		{"ignored", "rules/x.toml~", settle},
		{"the same file", "rules/x.toml", patience + settle},
		{"another file", "rules/y.toml", patience + settle},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			for _, name := range []string{"rules/x.toml", "rules/y.toml"} {
				if err := os.MkdirAll(filepath.Join(dir, "rules"), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			w, err := New(dir, func(reason error) { t.Error(reason) })
			if err != nil {
				t.Fatal(err)
			}
			defer w.Close()
			synctest.Test(t, func(t *testing.T) {
				events := make(chan fsnotify.Event)
				w.events.Events, w.events.Errors = events, make(chan error) // in the test's time
				began := time.Now()
				var waited []time.Duration
				go w.Follow(func(files []string) {
					if slices.Contains(files, "rules/x.toml") {
						waited = append(waited, time.Since(began))
					}
				})
				events <- fsnotify.Event{Name: filepath.Join(dir, "rules/x.toml"), Op: fsnotify.Write}
				for range 1000 {
					time.Sleep(time.Millisecond)
					events <- fsnotify.Event{Name: filepath.Join(dir, tt.busy), Op: fsnotify.Write}
				}
				close(events)
				synctest.Wait()
				if len(waited) == 0 || waited[0] > tt.limit {
					t.Errorf("the saves come after %s, the first is wanted after %s", waited, tt.limit)
				}
			})
		})
	}
}

// If the system cannot watch, at all or any more, the watcher polls and says so once.
func TestWatcherPolls(t *testing.T) {
	exhausted := errors.New("no space left on device")
	for name, begin := range map[string]func(f *watchedFolder, polling func(error)) *Watcher{
		"from the beginning": func(f *watchedFolder, polling func(error)) *Watcher {
			w, err := newWatcher(f.dir, polling, func() (*fsnotify.Watcher, error) { return nil, exhausted })
			f.must(err)
			return w
		},
		"later": func(f *watchedFolder, polling func(error)) *Watcher {
			w, err := New(f.dir, polling)
			f.must(err)
			w.add = func(string) error { return exhausted }
			return w
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := &watchedFolder{T: t, dir: t.TempDir(), saves: make(chan []string)}
			f.write("rules/x.toml", "rules/gone.toml")
			reasons := make(chan error, 10)
			w := begin(f, func(reason error) { reasons <- reason })
			w.every = 100 * time.Millisecond
			f.follow(w)
			f.write("content/en/one/x.md")
			f.read("content/en/one/x.md")
			f.write("content/en/two/y.md", "public/index.html", "rules/x.toml~")
			f.read("content/en/two/y.md")
			f.replace("rules/x.toml")
			f.read("rules/x.toml")
			f.must(os.WriteFile(f.path("rules/x.toml"), []byte("longer"), 0o644))
			f.read("rules/x.toml")
			f.must(os.Remove(f.path("rules/gone.toml")))
			f.read("rules/gone.toml")
			if got := <-reasons; got != exhausted || len(reasons) > 0 {
				t.Errorf("the reason is %v, and %d more are given", got, len(reasons))
			}
		})
	}
}
