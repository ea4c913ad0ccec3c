// Package exchange exports translations for translators' tools, and imports them again.
//
// [Units] divides a translation and its source into blocks of Markdown. [WritePO] and [WriteXLIFF] write them in
// the formats of gettext and of XLIFF 1.2; [Read] reads either. [Import] returns the changes to articles that
// follow from what a translator wrote. Importing what was exported, without changes, does not change a byte.
//
// A unit is fuzzy if its source has changed since somebody accepted the translation; it then also has the source's
// earlier text. Once a translator has cleared the mark on all units of a section, the import records the section as
// accepted.
package exchange

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/drift"
	"helpcenter/site/library"
)

// A Unit is a block of an article in two languages.
type Unit struct {
	ID       string // path#section/number, path#/title, path#/description
	File     string // of the source
	Line     int    // of the block in File
	Source   string // Markdown
	Target   string // "" if it is not translated
	Fuzzy    bool   // the source has changed since the translation was accepted
	Previous string // the earlier text of the source, as plain text; "" if it is new or not known
}

// A Document is the translation of articles into a language.
type Document struct {
	From, To string // languages
	Units    []Unit
}

// A chunk is the Markdown of a block, or a value of front matter.
type chunk struct {
	id       string // section/number, /title
	section  string
	front    bool // a value of front matter
	kind     article.BlockKind
	line     int
	from, to int // in the file
	text     string
}

// Units returns all blocks of the articles in the default language, with their translations into lang. content is
// the folder that the library was loaded from.
func Units(l *library.Library, content fs.FS, lang string) (Document, error) {
	doc := Document{From: l.Site.DefaultLanguage, To: lang}
	for _, source := range l.Articles {
		if source.Lang != doc.From {
			continue
		}
		p, err := openPair(l, content, source, lang)
		if err != nil {
			return doc, err
		}
		doc.Units = append(doc.Units, p.units(l)...)
	}
	return doc, nil
}

// A pair is an article in two languages.
type pair struct {
	source, target         *article.Article // target is nil if it is not translated
	sourceData, targetData []byte
	sourceChunks           []chunk
	targets                map[string]chunk // by id: chunks of the target that translate a chunk of the source
}

func openPair(l *library.Library, content fs.FS, source *article.Article, lang string) (p *pair, err error) {
	p = &pair{source: source, target: l.Article(lang, source.Path), targets: map[string]chunk{}}
	if p.sourceData, err = fs.ReadFile(content, strings.TrimPrefix(source.File, "content/")); err != nil {
		return nil, err
	}
	p.sourceChunks = chunks(source.Read(), p.sourceData)
	if p.target == nil {
		return p, nil
	}
	if p.targetData, err = fs.ReadFile(content, strings.TrimPrefix(p.target.File, "content/")); err != nil {
		return nil, err
	}
	here, there := bySection(p.sourceChunks), bySection(chunks(p.target.Read(), p.targetData))
	for section, list := range here {
		same := func(a, b chunk) bool { return a.kind == b.kind && a.id == b.id }
		if slices.EqualFunc(list, there[section], same) {
			for _, c := range there[section] {
				p.targets[c.id] = c
			}
		}
	}
	return p, nil
}

func bySection(list []chunk) map[string][]chunk {
	sections := map[string][]chunk{}
	for _, c := range list {
		sections[c.section] = append(sections[c.section], c)
	}
	return sections
}

// units returns the units of an article. Sections whose blocks differ from the source's count as not translated.
func (p *pair) units(l *library.Library) (units []Unit) {
	var drifts []drift.Drift
	if p.target != nil {
		drifts = slices.DeleteFunc(slices.Clone(l.Drift(p.target.Lang)), func(d drift.Drift) bool {
			return d.Path != p.source.Path || d.Kind == drift.Extra
		})
	}
	for _, c := range p.sourceChunks {
		u := Unit{
			ID: p.source.Path + "#" + c.id, File: p.source.File, Line: c.line, Source: c.text, Target: p.targets[c.id].text,
		}
		for _, d := range drifts {
			if c.is(d) {
				u.Fuzzy, u.Previous = u.Target != "", d.Was
			}
		}
		units = append(units, u)
	}
	return units
}

// is reports whether a drift is about a chunk.
func (c chunk) is(d drift.Drift) bool {
	if c.front { // title and description have the same position
		return d.Source.Line == article.FrontLine && d.Is == strings.Join(strings.Fields(c.text), " ")
	}
	return d.Section == c.section && d.Source.Line == c.line
}

// chunks returns the title, the description and the blocks of an article. What is not in a block, such as comments,
// lies between them.
func chunks(a *article.Content, data []byte) []chunk {
	starts := lineStarts(data)
	list := []chunk{
		frontChunk(a, data, starts, "title", a.Title), frontChunk(a, data, starts, "description", a.Description),
	}
	numbers := map[string]int{}
	for i, b := range a.Blocks {
		line, last := int(b.Line), len(starts)
		if line <= list[len(list)-1].line && i > 0 || line > len(starts) {
			continue // footnotes are part of the block in which they are defined
		}
		for _, next := range a.Blocks[i+1:] {
			if int(next.Line) > line {
				last = int(next.Line) - 1
				break
			}
		}
		c := chunk{kind: b.Kind, line: line, from: starts[line-1], to: len(data)}
		if last < len(starts) {
			c.to = starts[last]
		}
		if b.Section >= 0 {
			c.section = a.Sections[b.Section].ID
		}
		c.to = c.from + len(blockOf(data[c.from:c.to]))
		c.text = strings.ReplaceAll(string(data[c.from:c.to]), "\r\n", "\n")
		numbers[c.section]++
		c.id = fmt.Sprintf("%s/%d", c.section, numbers[c.section])
		list = append(list, c)
	}
	return list
}

// blockOf returns text without blank lines, comments and filled blocks at its end.
func blockOf(text []byte) []byte {
	for _, next := range []string{"\n\n```values", "\n\n```section", "\n\n<!--"} {
		if i := bytes.Index(text, []byte(next)); i >= 0 {
			text = text[:i]
		}
	}
	return bytes.TrimRight(text, " \t\r\n")
}

// frontChunk returns a value of front matter. Its bytes are what follows the sign after the key.
func frontChunk(a *article.Content, data []byte, starts []int, key, value string) chunk {
	line := a.Key(key).Line
	c := chunk{id: "/" + key, front: true, line: line, text: value, from: starts[line-1], to: len(data)}
	if line < len(starts) {
		c.to = starts[line]
	}
	c.to = c.from + len(bytes.TrimRight(data[c.from:c.to], "\r\n"))
	c.from += 1 + bytes.IndexAny(data[c.from:c.to], "=:")
	return c
}

// lineStarts returns the offset of each line.
func lineStarts(data []byte) []int {
	starts := []int{0}
	for i, b := range data {
		if b == '\n' && i+1 < len(data) {
			starts = append(starts, i+1)
		}
	}
	return starts
}
