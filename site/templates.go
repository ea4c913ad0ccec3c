package site

import (
	"embed"
	htmltemplate "html/template"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"text/template/parse"

	"helpcenter/site/diag"
	"helpcenter/site/locale"
	"helpcenter/site/policy"
	"helpcenter/site/template"
)

// Files holds the embedded templates and assets.
//
//go:embed templates assets
var Files embed.FS

// templateFuncs returns the functions of templates: t returns a message in the language, link the address of a file
// of the site, asset that of a file of assets/, card that of the picture that represents the site where others link
// to it, and site a text of [site] in site.toml, or "" if there is none. Their results do not depend on the page,
// see [template.Compile]. The function each executes a template for each item of a list, like range with template,
// but faster for long lists. None may refer to the site, which they outlive.
func templateFuncs(l *language, sh *shell) htmltemplate.FuncMap {
	words, at, files, about, card := l.Words, l.site.addresses, l.site.assets, l.about, cardLink(l.site)
	return htmltemplate.FuncMap{
		"t":     words.Text,
		"slot":  func(name string) htmltemplate.HTML { return htmltemplate.HTML("<!slot " + name + ">") },
		"link":  at.Link,
		"asset": files.link,
		"card":  func() string { return card },
		"site":  func(part string) string { return about[part] },
		"each":  sh.each,
	}
}

// parseTemplates parses templates/*.html and returns the messages that they use.
func parseTemplates(files fs.FS, allowed policy.Policy) (*htmltemplate.Template, []locale.Need, []diag.Finding) {
	names, _ := fs.Glob(files, "templates/*.html")
	slices.Sort(names)
	none := htmltemplate.FuncMap{}
	for _, name := range []string{"t", "slot", "link", "asset", "card", "each", "site"} {
		none[name] = func(...any) string { return "" }
	}
	all := htmltemplate.New("").Funcs(none).Option("missingkey=zero")
	var found []diag.Finding
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err == nil {
			found = append(found, allowed.CheckHTML("site/"+name, text)...)
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

// messagesOf returns the messages that a template uses as {{t "id"}}, with a literal id.
func messagesOf(tree *parse.Tree) (needs []locale.Need) {
	template.Walk(tree.Root, func(n parse.Node) {
		c, ok := n.(*parse.CommandNode)
		if !ok || len(c.Args) != 2 || c.Args[0].String() != "t" {
			return
		}
		if id, ok := c.Args[1].(*parse.StringNode); ok {
			at, _ := tree.ErrorContext(id)
			needs = append(needs, locale.Need{ID: id.Text, Pos: template.Position(at)})
		}
	})
	return needs
}

// required are the templates needed to make pages: those of the shell, and those of main parts.
var required = []string{
	"layout", "head", "top", "switch",
	"article", "articles", "cases", "category", "choice", "feedback", "home", "notfound", "product", "search", "state",
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

// slotMark matches what stands for a slot while the layout is executed. Everywhere else html/template escapes its
// characters.
var slotMark = regexp.MustCompile("<!slot ([^>]*)>")
