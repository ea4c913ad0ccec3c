package site

import (
	"fmt"
	"html/template"
	"strings"
	"sync"

	"helpcenter/site/article"
)

// fillBuffers keeps the memory in which bodies are filled.
var fillBuffers = sync.Pool{New: func() any { return new([]byte) }}

// fill returns bodies with their placeholders filled.
func (l *language) fill(bodies ...article.Body) template.HTML {
	buffer := fillBuffers.Get().(*[]byte)
	defer fillBuffers.Put(buffer)
	b := (*buffer)[:0]
	for _, body := range bodies {
		b = body.Fill(b, l.appendPlaceholder)
	}
	*buffer = b
	return template.HTML(b)
}

// appendPlaceholder appends what belongs in a placeholder.
func (l *language) appendPlaceholder(b []byte, at article.Placeholder) []byte {
	s := l.site
	switch at.Kind {
	case article.LinkAddress:
		b = append(b, s.ArticleLink(l.Tag, at.Ref)...)
		if at.Anchor != "" {
			b = append(b, "#"+template.HTMLEscapeString(at.Anchor)...)
		}
	case article.AssetAddress:
		b = append(b, s.assets.content[at.Ref]...)
	case article.SiteLink:
		b = append(b, template.HTMLEscapeString(s.Library.Site.Link(at.Ref).Link)...)
	case article.ImageAttributes:
		b = fmt.Appendf(b, `src="%s"`, s.assets.content[at.Ref])
		if a := s.Library.Asset(at.Ref); a.Width > 0 {
			b = fmt.Appendf(b, ` width="%d" height="%d"`, a.Width, a.Height)
		}
	case article.AlertTitle:
		b = append(b, template.HTMLEscapeString(l.Text("alert."+at.Ref))...)
	case article.FootnoteMark:
		note, _, _ := strings.Cut(at.Anchor, "-")
		b = fmt.Appendf(b, `<sup id="fnref:%s"><a href="%s#fn:%s">%s</a></sup>`,
			at.Anchor, s.ArticleLink(l.Tag, at.Ref), note, note)
	case article.FootnoteReturn:
		b = fmt.Appendf(b, ` <a href="%s#fnref:%s">%s</a>`, s.ArticleLink(l.Tag, at.Ref), at.Anchor, "\u21a9\ufe0e")
	case article.SectionText:
		a, section := s.Library.Section(at)
		b = a.SectionBody(section).Fill(b, l.appendPlaceholder)
	case article.ValueList:
		if notice := s.checker(at.Values.Checker).in(l).Notice(s.today); notice != "" {
			b = append(b, "<p>"+template.HTMLEscapeString(notice)+"</p>\n"...)
		}
		b = append(b, "<ul>\n"...)
		for _, label := range l.valueLabels(at.Values) {
			b = append(b, "<li>"+template.HTMLEscapeString(label)+"</li>\n"...)
		}
		b = append(b, "</ul>\n"...)
	}
	return b
}

// valueLabels returns the labels that a values block lists.
func (l *language) valueLabels(block *article.Values) []string {
	c := l.site.checker(block.Checker)
	values, err := c.Reaches(block.Fact, block.Outcome)
	if err != nil {
		panic("site: " + err.Error() + ", which New has checked")
	}
	labels := make([]string, len(values))
	for i, value := range values {
		labels[i] = c.in(l).Label(block.Fact, value)
	}
	return labels
}
