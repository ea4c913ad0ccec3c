package lint

import (
	"embed"
	"slices"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/parallel"
)

// New prepares the linter of a site.
func New(in Input) *Linter {
	if in.Files == nil {
		in.Files = embed.FS{}
	}
	l := &Linter{Input: in, languages: map[string]*language{}}
	for _, lang := range in.Library.Site.Languages {
		l.languages[lang.Tag] = newLanguage(l, lang.Tag)
		l.all = append(l.all, l.languages[lang.Tag])
	}
	for i, a := range in.Library.Articles {
		if i == 0 || in.Library.Articles[i-1].Path != a.Path {
			l.groups = append(l.groups, nil)
		}
		group := &l.groups[len(l.groups)-1]
		*group = append(*group, a)
	}
	l.readHaving()
	l.readProducts()
	l.readLinks()
	l.readPieces()
	return l
}

// Run returns all findings, sorted, as if nothing were silenced.
func (l *Linter) Run() []diag.Finding {
	counts := newWordCounts(l)
	found := slices.Concat(l.values(counts), l.placeholders(), l.unreadableWords())
	if l.Used != nil {
		found = append(found, l.Words.Unused(l.Used)...)
	}
	judge := func(group []*article.Article) []diag.Finding { return l.judge(group, counts) }
	found = diag.Sort(slices.Concat(append(parallel.Map(l.groups, judge), found)...))
	return l.meant(l.dropOrders(found), counts)
}

// Article returns what [Linter.Run] finds in the article at a path, in all languages.
func (l *Linter) Article(path string) []diag.Finding {
	var group []*article.Article
	for _, lang := range l.Library.Site.Languages {
		if a := l.Library.Article(lang.Tag, path); a != nil {
			group = append(group, a)
		}
	}
	return l.meant(diag.Sort(l.judge(group, nil)), l.countWords())
}

// countWords counts the words of the whole site.
func (l *Linter) countWords() *wordCounts {
	counts := newWordCounts(l)
	if len(counts.of) > 0 {
		l.values(counts)
		parallel.Map(l.groups, func(group []*article.Article) []diag.Finding { return l.judge(group, counts) })
	}
	return counts
}

// judge judges one article in the languages that have it.
func (l *Linter) judge(group []*article.Article, counts *wordCounts) (found []diag.Finding) {
	var pages []*page
	var source *page
	for _, a := range group {
		a := a.Read()
		if a.Body.HTML == nil {
			continue // it could not be read in full
		}
		p := l.newPage(a)
		counts.add(p.language, p.front, p.blocks)
		pages = append(pages, p)
		if a.Lang == l.Library.Site.DefaultLanguage {
			source = p
		}
	}
	for _, p := range pages {
		if source != nil && p != source && !p.Incomplete() && !source.Incomplete() {
			p.from = source
		}
		p.judge()
		if p.from != nil {
			p.compare(source)
		}
		p.foldLanguage()
		p.found = slices.DeleteFunc(p.found, func(f diag.Finding) bool { return l.isOff(f.Rule, p.Lang) })
		found = append(found, p.found...)
	}
	if len(group) > 0 {
		found = append(found, l.missing(group[0].Path)...)
	}
	return found
}

func (l *Linter) newPage(a *article.Content) *page {
	p := &page{Content: a, language: l.languages[a.Lang]}
	add := func(list *[]*passage, text string, m markup) *passage {
		t := newPassage(text, p.language, m)
		t.placer = p
		*list = append(*list, t)
		return t
	}
	add(&p.front, a.Title, markup{}).key = "title"
	add(&p.front, a.Description, markup{}).key = "description"
	var texts []string
	for _, b := range a.Blocks {
		texts = append(texts, a.Text(b))
	}
	for i, m := range readMarkup(a.Body.HTML, texts) {
		t := add(&p.blocks, texts[i], m)
		t.line = int(a.Blocks[i].Line)
		if a.Blocks[i].Kind == article.Quote { // other people's words, which may be in their language
			t.mark([]span{{0, len(t.text)}}, func(w *word) { w.aside = true })
		}
		for n := range m.anchors { // the text of a link to another site may be the name of its page
			if p.Links[m.link+n].Ref == "" {
				t.mark(m.anchors[n:n+1], func(w *word) { w.aside = true })
			}
		}
	}
	return p
}

// judge applies the rules that do not need a translation.
func (p *page) judge() {
	p.orphan()
	p.weight()
	p.days()
	p.readability()
	for _, t := range p.front {
		t.judge()
	}
	for i, t := range p.blocks {
		if p.Blocks[i].Kind != article.Code {
			t.judge()
			p.vagueLinks(t)
			p.placeholderLinks(t)
		}
	}
	p.unlinkedActions()
	p.addressWords()
}

// compare applies the rules that compare a translation with its source.
func (p *page) compare(source *page) {
	for _, s := range p.align(source) {
		s.parity()
		s.untranslated()
		s.translatedTerms()
	}
}

// textRules apply to every text.
var textRules = []func(*passage){
	wrongLanguage, brokenWords, repeated, foreignDates, terms, punctuation, addressForm, spellings,
}

func (t *passage) judge() {
	for _, rule := range textRules {
		rule(t)
	}
}
