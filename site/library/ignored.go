package library

import (
	"path"
	"slices"
	"strings"
)

// Ignored reports whether a file or folder of that name is left by an editor, version control or a system. In
// no folder is it read, whatever its content.
func Ignored(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, ".") || Junk(name)
}

// Junk is Ignored for folders whose hidden files count: of names that begin with a dot it reports only those of
// editors, version control and systems.
func Junk(name string) bool {
	name = strings.ToLower(name)
	left := strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#") || strings.HasPrefix(name, "._") ||
		strings.HasPrefix(name, ".#")
	return left || slices.Contains(leftNames, name) || slices.Contains(leftExtensions, path.Ext(name)) ||
		slices.ContainsFunc(leftSuffixes, func(suffix string) bool { return strings.HasSuffix(name, suffix) })
}

var (
	leftNames = []string{
		"4913", // Vim: tries whether the folder can be written
		"thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store", ".directory", ".spotlight-v100", ".trashes",
		".git", ".gitignore", ".gitattributes", ".gitkeep", ".keep", ".hg", ".svn", ".idea", ".vscode", ".editorconfig",
	}
	leftExtensions = []string{".swp", ".swo", ".swx", ".orig", ".rej", ".bak", ".tmp"}
	leftSuffixes   = []string{"~", "___jb_tmp___", "___jb_old___"}
)
