package article

import (
	"bytes"
	"slices"
	"strings"

	"helpcenter/site/civil"
	"helpcenter/site/diag"
	"helpcenter/site/invisible"
	"helpcenter/site/tomlfile"
)

// FrontLine is the line of a file on which front matter begins, after the +++.
const FrontLine = 2

// fence is the line before and after front matter.
const fence = "+++"

// front is the front matter of an article.
type front struct {
	Title       string
	Description string
	Updated     civil.Date
	Slug        string
	Aliases     []string
	Related     []string
	Kind        Kind
	Checker     string
	Draft       bool
}

// SplitFront parts front matter from text. The lines of fences belong to
// neither; line is the number of the text's first line.
func SplitFront(data []byte) (toml, text []byte, line int, ok bool) {
	isFence := func(l []byte) bool { return string(bytes.TrimRight(l, " \t")) == fence }
	head, rest, _ := bytes.Cut(data, []byte{'\n'})
	if !isFence(head) {
		return nil, nil, 0, false
	}
	line = FrontLine
	for toml = rest; len(rest) > 0; line++ {
		var l []byte
		before := len(toml) - len(rest)
		if l, rest, _ = bytes.Cut(rest, []byte{'\n'}); isFence(l) {
			return toml[:before], rest, line + 1, true
		}
	}
	return nil, nil, 0, false
}

// missingFront says what a file without front matter looks like to its writer.
func missingFront(file string, data []byte) diag.Finding {
	f := diag.Errorf(diag.Position{File: file, Line: 1, Column: 1}, "front-matter",
		"an article begins with front matter between two lines of %s", fence)
	switch {
	case bytes.HasPrefix(data, []byte("---")):
		return f.Suggest("front matter is TOML here: write %s for --- and title = \"...\" for title: ...", fence)
	case bytes.HasPrefix(data, []byte(fence)):
		return f.Suggest("add the second line of %s", fence)
	}
	return f.Suggest("begin with %s, title, description, updated, %s", fence, fence)
}

// readFront decodes front matter into the article and proves it.
func (a *Article) readFront(toml []byte) []diag.Finding {
	v := front{Kind: KindArticle, Slug: a.name()}
	loc, found := tomlfile.Decode(a.File, toml, FrontLine, &v)
	a.Title, a.Description, a.Updated = v.Title, v.Description, v.Updated
	a.Slug, a.Aliases, a.Related = v.Slug, v.Aliases, v.Related
	a.Kind, a.Checker, a.Draft = v.Kind, v.Checker, v.Draft
	a.front = string(toml)
	if HasRule(found, "toml") {
		return found // what follows from that would only distract
	}
	p := frontValidator{a, loc, found}
	p.texts()
	p.names()
	p.paths()
	return p.found
}

// frontValidator gathers what is wrong with an article's front matter.
type frontValidator struct {
	*Article
	loc   *tomlfile.Locator
	found []diag.Finding
}

func (p *frontValidator) errorf(at diag.Position, format string, args ...any) *diag.Finding {
	p.found = append(p.found, diag.Errorf(at, "front-matter", format, args...))
	return &p.found[len(p.found)-1]
}

// texts proves what readers read.
func (p *frontValidator) texts() {
	for _, t := range []struct{ key, value string }{{"title", p.Title}, {"description", p.Description}} {
		switch {
		case p.loc.Misspelt(t.key):
		case strings.TrimSpace(t.value) == "":
			p.errorf(p.loc.Value(t.key), "%s is missing", t.key).Suggestion = `add ` + t.key + ` = "..."`
		case strings.ContainsAny(t.value, "\n\r"):
			p.errorf(p.loc.Value(t.key), "%s has more than one line", t.key)
		case !hasInvisible(p.front): // as a character, proveChars sees it
			p.found = append(p.found, Hidden(t.value, p.loc, t.key)...)
		}
	}
	if p.Updated.IsZero() && !p.loc.Misspelt("updated") {
		p.errorf(p.loc.Value("updated"), "updated is missing").
			Suggestion = "add the day of the last change of substance: updated = 2025-03-03"
	}
}

// Hidden reports what nobody sees of the value of a key, written as an escape.
func Hidden(value string, loc *tomlfile.Locator, key ...any) []diag.Finding {
	if r, ok := invisible.Hidden(value); ok {
		return []diag.Finding{diag.Errorf(loc.Value(key...), "invisible", "invisible character %U", r).Suggest("delete it")}
	}
	return nil
}

// names proves what is chosen from a list or becomes part of an address.
func (p *frontValidator) names() {
	kinds := []string{string(KindArticle), string(KindGuide), string(KindVideo)}
	if !slices.Contains(kinds, string(p.Kind)) {
		p.errorf(p.loc.Value("kind"), "unknown kind %q, allowed: %s", p.Kind, diag.List(kinds)).
			Suggestion = Meant(string(p.Kind), kinds)
	}
	if !IsID(p.Slug) {
		p.errorf(p.loc.Value("slug"), "slug %q is not made of %s", p.Slug, IDForm)
	}
	if p.Checker != "" && !IsID(p.Checker) {
		p.errorf(p.loc.Value("checker"), "checker %q is not an id: %s", p.Checker, IDForm)
	}
}

// paths proves the form of aliases and related articles; where they lead is
// proven when all articles are known.
func (p *frontValidator) paths() {
	for i, alias := range p.Aliases {
		if !IsPath(alias) {
			p.errorf(p.loc.Value("aliases", i), "alias %q is not an address below the language", alias).Suggestion =
				`write it as "goto-meeting/billing/old-name"`
		}
	}
	for i, path := range p.Related {
		at := p.loc.Value("related", i)
		switch {
		case !IsPath(path) || strings.Count(path, "/") != 2:
			p.errorf(at, "related %q is not the path of an article", path).Suggestion =
				`write it as "goto-meeting/billing/change-plan", without language and .md`
		case path == p.Path:
			p.errorf(at, "the article is related to itself")
		case slices.Contains(p.Related[:i], path):
			p.errorf(at, "related %q stands twice", path)
		}
	}
}

// IsPath reports whether s is ids parted by slashes.
func IsPath(s string) bool {
	for part := range strings.SplitSeq(s, "/") {
		if !IsID(part) {
			return false
		}
	}
	return true
}
