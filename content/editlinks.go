package content

import (
	"fmt"
	"path"
	"slices"

	"helpcenter/site/textedit"
)

// A redirection says which articles and assets are to be found elsewhere.
type redirection struct {
	articles map[string]string // by path
	assets   map[string]string // by file below content/
}

// of returns where a link is to lead that led to t.
func (r redirection) of(t target) target {
	if to, ok := r.articles[t.article]; ok {
		t.article = to
	}
	if to, ok := r.assets[t.asset]; ok {
		t.asset = to
	}
	return t
}

// follow changes the links and the related articles of a manuscript so that, in
// its file's new place, they lead where the redirection says. In the same folder
// a link that does so as it stands stays as it is; in another one all take their
// shortest form, so that moving a file there and back leaves no trace in them.
func (m *manuscript) follow(r redirection, file string) error {
	there, _ := place(file)
	_, body, line, _ := splitFront(normalize(m.data))
	lines := cursor{file: m.File, text: body, first: line}
	for _, d := range destinations(body) {
		was, err := m.resolve(string(unescape([]byte(d.raw))))
		if err != nil {
			continue // proving the room says so
		}
		want := r.of(was)
		if want.outside != "" || want == was && path.Dir(file) == path.Dir(m.File) {
			continue
		}
		off := textedit.Offset(m.data, lines.at(d.off))
		m.edits = append(m.edits, textedit.Edit{From: off, To: off + len(d.raw), Text: there.destination(want, d.raw)})
	}
	return m.followRelated(r)
}

// proveFollowed proves, of what a manuscript has become, that it says what it
// said and that its links lead where they are to lead.
func (m *manuscript) proveFollowed(r redirection, now *Article) error {
	for i, link := range m.Links {
		link.Ref = r.of(target{article: link.Ref}).article
		if i >= len(now.Links) || now.Links[i].Ref != link.Ref || now.Links[i].Anchor != link.Anchor || now.LinkText(now.Links[i]) != m.LinkText(link) {
			return fmt.Errorf("%s: the link to %q cannot be rewritten; write it as [text](path)", m.Position(link.Pos), link.Dest)
		}
	}
	for i, u := range m.uses {
		if i >= len(now.uses) || now.uses[i].asset != r.of(target{asset: u.asset}).asset {
			return fmt.Errorf("%s: the link to the file %q cannot be rewritten; write it as [text](path)", m.Position(u.pos), u.asset)
		}
	}
	same := slices.EqualFunc(passages(m.Article), passages(now), func(a, b passage) bool {
		return a.id == b.id && slices.Equal(a.texts, b.texts)
	})
	if !same {
		return fmt.Errorf("%s: its links cannot be rewritten without changing what it says", m.File)
	}
	return nil
}
