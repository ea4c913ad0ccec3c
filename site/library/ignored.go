package library

import (
	"path"
	"slices"
	"strings"
)

// Ignored reports whether a file or folder with this name is left behind by an editor, version control or the
// operating system. Such files are not read in any folder, whatever they contain.
func Ignored(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, ".") || Junk(name)
}

// Junk is like [Ignored], for folders in which hidden files count: of the names that begin with a dot, it reports
// only those of editors, version control and operating systems.
func Junk(name string) bool {
	name = strings.ToLower(name)
	left := strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#") || strings.HasPrefix(name, "._") ||
		strings.HasPrefix(name, ".#")
	return left || slices.Contains(leftNames, name) || slices.Contains(leftExtensions, path.Ext(name)) ||
		slices.ContainsFunc(leftSuffixes, func(suffix string) bool { return strings.HasSuffix(name, suffix) })
}

var (
	leftNames = []string{
		"4913", // Vim, when testing whether the folder is writable
		"thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store", ".directory", ".spotlight-v100", ".trashes",
		".git", ".gitignore", ".gitattributes", ".gitkeep", ".keep", ".hg", ".svn", ".idea", ".vscode", ".editorconfig",
	}
	leftExtensions = []string{".swp", ".swo", ".swx", ".orig", ".rej", ".bak", ".tmp"}
	leftSuffixes   = []string{"~", "___jb_tmp___", "___jb_old___"}
)
