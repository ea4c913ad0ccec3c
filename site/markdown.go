package site

import (
	"bytes"
	"encoding/json"
	"iter"
	"slices"
	"strings"
	"sync"

	"helpcenter/site/markdown"
)

// Programs read each page of a language in Markdown, at the page's address with .md
// in place of the last slash. llms.txt says so, and lists what there is.

// MarkdownType is the media type of Markdown.
const MarkdownType = "text/markdown; charset=utf-8"

const (
	fullName     = "llms-full.txt"
	decisionName = "decision.json" // beside the page of each state: what the API answers, without dates
)

func (l *language) markdownFile(path string, make func(*language) *page) File {
	return File{Path: path, Type: MarkdownType, Write: func(b *bytes.Buffer) error {
		return l.writeMarkdown(b, make(l))
	}}
}

// mainBuffers keeps the memory in which main parts are made.
var mainBuffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// writeMarkdown writes what a page shows in its main part.
func (l *language) writeMarkdown(b *bytes.Buffer, p *page) error {
	main := mainBuffers.Get().(*bytes.Buffer)
	defer mainBuffers.Put(main)
	main.Reset()
	if err := l.shell.write(main, p.Main, p.main()); err != nil {
		return err
	}
	p.writeFront(b)
	markdown.Write(b, main.Bytes(), l.site.markdownLink)
	return nil
}

// writeFront writes what the page is, in YAML whose values are JSON. Of a translation
// it says which sections are older than their source.
func (p *page) writeFront(b *bytes.Buffer) {
	field := func(name, value string) { b.WriteString(name + ": " + quote(value) + "\n") }
	b.WriteString("---\n")
	field("title", p.Title)
	field("description", p.Description)
	field("url", p.Canonical())
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
			for _, section := range a.Sections {
				field("  "+quote(section.ID), state(section.ID))
			}
		}
	} else {
		field("lang", p.Tag)
	}
	b.WriteString("---\n\n")
}

func quote(s string) string {
	var b bytes.Buffer
	writeJSON(&b, s)
	return strings.TrimSuffix(b.String(), "\n")
}

// writeJSON writes a value as JSON on one line. It cannot fail for what it is used for.
func writeJSON(b *bytes.Buffer, v any) {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	e.Encode(v)
}

// decisionFile is the decision of a state, as the API answers it.
func (l *language) decisionFile(p *pageFile) File {
	path := strings.TrimSuffix(p.path, "index.html") + decisionName
	return plainFile(path, "application/json", func(b *bytes.Buffer) { writeJSON(b, p.decide(l)) })
}

// maxList is the length of the longest llms.txt, and maxFull of the longest
// llms-full.txt, in bytes.
const (
	maxList = 50_000
	maxFull = 5 << 20
)

const listIntroduction = `Each page is also Markdown: put .md in place of the last slash of its address.
Do not guess the answer to a case from prose. It follows from rules: follow the questions below, or read decision.json
in the folder of a state. What cannot be known is answered with "unknown". A decision names its reasons and sources.
Where this host runs the service, /api/openapi.json below the site's root describes an API of decisions, search and
articles, and /mcp offers it as tools, by the Model Context Protocol: decide and explain answer a case.
`

// listFiles are llms.txt for the site and for each language.
func listFiles(s *Site) (files []File) {
	if s.PagesOnly {
		return nil
	}
	text := func(path string, write func(b *bytes.Buffer)) {
		files = append(files, plainFile(path, "text/plain; charset=utf-8", write))
	}
	text("llms.txt", func(b *bytes.Buffer) {
		listHead(s.source(), b)
		b.WriteString("\n## Languages\n\n")
		for _, l := range s.langs {
			b.WriteString("- [" + markdown.Escape(l.Name) + "](" + s.Absolute(l.Tag+"/llms.txt") + ")\n")
		}
	})
	for _, l := range s.langs {
		text(l.Tag+"/llms.txt", l.writeList)
	}
	return files
}

func listHead(l *language, b *bytes.Buffer) {
	b.WriteString("# " + markdown.Escape(l.about["name"]) + "\n\n> " + markdown.Escape(l.about["description"]))
	b.WriteString("\n\n" + listIntroduction)
	for i, c := range l.site.checkers {
		if i == 0 {
			b.WriteString("\n## " + markdown.Escape(l.Text("home.tasks")) + "\n\n")
		}
		listItem(l, b, l.Text(c.ID+".title"), l.path(c.ID), l.Text(c.ID+".description"))
	}
}

func listItem(l *language, b *bytes.Buffer, title, page, about string) {
	address := l.site.Absolute(l.site.markdownPath(page))
	b.WriteString("- [" + markdown.Escape(title) + "](" + address + "): " + markdown.Escape(about) + "\n")
}

// writeList lists the articles of a language by product, or only the categories if
// that takes too long, or only the products.
func (l *language) writeList(b *bytes.Buffer) {
	listHead(l, b)
	head := b.Len()
	for _, list := range []func(b *bytes.Buffer, product, category string){l.listArticles, l.listCategory, nil} {
		b.Truncate(head)
		b.WriteString("\n## " + markdown.Escape(l.Text("articles.title")) + "\n\n")
		listItem(l, b, l.Text("articles.all"), l.path("articles"), l.about["description"])
		for _, p := range l.site.Library.Site.Products {
			listItem(l, b, p.Name[l.Tag], l.path(p.ID), p.Summary[l.Tag])
			for _, c := range l.site.Library.Site.Categories {
				if list != nil && len(l.site.byCategory[p.ID+"/"+c.ID]) > 0 {
					list(b, p.ID, c.ID)
				}
			}
			if b.Len() > maxList {
				break
			}
		}
		if b.Len() <= maxList {
			return
		}
	}
	b.Truncate(bytes.LastIndexByte(b.Bytes()[:maxList], '\n') + 1)
}

func (l *language) listCategory(b *bytes.Buffer, product, category string) {
	name := l.site.category(category).Name[l.Tag]
	listItem(l, b, name, l.path(product, category), aboutCategory(l, product, name))
}

func (l *language) listArticles(b *bytes.Buffer, product, category string) {
	for _, path := range l.site.byCategory[product+"/"+category] {
		a := l.site.Article(l.Tag, path)
		listItem(l, b, a.Title, l.site.articleFile(l.Tag, path), a.Description)
	}
}

// fullTexts are llms-full.txt of a language, or of each product if it would be too long,
// by what the paths of their articles begin with.
func fullTexts(l *language) iter.Seq2[string, File] {
	return func(yield func(string, File) bool) {
		if l.site.PagesOnly {
			return
		}
		size := 0
		for _, path := range l.site.paths {
			size += len(l.site.Article(l.Tag, path).Body.HTML)
		}
		if size <= maxFull {
			yield("", l.fullText(l.Tag+"/"+fullName, ""))
			return
		}
		for _, p := range l.site.Library.Site.Products {
			if !yield(p.ID+"/", l.fullText(l.Tag+"/"+p.ID+"/"+fullName, p.ID+"/")) {
				return
			}
		}
	}
}

// fullText is every article whose path begins with a prefix, as far as the limit goes.
func (l *language) fullText(path, prefix string) File {
	return File{Path: path, Type: "text/plain; charset=utf-8", Write: func(b *bytes.Buffer) error {
		for _, path := range l.site.paths {
			if !strings.HasPrefix(path, prefix) {
				continue
			}
			before := b.Len()
			if err := l.writeMarkdown(b, articlePage(l, path)); err != nil {
				return err
			}
			if b.Len() > maxFull {
				b.Truncate(before)
				return nil
			}
			b.WriteByte('\n')
		}
		return nil
	}}
}
