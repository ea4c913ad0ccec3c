package site

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
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
	files := map[string]fs.FileInfo{}
	var foreign []string
	err = eachFile(dir, func(name string, d fs.DirEntry) (err error) {
		if !known[name] {
			foreign = append(foreign, name)
			return nil
		}
		files[name], err = d.Info()
		return err
	})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err == nil && len(foreign) > 0:
		return nil, &ForeignFilesError{dir, foreign}
	}
	return files, err
}

// ours returns the files that the manifest in dir says a build wrote.
func ours(dir string) (map[string]bool, error) {
	names := map[string]bool{manifestName: true}
	list, err := os.Open(filepath.Join(dir, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return names, nil
	} else if err != nil {
		return nil, err
	}
	defer list.Close()
	lines := bufio.NewScanner(list)
	for lines.Scan() {
		if _, name, ok := strings.Cut(lines.Text(), "  "); ok {
			names[name] = true
		}
	}
	return names, lines.Err()
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

// eachFile visits the files below a folder by their paths, with slashes.
func eachFile(dir string, visit func(name string, d fs.DirEntry) error) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return visit(filepath.ToSlash(strings.TrimPrefix(path, dir+string(filepath.Separator))), d)
	})
}
