// Package policy makes the Content-Security-Policy of pages, and checks that templates and styles comply with it.
//
// The policy allows the site itself, and what the table [csp] of site.toml adds. A browser blocks everything else
// silently, so [Policy.CheckHTML] and [Policy.CheckCSS] find it before the site is published: every src, href and
// url(), and scripts and styles within a page, which this policy never allows.
package policy

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"helpcenter/site/diag"
)

// A Policy says what pages may load. Its zero value allows the site itself.
type Policy struct {
	fonts bool
	added map[string][]string // by key of [csp]
}

// A directive is a key of [csp], its name in the policy, and whether it always allows the site itself.
type directive struct {
	key, name string
	self      bool
}

var directives = []directive{
	{"style", "style-src", true}, {"img", "img-src", true}, {"media", "media-src", true}, {"script", "script-src", true},
	{"connect", "connect-src", true}, {"font", "font-src", false}, {"frame", "frame-src", false},
	{"manifest", "manifest-src", false}, {"form", "form-action", true},
}

// New returns the policy with what site.toml adds, whose positions at returns. Fonts says that the site has its own
// fonts.
func New(added map[string][]string, fonts bool, at func(path ...any) diag.Position) (Policy, []diag.Finding) {
	var keys []string
	for _, d := range directives {
		keys = append(keys, d.key)
	}
	slices.Sort(keys)
	var found []diag.Finding
	for _, key := range slices.Sorted(maps.Keys(added)) {
		if !slices.Contains(keys, key) {
			found = append(found, diag.Errorf(at("csp", key), "policy", "unknown directive %q (allowed: %s)", key,
				diag.List(keys)))
			continue
		}
		for i, source := range added[key] {
			if why := invalid(key, source); why != "" {
				found = append(found, diag.Errorf(at("csp", key, i), "policy", "invalid source %q: %s", source, why))
			}
		}
	}
	return Policy{fonts, added}, found
}

// invalid returns why a source cannot be added, or "" if it can.
func invalid(key, source string) string {
	u, err := url.Parse(strings.Replace(source, "://*.", "://", 1))
	switch {
	case source == "data:" && (key == "img" || key == "font"):
		return ""
	case strings.HasPrefix(source, "'"):
		return "scripts and styles within a page stay forbidden; save them in site/assets/"
	case err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil ||
		strings.ContainsAny(source, " ;,'\"<>") || strings.Contains(u.Host, "*"):
		return "write it as https://stats.example or https://*.example"
	case u.Scheme != "https" && (u.Scheme != "wss" || key != "connect"):
		return "begin with https://"
	}
	return ""
}

// sources returns what a directive allows.
func (p Policy) sources(d directive) (list []string) {
	if d.self || p.fonts && d.key == "font" {
		list = append(list, "'self'")
	}
	return append(list, p.added[d.key]...)
}

// String returns the policy as it is in a header or a page, without frame-ancestors.
func (p Policy) String() string {
	var b strings.Builder
	b.WriteString("default-src 'none'; ")
	for _, d := range directives {
		if list := p.sources(d); len(list) > 0 {
			fmt.Fprintf(&b, "%s %s; ", d.name, strings.Join(list, " "))
		}
	}
	b.WriteString("base-uri 'none'")
	return b.String()
}

// allows reports whether a page may load an address under the directive with a key.
func (p Policy) allows(key, address string) bool {
	i := slices.IndexFunc(directives, func(d directive) bool { return d.key == key })
	if i < 0 {
		return false
	}
	sources := p.sources(directives[i])
	switch u, err := url.Parse(strings.TrimSpace(address)); {
	case err != nil:
		return false
	case u.Scheme == "" && u.Host == "":
		return slices.Contains(sources, "'self'")
	case u.Scheme == "data":
		return slices.Contains(sources, "data:")
	default:
		return slices.ContainsFunc(sources, func(source string) bool { return matches(source, u) })
	}
}

// matches reports whether a source of a policy includes an address (CSP 3, 6.7.2).
func matches(source string, u *url.URL) bool {
	s, err := url.Parse(source)
	if err != nil || s.Host == "" || u.Scheme != s.Scheme && u.Scheme != "" || u.Port() != s.Port() {
		return false
	}
	host := u.Hostname() == s.Hostname()
	if rest, ok := strings.CutPrefix(s.Hostname(), "*"); ok {
		host = strings.HasSuffix(u.Hostname(), rest)
	}
	below := strings.HasSuffix(s.Path, "/") && strings.HasPrefix(u.Path, s.Path)
	return host && (s.Path == "" || u.Path == s.Path || below)
}
