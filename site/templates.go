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

// Files holds the embedded templates and assets.
//
//go:embed templates assets
var Files embed.FS

// templateFuncs returns the functions of templates: t gives a message in the
// language, link the address of a file of the site, asset that of a file of
// assets/, card that of the picture that represents the site where it is linked
// to, site a text of [site] in site.toml, "" if it has none. Their results do not depend on the page, see [template.Resolve]. each
// executes a template for each item of a list, as range and template do, and is
// faster for long lists. None may refer to the site, which they outlive.
func templateFuncs(l *language, sh *shell) htmltemplate.FuncMap {
	words, at, files, about := l.Words, l.site.addresses, l.site.assets, l.about
	return htmltemplate.FuncMap{
		"t":     words.Text,
		"slot":  func(name string) htmltemplate.HTML { return htmltemplate.HTML(slotMark(name)) },
		"link":  at.Link,
		"asset": files.link,
		"card":  func() string { return card(at, files) },
		"site":  func(part string) string { return about[part] },
		"each":  sh.each,
	}
}

// parseTemplates parses templates/*.html and returns every message in them.
func parseTemplates(files fs.FS) (*htmltemplate.Template, []locale.Need, []diag.Finding) {
	names, _ := fs.Glob(files, "templates/*.html")
	slices.Sort(names)
	none := htmltemplate.FuncMap{}
	for _, name := range []string{"t", "slot", "link", "asset", "card", "each", "site"} {
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
			f := template.Finding(err)
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
			needs = append(needs, messagesOf(t.Tree)...)
		}
	}
	return all, needs, found
}

// messagesOf returns every {{t "id"}} of a template whose id is a literal.
func messagesOf(tree *parse.Tree) []locale.Need {
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

// position returns the position of a node, which the package parse gives as name:line:column.
func position(tree *parse.Tree, n parse.Node) diag.Position {
	at, _ := tree.ErrorContext(n)
	parts := strings.Split(at, ":")
	p := diag.Position{File: "site/templates/" + parts[0]}
	if len(parts) == 3 {
		fmt.Sscan(parts[1], &p.Line)
		fmt.Sscan(parts[2], &p.Column)
		p.Column++ // counted from 0 there
	}
	return p
}

// required are the templates that pages are made with: those of the shell, and
// those of main parts.
var required = []string{
	"layout", "head", "top", "switch",
	"article", "articles", "cases", "category", "choice", "home", "notfound", "product", "search", "state",
}

// missingTemplates reports the required templates that are not defined.
func missingTemplates(all *htmltemplate.Template) []diag.Finding {
	var missing []string
	for _, name := range required {
		if all.Lookup(name) == nil {
			missing = append(missing, name)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	at := diag.Position{File: "site/templates"}
	return []diag.Finding{diag.Errorf(at, "template", "no file here defines these templates: %s", diag.List(missing))}
}

// slotMark stands for a slot while the layout is executed. html/template escapes
// its characters everywhere else.
func slotMark(name string) string { return "<!slot " + name + ">" }
