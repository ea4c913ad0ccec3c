package site

import (
	"bytes"
	htmltemplate "html/template"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/template"
)

// slots are the places in a shell that a page fills, in order. Each is filled by the template of its name, main by
// that of the page.
var slots = []string{"head", "switch", "top", "main", "switch"}

// views are the views of templates that are executed thousands of times.
var views = map[string]any{
	"head": &headView{}, "switch": []languageLink{}, "top": &topView{}, "article": &articleView{}, "entry": &entry{},
	"feedback": &feedbackView{}, "earlier": &choiceGroup{}, "choice-link": &choiceView{},
}

// loadShells executes the layout once for each language.
func loadShells(s *Site, templates *htmltemplate.Template) (found []diag.Finding) {
	for _, l := range s.langs {
		sh := &shell{compiled: map[string]*template.Compiled{}}
		sh.templates = htmltemplate.Must(templates.Clone()).Funcs(templateFuncs(l, sh))
		if unsafe := template.Escape(sh.templates); len(unsafe) > 0 {
			return append(found, unsafe...)
		}
		for name, view := range views {
			sh.compiled[name] = template.Compile(sh.templates, name, view)
		}
		var b bytes.Buffer
		if err := sh.templates.ExecuteTemplate(&b, "layout", layout(l)); err != nil {
			found = append(found, template.Finding(err))
			continue
		}
		if sh.pieces = cutSlots(b.String()); sh.pieces == nil {
			return append(found, diag.Errorf(diag.Position{File: "site/templates/layout.html"}, "template",
				"the layout must have exactly the slots %s, in this order", strings.Join(slots, ", ")))
		}
		l.shell = sh
	}
	return found
}

// cutSlots returns the text around the slots of a layout, or nil if the slots are not exactly those expected, in
// order.
func cutSlots(layout string) (pieces []string) {
	var names []string
	for _, m := range slotMark.FindAllStringSubmatch(layout, -1) {
		names = append(names, m[1])
	}
	if !slices.Equal(names, slots) {
		return nil
	}
	return slotMark.Split(layout, -1)
}

// A layoutView is the data of the shell of a language.
type layoutView struct {
	*language
	Policy                           string // Content-Security-Policy
	Home, Articles, OpenSearch, Feed string // files
	Search                           string
	List                             string // llms.txt, or ""
	Framed                           bool   // whether other sites may show checkers in frames
	Index                            string // folder of the search index
	Many                             bool   // whether there are more languages than fit beside each other
	Header, Account, Footer, Help    []linkView
	Groups                           []groupView
	Products, Topics                 bool   // whether the home page lists products, and categories without one
	Color                            string // of the header, which also colors the frame of the browser
	Custom                           string // address of custom.css, or ""
	Logo, Icon                       *pictureView
}

// A pictureView is a picture of site.toml.
type pictureView struct {
	Link          string
	Width, Height int // 0 if unknown
}

// picture returns the picture in a file below content/, or nil for "".
func picture(s *Site, file string) *pictureView {
	a := s.Library.Asset(file)
	if a == nil {
		return nil
	}
	return &pictureView{s.assets.content[file], a.Width, a.Height}
}

type linkView struct{ ID, Name, Link string }

func layout(l *language) layoutView {
	v := layoutView{
		language: l, Policy: l.site.policy.String(), Index: IndexFolder, Home: l.path(),
		Articles: l.path("articles"), Search: l.path("search"),
		OpenSearch: l.Tag + "/opensearch.xml", Feed: l.Tag + "/feed.xml",
	}
	v.Many = len(l.site.langs) > 3
	v.Framed = len(l.site.Library.Site.Embed.Ancestors) > 0
	if !l.site.PagesOnly {
		v.List = l.listPath()
	}
	own := l.site.Library.Site
	v.Products = len(own.Products) > 0
	v.Topics = slices.ContainsFunc(own.CategoryIDs(), func(id string) bool { return len(l.site.byCategory[id]) > 0 })
	v.Logo, v.Icon = picture(l.site, own.Identity.Logo), picture(l.site, own.Identity.Icon)
	v.Color, v.Custom = l.site.color, l.site.assets.links["custom.css"]
	at := map[library.Place]*[]linkView{
		library.Header: &v.Header, library.Account: &v.Account, library.Footer: &v.Footer, library.Help: &v.Help,
	}
	for _, link := range l.site.Library.Site.AllLinks() {
		if list := at[link.Place]; list != nil {
			*list = append(*list, linkView{link.ID, link.Name[l.Tag], link.Link})
		}
	}
	for _, g := range l.site.Library.Site.Groups {
		v.Groups = append(v.Groups, groupView{ID: g.ID, Name: g.Name[l.Tag]})
	}
	return v
}

// write writes a page: the pieces of the shell with the page's own parts between them.
func (l *language) write(b *bytes.Buffer, p *page) error {
	main, err := p.mainPart()
	if err != nil {
		return err
	}
	selector := p.Switch()
	for i, slot := range slots {
		b.WriteString(l.shell.pieces[i])
		switch slot {
		case "main":
			b.Write(main)
			if form := p.feedback(); form != nil {
				err = l.shell.write(b, "feedback", form)
			}
		case "head":
			err = l.shell.write(b, slot, p.head())
		case "top":
			err = l.shell.write(b, slot, p.top())
		default:
			err = l.shell.write(b, slot, selector)
		}
		if err != nil {
			return err
		}
	}
	b.WriteString(l.shell.pieces[len(slots)])
	return nil
}

// write executes a template, in compiled form if there is one.
func (s *shell) write(b *bytes.Buffer, name string, view any) error {
	if c := s.compiled[name]; c != nil {
		return c.Write(b, view)
	}
	return template.Execute(s.templates, b, name, view)
}

// each executes a template for each item of a list.
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

// file returns a page of the language as a file.
func (l *language) file(path string, make func() *page) File {
	return File{Path: path, Type: PageType, Lang: l.Tag, Write: func(b *bytes.Buffer) error {
		return l.write(b, make())
	}}
}

// answer returns a page made for one request, as a file without a path. The language selector keeps the query of
// the request. Text of the reader that is not valid UTF-8 is replaced.
func (l *language) answer(query string, make func() *page) File {
	return File{Type: PageType, Lang: l.Tag, Write: func(b *bytes.Buffer) error {
		p := make()
		p.asked = query
		err := l.write(b, p)
		if !utf8.Valid(b.Bytes()) {
			valid := bytes.ToValidUTF8(b.Bytes(), []byte("\ufffd"))
			b.Reset()
			b.Write(valid)
		}
		return err
	}}
}
