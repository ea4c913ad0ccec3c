package search

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Query is what a reader asks for.
type Query struct {
	Text    string
	Product string // only documents of that product; "" for all
	Kind    string // only documents of that kind; "" for all
	Limit   int    // most hits; PageHits if it is not positive
}

// PageHits is the number of hits that the search page shows at first, and adds at a time. On a large site each is in
// a file of its own, so it is what a query costs most.
const PageHits = 10

// cliff bounds how much worse than the best a hit may be: documents that score less than one cliff-th of it say
// nothing about the query.
const cliff = 60

// Results are what a query finds, the best first.
type Results struct {
	TooShort  bool // the query has fewer than two characters or no word: nothing was looked up
	Shortened bool // the query was too long: only its beginning was looked up
	Total     int  // number of documents found; Hits are the first of them
	Hits      []Hit
	Answer    *Answer      // what the rules say, if the query names a product and asks for that; without Name and Words
	Corrected []Correction // words found nowhere that were read as others
	Missing   []string     // words found nowhere that resemble no other
	Terms     []string     // terms that were looked up, for [Index.Marks]
}

// A Hit is a document found.
type Hit struct {
	Path, URL, Title, Product, Kind string

	Score   int
	Section string // id of the section that the query is about, "" for the document as a whole
	Heading string // title of that section
	Passage string // text of that section, or the description of the document

	Fallback bool // ranked here because words matched nothing
}

// A Correction is a word as typed (folded) and as read.
type Correction struct{ From, To string }

// Limits of a query, which bound its cost. The page's script has the same ones.
const (
	mostLetters   = 200 // characters of a query that are read
	mostWords     = 16  // words that are looked up; each part of a compound is one
	mostCorrected = 40  // letters of a word that is corrected
)

// leastAbout is the level from which a document is about a term. A document with the term in its title also is.
const leastAbout = 7

// firstLetters returns the beginning of a query that is read, and whether the query is longer.
func firstLetters(text string) (string, bool) {
	n := 0
	for i := range text {
		if n == mostLetters {
			return text[:i], true
		}
		n++
	}
	return text, false
}

// A unit is a word of the query with the lists that answer it.
type unit struct {
	lists  []*hits
	weight int
	share  int // of impact and weight, in quarters
}

// pairOf returns the term of two adjacent words in a keyword.
func pairOf(first, second string) string { return first + "+" + second }

const (
	whole   = 4
	partial = 3 // of a word that was completed or corrected
	asking  = 1 // of a question word: how, who
)

func shareOf(w word) int {
	if w.ask {
		return asking
	}
	return whole
}

// Search answers a query. Its cost is bounded for any query. Once ctx is done, it stops before the next word, and
// the results are empty.
func (ix *Index) Search(ctx context.Context, q Query) Results { return ix.search(ctx, q).results }

func (ix *Index) search(ctx context.Context, q Query) *search {
	s, found := ix.find(ctx, q)
	for _, f := range found[:min(len(found), cmp.Or(max(q.Limit, 0), PageHits))] {
		hit := Hit{Score: f.sum, Fallback: f.isFallback}
		s.show(&hit, f.doc, section(s.tables, f.doc))
		s.results.Hits = append(s.results.Hits, hit)
	}
	if i, ok := s.manifest.Answers[s.checker+" "+s.product]; ok {
		f := strings.Split(s.lines("a")[i], "\n")
		s.results.Answer = &Answer{Checker: f[0], Product: f[1], Title: f[2], Text: f[3], URL: f[4]}
	}
	return s
}

// find returns what a query finds, without what hits show.
func (ix *Index) find(ctx context.Context, q Query) (*search, []score) {
	s := &search{Index: ix, terms: map[string]bool{}, vocabularies: map[rune][]known{}}
	text, cut := firstLetters(q.Text)
	words, dropped := ix.query(text)
	s.results.Shortened = cut || dropped
	if utf8.RuneCountInString(strings.TrimSpace(text)) < 2 || len(words) == 0 {
		s.results.TooShort = true
		return s, nil
	}
	ends := !dropped && unfinished(text)
	s.resolveAll(ctx, words, ends)
	if meant, ok := s.meant(words); ok {
		words = meant
		s.units, s.terms, s.results.Terms = nil, map[string]bool{}, nil
		s.resolveAll(ctx, words, ends)
	}
	if ctx.Err() != nil {
		s.results = Results{}
		return s, nil
	}
	s.pair()
	s.subject(q.Product)
	return s, s.rank(q, terms(words), severalWords.MatchString(text))
}

// meant returns the words that a reader meant, if corrected words now form a phrase: goto meating is the name GoTo
// Meeting. Words that matched nothing are left out.
func (s *search) meant(words []word) (meant []word, ok bool) {
	if len(s.results.Corrected) == 0 {
		return nil, false
	}
	all := s.correctAll(words)
	meant = s.join(all)
	return meant, len(meant) < len(all)
}

func (s *search) correctAll(words []word) (all []word) {
	for _, w := range words {
		is := func(c Correction) bool { return c.From == w.text }
		switch i := slices.IndexFunc(s.results.Corrected, is); {
		case len(w.parts) > 0 && s.list(w.term) == nil:
			all = append(all, s.correctAll(slices.DeleteFunc(slices.Clone(w.parts), func(p word) bool { return p.stop }))...)
		case i >= 0:
			all = append(all, s.kept(s.results.Corrected[i].To)...)
		case !slices.Contains(s.results.Missing, w.text):
			all = append(all, w)
		}
	}
	return all
}

// pair adds units for the pairs that the query's words form. They have no weight, since the lack of a pair says
// nothing.
func (s *search) pair() {
	var pairs []unit
	for i := 1; i < len(s.units); i++ {
		first, second := s.units[i-1].lists[0], s.units[i].lists[0]
		if h := s.list(pairOf(first.term, second.term)); h != nil {
			pairs = append(pairs, unit{lists: []*hits{h}, share: whole})
		}
	}
	s.units = append(s.units, pairs...)
}

// subject determines which product a query names or is limited to, and which checker answers its question.
func (s *search) subject(product string) {
	s.product = product
	for _, u := range s.units {
		for _, h := range u.lists {
			if name, ok := s.manifest.Names[h.term]; ok {
				s.product, s.named = name, true
			}
			s.checker = cmp.Or(s.checker, s.manifest.Intents[h.term])
		}
	}
}

// fallBack ranks the fallback high if words matched nothing, since then no document may have what is asked. A
// single word may be anything, so it has no fallback. The fallback comes first if the words that matched nothing
// are more than those that matched, or as many and the best hit is not about one of those.
func (s *search) fallBack(found []score) []score {
	known := 0
	for _, u := range s.units {
		if u.share > asking && u.weight > 0 {
			known++
		}
	}
	missing, place := len(s.results.Missing), min(2, len(found))
	switch {
	case len(found) == 0, missing > known, missing == known && !found[0].about:
		place = 0
	case missing == known:
		place = 1
	}
	at := slices.IndexFunc(found, func(f score) bool { return f.doc == s.manifest.Fallback })
	if missing == 0 || at >= 0 && at <= place {
		return found
	}
	if at >= 0 {
		found = slices.Delete(found, at, at+1)
	}
	fallback := score{doc: s.manifest.Fallback, sum: 1, isFallback: true}
	if len(found) > 0 {
		fallback.sum = found[min(place, len(found)-1)].sum
	}
	return slices.Insert(found, place, fallback)
}

// unfinished reports whether a query ends within a word, so that the reader may still be typing it.
func unfinished(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return unicode.IsLetter(r)
}

// A search is the state of answering one query.
type search struct {
	*Index
	units   []unit
	tables  [][]impact // of the units
	results Results

	terms        map[string]bool  // of the results
	vocabularies map[rune][]known // that were read, by first letter

	product, checker string // that the query is about
	named            bool   // the query names the product
	cost             int    // lists read and known words compared, which take most of a query's time
}

func (s *search) use(share int, lists ...*hits) {
	u := unit{lists: lists, share: share}
	for _, h := range lists {
		u.weight = max(u.weight, h.weight*share/whole)
		for _, term := range append([]string{h.term}, h.others...) {
			if !s.terms[term] {
				s.terms[term] = true
				s.results.Terms = append(s.results.Terms, term)
			}
		}
	}
	s.units = append(s.units, u)
}

// resolveAll finds the lists for words, the last of which may be unfinished, until ctx ends.
func (s *search) resolveAll(ctx context.Context, words []word, ends bool) {
	for i, w := range words {
		if ctx.Err() == nil {
			s.resolve(w, ends && i == len(words)-1)
		}
	}
}

// resolve finds the lists for a word: its own and that of a verb that it is part of, or else those of its parts, of
// the words that it may become, or of the word that was meant.
func (s *search) resolve(w word, unfinished bool) {
	h := s.list(w.term)
	if h == nil && len(w.parts) > 0 {
		for i, p := range w.parts {
			if !p.stop {
				s.resolve(p, unfinished && i == len(w.parts)-1)
			}
		}
		return
	}
	if verb := s.verb(w); verb != nil {
		s.use(shareOf(w), slices.DeleteFunc([]*hits{verb, h}, func(h *hits) bool { return h == nil })...)
		return
	}
	if unfinished && (h == nil || w.stop) && utf8.RuneCountInString(w.text) >= leastCompleted {
		if lists := s.complete(w.text); len(lists) > 0 {
			s.use(partial, lists...)
			return
		}
	}
	if h != nil {
		s.use(shareOf(w), h)
		return
	}
	if w.ask {
		return
	}
	if to, lists := s.correct(w); len(lists) > 0 {
		s.results.Corrected = append(s.results.Corrected, Correction{w.text, to})
		for _, h := range lists {
			s.use(partial, h)
		}
		return
	}
	s.results.Missing = append(s.results.Missing, w.text)
}

// verb returns the list of the verb that a word forms with a later one: sage ... ab is absagen.
func (s *search) verb(w word) *hits {
	for _, first := range w.apart {
		if h := s.list(s.stem(first + w.text)); h != nil {
			return h
		}
	}
	return nil
}

// A score is what is known about a document while units are added up.
type score struct {
	doc, sum, weight int
	about            bool // it is about one of the words
	isFallback       bool
}

// rank adds up what the units say about each document. A document keeps a third of its sum, and of the rest the
// share of the words that it has, by weight. One that has words in its title gains half their share, and one whose
// title is the query all of it. A question whose title has the query's terms, in order, comes first.
func (s *search) rank(q Query, asked string, several bool) []score {
	total := 0
	sums := make([]score, s.manifest.Docs)
	for _, u := range s.units {
		total += u.weight
		table := s.impacts(u)
		s.tables = append(s.tables, table)
		for _, im := range table {
			sc := &sums[im.doc]
			sc.sum += im.value
			sc.weight += 2 * u.weight
			if im.title > 0 {
				sc.weight += u.weight
			}
			sc.about = sc.about || im.title > 0 || im.level >= leastAbout
			if im.title > 1 && len(s.units) == 1 {
				sc.weight += u.weight
			}
		}
	}
	admits := s.filter(q)
	var found []score
	for doc, sc := range sums {
		if sc.sum > 0 && admits(doc) {
			found = append(found, score{doc: doc, sum: sc.sum * (total + sc.weight) / (3 * total), about: sc.about})
		}
	}
	slices.SortFunc(found, func(a, b score) int {
		return cmp.Or(cmp.Compare(b.sum, a.sum), cmp.Compare(a.doc, b.doc))
	})
	for len(found) > 0 && found[len(found)-1].sum*cliff < found[0].sum {
		found = found[:len(found)-1]
	}
	if doc, ok := s.manifest.Titles[asked]; ok {
		lead(found, doc)
	}
	if several && s.checker == "" && !s.named && admits(s.manifest.Fallback) {
		found = s.fallBack(found)
	}
	s.results.Total = len(found)
	return found
}

// lead moves a document to the first place, and gives it the best score.
func lead(found []score, doc int) {
	i := slices.IndexFunc(found, func(f score) bool { return f.doc == doc })
	if i <= 0 {
		return
	}
	first := found[i]
	first.sum = found[0].sum
	copy(found[1:i+1], found[:i])
	found[0] = first
}

// severalWords matches a text of more than one word.
var severalWords = regexp.MustCompile(`[\pL\pN\pM][^\pL\pN\pM]+[\pL\pN]`)

// An impact is what a unit adds to the score of a document.
type impact struct {
	doc, value, section, title, level int
}

// impacts returns the greatest impact of a unit's lists on each document, or that of the first list among equals,
// in the order of documents. The name of a product counts twice in a title that says more, since such a document is
// about no other product. The product's own page answers what a checker does; if the query asks something else
// about the product, the page gains nothing from its title.
func (s *search) impacts(u unit) []impact {
	var all []impact
	asksElse := len(s.units) > 1 && s.checker == ""
	for _, h := range u.lists {
		all = slices.Grow(all, len(h.docs))
		_, isName := s.manifest.Names[h.term]
		for i, doc := range h.docs {
			im := impact{doc: doc, value: h.weight * h.levels[i] * u.share / whole, title: h.titles[i], level: h.levels[i]}
			if len(h.sections) > 0 {
				im.section = h.sections[i]
			}
			if isName && im.title == 1 {
				im.value *= 2
			} else if isName && asksElse {
				im.title = 0
			}
			all = append(all, im)
		}
	}
	if len(u.lists) < 2 {
		return all
	}
	slices.SortStableFunc(all, func(a, b impact) int {
		return cmp.Or(cmp.Compare(a.doc, b.doc), cmp.Compare(b.value, a.value))
	})
	return slices.CompactFunc(all, func(a, b impact) bool { return a.doc == b.doc })
}

// section returns the section that the units say most for, or the first of equals. It returns 0 if they all speak
// for the document as a whole.
func section(tables [][]impact, doc int) int {
	votes := map[int]int{}
	best := 0
	for _, table := range tables {
		i, ok := slices.BinarySearchFunc(table, doc, func(im impact, doc int) int { return cmp.Compare(im.doc, doc) })
		if ok && table[i].section > 0 {
			votes[table[i].section] += table[i].value
		}
	}
	for n, v := range votes {
		if v > votes[best] || v == votes[best] && n < best {
			best = n
		}
	}
	return best
}

// filter returns a function that reports whether a document has the product and kind asked for.
func (ix *Index) filter(q Query) func(doc int) bool {
	if q.Product == "" && q.Kind == "" {
		return func(doc int) bool { return doc >= 0 }
	}
	f := ix.lines("f")
	products, _ := numbers(f[0])
	kinds, _ := numbers(f[1])
	kind := slices.Index(ix.manifest.Kinds, q.Kind)
	has := make([]bool, len(ix.manifest.Products))
	for i, ids := range ix.manifest.Products {
		has[i] = q.Product == "" || slices.Contains(strings.Fields(ids), q.Product)
	}
	return func(doc int) bool {
		return doc >= 0 && has[products[doc]] && (q.Kind == "" || kinds[doc] == kind)
	}
}

// Marks returns the places of the words in a text that were looked up, in bytes.
func (ix *Index) Marks(r Results, text string) [][2]int {
	sought := func(w word) bool { return slices.Contains(r.Terms, w.term) }
	var all [][2]int
	for _, w := range ix.words(text) {
		if !sought(w) && !slices.ContainsFunc(w.parts, sought) {
			continue
		}
		if last := len(all) - 1; last >= 0 && w.start < all[last][1] {
			all[last][1] = w.end
		} else {
			all = append(all, [2]int{w.start, w.end})
		}
	}
	return all
}
