// Package edit changes several writers' files at once: it begins an article, moves one or retires one.
//
// [Scaffold], [Move] and [Retire] read the folder, drafts included, and return what to write. They write nothing
// themselves: the caller first loads the help center with the changes to see whether it is still whole. In every
// file only what has to change is changed, and all other bytes stay.
package edit

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/drift"
	"helpcenter/site/library"
	"helpcenter/site/parallel"
	"helpcenter/site/textedit"
)

// An articleFile is an article, the bytes of its file and the edits to them.
type articleFile struct {
	*article.Content
	data  []byte
	edits []textedit.Edit
}

// A workspace is the folder content/ with the changes being made to it.
type workspace struct {
	fsys     fs.FS
	site     *library.Site
	articles []*articleFile // by file; only those to keep have data and body
	assets   []string       // below content/
	changes  []textedit.Change
	errs     []error // everything in the way
}

// openWorkspace reads the folder. Keep reports whether more than the links of an article is needed.
func openWorkspace(fsys fs.FS, keep func(*article.Article) bool) (*workspace, error) {
	site, found, ok := library.LoadSite(fsys)
	if !ok {
		return nil, fmt.Errorf("%s", found[0])
	}
	articles, assets := library.Files(fsys, site)
	w := &workspace{fsys: fsys, site: site, assets: assets}
	w.articles = parallel.Map(articles, func(file string) *articleFile {
		data, err := fs.ReadFile(fsys, file)
		if err != nil { // loading the folder reports it
			data = nil
		}
		a, _ := article.Parse(path.Join("content", file), data)
		if !keep(a.Article) {
			a.Body, a.Blocks, data = article.Body{}, nil, nil
		}
		return &articleFile{Content: a, data: data}
	})
	return w, nil
}

// failed records err unless it is nil.
func (w *workspace) failed(err error) {
	if err != nil {
		w.errs = append(w.errs, err)
	}
}

// at returns the article at a path in all languages that have it.
func (w *workspace) at(path string) (list []*articleFile) {
	for _, f := range w.articles {
		if f.Path == path {
			list = append(list, f)
		}
	}
	return list
}

// checkNew checks that a new article may have a path.
func (w *workspace) checkNew(path string) error {
	if !article.IsArticlePath(path) {
		return fmt.Errorf("%q is not product/category/name, category/name or name, made of %s", path, article.IDForm)
	}
	if list := w.at(path); len(list) > 0 {
		return fmt.Errorf("article %q exists already: %s", path, list[0].File)
	}
	var errs []error
	a, _ := article.Place("content/any/" + path + ".md")
	if a.Product != "" {
		errs = append(errs, oneOf("product", a.Product, w.site.ProductIDs()))
	}
	if a.Category != "" {
		errs = append(errs, oneOf("category", a.Category, w.site.CategoryIDs()))
	}
	return errors.Join(errs...)
}

func oneOf(what, id string, known []string) error {
	if slices.Contains(known, id) {
		return nil
	}
	err := fmt.Errorf("%s has no %s %q (it has: %s)", library.SiteFile, what, id, diag.List(known))
	if near := diag.Nearest(id, known); near != "" {
		err = fmt.Errorf("%w; did you mean %q?", err, near)
	}
	return err
}

// existing is like at, but returns an error if no language has the article.
func (w *workspace) existing(path string) ([]*articleFile, error) {
	list := w.at(path)
	if len(list) > 0 {
		return list, nil
	}
	var all []*article.Article
	for _, f := range w.articles {
		all = append(all, f.Article)
	}
	return nil, library.NoArticle(path, all)
}

// write records the change of a file, named as in findings.
func (w *workspace) write(file string, was, is []byte) {
	if !bytes.Equal(was, is) || (was == nil) != (is == nil) {
		w.changes = append(w.changes, textedit.Change{File: file, Was: was, Is: is})
	}
}

// move records the change of a file that gets another name.
func (w *workspace) move(from, to string, was, is []byte) {
	if from == to {
		w.write(from, was, is)
		return
	}
	w.write(from, was, nil)
	w.write(to, nil, is)
}

// result returns all changes in the order of their files, and all errors.
func (w *workspace) result() ([]textedit.Change, error) {
	slices.SortFunc(w.changes, func(a, b textedit.Change) int { return strings.Compare(a.File, b.File) })
	return w.changes, errors.Join(w.errs...)
}

// changeBaselines changes the baselines of all languages.
func (w *workspace) changeBaselines(change func(*drift.BaselineFile)) {
	for _, lang := range w.site.Languages {
		file, err := drift.OpenBaselines(w.fsys, lang.Tag)
		if err != nil {
			w.failed(err)
			continue
		}
		change(file)
		if c, ok := file.Change(); ok {
			w.write(c.File, c.Was, c.Is)
		}
	}
}
