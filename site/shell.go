package site

import (
	"bytes"
	htmltemplate "html/template"
	"reflect"
	"strings"

	"helpcenter/site/diag"
	"helpcenter/site/template"
)

// The slots of a shell, in the order in which a page fills them: each by the
// template of its name, but for main, which is by the page's own.
var slots = []string{"head", "switch", "top", "main", "switch"}

// Views are what the templates that are executed thousands of times are executed
// with.
var Views = map[string]any{"head": &headView{}, "switch": []languageLink{}, "top": &topView{}, "article": &articleView{}, "entry": &entry{}}

// A shell is what all pages of a language share, cut at its slots: pieces[0],
// first slot, pieces[1], and so on. It is executed once a language instead of
// once a page.
type shell struct {
	pieces    [][]byte
	templates *htmltemplate.Template        // with the language's words
	Stencils  map[string]*template.Stencils // by template; nil for one that has none
}

// slotMark stands for a slot while the layout is executed. It holds characters
// that no word and no address can: html/template would escape them.
func slotMark(name string) string { return "<!slot " + name + ">" }

// loadShells parses the templates, proves all words that are shown, and executes
// the layout for each language.
func (s *Site) loadShells() []diag.Finding {
	tmpl, needs, found := parseTemplates(s.Files)
	found = append(found, s.proveMessages(needs)...)
	if diag.HasErrors(found) || !s.hasWords() {
		return found
	}
	for _, l := range s.Langs {
		templates, unsafe := template.Resolve(htmltemplate.Must(tmpl.Clone()).Funcs(s.funcs(l)))
		if len(unsafe) > 0 {
			return append(found, unsafe...)
		}
		l.Shell = &shell{templates: templates, Stencils: map[string]*template.Stencils{}}
		for name, view := range Views {
			l.Shell.Stencils[name] = template.NewStencils(l.Shell.templates, name, view)
		}
		var b bytes.Buffer
		if err := l.Shell.templates.ExecuteTemplate(&b, "layout", s.layout(l)); err != nil {
			found = append(found, template.TemplateFinding(err))
			continue
		}
		if l.Shell.pieces = cutSlots(b.String()); l.Shell.pieces == nil {
			return append(found, diag.Errorf(diag.Position{File: "site/templates/layout.html"}, "template",
				"the layout needs the slots %s, in this order and no more", strings.Join(slots, ", ")))
		}
	}
	return found
}

// cutSlots returns what stands around the slots of a layout, or nil where it has
// others, or in another order.
func cutSlots(layout string) (pieces [][]byte) {
	if strings.Count(layout, "<!slot ") != len(slots) {
		return nil
	}
	rest := layout
	for _, slot := range slots {
		before, after, ok := strings.Cut(rest, slotMark(slot))
		if !ok {
			return nil
		}
		pieces, rest = append(pieces, []byte(before)), after
	}
	return append(pieces, []byte(rest))
}

// Write composes a page: the shell's pieces with the page's own parts between
// them.
func (l *Language) Write(b *bytes.Buffer, p *page) error {
	selector := p.Switch()
	for i, slot := range slots {
		b.Write(l.Shell.pieces[i])
		template, view := slot, any(selector)
		switch slot {
		case "main":
			template, view = p.Main, p.main()
		case "head":
			view = p.head()
		case "top":
			view = p.top()
		}
		if err := l.Shell.write(b, template, view); err != nil {
			return err
		}
	}
	b.Write(l.Shell.pieces[len(slots)])
	return nil
}

// write writes what a template makes of a view.
func (s *shell) write(b *bytes.Buffer, name string, view any) error {
	if st := s.Stencils[name]; st != nil {
		return st.Write(b, view)
	}
	return template.Execute(s.templates, b, name, view)
}

// each returns what a template makes of each item of a list.
func (s *shell) each(name string, list any) (htmltemplate.HTML, error) {
	var b bytes.Buffer
	items := reflect.ValueOf(list)
	for i := range items.Len() {
		if err := s.write(&b, name, items.Index(i).Addr().Interface()); err != nil {
			return "", err
		}
	}
	return htmltemplate.HTML(b.String()), nil
}
