package edit

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"helpcenter/site/article"
	"helpcenter/site/drift"
	"helpcenter/site/textedit"
)

// Retire removes an article in all languages, with the files in its folder that no other article uses and the
// baselines of its translations. If other is not "", the article's addresses and the links to it lead to that
// article; otherwise links to it stay and are broken. fsys is the folder content/.
//
// References to the article in other folders are not changed. The error joins everything in the way.
func Retire(fsys fs.FS, old, other string) ([]textedit.Change, error) {
	leads := func(a *article.Article) bool { return a.LeadsTo(old) && a.Path != old }
	w, err := openWorkspace(fsys, func(a *article.Article) bool { return a.Path == old || a.Path == other || leads(a) })
	if err != nil {
		return nil, err
	}
	list, err := w.existing(old)
	w.failed(err)
	if other != "" {
		_, err := w.existing(other)
		w.failed(err)
	}
	if old == other {
		w.failed(fmt.Errorf("%q cannot replace itself", old))
	}
	if len(w.errs) > 0 {
		return nil, errors.Join(w.errs...)
	}
	for _, f := range list {
		w.write(f.File, f.data, nil)
		for _, asset := range w.ownAssets(f) {
			data, err := fs.ReadFile(fsys, asset)
			w.failed(err)
			w.write("content/"+asset, data, nil)
		}
	}
	if other != "" {
		w.redirect(list, other, leads)
	}
	w.changeBaselines(func(b *drift.BaselineFile) { b.Remove(old) })
	return w.result()
}

// redirect makes the addresses of a retired article, and the links to it, lead to another one. In a language
// without a translation, readers have seen the text of another language at the address of that text.
func (w *workspace) redirect(retired []*articleFile, other string, leads func(*article.Article) bool) {
	heirs := w.at(other)
	earlier := map[*articleFile][]string{}
	for _, lang := range w.site.Languages {
		f, heir := w.shown(retired, lang.Tag), w.shown(heirs, lang.Tag)
		switch {
		case f == nil: // drafts have no address
		case heir == nil || f.Lang == lang.Tag && heir.Lang != lang.Tag:
			w.failed(fmt.Errorf("%s: %q is not published in %q, so it cannot replace this", f.File, other, lang.Tag))
		default:
			for _, address := range slices.Concat([]string{f.Address()}, f.Aliases) {
				if !slices.Contains(earlier[heir], address) {
					earlier[heir] = append(earlier[heir], address)
				}
			}
		}
	}
	r := redirection{articles: map[string]string{retired[0].Path: other}}
	for _, f := range w.articles {
		if leads(f.Article) {
			w.failed(f.follow(r, f.File))
		}
		if leads(f.Article) || f.Path == other {
			w.failed(f.addAliases(f.Address(), earlier[f]))
			w.finish(f, r, f.File)
		}
	}
}

// shown returns what readers of a language see, as [library.Library.Shown] does.
func (w *workspace) shown(list []*articleFile, lang string) *articleFile {
	for _, tag := range append([]string{lang, w.site.DefaultLanguage}, w.site.Tags()...) {
		for _, f := range list {
			if f.Lang == tag && !f.Draft {
				return f
			}
		}
	}
	return nil
}
