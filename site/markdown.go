package site

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"helpcenter/site/markdown"
)

// Programs read each page of a language in Markdown, at the page's address with .md in place of the last slash.
// llms.txt says so and lists the pages.

// MarkdownType is the media type of Markdown.
const MarkdownType = "text/markdown; charset=utf-8"

const decisionName = "decision.json" // beside the page of each state: what the API answers, without dates

// writeMarkdown writes the main part of a page.
func (p *page) writeMarkdown(b *bytes.Buffer) error {
	main, err := p.mainPart()
	if err != nil {
		return err
	}
	p.writeFront(b)
	markdown.Write(b, main, p.site.markdownLink)
	return nil
}

// writeFront writes the metadata of the page, in YAML whose values are JSON. For a translation it says which
// sections are older than their source.
func (p *page) writeFront(b *bytes.Buffer) {
	field := func(name, value string) {
		b.WriteString(name)
		b.WriteString(": ")
		writeString(b, value)
		b.WriteByte('\n')
	}
	b.WriteString("---\n")
	field("title", p.Title)
	field("description", p.Description)
	field("url", p.Canonical())
	field("index", p.site.Absolute(p.listPath()))
	if a := p.article; a != nil {
		field("lang", a.Lang)
		field("updated", a.Updated.String())
		source := p.site.source()
		if a.Lang == p.Tag && p.language != source && p.site.Library.Article(source.Tag, a.Path) != nil {
			older := p.outdated()
			field("translation_of", p.site.Absolute(p.site.articleFile(source.Tag, a.Path)))
			b.WriteString("sections:\n")
			state := func(id string) string {
				if slices.Contains(older, id) {
					return "older than its source"
				}
				return "current"
			}
			field("  main", state(""))
			for _, section := range p.content().Sections {
				b.WriteString("  ")
				writeString(b, section.ID)
				field("", state(section.ID))
			}
		}
	} else {
		field("lang", p.Tag)
	}
	b.WriteString("---\n\n")
}

// writeString writes a JSON string. Most need no escapes, and so no encoder.
func writeString(b *bytes.Buffer, s string) {
	if strings.ContainsFunc(s, escapes) {
		writeJSON(b, s)
		b.Truncate(b.Len() - len("\n"))
		return
	}
	b.WriteByte('"')
	b.WriteString(s)
	b.WriteByte('"')
}

func escapes(r rune) bool {
	return r < ' ' || r == '"' || r == '\\' || r == '\u2028' || r == '\u2029' || r == utf8.RuneError
}

// writeJSON writes a value as JSON on one line. It cannot fail for the values it is used for.
func writeJSON(b *bytes.Buffer, v any) {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	e.Encode(v)
}
