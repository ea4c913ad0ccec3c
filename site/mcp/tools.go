package mcp

import (
	"fmt"
	"maps"
	"slices"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// The addresses of the API, below the site's root.
const (
	searchPath     = "api/v1/search"
	articlesFolder = "api/v1/articles/"
	checkersFolder = "api/v1/checkers/"
)

// The arguments of tools. Others are fields of the API and have their names.
const (
	argLang    = "lang"
	argQuery   = "query" // the API's q
	argPath    = "path"
	argChecker = "checker"
	argAnswers = "answers"
)

// optional lists the arguments that may be left out.
var optional = []string{"limit", "product"}

// A tool is a request to the API. Its path is before, the value of the argument named within, and after.
type tool struct {
	name, title, about    string
	before, within, after string
	arguments             object                            // schemas of the arguments by name
	shape                 func(body []byte) ([]byte, error) // changes what the API answers; may be nil
}

// tools returns all tools. For a site without checkers it leaves out those that need one.
func (h *handler) tools(d description) []tool {
	lang := d.parameter(searchPath, argLang)
	lang["description"] = "The language of the texts."
	list := []tool{{
		name: "search", title: "Search the help center",
		about:  "Finds articles, products and checkers. Each result has its address and the passage that matched.",
		before: searchPath,
		arguments: object{
			argLang: lang, argQuery: d.parameter(searchPath, "q"),
			"product": d.parameter(searchPath, "product"), "limit": d.parameter(searchPath, "limit"),
		},
	}, {
		name: "read", title: "Read an article",
		about: "Returns an article by sections, in Markdown, with its address, the day of its last change, " +
			"and whether its translation is up to date. Links that begin with a slash are below " + h.site.Origin() + ".",
		before: articlesFolder, within: argPath, shape: inMarkdown,
		arguments: object{
			argLang: lang,
			argPath: object{"type": "string", "description": "The path of an article, as search returns it."},
		},
	}}
	if ids := d.checkers(); len(ids) > 0 {
		list = append(list, deciding(d, lang, ids)...)
	}
	return list
}

// deciding returns the tools that ask checkers.
func deciding(d description, lang object, checkers []string) []tool {
	about := "Which question the rules decide."
	for _, id := range checkers {
		about += fmt.Sprintf(" %s: %s", id, d.Paths["/"+checkersFolder+id+"/decision"].Get.Summary)
	}
	checker := object{"type": "string", "enum": checkers, "description": about}
	given := object{argLang: lang, argChecker: checker, argAnswers: d.anyAnswers(checkers)}
	return []tool{{
		name: "questions", title: "What a checker asks",
		about:  "Returns the facts that a checker asks for, with their values in words, and the outcomes it can have.",
		before: checkersFolder, within: argChecker,
		arguments: object{argLang: lang, argChecker: checker},
	}, {
		name: "decide", title: "Decide a case",
		about: "Decides by the rules of the site, exactly: the outcome, its reasons with the sections that say so, the " +
			"dates, what would lead to a better outcome, and the version of the rules. While answers are missing, it " +
			"says which outcomes are possible and what to ask next.",
		before: checkersFolder, within: argChecker, after: "/decision", arguments: given,
	}, {
		name: "explain", title: "Explain a decision",
		about:  "Returns a decision and, for each rule, whether it hits, misses or is open, and the tests that say so.",
		before: checkersFolder, within: argChecker, after: "/explanation", arguments: given,
	}}
}

// allowed returns the names of all arguments, and required those of the arguments that must be given.
func (t tool) allowed() []string { return slices.Sorted(maps.Keys(t.arguments)) }

func (t tool) required() []string {
	return slices.DeleteFunc(t.allowed(), func(name string) bool { return slices.Contains(optional, name) })
}

// described returns the tool as clients see it.
func (t tool) described() *sdk.Tool {
	no := false
	return &sdk.Tool{
		Name: t.name, Title: t.title, Description: t.about, InputSchema: closed(t.arguments, t.required()...),
		Annotations: &sdk.ToolAnnotations{
			ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &no, DestructiveHint: &no,
		},
	}
}
