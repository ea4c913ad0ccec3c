package site

import (
	"bytes"
	"html/template"
	"strings"
	"sync"

	"helpcenter"
)

// The slots of a shell, in the order in which a page fills them: each by the
// template of its name, but for main, which is by the page's own.
var slots = []string{"head", "switch", "top", "main", "switch"}

// A shell is what all pages of a language share, cut at its slots: pieces[0],
// first slot, pieces[1], and so on. It is executed once a language instead of
// once a page.
type shell struct {
	pieces    [][]byte
	templates *template.Template // with the language's words
	tops      sync.Map           // the slot top as it is on the pages of a shelf, in bytes
}

// slotMark stands for a slot while the layout is executed. It holds characters
// that no word and no address can: html/template would escape them.
func slotMark(name string) string { return "<!slot " + name + ">" }

// loadShells parses the templates, proves the words they use, and executes the
// layout for each language.
func (s *Site) loadShells() []helpcenter.Finding {
	tmpl, needs, found := parseTemplates(s.Files)
	s.words = append(s.words, needs...)
	found = append(found, s.Words.Require(needs)...)
	if helpcenter.HasErrors(found) {
		return found
	}
	for _, l := range s.langs {
		l.shell = &shell{templates: resolve(template.Must(tmpl.Clone()).Funcs(s.funcs(l)))}
		var b bytes.Buffer
		if err := l.shell.templates.ExecuteTemplate(&b, "layout", s.layout(l)); err != nil {
			found = append(found, helpcenter.Errorf(helpcenter.Position{File: "site/templates"}, "template", "%s", err))
			continue
		}
		rest := b.String()
		for _, slot := range slots {
			before, after, ok := strings.Cut(rest, slotMark(slot))
			if !ok {
				found = append(found, helpcenter.Errorf(helpcenter.Position{File: "site/templates/layout.html"}, "template",
					"the layout needs the slots %s, in this order", strings.Join(slots, ", ")))
				break
			}
			l.shell.pieces, rest = append(l.shell.pieces, []byte(before)), after
		}
		l.shell.pieces = append(l.shell.pieces, []byte(rest))
	}
	return found
}

// write composes a page: the shell's pieces with the page's own parts between
// them. What stands in the same slot of many pages, or twice on one, is executed
// once.
func (l *language) write(b *bytes.Buffer, p *page) {
	var selector []byte
	s := l.shell
	for i, piece := range s.pieces {
		b.Write(piece)
		if i == len(slots) {
			return
		}
		from := b.Len()
		switch slot := slots[i]; {
		case slot == "main":
			s.execute(b, p.Main, p)
		case slot == "top" && p.shelf != "":
			b.Write(s.top(p))
		case slot == "switch" && selector != nil:
			b.Write(selector)
		case slot == "switch":
			s.execute(b, slot, p)
			selector = b.Bytes()[from:]
		default:
			s.execute(b, slot, p)
		}
	}
}

// top returns what the slot of that name holds on the pages of a shelf.
func (s *shell) top(p *page) []byte {
	if top, ok := s.tops.Load(p.shelf); ok {
		return top.([]byte)
	}
	var b bytes.Buffer
	s.execute(&b, "top", p)
	s.tops.Store(p.shelf, b.Bytes())
	return b.Bytes()
}

// execute writes what a template makes of a page. A template that fails is a
// defect of the program, which the tests find by executing every template, so it
// panics here.
func (s *shell) execute(b *bytes.Buffer, template string, p *page) {
	if err := s.templates.ExecuteTemplate(b, template, p); err != nil {
		panic("site: " + p.file + ": " + err.Error())
	}
}
