package content

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"helpcenter"
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
		off := helpcenter.Offset(m.data, lines.at(d.off))
		m.edits = append(m.edits, helpcenter.Edit{From: off, To: off + len(d.raw), Text: there.destination(want, d.raw)})
	}
	return m.followRelated(r)
}

// destination writes the link from the article to a place in the room, with the
// fragment that was written before.
func (a *Article) destination(to target, raw string) string {
	_, fragment, ok := strings.Cut(raw, "#")
	if ok {
		fragment = "#" + fragment
	}
	switch {
	case to.asset != "":
		return relative(path.Dir(a.File), "content/"+to.asset) + fragment
	case to.article == a.Path && ok:
		return fragment
	}
	return relative(path.Dir(a.File), "content/"+a.Lang+"/"+to.article+".md") + fragment
}

// relative returns the path from a folder to a file.
func relative(folder, file string) string {
	from, to := strings.Split(folder, "/"), strings.Split(file, "/")
	for len(from) > 0 && len(to) > 1 && from[0] == to[0] {
		from, to = from[1:], to[1:]
	}
	return strings.Repeat("../", len(from)) + strings.Join(to, "/")
}

// A destination is where a link, a picture or the definition of a link's
// reference says where it leads.
type destination struct {
	off int    // in the body
	raw string // as written
}

// destinations finds all of them. The parser knows what the destinations are but
// not where they stand: after "](" in a link, and after "]:" in a definition. A
// picture within a link comes before the link's own.
func destinations(body []byte) []destination {
	var all []destination
	taken := map[int]bool{}
	find := func(n ast.Node, before string, dest []byte) {
		for off := max(0, n.Pos()); len(dest) > 0; {
			i := bytes.Index(body[off:], []byte(before))
			if i < 0 {
				return
			}
			off += i + len(before)
			at := len(body) - len(bytes.TrimLeft(body[off:], " \t\n>"))
			at = len(body) - len(bytes.TrimPrefix(body[at:], []byte("<")))
			if bytes.HasPrefix(body[at:], dest) && !taken[at] {
				taken[at] = true
				all = append(all, destination{at, string(dest)})
				return
			}
		}
	}
	ast.Walk(markdown.Parse(text.NewReader(body)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Link:
			if !entering && n.Reference == nil {
				find(n, "](", n.Destination)
			}
		case *ast.Image:
			if !entering && n.Reference == nil {
				find(n, "](", n.Destination)
			}
		case *ast.LinkReferenceDefinition:
			if entering {
				find(n, "]:", n.Destination)
			}
		}
		return ast.WalkContinue, nil
	})
	return all
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
	same := slices.EqualFunc(m.passages(), now.passages(), func(a, b passage) bool {
		return a.id == b.id && slices.Equal(a.texts, b.texts)
	})
	if !same {
		return fmt.Errorf("%s: its links cannot be rewritten without changing what it says", m.File)
	}
	return nil
}
