package article

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extensions "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"helpcenter/site/diag"
)

// markdown parses CommonMark with the extensions that most writers know: GitHub's tables, alerts, tasks, ~~ and
// bare addresses, footnotes and definition lists. Parsers are safe for use by many goroutines at once. Looking for
// bare addresses means trying at each space, so texts that cannot have any use a parser that does not look.
var (
	markdown      = newMarkdown()
	withAddresses = newMarkdown(util.Prioritized(extension.NewLinkifyParser(), 999))
)

// addressSigns lists strings of which every bare address that goldmark finds contains at least one.
var addressSigns = [][]byte{[]byte("://"), []byte("www."), []byte("@")}

func parseMarkdown(source []byte, options ...parser.ParseOption) ast.Node {
	p := markdown
	if slices.ContainsFunc(addressSigns, func(sign []byte) bool { return bytes.Contains(source, sign) }) {
		p = withAddresses
	}
	return p.Parse(text.NewReader(source), options...)
}

func newMarkdown(inline ...util.PrioritizedValue) parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(fenceParser{parser.NewFencedCodeBlockParser()}, 0), // before goldmark's own parser
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(footnoteParser{extension.NewFootnoteBlockParser()}, 999),
		),
		parser.WithInlineParsers(
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(extension.NewFootnoteParser(), 101),
			util.Prioritized(extension.NewStrikethroughParser(), 500),
		),
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(inline...),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
		parser.WithParagraphTransformers(
			util.Prioritized(alertTransformer{}, 50),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
}

// Parse parses an article; file is its name as in [Article.File]. The article is never nil, but if a finding is an
// error, it lacks what could not be read.
func Parse(file string, data []byte) (*Content, []diag.Finding) {
	placed, ok := Place(file)
	a := placed.content
	if !ok {
		return a, []diag.Finding{Misplaced(file)}
	}
	found := a.parse(data)
	a.noteErrors(found)
	a.summarize()
	return a, found
}

// hidingRules are the rules whose errors may hide ids of headings in a text that could be read.
var hidingRules = []string{"raw-html", "heading-id", "duplicate-id"}

// noteErrors records what errors in the article's file may hide.
func (a *Content) noteErrors(found []diag.Finding) {
	a.incomplete = diag.HasErrors(found)
	a.idsUnknown = a.incomplete && (a.Body.HTML == nil ||
		slices.ContainsFunc(hidingRules, func(rule string) bool { return HasRule(found, rule) }))
}

func (a *Content) parse(data []byte) []diag.Finding {
	if len(data) > maxArticle {
		return []diag.Finding{tooLarge(diag.Position{File: a.File}, "bytes", maxArticle)}
	}
	data = Normalize(data)
	front, body, line, ok := SplitFront(data)
	a.YAML = bytes.HasPrefix(data, []byte(yamlFence))
	found := CheckChars(a.File, data, func(off int) diag.Severity {
		if off < len(data)-len(body) {
			return diag.Error
		}
		return diag.Warning
	})
	switch {
	case HasRule(found, "encoding"):
		return found
	case !ok:
		return append(found, missingFront(a.File, data))
	case len(front) > maxFront:
		return append(found, tooLarge(diag.Position{File: a.File, Line: FrontLine}, "bytes of front matter", maxFront))
	}
	found = append(found, a.readFront(front)...)
	found = append(found, a.readBody(body, line)...)
	return onceInvisible(found)
}

// onceInvisible drops warnings about invisible characters in lines where a heading or a link already has an error
// about them.
func onceInvisible(found []diag.Finding) []diag.Finding {
	if !HasRule(found, "invisible") {
		return found
	}
	refused := map[int]bool{}
	for _, f := range found {
		if f.Severity == diag.Error && (f.Rule == "invisible" || f.Rule == "unsafe-link") {
			refused[f.Line] = true
		}
	}
	return slices.DeleteFunc(found, func(f diag.Finding) bool {
		return f.Severity == diag.Warning && f.Rule == "invisible" && refused[f.Line]
	})
}

// HasRule reports whether any finding is of the given rule.
func HasRule(found []diag.Finding, rule string) bool {
	return slices.ContainsFunc(found, func(f diag.Finding) bool { return f.Rule == rule })
}

// newArticle returns an article without content.
func newArticle(file string) *Article {
	a := &Article{File: file}
	a.content = &Content{Article: a}
	return a
}

// Place returns an article with what its file's name tells, and whether that is the name of an article:
// content/<lang>/<product>/<category>/<name>.md, without <product>/ if it is about no product, and without
// <category>/ if it is a page of its own.
func Place(file string) (*Article, bool) {
	a := newArticle(file)
	parts := strings.Split(strings.TrimSuffix(file, ".md"), "/")
	switch len(parts) {
	case 3:
	case 4:
		a.Category = parts[2]
	case 5:
		a.Product, a.Category = parts[2], parts[3]
	}
	if len(parts) < 3 || len(parts) > 5 || path.Ext(file) != ".md" {
		return a, false
	}
	a.Lang = parts[1]
	a.Path = file[len(parts[0])+1+len(a.Lang)+1 : len(file)-len(".md")]
	return a, IsPath(a.Path)
}

// Misplaced reports a Markdown file whose name is not that of an article.
func Misplaced(file string) diag.Finding {
	return diag.Errorf(diag.Position{File: file}, "layout",
		"not the path of an article, content/<lang>/[[<product>/]<category>/]<name>.md, made of %s", IDForm)
}

// readBody renders the article's Markdown, which begins on the given line of the file.
func (a *Content) readBody(body []byte, line int) []diag.Finding {
	lines := cursor{file: a.File, text: body, first: line}
	if found := checkSize(body, &lines); found != nil {
		return found
	}
	r := renderers.Get().(*renderer)
	defer renderers.Put(r)
	r.reset(a, body, lines)
	refs := &definitions{Context: parser.NewContext(), used: map[string]bool{}}
	doc := parseMarkdown(body, parser.WithContext(refs))
	refs.check(r)
	notes, _ := refs.Get(footnotesKey).([]*extensions.Footnote)
	checkFootnotes(r, notes)
	if r.headings.collect(doc) {
		r.tags.inBlock(0, func() { r.document(doc) })
		r.headings.endSections()
		checkForeign(r, doc)
		if r.len() == 0 && len(r.placeholders) == 0 && !diag.HasErrors(r.found) {
			r.errorf(0, "empty", "the article has no text").Suggestion = "write it, or delete the file"
		}
		r.finish()
	}
	return r.found
}
