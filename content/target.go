package content

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
type target struct {
	article string
	anchor  string
	asset   string
	outside string
}

// schemes are those that links to other places may have.
var schemes = []string{"https", "http", "mailto", "tel"}

// A refusal is why a destination is not accepted: a finding without its place.
type refusal struct {
	rule, advice, reason string
}

func (r *refusal) Error() string { return r.reason }

func refuse(rule, advice, format string, args ...any) error {
	return &refusal{rule, advice, fmt.Sprintf(format, args...)}
}

// refused returns the finding for a refusal.
func refused(at diag.Position, err error) diag.Finding {
	r := err.(*refusal)
	f := diag.Errorf(at, r.rule, "%s", r.reason)
	f.Suggestion = r.advice
	return f
}

// resolve returns where dest leads, written in the article's file, or the
// refusal of it. Whether there is such a file or section is not asked.
func (a *Article) resolve(dest string) (target, error) {
	scheme, _, whole := strings.Cut(dest, ":")
	switch {
	case dest == "":
		return target{}, refuse("broken-link", "write where it leads, in round brackets", "the link leads nowhere")
	case len(dest) > maxAddress:
		return target{}, refuse("too-large", "", "the destination has more than %d bytes", maxAddress)
	case hasForeign(dest):
		return target{}, refuse("unsafe-link", "write the address without",
			"destination %q holds white space, a backslash or an invisible character", dest)
	case whole && !strings.ContainsAny(scheme, "/?#"):
		return target{outside: dest}, proveOutside(dest)
	case dest[0] == '/':
		return target{}, refuse("unsafe-link",
			"link to an article by the path from this file, such as ../account/lost-login.md, and to another site with https://",
			"destination %q begins with a slash", dest)
	case strings.Contains(dest, "?"):
		return target{}, refuse("broken-link", "a file's name has none", "destination %q has a question mark", dest)
	}
	file, anchor, _ := strings.Cut(dest, "#")
	file, ok := unpercent(file)
	anchor, ok2 := unpercent(anchor)
	switch {
	case !ok || !ok2:
		return target{}, refuse("unsafe-link", "write the file's name as it is",
			"destination %q has a percent sign that stands for no character of a name", dest)
	case file == "":
		return target{article: a.Path, anchor: anchor}, nil
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
func (a *Article) resolveFile(file, anchor string) (target, error) {
	dir, rest := folder(a.File), file
	for strings.Contains(dir, "/") && strings.HasPrefix(rest, "../") { // as path.Clean would, but on a copy
		dir, rest = folder(dir), rest[len("../"):]
	}
	full := path.Clean(dir + "/" + rest)
	below, inside := strings.CutPrefix(full, "content/")
	article, sameLanguage := strings.CutPrefix(below, a.Lang+"/")
	switch {
	case !inside:
		return target{}, refuse("broken-link", "", "%q is outside content/", file)
	case path.Ext(full) != ".md":
		return target{asset: below}, nil
	case !sameLanguage:
		return target{}, refuse("broken-link",
			"link to the article of the same language: readers of another are led to theirs", "%q is outside content/%s/", file, a.Lang)
	}
	article = strings.TrimSuffix(article, ".md")
	if held := strings.TrimSuffix(file, ".md"); strings.HasSuffix(held, article) { // as in links between products: once is enough
		article = held[len(held)-len(article):]
	}
	return target{article: article, anchor: anchor}, nil
}

// folder returns the folder of a file or of a folder in it.
func folder(file string) string { return file[:strings.LastIndexByte(file, '/')] }

// proveOutside returns what is wrong with the address of another place, if
// anything.
func proveOutside(dest string) error {
	u, err := url.Parse(dest)
	switch {
	case err != nil:
		return refuse("unsafe-link", "", "%q is not an address", dest)
	case !slices.Contains(schemes, u.Scheme):
		return refuse("unsafe-link", "", "scheme %q of %q is not allowed, allowed: %s", u.Scheme, dest, diag.List(schemes))
	case strings.ContainsFunc(u.Hostname(), func(r rune) bool { return r > unicode.MaxASCII }):
		return refuse("unsafe-link", "write it in ASCII, beginning with xn--, as registries know it", "the host of %q has letters that may look like others", dest)
	case u.User != nil:
		return refuse("unsafe-link", "delete it", "%q has a user name before its host, as deceptive addresses do", dest)
	case strings.HasPrefix(u.Scheme, "http") && u.Hostname() == "":
		return refuse("unsafe-link", "write https://host/path", "%q has no host", dest)
	case !strings.HasPrefix(u.Scheme, "http") && u.Opaque == "":
		return refuse("unsafe-link", "", "nothing follows %s: in %q", u.Scheme, dest)
	}
	return nil
}

// destination writes the link from the article to a place in the room, with the
// fragment that was written before.
func (a *Article) destination(to target, raw string) string {
	_, fragment, ok := strings.Cut(raw, "#")
	if ok {
		fragment = "#" + fragment
	}
	switch {
	case to.asset != "":
		return relative(path.Dir(a.File), "content/"+to.asset) + fragment
	case to.article == a.Path && ok:
		return fragment
	}
	return relative(path.Dir(a.File), "content/"+a.Lang+"/"+to.article+".md") + fragment
}

// relative returns the path from a folder to a file.
func relative(folder, file string) string {
	from, to := strings.Split(folder, "/"), strings.Split(file, "/")
	for len(from) > 0 && len(to) > 1 && from[0] == to[0] {
		from, to = from[1:], to[1:]
	}
	return strings.Repeat("../", len(from)) + strings.Join(to, "/")
}
