package content

import (
	"fmt"
	"io/fs"
	"slices"

	"helpcenter"
)

// Retire takes an article out in all languages, with the files in its folder
// that no other article uses and the records of its translations. Given another
// article, its addresses lead to that from now on, and so do the links to it;
// given "", it leaves no trace, and a room in which something leads to it is
// broken by that. fsys is the room content/.
//
// The changes are those of the whole room but for other rooms' references to the
// article. The error says all that stands in the way.
func Retire(fsys fs.FS, old, other string) ([]helpcenter.Change, error) {
	leads := func(a *Article) bool { return a.leadsTo(old) && a.Path != old }
	d, err := newDesk(fsys, func(a *Article) bool { return a.Path == old || a.Path == other || leads(a) })
	if err != nil {
		return nil, err
	}
	list, err := d.oldPath(old)
	d.wrong.add(err)
	if other != "" {
		_, err := d.oldPath(other)
		d.wrong.add(err)
	}
	if old == other {
		d.wrong.add(fmt.Errorf("%q cannot take its own place", old))
	}
	if len(d.wrong) > 0 {
		return nil, d.wrong.err()
	}
	for _, m := range list {
		d.write(m.File, m.data, nil)
		for _, asset := range d.ownAssets(m) {
			data, err := fs.ReadFile(fsys, asset)
			d.wrong.add(err)
			d.write("content/"+asset, data, nil)
		}
	}
	if other != "" {
		d.redirect(list, other, leads)
	}
	d.records(func(f *recordFile) { f.set(old, nil) })
	return d.result()
}

// redirect makes the addresses of a retired article, and the links to it, lead to
// another one.
func (d *desk) redirect(retired []*manuscript, other string, leads func(*Article) bool) {
	heirs := d.at(other)
	for _, m := range retired {
		i := slices.IndexFunc(heirs, func(heir *manuscript) bool { return heir.Lang == m.Lang && !heir.Draft })
		switch {
		case m.Draft:
		case i < 0:
			d.wrong.add(fmt.Errorf("%s: %q is not published in %q, so that nothing can stand in its place", m.File, other, m.Lang))
		default:
			d.wrong.add(heirs[i].addAliases(heirs[i].address(), slices.Concat([]string{m.address()}, m.Aliases)))
		}
	}
	r := redirection{articles: map[string]string{retired[0].Path: other}}
	for _, m := range d.articles {
		if leads(m.Article) {
			d.wrong.add(m.follow(r, m.File))
		}
		if leads(m.Article) || m.Path == other {
			d.finish(m, r, m.File)
		}
	}
}
