package edit

import (
	"fmt"
	"path"
	"slices"

	"helpcenter/site/article"
	"helpcenter/site/drift"
	"helpcenter/site/textedit"
)

// A redirection says which articles and assets are to be found elsewhere.
type redirection struct {
	articles map[string]string // by path
	assets   map[string]string // by file below content/
}

// of returns where a link is to lead that led to t.
func (r redirection) of(t article.Target) article.Target {
	if to, ok := r.articles[t.Article]; ok {
		t.Article = to
	}
	if to, ok := r.assets[t.Asset]; ok {
		t.Asset = to
	}
	return t
}

// follow changes the links and the related articles of a manuscript so that, in
// its file's new place, they lead where the redirection says. In the same folder
// a link that does so as it stands stays as it is; in another one all take their
// shortest form, so that moving a file there and back leaves no trace in them.
func (m *articleFile) follow(r redirection, file string) error {
	there, _ := article.Place(file)
	_, body, line, _ := article.SplitFront(article.Normalize(m.data))
	lines := article.Cursor{File: m.File, Text: body, First: line}
	for _, d := range article.Destinations(body) {
		was, err := m.Resolve(string(article.Unescape([]byte(d.Raw))))
		if err != nil {
			continue // proving the room says so
		}
		want := r.of(was)
		if want.Outside != "" || want == was && path.Dir(file) == path.Dir(m.File) {
			continue
		}
		off := textedit.Offset(m.data, lines.At(d.Off))
		m.edits = append(m.edits, textedit.Edit{From: off, To: off + len(d.Raw), Text: there.Destination(want, d.Raw)})
	}
	return m.followRelated(r)
}

// checkFollowed proves, of what a manuscript has become, that it says what it
// said and that its links lead where they are to lead.
func (m *articleFile) checkFollowed(r redirection, now *article.Article) error {
	for i, link := range m.Links {
		link.Ref = r.of(article.Target{Article: link.Ref}).Article
		if i >= len(now.Links) || now.Links[i].Ref != link.Ref || now.Links[i].Anchor != link.Anchor || now.LinkText(now.Links[i]) != m.LinkText(link) {
			return fmt.Errorf("%s: the link to %q cannot be rewritten; write it as [text](path)", m.Position(link.Pos), link.Dest)
		}
	}
	for i, u := range m.Uses {
		if i >= len(now.Uses) || now.Uses[i].Asset != r.of(article.Target{Asset: u.Asset}).Asset {
			return fmt.Errorf("%s: the link to the file %q cannot be rewritten; write it as [text](path)", m.Position(u.Pos), u.Asset)
		}
	}
	same := slices.EqualFunc(drift.Passages(m.Article), drift.Passages(now), func(a, b drift.Passage) bool {
		return a.ID == b.ID && slices.Equal(a.Texts, b.Texts)
	})
	if !same {
		return fmt.Errorf("%s: its links cannot be rewritten without changing what it says", m.File)
	}
	return nil
}
