package edit

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"helpcenter/site/article"
	"helpcenter/site/civil"
	"helpcenter/site/textedit"
)

// Scaffold begins an article in all languages: as drafts, so that the site stays
// as it is until there is something to read, with the same sections in each. Its
// day is that of now where the site is. fsys is the room content/.
//
// The error says all that stands in the way.
func Scaffold(fsys fs.FS, path string, sections []string, now time.Time) ([]textedit.Change, error) {
	w, err := openWorkspace(fsys, func(*article.Article) bool { return false })
	if err != nil {
		return nil, err
	}
	w.wrong.add(w.newPath(path))
	w.wrong.add(w.freeAddress(path))
	for i, id := range sections {
		if !article.IsID(id) {
			w.wrong.add(fmt.Errorf("section id %q is not made of %s", id, article.IDForm))
		} else if slices.Contains(sections[:i], id) {
			w.wrong.add(fmt.Errorf("section id %q stands twice", id))
		}
	}
	if len(w.wrong) == 0 {
		for _, lang := range w.site.Languages {
			w.write("content/"+lang.Tag+"/"+path+".md", nil, scaffold(path, sections, civil.DateOf(now.In(w.site.Location))))
		}
	}
	return w.result()
}

// freeAddress proves that no article has, or had, the address that one of that
// path will have.
func (w *workspace) freeAddress(path string) error {
	for _, m := range w.articles {
		if m.Path != path && (m.Address() == path || slices.Contains(m.Aliases, path)) {
			return fmt.Errorf("the address %s/%s/ belongs to %s", m.Lang, path, m.File)
		}
	}
	return nil
}

// scaffold is what an article is begun with.
func scaffold(path string, sections []string, day civil.Date) []byte {
	_, name, _ := strings.Cut(path, "/")
	_, name, _ = strings.Cut(name, "/")
	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = %q\ndescription = %q\nupdated = %s\ndraft = true\n+++\n\n%s\n",
		inWords(name), "What this article answers, in one sentence.", day, "The answer, in one or two sentences.")
	for _, id := range sections {
		fmt.Fprintf(&b, "\n## %s {#%s}\n\nText.\n", inWords(id), id)
	}
	return []byte(b.String())
}

// inWords makes a title of an id.
func inWords(id string) string {
	words := strings.ReplaceAll(id, "-", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}
