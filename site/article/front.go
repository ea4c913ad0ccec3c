package article

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"helpcenter/site/diag"
	"helpcenter/site/invisible"
	"helpcenter/site/tomlfile"
)

// The lines before and after front matter, in TOML and in YAML.
const (
	fence     = "+++"
	yamlFence = "---"
)

// SplitFront separates front matter from text and drops the fences. line is the number of the text's first line.
func SplitFront(data []byte) (front, text []byte, line int, ok bool) {
	head, rest, _ := bytes.Cut(data, []byte{'\n'})
	open := string(bytes.TrimRight(head, " \t"))
	if open != fence && open != yamlFence {
		return nil, nil, 0, false
	}
	line = FrontLine
	for front = rest; len(rest) > 0; line++ {
		var l []byte
		before := len(front) - len(rest)
		if l, rest, _ = bytes.Cut(rest, []byte{'\n'}); string(bytes.TrimRight(l, " \t")) == open {
			return front[:before], rest, line + 1, true
		}
	}
	return nil, nil, 0, false
}

func missingFront(file string, data []byte) diag.Finding {
	f := diag.Errorf(diag.Position{File: file, Line: 1, Column: 1}, "front-matter",
		"an article begins with front matter between two lines of %s, or of %s if it is YAML", fence, yamlFence)
	for _, open := range []string{fence, yamlFence} {
		if bytes.HasPrefix(data, []byte(open)) {
			return f.Suggest("add the second line of %s", open)
		}
	}
	return f.Suggest("begin with %s, title, description, updated, %s", fence, fence)
}

// readFront decodes front matter into the article and checks it.
func (a *Content) readFront(text []byte) []diag.Finding {
	a.Front = Front{Kind: KindArticle, Slug: path.Base(a.Path)}
	a.front = string(text)
	loc, found := a.decodeFront(&a.Front)
	if HasRule(found, "toml") {
		return found // other findings would follow from these
	}
	check := frontValidator{a, loc, found}
	check.texts()
	check.names()
	check.paths()
	return check.found
}

// frontValidator checks the values of an article's front matter.
type frontValidator struct {
	*Content
	loc   *tomlfile.Locator
	found []diag.Finding
}

func (v *frontValidator) errorf(at diag.Position, format string, args ...any) *diag.Finding {
	v.found = append(v.found, diag.Errorf(at, "front-matter", format, args...))
	return &v.found[len(v.found)-1]
}

// line returns a line of front matter in its syntax, TOML or YAML.
func (v *frontValidator) line(key, value string) string {
	if v.YAML {
		return key + ": " + value
	}
	return key + " = " + value
}

// texts checks the texts that readers see or search for, and the dates.
func (v *frontValidator) texts() {
	for _, t := range []struct{ key, value string }{{"title", v.Title}, {"description", v.Description}} {
		switch {
		case v.loc.Misspelt(t.key):
		case strings.TrimSpace(t.value) == "":
			v.errorf(v.loc.Value(t.key), "%s is missing", t.key).Suggestion = "add " + v.line(t.key, `"..."`)
		case strings.ContainsAny(t.value, "\n\r"):
			v.errorf(v.loc.Value(t.key), "%s has more than one line", t.key)
		case !hasInvisible(v.front): // otherwise CheckChars reports it
			v.found = append(v.found, Hidden(t.value, v.loc, t.key)...)
		}
	}
	if i := slices.IndexFunc(v.Keywords, func(k string) bool { return strings.TrimSpace(k) == "" }); i >= 0 {
		v.errorf(v.loc.Value("keywords", i), "empty keyword").Suggestion = "delete it"
	}
	if !v.Expires.IsZero() && !v.Publish.Before(v.Expires) {
		v.errorf(v.loc.Value("expires"), "the article expires on the day of its publication, or before").
			Suggestion = "expires is the first day on which readers no longer see it"
	}
	if v.Updated.IsZero() && !v.loc.Misspelt("updated") {
		v.errorf(v.loc.Value("updated"), "updated is missing").
			Suggestion = "add the day of the last substantial change: " + v.line("updated", "2025-03-03")
	}
}

// Hidden reports an invisible character that is written as an escape in the value of a key.
func Hidden(value string, loc *tomlfile.Locator, key ...any) []diag.Finding {
	if r, ok := invisible.Hidden(value); ok {
		return []diag.Finding{diag.Errorf(loc.Value(key...), "invisible", "invisible character %U", r).Suggest("delete it")}
	}
	return nil
}

// names checks values that are chosen from a list or are part of an address.
func (v *frontValidator) names() {
	kinds := []string{string(KindArticle), string(KindGuide), string(KindVideo)}
	if !slices.Contains(kinds, string(v.Kind)) {
		v.errorf(v.loc.Value("kind"), "unknown kind %q (allowed: %s)", v.Kind, diag.List(kinds)).
			Suggestion = DidYouMean(string(v.Kind), kinds)
	}
	if !IsID(v.Slug) {
		v.errorf(v.loc.Value("slug"), "slug %q is not made of %s", v.Slug, IDForm)
	}
	if v.Checker != "" && !IsID(v.Checker) {
		v.errorf(v.loc.Value("checker"), "checker id %q is not made of %s", v.Checker, IDForm)
	}
}

// aliasAdvice says how to correct a bad alias.
func aliasAdvice(alias, lang string) string {
	address, isURL := alias, strings.Contains(alias, "://")
	if isURL {
		_, rest, _ := strings.Cut(alias, "://")
		_, address, _ = strings.Cut(rest, "/")
	}
	address = strings.Trim(path.Clean("/"+address), "/")
	below, ok := strings.CutPrefix(address, lang+"/")
	below = strings.TrimSuffix(strings.TrimSuffix(below, ".html"), ".md")
	if IsPath(below) && (ok || !isURL) {
		return fmt.Sprintf("write it as %q", below)
	}
	return fmt.Sprintf("any other address is a redirect of content/redirects.toml: from = %q", "/"+address)
}

// paths checks the form of aliases and related articles. Package library checks where they lead.
func (v *frontValidator) paths() {
	for i, alias := range v.Aliases {
		if !IsPath(alias) {
			v.errorf(v.loc.Value("aliases", i), "alias %q is not an address of this site below /%s/, made of %s", alias, v.Lang,
				IDForm).Suggestion = aliasAdvice(alias, v.Lang)
		}
	}
	for i, to := range v.Related {
		at := v.loc.Value("related", i)
		switch {
		case !IsArticlePath(to):
			v.errorf(at, "related %q is not the path of an article", to).Suggestion =
				fmt.Sprintf("write it as in %q, without language and .md", v.Path)
		case to == v.Path:
			v.errorf(at, "the article is related to itself")
		case slices.Contains(v.Related[:i], to):
			v.errorf(at, "duplicate related %q", to)
		}
	}
}

// DidYouMean returns a suggestion that names the candidate nearest to word, or "" if none is near.
func DidYouMean(word string, candidates []string) string {
	if near := diag.Nearest(word, candidates); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return ""
}
