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

// Scaffold begins an article in all languages, with the same sections in each. The files are drafts, so the site
// stays the same until they are published. Now is the time for updated. fsys is the folder content/.
//
// The error joins everything in the way.
func Scaffold(fsys fs.FS, path string, sections []string, now time.Time) ([]textedit.Change, error) {
	w, err := openWorkspace(fsys, func(*article.Article) bool { return false })
	if err != nil {
		return nil, err
	}
	w.failed(w.checkNew(path))
	w.failed(w.freeAddress(path))
	for i, id := range sections {
		if !article.IsID(id) {
			w.failed(fmt.Errorf("section id %q is not made of %s", id, article.IDForm))
		} else if slices.Contains(sections[:i], id) {
			w.failed(fmt.Errorf("duplicate section id %q", id))
		}
	}
	if len(w.errs) == 0 {
		for _, lang := range w.site.Languages {
			w.write("content/"+lang.Tag+"/"+path+".md", nil, scaffold(path, sections, civil.DateOf(now.In(w.site.Location))))
		}
	}
	return w.result()
}

// freeAddress checks that the address of a new article does not belong to another one, or to an alias.
func (w *workspace) freeAddress(path string) error {
	for _, f := range w.articles {
		if f.Path != path && (f.Address() == path || slices.Contains(f.Aliases, path)) {
			return fmt.Errorf("the address %s/%s/ belongs to %s", f.Lang, path, f.File)
		}
	}
	return nil
}

// scaffold returns the text of a new article.
func scaffold(path string, sections []string, day civil.Date) []byte {
	var b strings.Builder
	name := path[strings.LastIndex(path, "/")+1:]
	fmt.Fprintf(&b, "+++\ntitle = %q\ndescription = %q\nupdated = %s\ndraft = true\n+++\n\n%s\n",
		inWords(name), "What this article answers, in one sentence.", day, "The answer, in one or two sentences.")
	for _, id := range sections {
		fmt.Fprintf(&b, "\n## %s {#%s}\n\nText.\n", inWords(id), id)
	}
	return []byte(b.String())
}

// inWords makes a title from an id.
func inWords(id string) string {
	words := strings.ReplaceAll(id, "-", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}
