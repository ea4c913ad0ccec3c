package library

import (
	"bytes"
	"io/fs"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/tomlfile"
)

// redirectsFile is the file of old addresses, below content/.
const redirectsFile = "redirects.toml"

// A Redirect leads from an address of an earlier site to one of this site, or elsewhere.
type Redirect struct {
	From string // path below the site's root, decoded, without leading and trailing slashes
	To   string // path with a leading slash and perhaps a fragment, or a complete address

	FromPos, ToPos diag.Position
}

// Limits of redirects.toml and of one address.
const (
	maxRedirects = 8 << 20
	maxFrom      = 1000
	maxStep      = 200 // bytes between two slashes, since the page that redirects is a file
)

// readRedirects reads redirects.toml, if it exists. Package site checks where redirects lead.
func readRedirects(fsys fs.FS) (list []Redirect, found []diag.Finding) {
	if _, err := fs.Stat(fsys, redirectsFile); err != nil {
		return nil, nil
	}
	var data bytes.Buffer
	if f := article.Read(fsys, redirectsFile, maxRedirects, &data); f != nil {
		return nil, []diag.Finding{*f}
	}
	var config struct {
		Redirect []struct{ From, To string }
	}
	loc, found := tomlfile.Decode("content/"+redirectsFile, article.Normalize(data.Bytes()), 1, &config)
	if article.HasRule(found, "toml") {
		return nil, found
	}
	for i, r := range config.Redirect {
		from, to := loc.Value("redirect", i, "from"), loc.Value("redirect", i, "to")
		path, why := oldPath(r.From)
		switch {
		case why != "":
			f := diag.Errorf(from, "redirect", "from = %q %s", r.From, why)
			found = append(found, f.Suggest("write the path of the old address, such as /docs/Old-Name.html"))
		case !strings.HasPrefix(r.To, "/") || strings.HasPrefix(r.To, "//"):
			if f, ok := outside(r.To, to); !ok {
				found = append(found, f)
				continue
			}
			list = append(list, Redirect{path, r.To, from, to})
		default:
			list = append(list, Redirect{path, r.To, from, to})
		}
	}
	return list, found
}

// outside reports whether a redirect leads to another site. If not, it returns what is wrong.
func outside(to string, at diag.Position) (f diag.Finding, ok bool) {
	target, refusal := (&article.Article{File: "content/" + redirectsFile}).Resolve(to)
	switch {
	case to == "" || refusal == nil && !strings.HasPrefix(target.Outside, "http"):
		return diag.Errorf(at, "redirect", "to = %q is not an address", to).
			Suggest("write an address of this site, such as /en/, or begin with https://"), false
	case refusal != nil:
		return refusal.At(at), false
	}
	return f, true
}

// oldPath returns the path of an old address without leading and trailing slashes, or what is wrong with it.
func oldPath(from string) (path, why string) {
	path, err := url.PathUnescape(from)
	steps := strings.Split(strings.Trim(path, "/"), "/")
	invalid := func(r rune) bool { return r == '\\' || !unicode.IsPrint(r) }
	switch {
	case !strings.HasPrefix(from, "/") || strings.HasPrefix(from, "//"):
		return "", "does not begin with one slash"
	case strings.ContainsAny(from, "?#"):
		return "", "has a query or a fragment, which no host compares"
	case err != nil || !utf8.ValidString(path) || strings.ContainsFunc(path, invalid):
		return "", "is not an address"
	case len(from) > maxFrom:
		return "", "is too long"
	case path == "/":
		return "", "is the root of the site"
	case slices.ContainsFunc(steps, func(s string) bool { return s == "" || s == "." || s == ".." || len(s) > maxStep }):
		return "", "has an empty step, one of dots, or one that is too long for a file"
	}
	return strings.Join(steps, "/"), ""
}
