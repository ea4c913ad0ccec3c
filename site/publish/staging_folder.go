package publish

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"helpcenter/site/parallel"
)

// manifestName is the name of the file that lists all files of a site. It tells the next build which files it may
// replace.
const manifestName = "manifest.sha256"

// CheckFolder returns an error if a site must not be published in dir: because it is a file or a dangling link, or
// because it is or contains the home folder or the folder sources, from which the site is made. CheckFolder reads
// neither folder. Sources may be "".
func CheckFolder(dir, sources string) error {
	path, err := target(dir)
	if err != nil {
		return err
	}
	home, _ := os.UserHomeDir()
	for _, kept := range []struct{ what, path string }{
		{"the root folder", string(filepath.Separator)}, {"the home folder", home}, {"the folder of --dir", sources},
	} {
		if kept.path == "" {
			continue
		}
		real, err := filepath.Abs(kept.path)
		if err != nil {
			return err
		}
		if linked, err := filepath.EvalSymlinks(real); err == nil {
			real = linked
		}
		switch rel, err := filepath.Rel(path, real); {
		case err != nil || !filepath.IsLocal(rel):
		case rel == ".":
			return fmt.Errorf("--out %s is %s; choose another folder", dir, kept.what)
		default:
			return fmt.Errorf("--out %s contains %s, %s; choose another folder", dir, kept.what, kept.path)
		}
	}
	return nil
}

// target resolves the path of the folder to publish in. If it is a symbolic link, the folder it leads to is
// replaced, not the link.
func target(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		if link, err := os.Readlink(path); err == nil {
			return "", fmt.Errorf("%s is a symbolic link to %s, which cannot be found; "+
				"create that folder, or remove the link", path, link)
		}
		return path, nil // does not exist yet
	}
	if info, err := os.Stat(real); err == nil && !info.IsDir() {
		return "", fmt.Errorf("%s is a file; remove it, or choose a folder with --out", real)
	}
	return real, nil
}

// published returns the files of the site in a folder, or none if the folder is missing or empty. Any other file in
// the folder is an error.
func published(dir string) (map[string]oldFile, error) {
	known, err := ours(dir)
	if err != nil {
		return nil, err
	}
	files := make(map[string]oldFile, len(known))
	var foreign []string
	var mu sync.Mutex
	err = eachFile(os.DirFS(dir), func(name string, d fs.DirEntry) error {
		info, err := d.Info()
		mu.Lock()
		defer mu.Unlock()
		if !known[name] {
			foreign = append(foreign, name)
			return nil
		}
		if err == nil {
			files[name] = oldFileOf(info)
		}
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

// ours returns the names of the files that a build wrote, according to the manifest in dir.
func ours(dir string) (map[string]bool, error) {
	path := filepath.Join(dir, manifestName)
	var list []byte
	info, err := os.Lstat(path)
	if err == nil && !info.Mode().IsRegular() { // reading a FIFO would block
		return nil, fmt.Errorf("%s is not a regular file; remove it, or choose another folder with --out", path)
	}
	if err == nil {
		list, err = os.ReadFile(path)
	}
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

// ForeignFilesError means that the folder to publish in holds files that no build wrote, which would be deleted.
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
	return fmt.Sprintf("%s holds files that no build wrote: %s; "+
		"move them, or choose another folder with --out", e.Dir, list)
}

func foreignFiles(dir string, files []string) error {
	slices.Sort(files)
	return &ForeignFilesError{dir, files}
}

// eachFile calls visit for each file below a folder with its slash-separated path, from several goroutines and in
// any order.
func eachFile(fsys fs.FS, visit func(name string, d fs.DirEntry) error) error {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	var walk func(prefix string) error
	walk = func(folder string) error {
		entries, err := fs.ReadDir(fsys, folder)
		for _, e := range entries {
			if err != nil {
				break
			}
			name := path.Join(folder, e.Name())
			switch {
			case !e.IsDir():
				err = visit(name, e)
			case !group.TryGo(func() error { return walk(name) }):
				err = walk(name)
			}
		}
		return err
	}
	return cmp.Or(walk("."), group.Wait())
}

// removeFolder removes a folder and everything in it. It removes symbolic links without following them.
func removeFolder(dir string) error {
	if info, err := os.Lstat(dir); err == nil && info.IsDir() {
		removeBelow(dir)
	}
	return os.RemoveAll(dir)
}

// removeBelow removes what is two levels below a folder, such as the products of each language, on all processors.
// It works through an [os.Root], so no link can lead it out of the folder.
func removeBelow(dir string) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return
	}
	defer root.Close()
	below, _ := fs.Glob(root.FS(), "*/*") // the pattern is valid
	parallel.ForEach(context.Background(), slices.Values(below), root.RemoveAll)
}
