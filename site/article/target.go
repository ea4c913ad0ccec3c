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

// A target is where a destination leads: into an article (path and anchor), to
// an asset, or outside. One of article, asset and outside is not "".
type Target struct {
	Article string
	anchor  string
	Asset   string
	Outside string
}

// schemes are those that links to other places may have.
var schemes = []string{"https", "http", "mailto", "tel"}

// A refusal is why a destination is not accepted: a finding without its place.
type refusal struct {
	rule, advice, reason string
}

func (r *refusal) Error() string { return r.reason }

func Refuse(rule, advice, format string, args ...any) error {
	return &refusal{rule, advice, fmt.Sprintf(format, args...)}
}

// Refused returns the finding for a refusal.
func Refused(at diag.Position, err error) diag.Finding {
	r := err.(*refusal)
	f := diag.Errorf(at, r.rule, "%s", r.reason)
	f.Suggestion = r.advice
	return f
}

// Resolve returns where dest leads, written in the article's file, or the
// refusal of it. Whether there is such a file or section is not asked.
func (a *Article) Resolve(dest string) (Target, error) {
	scheme, _, whole := strings.Cut(dest, ":")
	switch {
	case dest == "":
		return Target{}, Refuse("broken-link", "write where it leads, in round brackets", "the link leads nowhere")
	case len(dest) > maxAddress:
		return Target{}, Refuse("too-large", "", "the destination has more than %d bytes", maxAddress)
	case hasForeign(dest):
		return Target{}, Refuse("unsafe-link", "write the address without",
			"destination %q holds white space, a backslash or an invisible character", dest)
	case whole && !strings.ContainsAny(scheme, "/?#"):
		return Target{Outside: dest}, checkOutside(dest)
	case dest[0] == '/':
		return Target{}, Refuse("unsafe-link",
			"link to an article by the path from this file, such as ../account/lost-login.md, and to another site with https://",
			"destination %q begins with a slash", dest)
	case strings.Contains(dest, "?"):
		return Target{}, Refuse("broken-link", "a file's name has none", "destination %q has a question mark", dest)
	}
	file, anchor, _ := strings.Cut(dest, "#")
	file, ok := unpercent(file)
	anchor, ok2 := unpercent(anchor)
	switch {
	case !ok || !ok2:
		return Target{}, Refuse("unsafe-link", "write the file's name as it is",
			"destination %q has a percent sign that stands for no character of a name", dest)
	case file == "":
		return Target{Article: a.Path, anchor: anchor}, nil
	}
	return a.resolveFile(file, anchor)
}

// foreign reports whether a rune has no place in an address. Browsers drop some
// of them and so read another address than a person does.
func foreign(r rune) bool { return r <= ' ' || r == '\\' || r == 0x7f || invisible.Invisible(r) }

// hasForeign reports whether an address holds a foreign rune.
func hasForeign(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c == '\\' || c >= 0x7f {
			return strings.ContainsFunc(s[i:], foreign)
		}
	}
	return false
}

// unpercent resolves what is written with percent signs, and reports whether
// that can stand in an address.
func unpercent(s string) (string, bool) {
	if strings.IndexByte(s, '%') < 0 {
		return s, true
	}
	s, err := url.PathUnescape(s)
	return s, err == nil && !hasForeign(s)
}

// resolveFile returns where the relative name of a file leads. An article is
// linked to within its language: readers of another one find their own there.
func (a *Article) resolveFile(file, anchor string) (Target, error) {
	dir, rest := folder(a.File), file
	for strings.Contains(dir, "/") && strings.HasPrefix(rest, "../") { // as path.Clean would, but on a copy
		dir, rest = folder(dir), rest[len("../"):]
	}
	full := path.Clean(dir + "/" + rest)
	below, inside := strings.CutPrefix(full, "content/")
	article, sameLanguage := strings.CutPrefix(below, a.Lang+"/")
	switch {
	case !inside:
		return Target{}, Refuse("broken-link", "", "%q is outside content/", file)
	case path.Ext(full) != ".md":
		return Target{Asset: below}, nil
	case !sameLanguage:
		return Target{}, Refuse("broken-link",
			"link to the article of the same language: readers of another are led to theirs", "%q is outside content/%s/", file, a.Lang)
	}
	article = strings.TrimSuffix(article, ".md")
	if held := strings.TrimSuffix(file, ".md"); strings.HasSuffix(held, article) { // as in links between products: once is enough
		article = held[len(held)-len(article):]
	}
	return Target{Article: article, anchor: anchor}, nil
}

// folder returns the folder of a file or of a folder in it.
func folder(file string) string { return file[:strings.LastIndexByte(file, '/')] }

// checkOutside returns what is wrong with the address of another place, if
// anything.
func checkOutside(dest string) error {
	u, err := url.Parse(dest)
	switch {
	case err != nil:
		return Refuse("unsafe-link", "", "%q is not an address", dest)
	case !slices.Contains(schemes, u.Scheme):
		return Refuse("unsafe-link", "", "scheme %q of %q is not allowed, allowed: %s", u.Scheme, dest, diag.List(schemes))
	case strings.ContainsFunc(u.Hostname(), func(r rune) bool { return r > unicode.MaxASCII }):
		return Refuse("unsafe-link", "write it in ASCII, beginning with xn--, as registries know it", "the host of %q has letters that may look like others", dest)
	case u.User != nil:
		return Refuse("unsafe-link", "delete it", "%q has a user name before its host, as deceptive addresses do", dest)
	case strings.HasPrefix(u.Scheme, "http") && u.Hostname() == "":
		return Refuse("unsafe-link", "write https://host/path", "%q has no host", dest)
	case !strings.HasPrefix(u.Scheme, "http") && u.Opaque == "":
		return Refuse("unsafe-link", "", "nothing follows %s: in %q", u.Scheme, dest)
	}
	return nil
}

// Destination writes the link from the article to a place in the room, with the
// fragment that was written before.
func (a *Article) Destination(to Target, raw string) string {
	_, fragment, ok := strings.Cut(raw, "#")
	if ok {
		fragment = "#" + fragment
	}
	switch {
	case to.Asset != "":
		return relative(path.Dir(a.File), "content/"+to.Asset) + fragment
	case to.Article == a.Path && ok:
		return fragment
	}
	return relative(path.Dir(a.File), "content/"+a.Lang+"/"+to.Article+".md") + fragment
}

// relative returns the path from a folder to a file.
func relative(folder, file string) string {
	from, to := strings.Split(folder, "/"), strings.Split(file, "/")
	for len(from) > 0 && len(to) > 1 && from[0] == to[0] {
		from, to = from[1:], to[1:]
	}
	return strings.Repeat("../", len(from)) + strings.Join(to, "/")
}
