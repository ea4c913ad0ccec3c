package site

import (
	"cmp"
	"fmt"
	"html/template"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"helpcenter/site/diag"
	"helpcenter/site/library"
)

// A redirect leads from an earlier address to the current one.
type redirect struct {
	from  string // path below the site's root, without slashes at either end
	to    string // address
	file  string // of the page that redirects, for hosts without redirects
	title string
	lang  string
	same  string // absolute address of the canonical page
}

// redirects returns all redirects, those of aliases before those of redirects.toml.
func redirects(s *Site) (list []redirect) {
	var moved []string // the paths of articles with aliases
	for _, a := range s.Library.Articles {
		if len(a.Aliases) > 0 {
			moved = append(moved, a.Path)
		}
	}
	moved = slices.Compact(moved) // articles are in the order of their paths
	for _, l := range s.langs {
		for _, articlePath := range moved {
			a := s.Article(l.Tag, articlePath)
			for _, alias := range a.Aliases {
				list = append(list, redirect{
					from: l.Tag + "/" + alias, to: s.ArticleLink(l.Tag, a.Path), file: l.path(alias), title: a.Title,
					lang: l.Tag, same: s.Absolute(s.articleFile(a.Lang, a.Path)),
				})
			}
		}
	}
	for _, r := range s.Library.Redirects {
		list = append(list, redirectOf(s, r))
	}
	return list
}

// redirectOf converts a redirect of redirects.toml.
func redirectOf(s *Site, r library.Redirect) redirect {
	to := redirect{from: r.From, to: r.To, title: r.To, lang: s.source().Tag, same: r.To, file: r.From + "/index.html"}
	if ext := path.Ext(r.From); ext == ".html" || ext == ".htm" {
		to.file = r.From
	}
	if below, ok := strings.CutPrefix(r.To, "/"); ok {
		to.to, to.same = s.Link(below), s.Absolute(below)
		if f, ok := pageAt(s, below); ok {
			to.lang = s.langs[f.lang].Tag
			if f.article != "" {
				to.title = s.Article(to.lang, f.article).Title
			}
		}
	}
	return to
}

// pageAt returns the page at an address below the site's root, which may have a fragment.
func pageAt(s *Site, address string) (*pageFile, bool) {
	address, _, _ = strings.Cut(address, "#")
	i, ok := slices.BinarySearchFunc(s.pages, address+"index.html", func(p pageFile, path string) int {
		return strings.Compare(p.path, path)
	})
	if !ok {
		return nil, false
	}
	return &s.pages[i], true
}

// movedTo returns the current addresses by the earlier ones.
func movedTo(s *Site) map[string]string {
	moved := map[string]string{}
	for _, r := range redirects(s) {
		moved[r.from] = r.to
	}
	return moved
}

// hostRedirects returns _redirects: every earlier address with its current one, and for addresses that do not
// exist, the 404 page of each language.
func hostRedirects(s *Site) string {
	var b strings.Builder
	for _, r := range redirects(s) {
		from := strings.TrimSuffix(r.file, "index.html")
		if !strings.HasPrefix(r.file, r.lang+"/") {
			from = r.from
		}
		from = strings.NewReplacer(":", "%3A", "*", "%2A").Replace((&url.URL{Path: s.prefix + from}).EscapedPath())
		fmt.Fprintf(&b, "%s %s 301\n", from, r.to)
	}
	for _, l := range s.langs {
		fmt.Fprintf(&b, "%[1]s%[2]s/* %[1]s%[2]s/404.html 404\n", s.prefix, l.Tag)
	}
	return b.String()
}

// redirectPages returns a page for each earlier address, for hosts that do not read _redirects.
func redirectPages(s *Site) (files []File) {
	for _, r := range redirects(s) {
		to := template.HTMLEscapeString(r.to)
		files = append(files, BytesFile(r.file, PageType, fmt.Appendf(nil,
			"<!doctype html>\n<html lang=%q>\n<meta charset=\"utf-8\">\n<title>%[2]s</title>\n"+
				"<meta http-equiv=\"refresh\" content=\"0; url=%[3]s\">\n"+
				"<link rel=\"canonical\" href=\"%[4]s\">\n<a href=\"%[3]s\">%[2]s</a>\n",
			r.lang, template.HTMLEscapeString(r.title), to, template.HTMLEscapeString(r.same))))
	}
	return files
}

// maxStatic bounds the memory that static files take, in bytes.
const maxStatic = 128 << 20

// loadStatic reads the static files, which are published unchanged.
func loadStatic(s *Site) (found []diag.Finding) {
	s.static = nil
	if s.Static == nil {
		return nil
	}
	left := maxStatic
	err := fs.WalkDir(s.Static, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(s.Static, file)
		if left -= len(data); err == nil && left < 0 {
			err = fmt.Errorf("the folder has more than %d MiB", maxStatic>>20)
		}
		if err != nil {
			return err
		}
		s.static = append(s.static, BytesFile(file, MediaType(file), data))
		return nil
	})
	if err != nil {
		found = append(found, diag.Errorf(diag.Position{File: "static"}, "unreadable", "%v", err))
	}
	return found
}

// hasStatic reports whether there is a static file at a path.
func hasStatic(s *Site, path string) bool {
	return slices.ContainsFunc(s.static, func(f File) bool { return f.Path == path })
}

// claims records the files of a site by path, and the folders that they are in, with the owner of each.
type claims struct{ files, folders map[string]string }

// add claims a file for an owner. If the file, a folder of that name or a file in place of its folder has an owner
// already, add returns that owner, otherwise "".
func (c claims) add(file, owner string) (other string) {
	other = cmp.Or(c.files[file], c.folders[file])
	for folder := path.Dir(file); folder != "."; folder = path.Dir(folder) {
		other = cmp.Or(other, c.files[folder])
		if c.folders[folder] != "" {
			break
		}
		c.folders[folder] = owner
	}
	if other == "" {
		c.files[file] = owner
	}
	return other
}

// checkAddresses reports redirects to nowhere, and redirects and static files at addresses that are taken.
func checkAddresses(s *Site) (found []diag.Finding) {
	if len(s.Library.Redirects) == 0 && len(s.static) == 0 {
		return nil
	}
	c := claims{map[string]string{}, map[string]string{}}
	for i := range s.pages {
		owner := "a page of the site"
		if a := s.pages[i].article; a != "" {
			owner = s.Article(s.langs[s.pages[i].lang].Tag, a).File
		}
		c.add(s.pages[i].path, owner)
	}
	for _, f := range slices.Concat(hostFiles(s), listFiles(s), s.assets.files) {
		c.add(f.Path, "the site itself")
	}
	taken := func(at diag.Position, file, owner string) {
		if other := c.add(file, owner); other != "" {
			address := strings.TrimSuffix(file, "index.html")
			found = append(found, diag.Errorf(at, "address-collision", "the address /%s belongs to %s", address, other))
		}
	}
	for _, f := range s.static {
		taken(diag.Position{File: "static/" + f.Path}, f.Path, "static/"+f.Path)
	}
	own := len(s.Library.Redirects)
	all := redirects(s)
	for _, r := range all[:len(all)-own] {
		c.add(r.file, "an alias of an article")
	}
	for i, r := range all[len(all)-own:] {
		at := s.Library.Redirects[i]
		taken(at.FromPos, r.file, at.FromPos.String())
	}
	return append(found, checkTargets(s)...)
}

// checkTargets reports redirects that do not lead to a page or file of the site.
func checkTargets(s *Site) (found []diag.Finding) {
	for _, r := range s.Library.Redirects {
		found = append(found, checkTarget(s, r)...)
	}
	return found
}

func checkTarget(s *Site, r library.Redirect) []diag.Finding {
	below, ok := strings.CutPrefix(r.To, "/")
	if !ok {
		return nil // to another site
	}
	address, anchor, _ := strings.Cut(below, "#")
	if to, moved := s.Redirect(address); moved {
		return []diag.Finding{diag.Errorf(r.ToPos, "redirect", "%q is itself a redirect, to %s", r.To, to).
			Suggest("lead to the last address")}
	}
	f := diag.Errorf(r.ToPos, "redirect", "%q does not exist on the site", r.To)
	if _, exists := s.File(address); !exists {
		if _, exists := s.File(address + "/"); exists {
			return []diag.Finding{f.Suggest("write it as %q", "/"+address+"/")}
		}
		var known []string
		for _, p := range s.pages {
			if beside := path.Dir(path.Dir(p.path)) == path.Dir(strings.TrimSuffix(address, "/")); beside && len(known) < 500 {
				known = append(known, "/"+strings.TrimSuffix(p.path, "index.html"))
			}
		}
		return []diag.Finding{suggest(f, r.To, known)}
	}
	if p, ok := pageAt(s, address); ok && p.article != "" && anchor != "" {
		if a := s.Article(s.langs[p.lang].Tag, p.article).Read(); a.Lacks(anchor) {
			f := diag.Errorf(r.ToPos, "broken-anchor", "%s has no section %q", a.File, anchor)
			return []diag.Finding{suggest(f, anchor, a.SectionIDs())}
		}
	}
	return nil
}
