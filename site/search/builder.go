package search

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
)

// A builder reads documents, one at a time. It remembers each form of a word, so that it is analysed only once, and
// counts in place.
type builder struct {
	*analyzer
	most     int                 // postings of a term
	runs     map[string]*reading // by run, as written
	terms    map[string]*term
	synonyms [][]*term

	used    []*term         // terms of the segment being read
	added   []occurrence    // to the used terms
	touched []*term         // terms of the document being read
	name    string          // the term that the title consists of, if it is a single one
	lengths [fieldCount]int // of its fields, in words other than stop words
	window  []*term         // of the paragraph: its terms without stop words
}

// A term is a stem, a compound, a phrase or a pair, and where it occurs.
type term struct {
	text     string
	forms    []*form
	phrases  [][]*term // phrases that end with it, each as its words and then the phrase's term
	synonyms []*term
	occurs   bool      // in a document, itself
	found    int       // documents that have it or a synonym
	postings []posting // the heaviest, in the order of documents
	tally

	fresh struct { // added by the segment being read
		occurs   bool
		postings int
		at       int // index among the postings of the segment
	}
}

// A form is one way to write a term. The commonest one is shown.
type form struct {
	text  string
	count int
	fresh int // in the segment being read, not in count yet
}

// A posting says how much a document is about a term, and where.
type posting struct {
	doc     uint32
	level   uint8 // saturated frequency, 1 to levels; plus levels for each step of title
	section uint8 // 0 for the document as a whole; else the section, from 1
}

// A reading holds the words that a run consists of.
type reading struct {
	lexemes []lexeme
	elision bool // before an apostrophe it is an article rather than a word
}

// A lexeme is a word of a run, or a compound as a whole.
type lexeme struct {
	*term
	form   *form
	silent bool // phrases ignore it, as a stop word or a compound as a whole
}

// A tally counts a term in a document.
type tally struct {
	counts [fieldCount]uint16
	at     uint16  // section of the last occurrence plus one; 0 before the first one
	here   uint16  // weight of the occurrences in that section
	best   uint16  // greatest such weight among earlier sections
	all    uint16  // weight of all occurrences in text
	place  uint8   // section of best
	freq   float32 // weighted and normalised frequency: BM25F's pseudo-frequency
	lent   float32 // the same of its synonyms
}

// leave ends the section of the last occurrence.
func (t *tally) leave() {
	if t.here > t.best {
		t.best, t.place = t.here, uint8(t.at-1)
	}
	t.here = 0
}

func newBuilder(c Config) *builder {
	b := &builder{
		analyzer: newAnalyzer(languageOf(c.Lang)), most: cmp.Or(c.most, mostPostings),
		runs: map[string]*reading{}, terms: map[string]*term{},
	}
	for _, name := range c.Names {
		b.learnName(name)
	}
	for _, name := range c.Names {
		b.learnShort(name)
	}
	forms := slices.Chunk(strings.Fields(string(languageOf(c.Lang).Forms)), 2)
	for _, entries := range slices.AppendSeq(slices.Clone(c.Synonyms), forms) {
		var group []*term
		for _, entry := range entries {
			text := b.learn(entry)
			if t := b.term(text); text != "" && !slices.Contains(group, t) {
				t.forms = append(t.forms, &form{text: texts(b.kept(entry))})
				group = append(group, t)
			}
		}
		for _, one := range group {
			for _, other := range group {
				if other != one {
					one.synonyms = append(one.synonyms, other)
				}
			}
		}
		b.synonyms = append(b.synonyms, group)
	}
	for stems, text := range b.phrases {
		var phrase []*term
		for stem := range strings.FieldsSeq(stems) {
			phrase = append(phrase, b.term(stem))
		}
		last := phrase[len(phrase)-1]
		last.phrases = append(last.phrases, append(phrase, b.term(text)))
	}
	return b
}

func (b *builder) term(text string) *term {
	t := b.terms[text]
	if t == nil {
		t = &term{text: strings.Clone(text)} // text may be part of a whole segment
		b.terms[t.text] = t
	}
	return t
}

// writeAnswers writes the answers and the terms that find them.
func (b *builder) writeAnswers(ix *Index, answers []Answer) {
	m := &ix.manifest
	m.Names, m.Intents, m.Answers = map[string]string{}, map[string]string{}, map[string]int{}
	var lines []string
	for i, a := range answers {
		m.Names[b.single(a.Name)] = a.Product
		m.Answers[a.Checker+" "+a.Product] = i
		for _, w := range a.Words {
			asked := b.term(b.single(w))
			for _, t := range append(asked.synonyms, asked) {
				m.Intents[t.text] = a.Checker
			}
		}
		lines = append(lines, strings.Join([]string{a.Checker, a.Product, a.Title, a.Text, a.URL}, "\n"))
	}
	ix.keep("a", lines)
}

// single returns the term of a text that is read as one word, or "".
func (b *builder) single(text string) string {
	if words := b.words(text); len(words) == 1 {
		return words[0].term
	}
	return ""
}

// found returns the terms that documents have, in order. A title says nothing for a question word or a stop word, so
// their lists are cut like those of any text.
func (b *builder) found() []*term {
	b.divide()
	found := slices.Collect(maps.Values(b.terms))
	found = slices.DeleteFunc(found, func(t *term) bool { return t.found == 0 })
	for _, t := range found {
		form := t.form()
		t.postings = heaviest(t.postings, b.most, !b.ask[form] && !b.stop[form])
	}
	slices.SortFunc(found, func(a, b *term) int { return strings.Compare(a.text, b.text) })
	return found
}

// form returns the commonest form of a term, and the first of equally common ones.
func (t *term) form() string {
	best := form{text: t.text, count: -1}
	for _, f := range t.forms {
		if f.count > best.count || f.count == best.count && f.text < best.text {
			best = *f
		}
	}
	return best.text
}

// add reads a document.
func (b *builder) add(doc uint32, d *Document) {
	switch b.name = b.single(d.Title); {
	case d.Lists:
		b.count(d.Title, labelField, 0)
	case b.name == "":
		b.count(d.Title, titleField, 0)
	default: // the name counts as one term: Remote Support is not about support
		b.count(d.Title, labelField, 0)
		b.tally(b.term(b.name), titleField, 0)
		b.lengths[titleField]++
	}
	b.count(d.Description, descriptionField, 0)
	for _, keyword := range d.Keywords {
		b.count(keyword, keywordField, 0)
		if b.single(keyword) != "" { // it says more than a word among several
			b.count(keyword, keywordField, 0)
		}
	}
	for _, label := range d.Labels {
		b.count(label, labelField, 0)
	}
	for _, text := range d.Text {
		b.count(text, bodyField, 0)
	}
	for i, s := range d.Sections {
		section, field := sectionNumber(i), headingField
		if strings.HasSuffix(s.Title, "?") {
			field = questionField
		}
		b.count(s.Title, field, section)
		for _, text := range s.Text {
			b.count(text, bodyField, section)
		}
	}
	b.weigh(doc)
	b.touched, b.lengths = b.touched[:0], [fieldCount]int{}
}

// sectionNumber returns the number of a section in postings. Text in sections that are beyond the last number
// counts as text of the document as a whole.
func sectionNumber(i int) uint8 {
	if i >= math.MaxUint8 {
		return 0
	}
	return uint8(i + 1)
}

// count counts the words of a text in a field and section.
func (b *builder) count(text string, field int, section uint8) {
	b.window = b.window[:0]
	for s := (scanner{text: text}); s.next(); {
		if len(s.run()) > longestRun {
			continue
		}
		r := b.read(s.run())
		if s.elided && r.elision {
			continue
		}
		for _, l := range r.lexemes {
			l.form.fresh++
			b.tally(l.term, field, section)
			if l.silent {
				continue
			}
			b.lengths[field]++
			b.window = append(b.window, l.term)
			if n := len(b.window); field == keywordField && n > 1 {
				b.tally(b.term(pairOf(b.window[n-2].text, l.term.text)), field, section)
			}
			for _, p := range l.phrases {
				words := p[:len(p)-1]
				if n := len(b.window) - len(words); n >= 0 && slices.Equal(b.window[n:], words) {
					b.tally(p[len(p)-1], field, section)
				}
			}
		}
	}
}

// longestRun is the most bytes of a run that is indexed.
const longestRun = 96

// read returns the reading of a run.
func (b *builder) read(run string) *reading {
	r := b.runs[run]
	if r == nil {
		r = b.analyse(run)
		b.runs[strings.Clone(run)] = r
	}
	return r
}

func (b *builder) analyse(run string) *reading {
	text := b.spell(run)
	r := &reading{elision: b.elided[text]}
	add := func(w word, silent bool) {
		t := b.term(w.term)
		r.lexemes = append(r.lexemes, lexeme{t, t.formOf(w.text), silent})
	}
	whole := b.word(text)
	words := whole.parts
	if spelled := b.spelled[text]; len(words) > 0 {
		add(whole, true)
	} else if len(spelled) > 0 {
		for _, s := range spelled {
			words = append(words, b.word(s))
		}
	} else {
		words = []word{whole}
	}
	for _, w := range words {
		add(w, w.stop)
	}
	return r
}

// tally counts an occurrence of a term.
func (b *builder) tally(t *term, field int, section uint8) {
	if at := uint16(section) + 1; t.at != at {
		if t.at == 0 {
			b.touched = append(b.touched, t)
		}
		t.leave()
		t.at = at
	}
	t.fresh.occurs = true
	t.counts[field]++
	t.here += sectionWeight[field]
	t.all += sectionWeight[field]
}

// sectionWeight is how much an occurrence in a field counts towards the term's section.
var sectionWeight = [fieldCount]uint16{questionField: 6, headingField: 6, bodyField: 1}

// weigh turns the tallies into postings.
func (b *builder) weigh(doc uint32) {
	var norms [fieldCount]float32
	for i, f := range fields {
		norms[i] = f.weight / (1 - f.bias + f.bias*float32(b.lengths[i])/f.usual)
	}
	for _, t := range b.touched {
		t.leave()
		for i, n := range t.counts {
			t.freq += float32(n) * norms[i]
		}
	}
	b.lend()
	for _, t := range b.touched {
		own, all := saturate(t.freq), saturate(t.freq+t.lent)
		p := posting{doc: doc, level: quantise(own + synonymWeight*(all-own))}
		if t.counts[titleField] > 0 {
			p.level += levels
			if t.text == b.name {
				p.level += levels
			}
		} else if float32(t.best) >= ownShare*float32(t.all) {
			p.section = t.place
		}
		if t.fresh.postings == 0 {
			b.used = append(b.used, t)
		}
		t.fresh.postings++
		b.added = append(b.added, occurrence{t, p})
		t.tally = tally{}
	}
}

func saturate(freq float32) float32 { return freq / (saturation + freq) }

func quantise(x float32) uint8 { return uint8(1 + x*(levels-1) + 0.5) }

// lend adds the frequency of synonyms to terms, and a synonym's title. A term that does not occur itself gets the
// place of its most frequent synonym.
func (b *builder) lend() {
	for _, group := range b.synonyms {
		var sum float32
		var from *term
		title := uint16(0)
		for _, t := range group {
			sum, title = sum+t.freq, max(title, t.counts[titleField])
			if t.freq > 0 && (from == nil || t.freq > from.freq) {
				from = t
			}
		}
		if from == nil {
			continue
		}
		for _, t := range group {
			if t.at == 0 {
				t.tally = from.tally
				t.freq, t.lent = 0, 0
				b.touched = append(b.touched, t)
			}
			t.lent += sum - t.freq
			t.counts[titleField] = max(t.counts[titleField], title)
		}
	}
}

// heaviest keeps at most the given number of postings, those with the greatest weight and the first of equal ones. It
// may keep all titles, the postings of documents with the term in their title: a document with both words of a query
// in its title must be found even if one of them is common.
func heaviest(postings []posting, most int, titles bool) []posting {
	if len(postings) <= most {
		return postings
	}
	var counts [3*levels + 1]int
	for _, p := range postings {
		counts[p.level]++
	}
	floor, free := 3*levels, most
	for ; titles && floor > levels || counts[floor] <= free; floor-- {
		free -= counts[floor]
	}
	return slices.DeleteFunc(postings, func(p posting) bool {
		if int(p.level) == floor && free > 0 {
			free--
			return false
		}
		return int(p.level) <= floor
	})
}

// idf is the integer weight of a term that found of n documents have: the inverse document frequency, ln(1 +
// n/found). Unlike that of Robertson and Spärck Jones, it is never negative (see the package comment).
func idf(found, n int) int {
	return int(math.Round(math.Log1p(float64(n)/float64(found)) * idfScale))
}

const idfScale = 16
