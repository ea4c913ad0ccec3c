// Package edit changes writers' files in several places at once: it begins an
// article, moves one and retires one.
//
// [Scaffold], [Move] and [Retire] read the folder, drafts too, and return what is
// to be written. They write nothing: the caller loads the help center with the
// changes first and sees whether it is still whole. Of every file only what has
// to change changes, byte for byte.
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

// Writers' commands change files in several places at once: [Scaffold], [Move]
// and [Retire]. They read the room, drafts too, and return what is to be
// written; whether the room is still whole with these changes is for the caller
// to prove, by loading it with them. Of every file they change what has to
// change and leave the rest as it is, byte for byte.

// A manuscript is an article and the bytes of its file.
type articleFile struct {
	*article.Article
	data  []byte
	edits []textedit.Edit
}

// A desk is a room with what is being changed in it.
type workspace struct {
	fsys     fs.FS
	site     *library.Site
	articles []*articleFile // all, by file; data and body only of those kept
	assets   []string       // below content/
	changes  []textedit.Change
	wrong    problems
}

// openWorkspace reads a room. Keep says of which articles more than links is needed.
func openWorkspace(fsys fs.FS, keep func(*article.Article) bool) (*workspace, error) {
	site, found, ok := library.LoadSite(fsys)
	if !ok {
		return nil, fmt.Errorf("%s", found[0])
	}
	files := library.Walk(fsys, site)
	w := &workspace{fsys: fsys, site: site, assets: files.Assets}
	w.articles = parallel.Map(files.Articles, func(file string) *articleFile {
		data, err := fs.ReadFile(fsys, file)
		if err != nil { // proving the room says so
			data = nil
		}
		a, _ := article.Parse(path.Join("content", file), data)
		if !keep(a) {
			a.Body, a.Blocks, data = article.Body{}, nil, nil
		}
		return &articleFile{Article: a, data: data}
	})
	return w, nil
}

// at returns the article of that path in all languages that have it.
func (w *workspace) at(path string) (list []*articleFile) {
	for _, m := range w.articles {
		if m.Path == path {
			list = append(list, m)
		}
	}
	return list
}

// newPath proves that an article can be put at a path.
func (w *workspace) newPath(path string) error {
	if !drift.IsArticlePath(path) {
		return fmt.Errorf("%q is not product/category/name, each made of %s", path, article.IDForm)
	}
	if list := w.at(path); len(list) > 0 {
		return fmt.Errorf("there is an article %q already: %s", path, list[0].File)
	}
	parts := strings.Split(path, "/")
	return errors.Join(oneOf("product", parts[0], w.site.ProductIDs()), oneOf("category", parts[1], w.site.CategoryIDs()))
}

func oneOf(what, id string, known []string) error {
	if slices.Contains(known, id) {
		return nil
	}
	err := fmt.Errorf("%s has no %s %q, it has: %s", library.SiteFile, what, id, diag.List(known))
	if near := diag.Nearest(id, known); near != "" {
		err = fmt.Errorf("%w; did you mean %q?", err, near)
	}
	return err
}

// oldPath returns the article of a path in all languages that have it.
func (w *workspace) oldPath(path string) ([]*articleFile, error) {
	if list := w.at(path); len(list) > 0 {
		return list, nil
	}
	l := &library.Library{Site: w.site}
	for _, m := range w.articles {
		l.Articles = append(l.Articles, m.Article)
	}
	return nil, l.NoArticle(path)
}

// write notes what a file of the room, named as findings name it, is to be.
func (w *workspace) write(file string, was, is []byte) {
	if !bytes.Equal(was, is) || (was == nil) != (is == nil) {
		w.changes = append(w.changes, textedit.Change{File: file, Was: was, Is: is})
	}
}

// move notes that a file is to be at another place.
func (w *workspace) move(from, to string, was, is []byte) {
	if from == to {
		w.write(from, was, is)
		return
	}
	w.write(from, was, nil)
	w.write(to, nil, is)
}

// result returns all changes in the order of their files.
func (w *workspace) result() ([]textedit.Change, error) {
	slices.SortFunc(w.changes, func(a, b textedit.Change) int { return strings.Compare(a.File, b.File) })
	return w.changes, w.wrong.err()
}

// records changes the records of all languages.
func (w *workspace) changeBaselines(change func(*drift.BaselineFile)) {
	for _, lang := range w.site.Languages {
		file, found := drift.ReadBaselines(w.fsys, lang.Tag)
		if len(found) > 0 {
			w.wrong.add(fmt.Errorf("%s", found[0]))
		}
		if file.Raw != nil && len(found) == 0 {
			change(file)
			w.write(file.Name, file.Raw, file.Bytes())
		}
	}
}

// problems gathers what is wrong, so that all of it is said at once.
type problems []error

func (p *problems) add(err error) {
	if err != nil {
		*p = append(*p, err)
	}
}

func (p problems) err() error { return errors.Join(p...) }
