package article

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"helpcenter/site/diag"
	"helpcenter/site/invisible"
)

// A Target is where a destination leads: to an article, an asset, a link of site.toml, or another site. One of
// Article, Asset, Link and Outside is not "".
type Target struct {
	Article string // path
	Anchor  string // fragment, without #
	Asset   string // file below content/
	Link    string // id
	Outside string // address
}

// schemes are the schemes allowed in links to other sites.
var schemes = []string{"https", "http", "mailto", "tel"}

// A Refusal is the reason why a destination is not accepted: a finding without a position.
type Refusal struct {
	Rule, Reason, Suggestion string
}

// At returns the refusal as an error at a position.
func (r *Refusal) At(at diag.Position) diag.Finding {
	f := diag.Errorf(at, r.Rule, "%s", r.Reason)
	f.Suggestion = r.Suggestion
	return f
}

func refuse(rule, suggestion, format string, args ...any) *Refusal {
	return &Refusal{rule, fmt.Sprintf(format, args...), suggestion}
}

// Resolve returns where a destination in the article's file leads. It does not check that the file or section
// exists.
func (a *Article) Resolve(dest string) (Target, *Refusal) {
	scheme, _, absolute := strings.Cut(dest, ":")
	switch {
	case dest == "" || dest == "link:":
		return Target{}, refuse("broken-link", "write where it leads, in round brackets", "the link leads nowhere")
	case len(dest) > maxAddress:
		return Target{}, refuse("too-large", "", "the destination has more than %d bytes", maxAddress)
	case hasForeign(dest):
		return Target{}, refuse("unsafe-link", "write the address without it",
			"destination %q has white space, a backslash or an invisible character", dest)
	case scheme == "link" && absolute:
		return Target{Link: dest[len("link:"):]}, nil
	case absolute && !strings.ContainsAny(scheme, "/?#"):
		return Target{Outside: dest}, checkOutside(dest)
	case dest[0] == '/':
		return Target{}, refuse("unsafe-link", "link to an article by the path from this file, such as "+
			"../account/lost-login.md, and to another site with https://", "destination %q begins with a slash", dest)
	case strings.Contains(dest, "?"):
		return Target{}, refuse("broken-link", "name a file", "destination %q has a question mark", dest)
	}
	file, anchor, _ := strings.Cut(dest, "#")
	file, ok := unpercent(file)
	anchor, ok2 := unpercent(anchor)
	switch {
	case !ok || !ok2:
		return Target{}, refuse("unsafe-link", "write the file's name as it is",
			"destination %q has an invalid percent sign", dest)
	case file == "":
		return Target{Article: a.Path, Anchor: anchor}, nil
	}
	return a.resolveFile(file, anchor)
}

// foreignRune reports whether a rune is not allowed in an address. Browsers drop some of these, and so read another
// address than a person does.
func foreignRune(r rune) bool { return r <= ' ' || r == '\\' || r == 0x7f || invisible.Invisible(r) }

// hasForeign reports whether an address has a foreign rune.
func hasForeign(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c == '\\' || c >= 0x7f {
			return strings.ContainsFunc(s[i:], foreignRune)
		}
	}
	return false
}

// unpercent decodes percent-encoding and reports whether the result is allowed in an address.
func unpercent(s string) (string, bool) {
	s, err := url.PathUnescape(s)
	return s, err == nil && !hasForeign(s)
}

// resolveFile resolves a relative file name. Links to articles stay within the language: readers of another
// language are led to their own.
func (a *Article) resolveFile(file, anchor string) (Target, *Refusal) {
	dir, rest := folder(a.File), file
	for strings.Contains(dir, "/") && strings.HasPrefix(rest, "../") { // like path.Clean, but without a copy
		dir, rest = folder(dir), rest[len("../"):]
	}
	full := path.Clean(dir + "/" + rest)
	below, inside := strings.CutPrefix(full, "content/")
	article, sameLanguage := strings.CutPrefix(below, a.Lang+"/")
	switch {
	case !inside:
		return Target{}, refuse("broken-link", "", "%q is outside content/", file)
	case path.Ext(full) != ".md":
		return Target{Asset: below}, nil
	case !sameLanguage:
		return Target{}, refuse("broken-link",
			"link to the article in the same language: readers of another one are led to theirs",
			"%q is outside content/%s/", file, a.Lang)
	}
	article = strings.TrimSuffix(article, ".md")
	if held := strings.TrimSuffix(file, ".md"); strings.HasSuffix(held, article) { // share the memory of the link
		article = held[len(held)-len(article):]
	}
	return Target{Article: article, Anchor: anchor}, nil
}

// folder returns the parent of a file or folder.
func folder(file string) string { return file[:strings.LastIndexByte(file, '/')] }

// checkOutside checks the address of another site.
func checkOutside(dest string) *Refusal {
	u, err := url.Parse(dest)
	switch {
	case err != nil:
		return refuse("unsafe-link", "", "%q is not an address", dest)
	case !slices.Contains(schemes, u.Scheme):
		return refuse("unsafe-link", "", "scheme %q is not supported (allowed: %s)", u.Scheme, diag.List(schemes))
	case strings.ContainsFunc(u.Hostname(), func(r rune) bool { return r > unicode.MaxASCII }):
		return refuse("unsafe-link", "write the host in its ASCII form, which begins with xn--",
			"the host of %q has letters that may look like others", dest)
	case u.User != nil:
		return refuse("unsafe-link", "delete it", "%q has a user name before its host, as deceptive addresses do", dest)
	case strings.HasPrefix(u.Scheme, "http") && u.Hostname() == "":
		return refuse("unsafe-link", "write https://host/path", "%q has no host", dest)
	case !strings.HasPrefix(u.Scheme, "http") && u.Opaque == "":
		return refuse("unsafe-link", "", "nothing follows %s: in %q", u.Scheme, dest)
	}
	return nil
}

// LinkTo returns the destination to write in the article to lead to a target. It keeps the fragment of old, the
// previous destination.
func (a *Article) LinkTo(to Target, old string) string {
	_, fragment, ok := strings.Cut(old, "#")
	if ok {
		fragment = "#" + fragment
	}
	switch {
	case to.Asset != "":
		return Relative(path.Dir(a.File), "content/"+to.Asset) + fragment
	case to.Article == a.Path && ok:
		return fragment
	}
	return Relative(path.Dir(a.File), "content/"+a.Lang+"/"+to.Article+".md") + fragment
}

// LeadsTo reports whether the article links to another one or is related to it.
func (a *Article) LeadsTo(path string) bool {
	return slices.Contains(a.Related, path) || slices.Contains(a.Leads, path)
}

// Relative returns the path from a folder to a file.
func Relative(folder, file string) string {
	from, to := strings.Split(folder, "/"), strings.Split(file, "/")
	for len(from) > 0 && len(to) > 1 && from[0] == to[0] {
		from, to = from[1:], to[1:]
	}
	return strings.Repeat("../", len(from)) + strings.Join(to, "/")
}
