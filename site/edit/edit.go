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
type manuscript struct {
	*article.Article
	data  []byte
	edits []textedit.Edit
}

// A desk is a room with what is being changed in it.
type desk struct {
	fsys     fs.FS
	site     *library.Site
	articles []*manuscript // all, by file; data and body only of those kept
	assets   []string      // below content/
	changes  []textedit.Change
	wrong    problems
}

// newDesk reads a room. Keep says of which articles more than links is needed.
func newDesk(fsys fs.FS, keep func(*article.Article) bool) (*desk, error) {
	site, found, ok := library.LoadSite(fsys)
	if !ok {
		return nil, fmt.Errorf("%s", found[0])
	}
	files := library.Walk(fsys, site)
	d := &desk{fsys: fsys, site: site, assets: files.Assets}
	d.articles = parallel.Map(files.Articles, func(file string) *manuscript {
		data, err := fs.ReadFile(fsys, file)
		if err != nil { // proving the room says so
			data = nil
		}
		a, _ := article.Parse(path.Join("content", file), data)
		if !keep(a) {
			a.Body, a.Blocks, data = article.Body{}, nil, nil
		}
		return &manuscript{Article: a, data: data}
	})
	return d, nil
}

// at returns the article of that path in all languages that have it.
func (d *desk) at(path string) (list []*manuscript) {
	for _, m := range d.articles {
		if m.Path == path {
			list = append(list, m)
		}
	}
	return list
}

// newPath proves that an article can be put at a path.
func (d *desk) newPath(path string) error {
	if !drift.IsArticlePath(path) {
		return fmt.Errorf("%q is not product/category/name, each made of %s", path, article.IDForm)
	}
	if list := d.at(path); len(list) > 0 {
		return fmt.Errorf("there is an article %q already: %s", path, list[0].File)
	}
	parts := strings.Split(path, "/")
	return errors.Join(oneOf("product", parts[0], d.site.ProductIDs()), oneOf("category", parts[1], d.site.CategoryIDs()))
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
func (d *desk) oldPath(path string) ([]*manuscript, error) {
	if list := d.at(path); len(list) > 0 {
		return list, nil
	}
	l := &library.Library{Site: d.site}
	for _, m := range d.articles {
		l.Articles = append(l.Articles, m.Article)
	}
	return nil, l.NoArticle(path)
}

// write notes what a file of the room, named as findings name it, is to be.
func (d *desk) write(file string, was, is []byte) {
	if !bytes.Equal(was, is) || (was == nil) != (is == nil) {
		d.changes = append(d.changes, textedit.Change{File: file, Was: was, Is: is})
	}
}

// move notes that a file is to be at another place.
func (d *desk) move(from, to string, was, is []byte) {
	if from == to {
		d.write(from, was, is)
		return
	}
	d.write(from, was, nil)
	d.write(to, nil, is)
}

// result returns all changes in the order of their files.
func (d *desk) result() ([]textedit.Change, error) {
	slices.SortFunc(d.changes, func(a, b textedit.Change) int { return strings.Compare(a.File, b.File) })
	return d.changes, d.wrong.err()
}

// records changes the records of all languages.
func (d *desk) records(change func(*drift.RecordFile)) {
	for _, lang := range d.site.Languages {
		file, found := drift.ReadRecords(d.fsys, lang.Tag)
		if len(found) > 0 {
			d.wrong.add(fmt.Errorf("%s", found[0]))
		}
		if file.Raw != nil && len(found) == 0 {
			change(file)
			d.write(file.Name, file.Raw, file.Bytes())
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
