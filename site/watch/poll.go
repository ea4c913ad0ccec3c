package watch

import (
	"io/fs"
	"os"
	"slices"
	"time"
)

// usePolling gives up watching, to poll instead.
func (w *Watcher) usePolling(reason error) {
	w.add = nil
	if w.events != nil {
		w.events.Close()
	}
	w.polling(reason)
}

// poll looks at all files at intervals, which grow if looking would take more than a tenth of the time.
func (w *Watcher) poll(saved func(files []string)) {
	for wait := w.every; ; {
		select {
		case <-w.closed:
			return
		case <-time.After(wait):
		}
		began, before := time.Now(), w.there
		w.there = map[string]fs.FileInfo{}
		w.lookAll()
		wait = max(w.every, 10*time.Since(began))
		if files := differences(before, w.there); len(files) > 0 {
			saved(files)
		}
	}
}

// differences returns the names that exist only before or only after, or whose files differ.
func differences(before, after map[string]fs.FileInfo) (names []string) {
	for name, was := range before {
		if is, ok := after[name]; !ok || !same(was, is) {
			names = append(names, name)
		}
	}
	for name := range after {
		if _, ok := before[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func same(a, b fs.FileInfo) bool {
	switch {
	case a == nil || b == nil:
		return a == b
	case a.IsDir() && b.IsDir():
		return true
	}
	return os.SameFile(a, b) && a.Mode() == b.Mode() && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}
