package content

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// A target is where a destination leads: into an article (path and anchor), to
// an asset, or outside.
type target struct {
	article string
	anchor  string
	asset   string
	outside string
}

// A refusal is why a destination is not accepted, and under which rule.
type refusal struct {
	rule, reason, advice string
}

func (e *refusal) Error() string { return e.reason }

// schemes are those that links to other places may have.
var schemes = []string{"https", "http", "mailto", "tel"}

// resolve returns where dest leads when it stands in the file of article a.
func (a *Article) resolve(dest string) (target, error) {
	bad := func(r rune) bool { return r <= ' ' || r == '\\' || r == 0x7f || invisible(r) }
	if i := strings.IndexFunc(dest, bad); i >= 0 {
		return target{}, &refusal{"unsafe-link", fmt.Sprintf("destination %q holds white space, a backslash or an invisible character", dest), "write the address without"}
	}
	if scheme, _, ok := strings.Cut(dest, ":"); ok && !strings.ContainsAny(scheme, "/?#") {
		return target{outside: dest}, outside(dest)
	}
	switch {
	case dest == "":
		return target{}, &refusal{"broken-link", "the link leads nowhere", "write where it leads, in round brackets"}
	case dest[0] == '/':
		return target{}, &refusal{"unsafe-link", fmt.Sprintf("destination %q begins with a slash", dest), "link to articles by the path from this file, such as ../account/lost-login.md, and to other sites with https://"}
	case strings.Contains(dest, "?"):
		return target{}, &refusal{"broken-link", fmt.Sprintf("destination %q has a question mark", dest), "a file's name has none"}
	}
	file, anchor, _ := strings.Cut(dest, "#")
	file, err := url.PathUnescape(file)
	anchor, err2 := url.PathUnescape(anchor)
	if err != nil || err2 != nil || strings.ContainsFunc(file+anchor, bad) {
		return target{}, &refusal{"unsafe-link", fmt.Sprintf("destination %q has a percent sign that stands for no character of a name", dest), ""}
	}
	if file == "" {
		return target{article: a.Path, anchor: anchor}, nil
	}
	return a.resolveFile(file, anchor)
}

// resolveFile returns where the relative name of a file leads. An article is
// linked to within its language: readers of another one find their own there.
func (a *Article) resolveFile(file, anchor string) (target, error) {
	full := path.Join(path.Dir(a.File), file)
	below, ok := strings.CutPrefix(full, "content/")
	if !ok {
		return target{}, &refusal{"broken-link", fmt.Sprintf("%q is outside content/", file), ""}
	}
	if path.Ext(full) != ".md" {
		return target{asset: below}, nil
	}
	article, ok := strings.CutPrefix(below, a.Lang+"/")
	if !ok {
		return target{}, &refusal{"broken-link", fmt.Sprintf("%q is outside content/%s/", file, a.Lang), "link to the article of the same language: a reader of another language is led to theirs"}
	}
	return target{article: strings.TrimSuffix(article, ".md"), anchor: anchor}, nil
}

// outside returns what is wrong with the address of another place, if anything.
func outside(dest string) error {
	u, err := url.Parse(dest)
	allowed := strings.Join(schemes, ", ")
	switch {
	case err != nil:
		return &refusal{"unsafe-link", fmt.Sprintf("%q is not an address", dest), ""}
	case !slices.Contains(schemes, u.Scheme):
		return &refusal{"unsafe-link", fmt.Sprintf("scheme %q of %q is not allowed", u.Scheme, dest), "allowed are " + allowed}
	case u.User != nil:
		return &refusal{"unsafe-link", fmt.Sprintf("%q has a user name before its host, as deceptive addresses do", dest), "delete it"}
	case strings.HasPrefix(u.Scheme, "http") && u.Hostname() == "":
		return &refusal{"unsafe-link", fmt.Sprintf("%q has no host", dest), "write https://host/path"}
	case !strings.HasPrefix(u.Scheme, "http") && u.Opaque == "":
		return &refusal{"unsafe-link", fmt.Sprintf("nothing follows %s: in %q", u.Scheme, dest), ""}
	}
	return nil
}

// refuse reports why a destination is not accepted.
func (r *renderer) refuse(off int, err error) {
	var no *refusal
	if errors.As(err, &no) {
		r.errorf(off, no.rule, "%s", no.reason).Suggestion = no.advice
	}
}

func (r *renderer) link(n *ast.Link) {
	r.anchor(n.Pos(), unescape(n.Destination), n.Title, func() { r.inlines(n) })
}

func (r *renderer) autoLink(n *ast.AutoLink) {
	dest := string(n.URL(r.source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(dest), "mailto:") {
		dest = "mailto:" + dest
	}
	r.anchor(n.Pos(), dest, nil, func() { r.escape(n.Label(r.source)) })
}

// anchor writes a link whose text inner writes. Of one that is refused, only the
// text is written.
func (r *renderer) anchor(off int, dest string, title []byte, inner func()) {
	link := Link{Dest: dest, Pos: r.lines.at(off)}
	to, err := r.article.resolve(dest)
	if err != nil {
		r.refuse(off, err)
		inner()
		return
	}
	link.Ref, link.Anchor = to.article, to.anchor
	r.write(`<a href="`)
	r.href(to)
	r.write(`"`)
	r.title(title)
	r.write(">")
	from := r.out.Len()
	inner()
	link.Text = plain(r.out.Bytes()[from:])
	r.write("</a>")
	if hasInvisible(link.Text) {
		r.errorf(off, "invisible", "the text of the link holds an invisible character").Suggestion = "delete it"
	}
	r.links = append(r.links, link)
	if to.asset != "" {
		r.uses = append(r.uses, use{asset: to.asset, pos: link.Pos})
	}
}

func (r *renderer) href(to target) {
	switch {
	case to.article != "":
		r.hole(Hole{Kind: LinkHole, Ref: to.article, Anchor: to.anchor})
	case to.asset != "":
		r.hole(Hole{Kind: AssetHole, Ref: to.asset})
	default:
		r.out.Write(util.EscapeHTML(util.URLEscape([]byte(to.outside), false)))
	}
}

func (r *renderer) title(title []byte) {
	if len(title) > 0 {
		r.write(` title="`)
		r.markdown(title)
		r.write(`"`)
	}
}

// image writes a picture within text.
func (r *renderer) image(n *ast.Image) {
	if r.img(n) {
		r.title(n.Title)
		r.write(">")
	}
}

// figure writes a picture that is a paragraph of its own.
func (r *renderer) figure(n *ast.Image) {
	from := r.out.Len()
	r.write("<figure>")
	if !r.img(n) {
		r.out.Truncate(from)
		return
	}
	r.write(">")
	if len(n.Title) > 0 {
		r.write("<figcaption>")
		r.markdown(n.Title)
		r.write("</figcaption>")
	}
	r.write("</figure>\n")
}

// img writes the tag of a picture but for its end, or nothing if its
// destination is refused.
func (r *renderer) img(n *ast.Image) bool {
	to, err := r.article.resolve(unescape(n.Destination))
	switch {
	case err != nil:
		r.refuse(n.Pos(), err)
		return false
	case to.asset == "":
		r.errorf(n.Pos(), "unsafe-link", "a picture is a file of this site, not %q", n.Destination).
			Suggestion = "put the file beside the article and link to it by its name"
		return false
	}
	r.write("<img ")
	r.hole(Hole{Kind: ImageHole, Ref: to.asset})
	r.write(` alt="`)
	from := r.out.Len()
	r.flat(n)
	if len(bytes.TrimSpace(r.out.Bytes()[from:])) == 0 {
		r.warnf(n.Pos(), "missing-alt", "a picture without description").
			Suggestion = "say in the square brackets what it shows, for those who do not see it"
	}
	r.write(`" loading="lazy" decoding="async"`)
	r.uses = append(r.uses, use{to.asset, true, r.lines.at(n.Pos())})
	return true
}

// unescape returns what a destination says: backslashes and character
// references resolved.
func unescape(dest []byte) string {
	if bytes.ContainsAny(dest, `\&`) {
		dest = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(dest)))
	}
	return string(dest)
}
