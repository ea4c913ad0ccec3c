package edit

import (
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

// Move gives an article another path in all languages. Its earlier addresses
// become aliases, so that they lead to it still; links to it and from it are
// written anew, in drafts too; pictures in its folder that no other article uses
// go with it; records of what its translations were made from are kept. fsys is
// the room content/.
//
// The changes are those of the whole room but for other rooms' references to the
// article. The error says all that stands in the way.
func Move(fsys fs.FS, old, new string) ([]textedit.Change, error) {
	leads := func(a *article.Article) bool { return a.Path == old || a.LeadsTo(old) }
	w, err := openWorkspace(fsys, leads)
	if err != nil {
		return nil, err
	}
	list, err := w.oldPath(old)
	w.wrong.add(err)
	w.wrong.add(w.newPath(new))
	if len(w.wrong) > 0 {
		return nil, w.wrong.err()
	}
	r := redirection{map[string]string{old: new}, map[string]string{}}
	for _, m := range list {
		for _, asset := range w.ownAssets(m) {
			r.assets[asset] = path.Join(m.Lang, path.Dir(new), strings.TrimPrefix(asset, path.Join(m.Lang, path.Dir(old))))
		}
	}
	for _, m := range w.articles {
		switch {
		case m.Path == old:
			w.rewrite(m, r, fmt.Sprintf("content/%s/%s.md", m.Lang, new))
		case leads(m.Article):
			w.rewrite(m, r, m.File)
		}
	}
	w.moveAssets(r)
	w.changeBaselines(func(f *drift.BaselineFile) {
		if rec := f.Get(old); rec != nil {
			text := strings.Replace(string(rec.Text), old, new, 1)
			f.Set(old, nil)
			f.Set(new, []byte(text))
		}
	})
	return w.result()
}

// rewrite makes a manuscript follow a redirection, in what is or becomes its
// file.
func (w *workspace) rewrite(m *articleFile, r redirection, file string) {
	w.wrong.add(m.follow(r, file))
	now, _ := article.Parse(file, textedit.Apply(m.data, m.edits))
	if was, is := m.Address(), now.Address(); was != is && !m.Draft {
		w.wrong.add(m.addAliases(is, []string{was}))
	}
	w.finish(m, r, file)
}

// finish proves what a manuscript has become and notes that it is to be written.
func (w *workspace) finish(m *articleFile, r redirection, file string) {
	text := textedit.Apply(m.data, m.edits)
	now, _ := article.Parse(file, text)
	w.wrong.add(m.checkFollowed(r, now))
	w.move(m.File, file, m.data, text)
}

// ownAssets returns the files in the folder of an article, or below it, that it
// uses and no other article does.
func (w *workspace) ownAssets(m *articleFile) (files []string) {
	folder := path.Join(m.Lang, path.Dir(m.Path)) + "/"
	others := map[string]bool{}
	for _, other := range w.articles {
		for _, u := range other.Uses {
			if other.File != m.File {
				others[u.Asset] = true
			}
		}
	}
	for _, u := range m.Uses {
		if strings.HasPrefix(u.Asset, folder) && !others[u.Asset] {
			files = append(files, u.Asset)
		}
	}
	return files
}

// moveAssets puts files where the redirection says.
func (w *workspace) moveAssets(r redirection) {
	for _, from := range slices.Sorted(maps.Keys(r.assets)) {
		to := r.assets[from]
		if from == to {
			continue
		}
		if slices.Contains(w.assets, to) {
			w.wrong.add(fmt.Errorf("content/%s would take the place of content/%s: rename one of them", from, to))
		}
		data, err := fs.ReadFile(w.fsys, from)
		w.wrong.add(err)
		w.move("content/"+from, "content/"+to, data, data)
	}
}
