package library

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/parallel"
)

// images is the folder of pictures that all languages share.
const images = "images"

// A layout is the files of a room, sorted by name, and what is wrong with where
// they stand.
type layout struct {
	site      *Site
	Articles  []string // below content/
	Assets    []string
	misplaced []string // names of articles that stand elsewhere
	found     []diag.Finding
}

// Ignored reports whether a file or folder of that name is none of the room's:
// what begins with a dot, and what editors leave beside the files they save.
func Ignored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#")
}

// Walk lists the room, languages at the same time.
func Walk(fsys fs.FS, site *Site) *layout {
	l := &layout{site: site}
	parts := parallel.Map(l.entries(fsys, "."), func(d fs.DirEntry) *layout {
		part := &layout{site: site}
		part.entry(fsys, d.Name(), d)
		return part
	})
	for _, part := range parts {
		l.Articles = append(l.Articles, part.Articles...)
		l.Assets = append(l.Assets, part.Assets...)
		l.misplaced = append(l.misplaced, part.misplaced...)
		l.found = append(l.found, part.found...)
	}
	return l
}

// entries returns what a folder holds, sorted, as far as it can be read.
func (l *layout) entries(fsys fs.FS, folder string) []fs.DirEntry {
	entries, err := fs.ReadDir(fsys, folder)
	if err != nil {
		l.errorf(folder, "cannot be read: %v", err)
	}
	return entries
}

// entry lists a file, or a folder with all that is in it.
func (l *layout) entry(fsys fs.FS, file string, d fs.DirEntry) {
	switch {
	case Ignored(d.Name()):
	case d.IsDir() && !l.folder(file):
		l.passOver(fsys, file)
	case d.IsDir():
		for _, e := range l.entries(fsys, file) {
			l.entry(fsys, path.Join(file, e.Name()), e)
		}
	case !d.Type().IsRegular():
		l.errorf(file, "not a file but a link or a device")
	default:
		l.file(file)
	}
}

// passOver notes the articles of a folder that does not belong to the room.
func (l *layout) passOver(fsys fs.FS, folder string) {
	fs.WalkDir(fsys, folder, func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil: // what cannot be read there does not matter
		case d.IsDir() && Ignored(d.Name()):
			return fs.SkipDir
		case !d.IsDir() && !Ignored(d.Name()):
			l.noteMisplaced(file)
		}
		return nil
	})
}

// noteMisplaced notes an article that stands where none belongs.
func (l *layout) noteMisplaced(file string) {
	if name, ok := strings.CutSuffix(path.Base(file), ".md"); ok {
		l.misplaced = append(l.misplaced, name)
	}
}

func (l *layout) errorf(file, format string, args ...any) *diag.Finding {
	at := diag.Position{File: path.Join("content", file)}
	l.found = append(l.found, diag.Errorf(at, "layout", format, args...))
	return &l.found[len(l.found)-1]
}

// folder reports whether a folder belongs to the room, and proves that it is one
// that site.toml names.
func (l *layout) folder(file string) bool {
	parts := strings.Split(file, "/")
	last := parts[len(parts)-1]
	var known []string
	what := ""
	switch {
	case parts[0] == images || len(parts) > 3:
		return true
	case len(parts) == 1:
		what, known = "language", l.site.tags()
	case len(parts) == 2:
		what, known = "product", l.site.ProductIDs()
	default:
		what, known = "category", l.site.CategoryIDs()
	}
	switch {
	case slices.Contains(known, last):
		return true
	case l.site.Locator.Misspelt(what): // in site.toml, which may name it
		return false
	}
	f := l.errorf(file, "the folder is no %s of %s: %s", what, SiteFile, diag.List(known))
	f.Suggestion = cmp.Or(article.Meant(last, known), fmt.Sprintf("add a [[%s]] to %s", what, SiteFile))
	return false
}

// file says what a file is by its place and ending.
func (l *layout) file(file string) {
	depth := strings.Count(file, "/")
	shared := strings.HasPrefix(file, images+"/")
	ext := path.Ext(file)
	_, isAsset := mediaTypes[strings.ToLower(ext)]
	switch {
	case depth == 0:
		l.atRoot(file)
	case ext == ".md" && !shared:
		if _, ok := article.Place("content/" + file); ok {
			l.Articles = append(l.Articles, file)
		} else {
			l.found = append(l.found, article.Misplaced("content/"+file))
			l.noteMisplaced(file)
		}
	case !isAsset:
		l.errorf(file, "a file of this kind has no place here, allowed: %s", diag.List(endings))
	case !shared && depth < 3:
		l.errorf(file, "a picture stands beside its article, or in content/%s/", images)
	case strings.ContainsFunc(path.Base(file), func(r rune) bool { return !assetRune(r) }):
		l.errorf(file, "the name is not made of letters a to z, digits, dots, hyphens and underscores")
	default:
		l.Assets = append(l.Assets, file)
	}
}

// besides are the files that stand beside the languages and are no articles.
var besides = []string{"site.toml", "translations.*.toml", "README.md", "*.schema.json", "*.go"}

// atRoot passes over the files that have their place at the top of the room.
func (l *layout) atRoot(file string) {
	known := func(pattern string) bool { ok, _ := path.Match(pattern, file); return ok }
	if !slices.ContainsFunc(besides, known) {
		l.errorf(file, "a file of this name has no place here").Suggestion =
			"articles stand in content/<lang>/<product>/<category>/, shared pictures in content/" + images + "/"
	}
}

// assetRune reports whether a rune needs no escape in an address.
func assetRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("._-", r)
}
