package edit

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/drift"
	"helpcenter/site/textedit"
)

// A redirection maps articles and assets to their replacements.
type redirection struct {
	articles map[string]string // by path
	assets   map[string]string // by file below content/
}

func (r redirection) of(t article.Target) article.Target {
	if to, ok := r.articles[t.Article]; ok {
		t.Article = to
	}
	if to, ok := r.assets[t.Asset]; ok {
		t.Asset = to
	}
	return t
}

// follow redirects the links and the related articles of a file that is renamed to name. If it stays in its folder,
// only links that must change do. Otherwise all get their shortest form, so moving a file there and back restores
// them.
func (f *articleFile) follow(r redirection, name string) error {
	there, _ := article.Place(name)
	offsets := textedit.Cursor{Data: f.data}
	for _, d := range article.Destinations(f.File, f.data) {
		if path, id, _ := strings.Cut(d.Raw, "#"); d.Shows {
			if to, ok := r.articles[path]; ok {
				off := offsets.Offset(d.At)
				f.edits = append(f.edits, textedit.Edit{From: off, To: off + len(d.Raw), Text: to + "#" + id})
			}
			continue
		}
		was, refusal := f.Resolve(string(article.Unescape([]byte(d.Raw))))
		if refusal != nil { // loading the folder reports it
			continue
		}
		to := r.of(was)
		if to.Outside != "" || to.Link != "" || to == was && path.Dir(name) == path.Dir(f.File) {
			continue
		}
		off := offsets.Offset(d.At)
		f.edits = append(f.edits, textedit.Edit{From: off, To: off + len(d.Raw), Text: there.LinkTo(to, d.Raw)})
	}
	return f.followRelated(r)
}

// checkFollowed checks that the file, now changed, has the same text, and that its links lead where the redirection
// says.
func (f *articleFile) checkFollowed(r redirection, now *article.Content) error {
	for i, was := range f.Links {
		ref := r.of(article.Target{Article: was.Ref}).Article
		if i < len(now.Links) {
			is := now.Links[i]
			if is.Ref == ref && is.Anchor == was.Anchor && now.LinkText(is) == f.LinkText(was) {
				continue
			}
		}
		return fmt.Errorf("%s: the link to %q cannot be rewritten; write it as [text](path)", f.Position(was.Pos), was.Dest)
	}
	for i, u := range f.Assets {
		if i >= len(now.Assets) || now.Assets[i].Asset != r.of(article.Target{Asset: u.Asset}).Asset {
			return fmt.Errorf("%s: the link to the file %q cannot be rewritten; write it as [text](path)",
				f.Position(u.Pos), u.Asset)
		}
	}
	same := slices.EqualFunc(drift.Passages(f.Article), drift.Passages(now.Article), func(a, b drift.Passage) bool {
		return a.ID == b.ID && slices.Equal(a.Texts, b.Texts)
	})
	if !same {
		return fmt.Errorf("%s: its links cannot be rewritten without changing its text", f.File)
	}
	return nil
}
