package edit

import (
	"fmt"
	"io/fs"
	"slices"

	"helpcenter/site/article"
	"helpcenter/site/drift"
	"helpcenter/site/textedit"
)

// Retire takes an article out in all languages, with the files in its folder
// that no other article uses and the records of its translations. Given another
// article, its addresses lead to that from now on, and so do the links to it;
// given "", it leaves no trace, and a room in which something leads to it is
// broken by that. fsys is the room content/.
//
// The changes are those of the whole room but for other rooms' references to the
// article. The error says all that stands in the way.
func Retire(fsys fs.FS, old, other string) ([]textedit.Change, error) {
	leads := func(a *article.Article) bool { return a.LeadsTo(old) && a.Path != old }
	w, err := openWorkspace(fsys, func(a *article.Article) bool { return a.Path == old || a.Path == other || leads(a) })
	if err != nil {
		return nil, err
	}
	list, err := w.oldPath(old)
	w.wrong.add(err)
	if other != "" {
		_, err := w.oldPath(other)
		w.wrong.add(err)
	}
	if old == other {
		w.wrong.add(fmt.Errorf("%q cannot take its own place", old))
	}
	if len(w.wrong) > 0 {
		return nil, w.wrong.err()
	}
	for _, m := range list {
		w.write(m.File, m.data, nil)
		for _, asset := range w.ownAssets(m) {
			data, err := fs.ReadFile(fsys, asset)
			w.wrong.add(err)
			w.write("content/"+asset, data, nil)
		}
	}
	if other != "" {
		w.redirect(list, other, leads)
	}
	w.changeBaselines(func(f *drift.BaselineFile) { f.Set(old, nil) })
	return w.result()
}

// redirect makes the addresses of a retired article, and the links to it, lead to
// another one. Where it is not translated, readers of a language have seen the
// text that is shown to them instead, at that one's address.
func (w *workspace) redirect(retired []*articleFile, other string, leads func(*article.Article) bool) {
	heirs := w.at(other)
	earlier := map[*articleFile][]string{}
	for _, lang := range w.site.Languages {
		m, heir := w.shown(retired, lang.Tag), w.shown(heirs, lang.Tag)
		switch {
		case m == nil: // a draft, which never had an address
		case heir == nil || m.Lang == lang.Tag && heir.Lang != lang.Tag:
			w.wrong.add(fmt.Errorf("%s: %q is not published in %q, so that nothing can stand in its place", m.File, other, lang.Tag))
		default:
			for _, address := range slices.Concat([]string{m.Address()}, m.Aliases) {
				if !slices.Contains(earlier[heir], address) {
					earlier[heir] = append(earlier[heir], address)
				}
			}
		}
	}
	r := redirection{articles: map[string]string{retired[0].Path: other}}
	for _, m := range w.articles {
		if leads(m.Article) {
			w.wrong.add(m.follow(r, m.File))
		}
		if leads(m.Article) || m.Path == other {
			w.wrong.add(m.addAliases(m.Address(), earlier[m]))
			w.finish(m, r, m.File)
		}
	}
}

// shown returns which of an article's texts readers of a language see, as
// [Library.Shown] does.
func (w *workspace) shown(list []*articleFile, lang string) *articleFile {
	tags := []string{lang, w.site.DefaultLanguage}
	for _, l := range w.site.Languages {
		tags = append(tags, l.Tag)
	}
	for _, tag := range tags {
		for _, m := range list {
			if m.Lang == tag && !m.Draft {
				return m
			}
		}
	}
	return nil
}
