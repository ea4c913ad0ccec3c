package article

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

func (r *renderer) link(n *ast.Link) {
	r.anchor(n.Pos(), string(Unescape(n.Destination)), n.Title, func() { r.tags.inText(n) })
}

func (r *renderer) autoLink(n *ast.AutoLink) {
	dest := string(n.URL(r.source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(dest), "mailto:") {
		dest = "mailto:" + dest
	}
	r.anchor(n.Pos(), dest, nil, func() { r.escape(n.Label(r.source)) })
}

// anchor writes a link whose text is written by inner. If the link is refused, it writes only the text.
func (r *renderer) anchor(off int, dest string, title []byte, inner func()) {
	if r.spent += len(dest); r.full() {
		inner()
		return
	}
	link := Link{Dest: dest, Pos: r.lines.pos(off)}
	to, refusal := r.article.Resolve(dest)
	if refusal != nil {
		r.found = append(r.found, refusal.At(r.article.Position(link.Pos)))
		inner()
		return
	}
	link.Ref, link.Anchor, link.Site = to.Article, to.Anchor, to.Link
	r.write(`<a href="`)
	r.href(to)
	r.write(`"`)
	r.title(title)
	r.write(">")
	link.from = r.len()
	inner()
	link.to = r.len()
	r.write("</a>")
	if text := r.out.Bytes()[link.from:link.to]; hasInvisible(text) && hasInvisible(Plain(text)) {
		r.errorf(off, "invisible", "the text of the link has an invisible character").Suggestion = "delete it"
	}
	r.links = append(r.links, link)
	if to.Asset != "" {
		r.assets = append(r.assets, AssetUse{Asset: to.Asset, Pos: link.Pos})
	}
}

func (r *renderer) href(to Target) {
	switch {
	case to.Article != "":
		r.placeholder(Placeholder{Kind: LinkAddress, Ref: to.Article, Anchor: to.Anchor})
	case to.Asset != "":
		r.placeholder(Placeholder{Kind: AssetAddress, Ref: to.Asset})
	case to.Link != "":
		r.placeholder(Placeholder{Kind: SiteLink, Ref: to.Link})
	default:
		r.out.Write(util.EscapeHTML(util.URLEscape([]byte(to.Outside), false)))
	}
}

func (r *renderer) title(title []byte) {
	if len(title) > 0 {
		r.write(` title="`)
		r.markdown(title)
		r.write(`"`)
	}
}

// image writes an image within text.
func (r *renderer) image(n *ast.Image) {
	if r.img(n) {
		r.title(n.Title)
		r.write(">")
	}
}

// video writes a video, which needs no script, and its caption.
func video(r *renderer, n *ast.Image) {
	at := r.lines.pos(n.Pos())
	to, refusal := r.article.Resolve(string(Unescape(n.Destination)))
	if refusal != nil {
		r.found = append(r.found, refusal.At(r.article.Position(at)))
		return
	}
	r.write(`<figure><video controls preload="metadata" src="`)
	r.href(to)
	r.write(`"></video>`)
	from := r.out.Len()
	r.write("<figcaption>")
	r.flat(n)
	r.write("</figcaption></figure>\n")
	if len(n.Title) > 0 || r.out.Len() == from+len("<figcaption></figcaption></figure>\n") {
		r.errorf(n.Pos(), "missing-alt", "the caption of a video is its text in square brackets").
			Suggestion = "write ![Caption](" + string(n.Destination) + ")"
	}
	r.assets = append(r.assets, AssetUse{Asset: to.Asset, Pos: at})
}

// isVideo reports whether an image is a video.
func isVideo(n *ast.Image) bool {
	return slices.Contains([]string{".mp4", ".webm"}, strings.ToLower(path.Ext(string(n.Destination))))
}

// figure writes an image that is a paragraph of its own.
func (r *renderer) figure(n *ast.Image) {
	if isVideo(n) {
		video(r, n)
		return
	}
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

// img writes the tag of an image without its end, or nothing if its destination is refused.
func (r *renderer) img(n *ast.Image) bool {
	at := r.lines.pos(n.Pos())
	if r.spent += len(n.Destination); r.full() {
		return false
	}
	to, refusal := r.article.Resolve(string(Unescape(n.Destination)))
	switch {
	case refusal != nil:
		r.found = append(r.found, refusal.At(r.article.Position(at)))
		return false
	case isVideo(n):
		r.errorf(n.Pos(), "unsafe-link", "a video cannot be within text").Suggestion = "make it a paragraph of its own"
		return false
	case to.Asset == "":
		r.errorf(n.Pos(), "unsafe-link", "an image must be a file of this site, not %q", n.Destination).
			Suggestion = "put the file beside the article and link to it by its name"
		return false
	}
	r.write("<img ")
	r.placeholder(Placeholder{Kind: ImageAttributes, Ref: to.Asset})
	r.write(` alt="`)
	from := r.out.Len()
	r.flat(n)
	if len(bytes.TrimSpace(r.out.Bytes()[from:])) == 0 {
		r.warnf(n.Pos(), "missing-alt", "an image without a description").
			Suggestion = "describe it in the square brackets, for readers who cannot see it"
	}
	r.write(`" loading="lazy" decoding="async"`)
	r.assets = append(r.assets, AssetUse{to.Asset, true, at})
	return true
}

// Unescape resolves the backslash escapes and character references of a destination.
func Unescape(dest []byte) []byte {
	if bytes.ContainsAny(dest, `\&`) {
		dest = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(dest)))
	}
	return dest
}
