package lint

import (
	"io/fs"

	"helpcenter/site/article"
	"helpcenter/site/diag"
)

// A page is an article as rules read it.
type page struct {
	*article.Article
	*Linter
	language *language
	front    []*passage // title and description
	blocks   []*passage // as content.Article.Blocks has them
	found    []diag.Finding

	source []byte // of the file, once it was needed
	read   bool
}

func (l *Linter) newPage(a *article.Article) *page {
	p := &page{Article: a, Linter: l, language: l.languages[a.Lang]}
	p.front = []*passage{
		p.passage(a.Title, markup{}, place{key: "title"}),
		p.passage(a.Description, markup{}, place{key: "description"}),
	}
	links := 0
	for i, html := range elements(a.Body.HTML) {
		text := a.Text(a.Blocks[i])
		m := readMarkup(html, text, links)
		links += m.links
		p.blocks = append(p.blocks, p.passage(text, m, place{line: int(a.Blocks[i].Line)}))
	}
	return p
}

func (p *page) passage(text string, m markup, at place) *passage {
	t := newPassage(text, p.language, m)
	t.at, t.placer = at, p
	return t
}

// judge applies the rules that need no other article.
func (p *page) judge() {
	p.orphan()
	p.weight()
	p.readability()
	for _, t := range p.front {
		p.text(t)
	}
	for i, t := range p.blocks {
		if p.Blocks[i].Kind == article.Code {
			continue
		}
		p.text(t)
		p.vagueLinks(t)
		p.address(t)
	}
}

// compare applies the rules by which a translation is held against its source.
func (p *page) compare(source *page) {
	for _, s := range p.align(source) {
		s.parity()
		s.untranslated()
		s.translatedTerms()
	}
}

// text applies the rules that hold for any text.
func (l *Linter) text(t *passage) {
	l.wrongLanguage(t)
	l.brokenWords(t)
	l.repeated(t)
	l.foreignDates(t)
	l.terms(t)
	l.punctuation(t)
}

// warn reports a warning at an offset of a passage; at -1, of the whole of it.
// The finding may be added to until the next one.
func (t *passage) warn(off int, rule, format string, args ...any) *diag.Finding {
	return t.placer.report(diag.Warningf(t.placer.position(t, off), rule, format, args...))
}

// A placer knows where passages stand and takes what is found in them.
type placer interface {
	position(t *passage, off int) diag.Position
	report(f diag.Finding) *diag.Finding
}

func (p *page) report(f diag.Finding) *diag.Finding {
	p.found = append(p.found, f)
	return &p.found[len(p.found)-1]
}

// warn reports a warning about the article, at a key of its front matter.
func (p *page) warn(key, rule, format string, args ...any) *diag.Finding {
	return p.report(diag.Warningf(p.Key(key), rule, format, args...))
}

// position finds a place of a passage in the file.
func (p *page) position(t *passage, off int) diag.Position {
	line := t.at.line
	if t.at.key != "" {
		at := p.Key(t.at.key)
		if off < 0 {
			return at
		}
		line = at.Line
	}
	if off < 0 {
		return diag.Position{File: p.File, Line: line, Column: 1}
	}
	if !p.read {
		p.read = true
		p.source, _ = readFile(p.Files, p.File)
	}
	at := locate(p.source, line, t, off)
	at.File = p.File
	return at
}

func readFile(files fs.FS, name string) ([]byte, error) {
	if files == nil {
		return nil, fs.ErrNotExist
	}
	return fs.ReadFile(files, name)
}
