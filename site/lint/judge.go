package lint

import (
	"slices"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/parallel"
)

// New prepares the linter of a site.
func New(in Input) *Linter {
	l := &Linter{Input: in, languages: map[string]*language{}}
	var all []*language
	for i, lang := range in.Library.Site.Languages {
		all = append(all, newLanguage(in, lang.Tag, i))
		l.languages[lang.Tag] = all[i]
	}
	for _, lang := range all {
		lang.all = all
	}
	for i, a := range in.Library.Articles {
		if i == 0 || in.Library.Articles[i-1].Path != a.Path {
			l.groups = append(l.groups, nil)
		}
		group := &l.groups[len(l.groups)-1]
		*group = append(*group, a)
	}
	l.readVocabulary()
	l.readProducts()
	l.readLinks()
	l.readPieces()
	return l
}

// Run returns all findings, sorted, as if nothing were silenced.
func (l *Linter) Run() []diag.Finding {
	found := l.values()
	if l.Used != nil {
		found = append(found, l.Words.Unused(l.Used)...)
	}
	return diag.Sort(slices.Concat(append(parallel.Map(l.groups, l.judge), found)...))
}

// Article returns what [Linter.Run] finds in the article of a path, in all languages.
func (l *Linter) Article(path string) []diag.Finding {
	var group []*article.Article
	for _, lang := range l.Library.Site.Languages {
		if a := l.Library.Article(lang.Tag, path); a != nil {
			group = append(group, a)
		}
	}
	return diag.Sort(l.judge(group))
}

// judge judges one article in the languages that have it.
func (l *Linter) judge(group []*article.Article) (found []diag.Finding) {
	var pages []*page
	var source *page
	for _, a := range group {
		if a.Body.HTML == nil {
			continue // it could not be read
		}
		p := l.newPage(a)
		pages = append(pages, p)
		if a.Lang == l.Library.Site.DefaultLanguage {
			source = p
		}
	}
	for _, p := range pages {
		p.judge()
		if source != nil && p != source && !p.Incomplete() && !source.Incomplete() {
			p.compare(source)
		}
		found = append(found, p.found...)
	}
	if len(group) > 0 {
		found = append(found, l.missing(group[0].Path)...)
	}
	return found
}

func (l *Linter) newPage(a *article.Article) *page {
	p := &page{Article: a, Linter: l, language: l.languages[a.Lang]}
	add := func(list *[]*passage, t *passage) {
		t.placer = p
		*list = append(*list, t)
	}
	for _, t := range []struct{ key, text string }{{"title", a.Title}, {"description", a.Description}} {
		add(&p.front, newPassage(t.text, p.language, markup{}))
		p.front[len(p.front)-1].key = t.key
	}
	links := 0
	for i, html := range elements(a.Body.HTML) {
		text := a.Text(a.Blocks[i])
		m := readMarkup(html, text, links)
		links += len(m.anchors)
		add(&p.blocks, newPassage(text, p.language, m))
		p.blocks[i].line = int(a.Blocks[i].Line)
	}
	return p
}

// judge applies the rules that need no translation.
func (p *page) judge() {
	p.orphan()
	p.weight()
	p.readability()
	for _, t := range p.front {
		p.text(t)
	}
	for i, t := range p.blocks {
		if p.Blocks[i].Kind != article.Code {
			p.text(t)
			p.vagueLinks(t)
			t.address()
		}
	}
}

// compare applies the rules that compare a translation with its source.
func (p *page) compare(source *page) {
	for _, s := range p.align(source) {
		s.parity()
		s.untranslated()
		s.translatedTerms()
	}
}

// text applies the rules for any text.
func (l *Linter) text(t *passage) {
	l.wrongLanguage(t)
	l.brokenWords(t)
	t.repeated()
	l.foreignDates(t)
	l.terms(t)
	l.punctuation(t)
}

// values judges the texts that are single values in files: messages and the texts of site.toml.
func (l *Linter) values() (found []diag.Finding) {
	judge := func(lang, text string, at diag.Position) {
		v := value{at: at}
		t := newPassage(blank(text), l.languages[lang], markup{})
		t.placer = &v
		l.text(t)
		found = append(found, v.found...)
	}
	for _, lang := range l.Library.Site.Languages {
		for _, m := range l.languages[lang.Tag].messages {
			judge(lang.Tag, m.text, m.at)
		}
	}
	for _, t := range siteTexts(l.Library.Site) {
		for _, lang := range l.Library.Site.Languages {
			if text := t.text[lang.Tag]; text != "" {
				judge(lang.Tag, text, l.Library.Site.Locator.Value(append(t.path, lang.Tag)...))
			}
		}
	}
	return found
}
