package lint

import "strings"

// phrases finds phrases in texts of a language, in whatever form they are
// inflected.
type phrases struct {
	endings endings
	first   map[string][]phrase // by the stem of their first word
	starts  starts
}

// A phrase is the stems of its words and what it stands for.
type phrase struct {
	words []string
	stems []string
	id    int
}

// A match is a phrase found: the words [from, to) of a passage.
type match struct{ from, to, id int }

func newPhrases(e endings) *phrases {
	return &phrases{endings: e, first: map[string][]phrase{}}
}

// add adds a phrase. One without a word is left out.
func (p *phrases) add(text string, id int) {
	t := newPassage(text, unknown, markup{})
	var words, stems []string
	for i := range t.words {
		words = append(words, t.word(i))
		stems = append(stems, p.endings.stem(t.word(i)))
	}
	if len(stems) > 0 {
		p.first[stems[0]] = append(p.first[stems[0]], phrase{words, stems, id})
		p.starts.add(stems[0])
	}
}

// find calls yield for each phrase that begins at one of the words [from, to),
// and ends there.
func (p *phrases) find(t *passage, from, to int, yield func(match)) {
	if len(p.first) == 0 {
		return
	}
	for i := from; i < to; i++ {
		if !p.starts.has(t.word(i)) {
			continue
		}
		for _, ph := range p.first[p.endings.stem(t.word(i))] {
			if p.at(t, i, to, ph) {
				yield(match{i, i + len(ph.stems), ph.id})
			}
		}
	}
}

// starts says of most words at once that no phrase begins with them. It knows
// words by their first three bytes, of which no stemmer cuts any.
type starts [1 << 15]bool

func (s *starts) add(word string)      { s[startOf(word)] = true }
func (s *starts) has(word string) bool { return s[startOf(word)] }

func startOf(word string) (n int) {
	for i := range min(3, len(word)) {
		n = n<<5 | int(word[i]&31)
	}
	return n
}

// at reports whether a phrase stands at a word: its words follow one another
// with nothing but spaces, hyphens and apostrophes between them.
func (p *phrases) at(t *passage, i, end int, ph phrase) bool {
	if i+len(ph.stems) > end || grown(t.word(i), ph.words[0]) {
		return false
	}
	for k := 1; k < len(ph.stems); k++ {
		gap := t.text[t.words[i+k-1].to:t.words[i+k].from]
		if p.endings.stem(t.word(i+k)) != ph.stems[k] || grown(t.word(i+k), ph.words[k]) || strings.Trim(gap, " -'’‑") != "" {
			return false
		}
	}
	return true
}

// grown reports whether a word is another and one more vowel. No form of a word
// is made so, though a stemmer that cuts vowels takes it for one: subscriptione.
func grown(word, from string) bool {
	return len(word) == len(from)+1 && strings.HasPrefix(word, from) && strings.IndexByte("aeiouy", word[len(from)]) >= 0
}

// longest keeps of matches that overlap the longest, and of equal ones the first.
func longest(all []match) []match {
	var kept []match
	for _, m := range all {
		if n := len(kept); n > 0 && m.from < kept[n-1].to {
			if m.to-m.from > kept[n-1].to-kept[n-1].from {
				kept[n-1] = m
			}
			continue
		}
		kept = append(kept, m)
	}
	return kept
}

// endings are what tells the forms of a word apart: a light stemmer cuts the
// longest that leaves at least three letters. Forms of one word that it does not
// bring together are missed, which costs a finding; words that it takes for one
// another must not exist in articles.
type endings struct {
	list   map[string]bool
	most   int  // length of the longest
	single bool // a doubled consonant before an ending is single: cancelled, cancel
}

func newEndings(list string, single bool) endings {
	e := endings{list: map[string]bool{}, single: single}
	for s := range strings.FieldsSeq(list) {
		e.list[s] = true
		e.most = max(e.most, len(s))
	}
	return e
}

// stem returns the part of a word that its forms share.
func (e endings) stem(word string) string {
	for n := min(e.most, len(word)-3); n > 0; n-- {
		if e.list[word[len(word)-n:]] {
			return e.undouble(word[:len(word)-n])
		}
	}
	return word
}

func (e endings) undouble(stem string) string {
	if n := len(stem); e.single && n > 3 && stem[n-1] == stem[n-2] {
		return stem[:n-1]
	}
	return stem
}
