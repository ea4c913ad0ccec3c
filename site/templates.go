package site

import (
	"embed"
	"fmt"
	htmltemplate "html/template"
	"io/fs"
	"path"
	"slices"
	"strings"
	"text/template/parse"

	"helpcenter/site/diag"
	"helpcenter/site/locale"
	"helpcenter/site/template"
)

// Files are the templates and assets that the program carries with it.
//
//go:embed templates assets
var Files embed.FS

// funcs are what templates may call: t gives a message of the page's language,
// link an address, asset the address of a file of assets/, card that of the
// picture that stands for a page where others link to it. None of these depends on
// the page, see [resolve]. each executes a template for each item of a list, as
// range and template do, and is for lists of thousands.
func (s *Site) funcs(l *Language) htmltemplate.FuncMap {
	s = &Site{base: s.base, prefix: s.prefix, AssetFiles: s.AssetFiles} // templates outlive the site that they were made for
	return htmltemplate.FuncMap{
		"t":     l.Text,
		"slot":  func(name string) htmltemplate.HTML { return htmltemplate.HTML(slotMark(name)) },
		"link":  func(file string) string { return s.Link(file) },
		"asset": s.AssetFiles.link,
		"card":  s.card,
		"each":  func(name string, list any) (htmltemplate.HTML, error) { return l.Shell.each(name, list) },
	}
}

// card returns the address of the picture that stands for every page.
func (s *Site) card() string { return s.Origin() + s.AssetFiles.Links["card.png"] }

// parseTemplates reads templates/*.html, and returns also every message in them.
func parseTemplates(files fs.FS) (*htmltemplate.Template, []locale.Need, []diag.Finding) {
	names, _ := fs.Glob(files, "templates/*.html")
	slices.Sort(names)
	none := htmltemplate.FuncMap{}
	for _, name := range []string{"t", "slot", "link", "asset", "card", "each"} {
		none[name] = func(...any) string { return "" }
	}
	all := htmltemplate.New("").Funcs(none)
	var found []diag.Finding
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err == nil {
			_, err = all.New(path.Base(name)).Parse(string(text))
		}
		if err != nil {
			f := template.TemplateFinding(err)
			f.File = "site/" + name
			found = append(found, f)
		}
	}
	if len(found) == 0 {
		found = missingTemplates(all)
	}
	var needs []locale.Need
	for _, t := range all.Templates() {
		if t.Tree != nil {
			needs = append(needs, messages(t.Tree)...)
		}
	}
	return all, needs, found
}

// messages returns every {{t "id"}} of a template. The id must be a literal:
// else nobody could prove that there is such a message.
func messages(tree *parse.Tree) []locale.Need {
	var needs []locale.Need
	var walk func(n parse.Node)
	walkAll := func(l *parse.ListNode) {
		if l != nil {
			for _, n := range l.Nodes {
				walk(n)
			}
		}
	}
	branch := func(b *parse.BranchNode) { walk(b.Pipe); walkAll(b.List); walkAll(b.ElseList) }
	walk = func(n parse.Node) {
		switch n := n.(type) {
		case *parse.ListNode:
			walkAll(n)
		case *parse.ActionNode:
			walk(n.Pipe)
		case *parse.TemplateNode:
			if n.Pipe != nil {
				walk(n.Pipe)
			}
		case *parse.IfNode:
			branch(&n.BranchNode)
		case *parse.RangeNode:
			branch(&n.BranchNode)
		case *parse.WithNode:
			branch(&n.BranchNode)
		case *parse.PipeNode:
			for _, c := range n.Cmds {
				walk(c)
			}
		case *parse.CommandNode:
			if id, ok := n.Args[0].(*parse.IdentifierNode); ok && id.Ident == "t" && len(n.Args) == 2 {
				if lit, ok := n.Args[1].(*parse.StringNode); ok {
					needs = append(needs, locale.Need{ID: lit.Text, Pos: position(tree, lit)})
				}
			}
			for _, a := range n.Args {
				walk(a)
			}
		}
	}
	walk(tree.Root)
	return needs
}

// position translates a template's own idea of a place, name:line:column.
func position(tree *parse.Tree, n parse.Node) diag.Position {
	at, _ := tree.ErrorContext(n)
	parts := strings.Split(at, ":")
	p := diag.Position{File: "site/templates/" + parts[0]}
	if len(parts) == 3 {
		fmt.Sscan(parts[1], &p.Line)
		fmt.Sscan(parts[2], &p.Column)
		p.Column++ // which is counted from 0 there
	}
	return p
}

// mains are the templates of the main parts of pages.
var mains = []string{"article", "articles", "cases", "category", "choice", "home", "notfound", "product", "search", "state"}

// missingTemplates finds the templates that pages need and that are not there.
func missingTemplates(all *htmltemplate.Template) []diag.Finding {
	var missing []string
	for _, name := range slices.Concat([]string{"layout", "head", "top", "switch"}, mains) {
		if all.Lookup(name) == nil {
			missing = append(missing, name)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	at := diag.Position{File: "site/templates"}
	return []diag.Finding{diag.Errorf(at, "template", "no file here defines what pages are made by: %s", diag.List(missing))}
}
