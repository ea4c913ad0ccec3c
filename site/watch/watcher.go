package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"helpcenter/site/library"
	"helpcenter/site/source"
)

// A watcher tells which files of the rooms in a folder are saved. It watches
// folders, since many editors put a new file in the place of the old one.
// Files and folders have the names that findings have: content/en/x.md.
//
// The system watches what once had a name, wherever it goes, and forgets what it
// has no room to remember. So nothing is concluded from an event but that the name
// is to be looked at again, with all that is below it; and it is watched before it
// is read, lest a change between the two be missed.
type watcher struct {
	*fsnotify.Watcher
	dir   string
	there map[string]bool // what was there when it was last looked at
}

func New(dir string) (*watcher, error) {
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	w := &watcher{notify, dir, map[string]bool{}}
	err = w.Add(dir)
	for _, folder := range topFolders() {
		err = errors.Join(err, w.look(folder))
	}
	if err != nil {
		notify.Close()
		return nil, err
	}
	return w, nil
}

// topFolders are those that the rooms are in.
func topFolders() []string {
	var tops []string
	for _, room := range source.Names {
		top, _, _ := strings.Cut(room, "/")
		tops = append(tops, top)
	}
	return slices.Compact(tops)
}

// concerns reports whether something of that name is a room, or in one, or has one.
func concerns(name string) bool {
	return slices.ContainsFunc(source.Names, func(room string) bool {
		return name == room || strings.HasPrefix(name, room+"/") || strings.HasPrefix(room, name+"/")
	})
}

func (w *watcher) path(name string) string { return filepath.Join(w.dir, filepath.FromSlash(name)) }

func (w *watcher) name(path string) string {
	rel, _ := filepath.Rel(w.dir, path) // there is one: all paths begin with dir
	return filepath.ToSlash(rel)
}

// look watches a folder, if there is one, and those below it that concern the
// rooms, and remembers all that is there. The error is of the first that can't be
// watched; all others are.
func (w *watcher) look(name string) (failed error) {
	filepath.WalkDir(w.path(name), func(file string, d fs.DirEntry, err error) error {
		name := w.name(file)
		if err == nil && d.IsDir() {
			if library.Ignored(d.Name()) || !concerns(name) {
				return fs.SkipDir
			}
			err = w.Add(file)
		}
		if errors.Is(err, fs.ErrNotExist) { // it may have gone meanwhile
			return nil
		}
		w.there[name] = true
		if err != nil && failed == nil {
			failed = fmt.Errorf("%s: %w", file, source.Cause(err))
		}
		return nil
	})
	return failed
}

// Follow calls saved with the files of each save until the watcher is closed.
func (w *watcher) Follow(saved func(files []string)) {
	b := newBatch()
	for {
		select {
		case e, ok := <-w.Events:
			if !ok {
				return
			}
			name := w.name(e.Name)
			if e.Op != fsnotify.Chmod && concerns(name) && !library.Ignored(path.Base(name)) {
				b.add(name)
			}
		case _, ok := <-w.Errors:
			if !ok {
				return
			}
			for _, folder := range topFolders() { // something was missed
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

// changed looks at the names of a batch, and returns them in order, without those
// that have come and gone again, as editors' own files do.
//
// A folder that is renamed is no longer watched, and those in it go on under their
// old names. So what was watched by a name in the batch, or below, is forgotten
// before anything is watched anew.
func (w *watcher) changed(b *batch) []string {
	for _, folder := range w.WatchList() {
		if b.covers(w.name(folder)) {
			w.Remove(folder) // fails where the folder is gone
		}
	}
	var names []string
	for name := range b.names {
		was := w.there[name]
		delete(w.there, name)
		w.look(name) // a folder that can't be watched is read at the next save
		if was || w.there[name] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// A save is over when nothing has happened for settle: editors write in several
// steps. What never comes to rest is shown after patience nevertheless.
const (
	settle   = 5 * time.Millisecond
	patience = 100 * time.Millisecond
)

// A batch is what happens from one save to the next.
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

// covers reports whether the batch holds a name or a folder that it is in.
func (b *batch) covers(name string) bool {
	for ; name != "."; name = path.Dir(name) {
		if b.names[name] {
			return true
		}
	}
	return false
}
