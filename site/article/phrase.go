package article

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"helpcenter/site/diag"
)

// phrases parses a text within a page: emphasis, code and links. Anything else is literal text.
var phrases = parser.NewParser(
	parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1000)),
	parser.WithInlineParsers(
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(parser.NewLinkParser(), 200),
		util.Prioritized(parser.NewEmphasisParser(), 500),
	),
)

// PhraseSigns are the characters that markup in a phrase needs: without any of them it is plain text.
const PhraseSigns = "*_`[\\&"

// Phrase reads a text outside of articles, such as a reason of a checker: a paragraph with emphasis, code and links
// as in articles, with paths relative to content/<lang>/. HTML and blocks are literal text. The result has the body
// and the links of an article, all at one position, that of the text.
func Phrase(lang, source string, at diag.Position) (*Content, []diag.Finding) {
	a := newArticle("content/" + lang + "/phrase.md").content
	a.Lang = lang
	lines := cursor{file: at.File, text: []byte(source), first: 1}
	found := checkSize(lines.text, &lines)
	if len(found) == 0 {
		r := renderers.Get().(*renderer)
		defer renderers.Put(r)
		r.reset(a, lines.text, lines)
		for n := phrases.Parse(text.NewReader(r.source)).FirstChild(); n != nil; n = n.NextSibling() {
			phrase(r, n)
		}
		found = r.found
		r.finish()
		a.summarize()
	}
	a.File = at.File
	for i := range found {
		found[i].Position = at
	}
	for i := range a.Links {
		a.Links[i].Pos = Pos{int32(at.Line), int32(at.Column)}
	}
	for i := range a.Assets {
		a.Assets[i].Pos = Pos{int32(at.Line), int32(at.Column)}
	}
	return a, found
}

// phrase writes a paragraph and reports what only articles may have.
func phrase(r *renderer, n ast.Node) {
	if r.len() > 0 {
		r.write(" ")
	}
	links := len(r.links)
	r.tags.inText(n)
	for _, link := range r.links[links:] {
		switch {
		case strings.HasPrefix(link.Dest, "#"):
			r.errorf(0, "broken-link", "%q is a section of no article", link.Dest).
				Suggestion = "write the path of the article before it, such as billing/plans.md" + link.Dest
		case strings.Contains(link.Dest, "{{"):
			r.errorf(0, "broken-link", "a placeholder cannot be part of the address %q", link.Dest).
				Suggestion = "link to an address that is the same for all answers"
		}
	}
	for _, use := range r.assets {
		if use.Image {
			r.errorf(0, "unsafe-link", "%q: only articles show pictures", use.Asset).
				Suggestion = "show it in an article, and link to that"
		}
	}
}
