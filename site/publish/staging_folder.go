package publish

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"helpcenter/site/parallel"
)

// What a folder holds in which a site is to be published.

// manifestName is the list of all files of a published site, in the form that
// sha256sum -c reads. It tells a later build which files are its own to replace.
const manifestName = "manifest.sha256"

// target returns the folder that a path means: where there is a symbolic link it
// is what the link leads to that is replaced.
func target(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		return "", fmt.Errorf("%s is a file; remove it, or choose a folder with --out", path)
	}
	return path, nil
}

// published returns the files of the site that a folder holds; none where it is
// missing or empty. One that holds anything else is an error.
func published(dir string) (map[string]fs.FileInfo, error) {
	known, err := ours(dir)
	if err != nil {
		return nil, err
	}
	files := make(map[string]fs.FileInfo, len(known))
	var foreign []string
	var mu sync.Mutex
	err = eachFile(dir, func(name string, d fs.DirEntry) error {
		info, err := d.Info()
		mu.Lock()
		defer mu.Unlock()
		if !known[name] {
			foreign = append(foreign, name)
			return nil
		}
		files[name] = info
		return err
	})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err == nil && len(foreign) > 0:
		return nil, foreignFiles(dir, foreign)
	}
	return files, err
}

// ours returns the files that the manifest in dir says a build wrote.
func ours(dir string) (map[string]bool, error) {
	list, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	names := make(map[string]bool, bytes.Count(list, []byte{'\n'})+1)
	names[manifestName] = true
	for line := range strings.Lines(string(list)) {
		if _, name, ok := strings.Cut(strings.TrimRight(line, "\r\n"), "  "); ok {
			names[name] = true
		}
	}
	return names, nil
}

// ForeignFilesError says that the folder to publish in holds files that no
// build wrote, and that would be lost.
type ForeignFilesError struct {
	Dir   string
	Files []string
}

func (e *ForeignFilesError) Error() string {
	const shown = 5
	list := strings.Join(e.Files[:min(shown, len(e.Files))], ", ")
	if n := len(e.Files) - shown; n > 0 {
		list += fmt.Sprintf(" and %d more", n)
	}
	return fmt.Sprintf("%s holds files that no build wrote: %s; move them or choose another folder with --out", e.Dir, list)
}

func foreignFiles(dir string, files []string) error {
	slices.Sort(files)
	return &ForeignFilesError{dir, files}
}

// eachFile visits the files below a folder by their paths, with slashes, from
// several goroutines and in no order.
func eachFile(dir string, visit func(name string, d fs.DirEntry) error) error {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	var walk func(prefix string) error
	walk = func(prefix string) error {
		entries, err := os.ReadDir(dir + "/" + prefix)
		for _, e := range entries {
			if err != nil {
				break
			}
			name := prefix + e.Name()
			switch {
			case !e.IsDir():
				err = visit(name, e)
			case !group.TryGo(func() error { return walk(name + "/") }):
				err = walk(name + "/")
			}
		}
		return err
	}
	return cmp.Or(walk(""), group.Wait())
}

// removeFolder removes a folder with all that is in it, and nothing beyond: a
// symbolic link is removed, not followed.
func removeFolder(dir string) error {
	if info, err := os.Lstat(dir); err == nil && info.IsDir() {
		removeBelow(dir)
	}
	return os.RemoveAll(dir)
}

// removeBelow removes what stands two levels below a folder, if it can: enough for
// all processors, the products of each language. An [os.Root] lets no link lead
// out of the folder.
func removeBelow(dir string) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return
	}
	defer root.Close()
	below, _ := fs.Glob(root.FS(), "*/*") // the pattern is right
	parallel.ForEach(context.Background(), slices.Values(below), root.RemoveAll)
}
