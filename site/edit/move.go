package edit

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/drift"
	"helpcenter/site/textedit"
)

// Move gives an article another path in all languages. Its earlier addresses become aliases. Links to it and from
// it are rewritten, in drafts too. Files in its folder that no other article uses, and the baselines of its
// translations, move with it. fsys is the folder content/.
//
// References to the article in other folders are not changed. The error joins everything in the way.
func Move(fsys fs.FS, old, new string) ([]textedit.Change, error) {
	leads := func(a *article.Article) bool { return a.Path == old || a.LeadsTo(old) }
	w, err := openWorkspace(fsys, leads)
	if err != nil {
		return nil, err
	}
	list, err := w.existing(old)
	w.failed(err)
	w.failed(w.checkNew(new))
	if len(w.errs) > 0 {
		return nil, errors.Join(w.errs...)
	}
	r := redirection{map[string]string{old: new}, map[string]string{}}
	for _, f := range list {
		for _, asset := range w.ownAssets(f) {
			r.assets[asset] = path.Join(f.Lang, path.Dir(new), strings.TrimPrefix(asset, path.Join(f.Lang, path.Dir(old))))
		}
	}
	for _, f := range w.articles {
		switch {
		case f.Path == old:
			w.rewrite(f, r, fmt.Sprintf("content/%s/%s.md", f.Lang, new))
		case leads(f.Article):
			w.rewrite(f, r, f.File)
		}
	}
	w.moveAssets(r)
	w.changeBaselines(func(b *drift.BaselineFile) { b.Move(old, new) })
	return w.result()
}

// rewrite makes a file, which may get another name, follow a redirection.
func (w *workspace) rewrite(f *articleFile, r redirection, file string) {
	w.failed(f.follow(r, file))
	now, _ := article.Parse(file, textedit.Apply(f.data, f.edits))
	if was, is := f.Address(), now.Address(); was != is && !f.Draft {
		w.failed(f.addAliases(is, []string{was}))
	}
	w.finish(f, r, file)
}

// finish checks a changed file and records the change.
func (w *workspace) finish(f *articleFile, r redirection, file string) {
	text := textedit.Apply(f.data, f.edits)
	now, _ := article.Parse(file, text)
	w.failed(f.checkFollowed(r, now))
	w.move(f.File, file, f.data, text)
}

// ownAssets returns the assets in or below an article's folder that only this article uses.
func (w *workspace) ownAssets(f *articleFile) (files []string) {
	folder := path.Join(f.Lang, path.Dir(f.Path)) + "/"
	others := map[string]bool{}
	for _, other := range w.articles {
		for _, u := range other.Assets {
			if other.File != f.File {
				others[u.Asset] = true
			}
		}
	}
	for _, u := range f.Assets {
		if strings.HasPrefix(u.Asset, folder) && !others[u.Asset] {
			files = append(files, u.Asset)
		}
	}
	return files
}

// moveAssets moves files according to the redirection.
func (w *workspace) moveAssets(r redirection) {
	for _, from := range slices.Sorted(maps.Keys(r.assets)) {
		to := r.assets[from]
		if from == to {
			continue
		}
		if slices.Contains(w.assets, to) {
			w.failed(fmt.Errorf("content/%s would replace content/%s: rename one of them", from, to))
		}
		data, err := fs.ReadFile(w.fsys, from)
		w.failed(err)
		w.move("content/"+from, "content/"+to, data, data)
	}
}
