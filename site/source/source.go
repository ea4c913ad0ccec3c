package source

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Folders is where each folder of writers' files is read from. It is a file system
// itself, in which files are called as findings call them: rules/x.toml.
//
// Built in, they are the files that the program carries. With --dir DIR each of
// the folders that DIR has is read from there, and the others stay built in, so
// that a writer may have words alone. Only rules go with content: what is
// decided about other people's articles has no place beside one's own. Nothing
// outside DIR is read, wherever its symbolic links lead.
type Folders map[string]fs.FS

// Names are the keys of rooms, in the order in which people are told of them.
var Names = []string{"content", "locales", "rules", "site/templates", "site/assets"}

// Sub is fs.Sub for paths that are known to be valid.
func Sub(fsys fs.FS, folder string) fs.FS {
	part, err := fs.Sub(fsys, folder)
	if err != nil {
		panic(err)
	}
	return part
}

// Open makes rooms an fs.FS. There is nothing to list above the folders.
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

// Open returns the rooms of dir, or those built in where dir is "", and
// where each comes from.
func Open(dir string, builtIn Folders) (Folders, []string, error) {
	r := maps.Clone(builtIn)
	if dir == "" {
		return r, []string{strings.Join(Names, ", ") + ": built in"}, nil
	}
	root, err := os.OpenRoot(dir) // stays open: the rooms are read as long as the program runs
	if err != nil {
		return nil, nil, fmt.Errorf("--dir %s: %w", dir, Cause(err))
	}
	disk := map[string]bool{}
	for _, folder := range Names {
		if disk[folder], err = isFolder(root.FS(), folder); err != nil {
			return nil, nil, refused(dir, folder, err)
		}
		if disk[folder] {
			r[folder] = visible{Sub(root.FS(), folder)}
		}
	}
	if !slices.ContainsFunc(Names, func(f string) bool { return disk[f] }) {
		return nil, nil, fmt.Errorf("--dir %s: it has none of the folders %s", dir, strings.Join(Names, ", "))
	}
	noRules := disk["content"] && !disk["rules"]
	if noRules {
		r["rules"] = embed.FS{}
	}
	var from []string
	for _, folder := range Names {
		switch {
		case disk[folder]:
			from = append(from, fmt.Sprintf("%s: %s (disk)", folder, filepath.Join(dir, folder)))
		case folder == "rules" && noRules:
			from = append(from, "rules: none, as content is not the one built in")
		default:
			from = append(from, folder+": built in")
		}
	}
	return r, from, nil
}

// isFolder reports whether there is a folder of that name; what is there but
// cannot be read as one is an error.
func isFolder(fsys fs.FS, name string) (bool, error) {
	info, err := fs.Stat(fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, Cause(err)
	case !info.IsDir():
		return false, errors.New("this is a file, wanted is a folder")
	}
	return true, nil
}

// Cause leaves away from an error what the caller says better.
func Cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
