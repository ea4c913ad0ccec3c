package lint

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"helpcenter/site/answer"
	"helpcenter/site/diag"
	"helpcenter/site/locale"
)

// A language is a language of the site with its vocabulary.
type language struct {
	*Linter // of the site
	*lexicon
	*speller   // nil without a dictionary
	tag        string
	bit        uint64          // its bit in sets of languages
	forms      []locale.Form   // of its messages
	phrases    []answer.Phrase // texts of checkers that may have markup
	calendar   *calendar
	known      wordSet // common words and words of the glossary
	vocabulary vocabulary

	wanted    *phrases          // terms, by their index in the glossary
	actions   *phrases          // names of the site's links
	avoided   *phrases          // words to avoid
	synonyms  *phrases          // words that readers use instead of terms
	labels    map[string]string // labels by their folded form
	translate map[string]string // from folded labels of all languages to those of this one
	sources   map[string]string // from folded labels of the default language to those of this one
}

func newLanguage(linter *Linter, tag string) *language {
	l := &language{
		Linter: linter, lexicon: lexiconOf(tag), tag: tag, forms: linter.Words.Forms(tag),
		vocabulary: vocabulary{entries: map[string]*entry{}},
	}
	if l.Rules != nil {
		l.phrases, _ = answer.Phrases(l.Linter.Words, l.Rules, tag)
	}
	l.calendar = newCalendar(l.forms)
	l.known = maps.Clone(l.Common)
	if l.known == nil {
		l.known = wordSet{}
	}
	for _, term := range l.Words.Glossary {
		t := newPassage(term.Words[tag], unknown, markup{})
		for i := range t.words {
			if w := t.word(i); len(w) > 2 && !term.Label {
				l.known[w] = true
			}
		}
	}
	l.speller = linter.newSpeller(tag)
	l.readTerms()
	l.readActions()
	return l
}

// A vocabulary holds the words of the texts in a language, each looked up once. It is safe for concurrent use.
type vocabulary struct {
	mu      sync.RWMutex
	entries map[string]*entry // by the word in lower case
}

// An entry is what is known about a word in a language.
type entry struct {
	text   string // in lower case
	stem   string
	common bool
	month  bool   // in some language of the site
	having uint64 // the bits of the languages that have it
	pasted string // see [language.pasted]
}

// find returns the entry of a word, or nil if no text has it.
func (v *vocabulary) find(word string) *entry {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.entries[word]
}

// lookUp finds the entries of the words of a passage. [unknown] has none.
func (l *language) lookUp(t *passage) {
	if l.vocabulary.entries == nil {
		return
	}
	missing := false
	l.vocabulary.mu.RLock()
	for i := range t.words {
		t.words[i].entry = l.vocabulary.entries[t.word(i)]
		missing = missing || t.words[i].entry == nil
	}
	l.vocabulary.mu.RUnlock()
	if !missing {
		return
	}
	l.vocabulary.mu.Lock()
	defer l.vocabulary.mu.Unlock()
	for i := range t.words {
		if t.words[i].entry == nil {
			t.words[i].entry = l.entry(t.word(i))
		}
	}
}

// entry returns the entry of a word, making it if necessary.
func (l *language) entry(word string) *entry {
	e := l.vocabulary.entries[word]
	if e == nil {
		word = strings.Clone(word) // so that it does not keep its text in memory
		e = &entry{
			text: word, stem: l.stem(word), common: l.Common[word], month: l.isMonth(word), having: l.having[word],
			pasted: l.pasted(word),
		}
		l.vocabulary.entries[word] = e
	}
	return e
}

// readHaving records which languages have a word: it is evidence of these against others that lack it. Only the
// first 64 languages of a site are told apart.
func (l *Linter) readHaving() {
	l.having = map[string]uint64{}
	for i, lang := range l.all {
		lang.bit = 1 << i
		for w := range lang.known {
			l.having[w] |= lang.bit
		}
	}
}

// readProducts collects the names of products, which belong to all languages.
func (l *Linter) readProducts() {
	l.products = newPhrases(unknown)
	for _, p := range l.Library.Site.Products {
		for _, lang := range l.all {
			l.products.add(p.Name[lang.tag], 0)
		}
	}
}

// wrongLanguage reports the first sentence of a passage in another language of the site. A word is evidence of a
// language against one that does not have it; labels, code, names and words in brackets do not count. One foreign
// word may be borrowed: a sentence needs two different ones, and more than twice as many as of its own language. If
// no sentence has enough, the passage is judged as a whole, since sentences may be short, as in lists.
//
// A test measures the precision: no passage of the shipped articles is reported in its own language, and 9 of 10
// are on a page of the other. Detection by sequences of letters was tried: lingua-go adds 130 MB to the program,
// takes 0.2 ms per sentence, a thousand times as long, and reports "Chrome" in Italian.
func wrongLanguage(t *passage) {
	if len(t.Common) == 0 || len(t.sentences) == 0 {
		return
	}
	for i, w := range t.words {
		if !w.bold && !w.code && !w.aside && (!w.capital || w.initial) {
			t.words[i].of = w.having
		}
	}
	for i, s := range t.sentences {
		if other, evidence := t.foreign(s.words); other != nil {
			t.alien = append(t.alien, i)
			if len(t.alien) == 1 {
				t.warnLanguage(s, other, evidence)
			}
		}
	}
	if len(t.alien) > 0 {
		return
	}
	if other, evidence := t.foreign(t.whole().words); other != nil {
		t.warnLanguage(t.whole(), other, evidence)
		for i := range t.sentences {
			t.alien = append(t.alien, i)
		}
	}
}

func (t *passage) warnLanguage(s sentence, other *language, evidence []string) {
	start := t.words[s.words.from].from
	t.warn(start, "wrong-language", "%q is in %q, not in %q: %s", short(t.text[start:s.to]), other.tag, t.tag,
		strings.Join(evidence[:min(5, len(evidence))], ", ")).
		Suggestion = "translate it"
}

// foreign returns the language of some words if it is not that of the passage, and the evidence. If several
// languages qualify, it returns the one with the most evidence.
func (t *passage) foreign(words span) (of *language, most []string) {
	for _, other := range t.all {
		evidence := t.evidence(words, other, t.language)
		enough := len(evidence) >= 2 && len(evidence) > 2*len(t.evidence(words, t.language, other))
		if enough && len(evidence) > len(most) {
			of, most = other, evidence
		}
	}
	return of, most
}

// evidence returns the distinct words that are evidence of one language against another.
func (t *passage) evidence(words span, of, against *language) (evidence []string) {
	for i := words.from; i < words.to; i++ {
		has := t.words[i].of
		if has&of.bit != 0 && has&against.bit == 0 && !slices.Contains(evidence, t.word(i)) {
			evidence = append(evidence, t.word(i))
		}
	}
	return evidence
}

// isName reports whether at least three words of a text are capitalized and the others are common, as in the names
// of standards: Domain Names for Applications. Words joined by hyphens count as one.
func isName(t *passage, of *language) bool {
	capitals := 0
	for i, w := range t.words {
		switch {
		case w.capital:
			capitals++
		case !of.Common[t.word(i)] && (i == 0 || t.between(i-1, i) != "-"):
			return false
		}
	}
	return capitals >= 3
}

// untranslated reports a block that is identical to the one in the source. One word is enough evidence here, except
// in a name.
func (s pair) untranslated() {
	if len(s.here) != 1 || len(s.source) != 1 || s.here[0].text != s.source[0].text || len(s.here[0].alien) > 0 {
		return
	}
	t := s.here[0]
	everything := t.whole().words
	evidence := t.evidence(everything, s.from.language, t.language)
	own := t.evidence(everything, t.language, s.from.language)
	if len(t.Common) > 0 && len(own) == 0 && len(evidence) > 0 &&
		(len(evidence) > 1 || !isName(t, s.from.language)) {
		t.warnLanguage(t.whole(), s.from.language, evidence)
	}
}

// foldLanguage replaces the many findings about the language of an article that is not translated by a single one.
func (p *page) foldLanguage() {
	const most = 2
	kept := slices.DeleteFunc(slices.Clone(p.found), func(f diag.Finding) bool { return f.Rule == "wrong-language" })
	texts := len(p.front) + len(p.blocks)
	if wrong := len(p.found) - len(kept); wrong > most && 2*wrong > texts {
		p.found = kept
		p.warn("wrong-language", "%d of %d texts are not in %q", wrong, texts, p.tag).
			Suggestion = "translate the article, or delete it: readers then see the source"
	}
}

// short returns the beginning of a text, for use in a finding.
func short(text string) string {
	const most = 60
	text = strings.TrimSpace(text)
	if len(text) <= most {
		return text
	}
	cut := strings.LastIndexByte(text[:most], ' ')
	if cut < 0 {
		return text
	}
	return text[:cut] + " …"
}
