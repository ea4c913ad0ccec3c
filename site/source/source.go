// Package source opens the folders that writers edit: articles, words, rules, templates and assets.
//
// [Open] combines the folders of a directory on disk with those built into the program. The result, [Folders], is a
// file system whose files have the names that findings show, such as rules/x.toml.
//
// Reading from disk never blocks, is bounded, and stays below the directory, wherever its symbolic links lead. A
// FIFO, socket, device or file that is too large is an error that names the file.
//
// [Folders.With] previews changes before they are written. [Folders.Record] fingerprints what is read.
package source

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
)

// Folders holds a file system for each of [Names], and is itself an fs.FS.
type Folders map[string]fs.FS

// Names are the keys of Folders, in the order of reports.
var Names = []string{"content", "locales", "rules", "site/templates", "site/assets", static}

// static is the folder that is published unchanged. None is built in.
const static = "static"

// Sub is fs.Sub for paths known to be valid.
func Sub(fsys fs.FS, folder string) fs.FS {
	part, err := fs.Sub(fsys, folder)
	if err != nil {
		panic(err)
	}
	return part
}

// Open implements fs.FS. Nothing above the folders can be listed.
func (r Folders) Open(name string) (fs.File, error) {
	for _, folder := range Names {
		if name == folder {
			return r[folder].Open(".")
		}
		if below, ok := strings.CutPrefix(name, folder+"/"); ok {
			return r[folder].Open(below)
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// Open returns the folders of dir, and a line for each that says where it is read from. Folders that dir lacks come
// from builtIn. Rules and words are an exception, since they belong to articles: if dir has content, it has no
// rules and words but its own, except for the words of the interface. Single templates and assets that dir lacks
// are built in too. If dir is "", all folders are built in.
func Open(dir string, builtIn Folders) (Folders, []string, error) {
	r := maps.Clone(builtIn)
	if dir == "" {
		return r, []string{strings.Join(Names[:len(Names)-1], ", ") + ": built in"}, nil
	}
	root, err := os.OpenRoot(dir) // stays open while the folders are in use
	if err != nil {
		return nil, nil, fmt.Errorf("--dir %s: %w", dir, Cause(err))
	}
	var from []string
	onDisk := map[string]bool{}
	for _, name := range Names {
		path := filepath.Join(dir, name)
		info, err := root.Stat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist) && name == static:
			r[name] = embed.FS{}
		case errors.Is(err, fs.ErrNotExist) && name == "rules" && onDisk["content"]:
			r[name] = embed.FS{}
			from = append(from, "rules: none, because content is not built in")
		case errors.Is(err, fs.ErrNotExist) && name == "locales" && onDisk["content"]:
			r[name] = layered{embed.FS{}, builtIn[name], shared[name]}
			from = append(from, "locales: built in, the words of the interface alone")
		case errors.Is(err, fs.ErrNotExist):
			from = append(from, name+": built in")
		case err != nil:
			return nil, nil, refused(dir, name, err)
		case !info.IsDir():
			return nil, nil, fmt.Errorf("%s: not a directory", path)
		default:
			onDisk[name] = true
			r[name] = folder{visible{Sub(disk{root}, name), name == static}, name, nil}
			if pattern := shared[name]; pattern != "" {
				r[name] = layered{r[name], builtIn[name], pattern}
			}
			from = append(from, fmt.Sprintf("%s: %s (disk)", name, path))
		}
	}
	if len(onDisk) == 0 {
		return nil, nil, fmt.Errorf("--dir %s: it has none of the folders %s", dir, strings.Join(Names, ", "))
	}
	return r, from, nil
}

// Cause unwraps a PathError for callers that name the path themselves.
func Cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
