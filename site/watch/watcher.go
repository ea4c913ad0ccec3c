// Package watch reports which files writers save while they edit.
//
// [New] watches the writers' folders of a directory, and [Watcher.Follow] reports the files of each save by the
// names that findings show, such as content/en/x.md. It leaves out files that editors create for themselves.
//
// The system loses track of a renamed folder, and drops events if there are too many. So an event only means that a
// name, and everything below it, must be looked at again. If the system cannot watch the directory, as on network
// file systems or when the limit of watches is reached, the watcher looks at all files regularly.
package watch

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"helpcenter/site/library"
	"helpcenter/site/source"
)

// A Watcher watches the writers' folders of a directory. It watches folders rather than files, since many editors
// replace a file with a new one.
type Watcher struct {
	dir     string
	events  *fsnotify.Watcher         // nil if the watcher polls from the beginning
	add     func(folder string) error // watches a folder; nil if the watcher polls
	polling func(reason error)        // called when polling begins
	every   time.Duration             // how often to poll
	there   map[string]fs.FileInfo    // what existed when last looked at
	closed  chan struct{}
}

// New watches dir until Close is called. If the system cannot do that, now or later, the watcher calls polling
// once, and looks at all files every second from then on.
func New(dir string, polling func(reason error)) (*Watcher, error) {
	return newWatcher(dir, polling, func() (*fsnotify.Watcher, error) {
		for _, folder := range append([]string{"."}, topFolders()...) {
			if err := networkFS(filepath.Join(dir, folder)); err != nil {
				return nil, err
			}
		}
		return fsnotify.NewWatcher()
	})
}

func newWatcher(dir string, polling func(error), notifier func() (*fsnotify.Watcher, error)) (*Watcher, error) {
	if _, err := os.Stat(dir); err != nil {
		return nil, source.Cause(err)
	}
	w := &Watcher{
		dir: dir, polling: polling, every: time.Second, there: map[string]fs.FileInfo{}, closed: make(chan struct{}),
	}
	events, err := notifier()
	if err == nil {
		w.events, w.add = events, events.Add
		err = cmp.Or(w.add(dir), w.lookAll())
	}
	if err != nil {
		w.usePolling(err)
		w.lookAll()
	}
	return w, nil
}

// Close makes Follow return.
func (w *Watcher) Close() {
	close(w.closed)
	if w.events != nil {
		w.events.Close()
	}
}

// topFolders returns the folders of dir that are or contain the writers' folders.
func topFolders() []string {
	var tops []string
	for _, folder := range source.Names {
		top, _, _ := strings.Cut(folder, "/")
		tops = append(tops, top)
	}
	return slices.Compact(tops)
}

// concerns reports whether a name is a writers' folder, or is in one, or contains one.
func concerns(name string) bool {
	return slices.ContainsFunc(source.Names, func(folder string) bool {
		return name == folder || strings.HasPrefix(name, folder+"/") || strings.HasPrefix(folder, name+"/")
	})
}

func (w *Watcher) path(name string) string { return filepath.Join(w.dir, filepath.FromSlash(name)) }

func (w *Watcher) name(path string) string {
	rel, _ := filepath.Rel(w.dir, path) // cannot fail: all paths begin with dir
	return filepath.ToSlash(rel)
}

func (w *Watcher) lookAll() (failed error) {
	for _, folder := range topFolders() {
		failed = cmp.Or(failed, w.look(folder))
	}
	return failed
}

// look records what exists at a name and below it. It watches a folder before reading it, so no change is missed.
// It returns an error if watching fails. It leaves out folders without permission, which whoever reads the files
// reports.
func (w *Watcher) look(name string) (failed error) {
	filepath.WalkDir(w.path(name), func(file string, d fs.DirEntry, err error) error {
		name := w.name(file)
		if err == nil && d.IsDir() {
			if library.Ignored(d.Name()) || !concerns(name) {
				return fs.SkipDir
			}
			if w.add != nil {
				err = w.add(file)
			}
			switch {
			case errors.Is(err, syscall.ENOSPC):
				failed = errors.New("the system's limit of watched folders is reached")
			case err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission):
				failed = err
			}
		}
		var info fs.FileInfo
		if d != nil && err == nil {
			info, err = d.Info()
		}
		if !errors.Is(err, fs.ErrNotExist) { // it may have been removed in the meantime
			w.there[name] = info
		}
		return nil
	})
	return failed
}

// Follow calls saved with the files of each save until the watcher is closed.
func (w *Watcher) Follow(saved func(files []string)) {
	if w.add != nil {
		w.follow(saved)
	}
	if w.add == nil {
		w.poll(saved)
	}
}

// follow is Follow by events. It returns when the watcher is closed or has to poll.
func (w *Watcher) follow(saved func(files []string)) {
	b := newBatch()
	for w.add != nil {
		select {
		case e, ok := <-w.events.Events:
			if !ok {
				return
			}
			name := w.name(e.Name)
			if e.Op != fsnotify.Chmod && concerns(name) && !library.Ignored(path.Base(name)) {
				b.add(name)
			}
		case _, ok := <-w.events.Errors:
			if !ok {
				return
			}
			for _, folder := range topFolders() { // events were dropped
				b.add(folder)
			}
		case <-b.over.C:
			if files := w.changed(b); len(files) > 0 {
				saved(files)
			}
			clear(b.names)
		}
	}
}

// changed looks at the names of a batch and returns them in order. It leaves out names that existed neither before
// nor now: editors create such files for a moment.
//
// The system keeps watching a renamed folder under its old name, so all folders at or below the names of the batch
// are forgotten before any is watched again.
func (w *Watcher) changed(b *batch) []string {
	for _, folder := range w.events.WatchList() {
		if b.covers(w.name(folder)) {
			w.events.Remove(folder) // fails if the folder is gone
		}
	}
	var names []string
	var failed error
	for name := range b.names {
		_, was := w.there[name]
		delete(w.there, name)
		failed = cmp.Or(failed, w.look(name))
		if _, is := w.there[name]; was || is {
			names = append(names, name)
		}
	}
	if failed != nil {
		w.usePolling(failed)
	}
	slices.Sort(names)
	return names
}

// A save is over when nothing has happened for settle, since editors write in several steps. After patience it is
// reported even if events go on.
const (
	settle   = 5 * time.Millisecond
	patience = 100 * time.Millisecond
)

// A batch collects the names of a save.
type batch struct {
	names map[string]bool
	began time.Time
	over  *time.Timer
}

func newBatch() *batch { return &batch{names: map[string]bool{}, over: time.NewTimer(settle)} }

func (b *batch) add(name string) {
	if len(b.names) == 0 {
		b.began = time.Now()
	}
	b.names[name] = true
	if time.Since(b.began) < patience {
		b.over.Reset(settle)
	}
}

// covers reports whether the batch holds a name or a folder that contains it.
func (b *batch) covers(name string) bool {
	for ; name != "."; name = path.Dir(name) {
		if b.names[name] {
			return true
		}
	}
	return false
}
