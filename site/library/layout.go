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

// images is the folder of the images that all languages share.
const images = "images"

// A layout lists the files of content/ by their names below it, sorted, and reports those in the wrong place.
type layout struct {
	site      *Site
	articles  []string
	assets    []string
	misplaced []string // names of articles outside the folders of articles
	found     []diag.Finding
}

// Files returns the articles and assets of content/, judged by their places. It omits other files, which Load
// reports.
func Files(fsys fs.FS, site *Site) (articles, assets []string) {
	l := walk(fsys, site)
	return l.articles, l.assets
}

// walk reads the folders at the top level in parallel.
func walk(fsys fs.FS, site *Site) *layout {
	l := &layout{site: site}
	parts := parallel.Map(l.entries(fsys, "."), func(d fs.DirEntry) *layout {
		part := &layout{site: site}
		part.entry(fsys, d.Name(), d)
		return part
	})
	for _, part := range parts {
		l.articles = append(l.articles, part.articles...)
		l.assets = append(l.assets, part.assets...)
		l.misplaced = append(l.misplaced, part.misplaced...)
		l.found = append(l.found, part.found...)
	}
	return l
}

// entries returns the entries of a folder, sorted, as far as it can be read.
func (l *layout) entries(fsys fs.FS, folder string) []fs.DirEntry {
	entries, err := fs.ReadDir(fsys, folder)
	if err != nil {
		l.errorf(folder, "cannot be read: %v", err)
	}
	return entries
}

// entry adds a file, or a folder with its content.
func (l *layout) entry(fsys fs.FS, file string, d fs.DirEntry) {
	switch {
	case Ignored(d.Name()):
	case d.IsDir() && !l.folder(file):
		l.skip(fsys, file)
	case d.IsDir():
		for _, e := range l.entries(fsys, file) {
			l.entry(fsys, path.Join(file, e.Name()), e)
		}
	case !d.Type().IsRegular():
		l.errorf(file, "not a regular file")
	default:
		l.file(file)
	}
}

// skip records the articles in a folder that is not part of content/.
func (l *layout) skip(fsys fs.FS, folder string) {
	fs.WalkDir(fsys, folder, func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil: // not reported: the folder is not published
		case d.IsDir() && Ignored(d.Name()):
			return fs.SkipDir
		case !d.IsDir() && !Ignored(d.Name()):
			l.noteMisplaced(file)
		}
		return nil
	})
}

// noteMisplaced records an article outside the folders of articles.
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

// folder reports whether a folder is part of content/, and adds a finding if site.toml should name it but does not.
func (l *layout) folder(file string) bool {
	parts := strings.Split(file, "/")
	last := parts[len(parts)-1]
	var known []string
	what := ""
	switch {
	case parts[0] == images || len(parts) > 3 || len(parts) == 3 && !l.isProduct(parts[1]):
		return true
	case len(parts) == 1:
		what, known = "language", l.site.Tags()
	case len(parts) == 2:
		what, known = "product", slices.Concat(l.site.ProductIDs(), l.site.CategoryIDs())
	default:
		what, known = "category", l.site.CategoryIDs()
	}
	switch {
	case slices.Contains(known, last):
		return true
	case l.site.Locator.Misspelt(what): // site.toml may name it there
		return false
	}
	f := l.errorf(file, "invalid folder: %s has no such %s (allowed: %s)", SiteFile, what, diag.List(known))
	f.Suggestion = cmp.Or(article.DidYouMean(last, known), fmt.Sprintf("add a [[%s]] to %s", what, SiteFile))
	return false
}

// isProduct reports whether a folder is a product's, whose articles are one folder deeper than others.
func (l *layout) isProduct(folder string) bool {
	return slices.Contains(l.site.ProductIDs(), folder) || l.site.Locator.Misspelt("product")
}

// isArticle reports whether a file is where an article may be. If it is two folders deep, the first must be a
// product.
func (l *layout) isArticle(file string) bool {
	a, ok := article.Place("content/" + file)
	switch {
	case a.Product != "":
		return ok && l.isProduct(a.Product)
	case a.Category != "":
		return ok && l.isCategory(a.Category)
	}
	return ok
}

// isCategory reports whether a folder of a language may have articles about no product.
func (l *layout) isCategory(folder string) bool {
	return slices.Contains(l.site.CategoryIDs(), folder) || l.site.Locator.Misspelt("category")
}

// file adds a file by its place and extension.
func (l *layout) file(file string) {
	depth := strings.Count(file, "/")
	shared := strings.HasPrefix(file, images+"/")
	ext := path.Ext(file)
	isAsset := IsAsset(file)
	switch {
	case l.site.shows(file):
		l.assets = append(l.assets, file)
	case depth == 0:
		l.topFile(file)
	case ext == ".md" && !shared:
		if l.isArticle(file) {
			l.articles = append(l.articles, file)
		} else {
			l.found = append(l.found, article.Misplaced("content/"+file))
			l.noteMisplaced(file)
		}
	case !isAsset:
		l.errorf(file, "unexpected file type (allowed: .md, %s)", diag.List(endings))
	case !shared && depth == 2 && !l.isCategory(path.Base(path.Dir(file))):
		l.errorf(file, "an image must be beside its article, or in content/%s/", images)
	case strings.ContainsFunc(path.Base(file), func(r rune) bool { return !assetRune(r) }):
		l.errorf(file, "the name is not made of letters a to z, digits, dots, hyphens and underscores")
	default:
		l.assets = append(l.assets, file)
	}
}

// topFiles are patterns for the files allowed beside the folders of languages.
var topFiles = []string{"site.toml", "redirects.toml", "translations.*.toml", "README.md", "*.schema.json", "*.go"}

// topFile checks a file at the top level of content/.
func (l *layout) topFile(file string) {
	known := func(pattern string) bool { ok, _ := path.Match(pattern, file); return ok }
	if !slices.ContainsFunc(topFiles, known) {
		l.errorf(file, "unexpected file (allowed: %s)", diag.List(topFiles)).Suggestion =
			"articles are in content/<lang>/<product>/<category>/, shared images in content/" + images +
				"/; other files that are published are in static/"
	}
}

// assetRune reports whether a rune needs no escape in an address.
func assetRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("._-", r)
}
