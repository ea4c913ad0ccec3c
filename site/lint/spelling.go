package lint

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/spelling"
)

// A speller checks how words of a language are spelt.
type speller struct {
	*spelling.Dictionary
	own  wordSet  // words of the site, in lower case
	bare wordSet  // common words with accents, stripped of them
	seen sync.Map // by form in a text: whether a word is known
	lent sync.Map // by word: whether another language has it
}

// newSpeller returns nil for a language without a dictionary. The site adds words: those of words.<lang>.txt, those
// of the glossary, and the names in site.toml, in all languages.
func (l *Linter) newSpeller(tag string) *speller {
	if l.Dictionaries[tag] == nil {
		return nil
	}
	s := &speller{Dictionary: l.Dictionaries[tag], own: wordSet{}, bare: wordSet{}}
	for w := range lexiconOf(tag).Common {
		if plain := withoutAccents(w); plain != w {
			s.bare[plain] = true
		}
	}
	add := func(text string) {
		t := newPassage(text, unknown, markup{})
		for i := range t.words {
			s.own[t.word(i)] = true
		}
	}
	words, _ := l.words(tag)
	add(words)
	for _, term := range l.Words.Glossary {
		for _, word := range term.Words {
			add(word)
		}
	}
	for _, lang := range l.Library.Site.Languages {
		add(lang.Name)
	}
	for _, p := range l.Library.Site.Products {
		for _, name := range p.Name {
			add(name)
		}
	}
	l.siteTexts(func(text library.Text, path ...any) {
		if path[len(path)-1] == "name" {
			for _, name := range text {
				add(name)
			}
		}
	})
	return s
}

// words returns the additional words of a site in a language, or "", as most sites have none.
func (l *Linter) words(tag string) (string, error) {
	data, err := fs.ReadFile(l.Files, "locales/words."+tag+".txt")
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return string(data), err
}

// unreadableWords reports files of words that cannot be read.
func (l *Linter) unreadableWords() (found []diag.Finding) {
	for _, lang := range l.Library.Site.Languages {
		if _, err := l.words(lang.Tag); err != nil {
			at := diag.Position{File: "locales/words." + lang.Tag + ".txt"}
			found = append(found, diag.Errorf(at, "unreadable", "cannot be read: %v", err))
		}
	}
	return found
}

// knows reports whether a word is spelt right. Common words include what apostrophes cut off: dell, qu.
func (l *language) knows(word string) bool {
	if known, ok := l.seen.Load(word); ok {
		return known.(bool)
	}
	small := lower(word)
	known := l.hasWord(word) || l.Prefixes[small] || l.Abbreviations[small]
	if start, rest, cut := strings.Cut(straight(word), "'"); cut && !known {
		known = (rest == "" || l.knows(rest)) && l.knows(start)
	}
	known = known || l.isMade(small) || l.isVariant(small)
	l.seen.Store(strings.Clone(word), known)
	return known
}

// hasStem reports whether the dictionary has a word as a stem, in small letters or as a capitalized noun.
func (l *language) hasStem(word string) bool {
	return l.HasStem(word) || l.CapitalNouns && l.HasStem(spelling.Capitalize(word))
}

// hasWord reports whether a dictionary, the glossary or the site has a word.
func (l *language) hasWord(word string) bool {
	small := lower(word)
	return l.known[small] || l.speller.own[small] || l.Has(word) || l.Has(small)
}

// isMade reports whether a word is formed as its language forms words: from a prefix and a word, a verb and
// enclitics, or two words. Two small words are more probably words that should be separate.
func (l *language) isMade(word string) bool {
	const least = 3
	if verb := l.withoutEnclitics(word); verb != word && l.Has(verb) {
		return true
	}
	has := func(word string) bool { return l.Has(word) || l.CapitalNouns && l.Has(strings.ToUpper(word)) }
	for i := 2; i < len(word)-1; i++ {
		first, second := word[:i], word[i:]
		if l.Suffixes[second] && i >= least && (l.Has(first) || second[0] == 'e' && l.Has(first+"e")) {
			return true
		}
		if len(second) < least {
			break
		}
		compound := l.Compounds && i >= least && first != second && !l.Common[first] && !l.Common[second] && has(first)
		made := compound || l.Prefixes[first] && !l.SmallWords[second] || l.Separable[first]
		if made && (has(second) || l.Separable[first] && l.Has(strings.TrimPrefix(second, l.Infinitive))) {
			return true
		}
	}
	return false
}

// isVariant reports whether a word is spelt right in another country: behaviour, organise.
func (l *language) isVariant(word string) bool {
	for _, v := range l.Variants {
		written, usual, _ := strings.Cut(v, " ")
		if strings.Contains(word, written) && l.hasWord(strings.Replace(word, written, usual, 1)) {
			return true
		}
	}
	return false
}

// misspelt is the message about a misspelt word. [Linter.meant] parses the word and its language from it.
const misspelt = "%q is not in the dictionary of %q"

// spellings reports words that no dictionary of the site has, and words with no space between them. [Linter.meant]
// keeps those that are probably mistakes. Names, words of other languages, code and numbers are not judged.
func spellings(t *passage) {
	if t.speller == nil {
		return
	}
	for i, to := 0, 0; i < len(t.words); i = to {
		to = wholeWord(t, i)
		if unspaced(t, to) {
			to++
			continue
		}
		word := t.written(span{i, to})
		if !spellable(t, i, word) || t.knows(word) || isPiece(t, span{i, to}) || t.inProduct(span{i, i + 1}) {
			continue
		}
		if standsAlone(t, span{i, to}) {
			continue // probably a name
		}
		if part := t.unknownPart(word); t.hasOtherLetters(part) {
			t.warn(t.words[i].from, "spelling", "%q has letters that %q does not have", word, t.tag).
				Suggestion = "write it with letters of the language"
			return
		} else if t.bare[lower(part)] || !t.isLent(part) && !t.placer.inSource(part) {
			t.warn(t.words[i].from, "spelling", misspelt, word, t.tag)
		}
	}
}

// wholeWord returns the end of a word that continues after apostrophes, or after hyphens if the dictionary has the
// whole: don't, dell'azienda, add-ons.
func wholeWord(t *passage, i int) int {
	end := i + 1
	for ; end < len(t.words) && straight(t.between(end-1, end)) == "'"; end++ {
	}
	for to := end; to < len(t.words) && t.between(to-1, to) == "-"; to++ {
		if t.knows(t.written(span{i, to + 1})) {
			end = to + 1
		}
	}
	return end
}

// isPiece reports whether words are only part of a word: Abrechnungs- und Kontodaten, 14-tägig, iscritt*,
// name+list, [d]isplay.
func isPiece(t *passage, s span) bool {
	before, after := t.text[:t.words[s.from].from], t.text[t.words[s.to-1].to:]
	if rest, ok := strings.CutSuffix(before, "-"); ok {
		last, _ := utf8.DecodeLastRuneInString(rest)
		return !unicode.IsLetter(last)
	}
	if rest, ok := strings.CutPrefix(after, "-"); ok {
		next, _ := utf8.DecodeRuneInString(rest)
		return !unicode.IsLetter(next) || t.isJoint(t.written(s))
	}
	return strings.HasSuffix(before, "]") || after != "" && strings.IndexByte("*@+([", after[0]) >= 0
}

// isJoint reports whether a word is the first part of a compound: Optimierungs.
func (l *language) isJoint(word string) bool {
	for joint := range l.Joints {
		if first, ok := strings.CutSuffix(word, joint); ok && l.hasWord(first) {
			return true
		}
	}
	return false
}

// spellable reports whether a dictionary can be expected to have the i-th word, as it is written.
func spellable(t *passage, i int, word string) bool {
	w := t.words[i]
	_, size := utf8.DecodeRuneInString(word)
	switch {
	case w.code || t.inAlien(i) || utf8.RuneCountInString(word) < 3:
		return false
	case strings.ContainsFunc(word, unicode.IsDigit) || strings.ContainsFunc(word[size:], unicode.IsUpper):
		return false // a version, MacBook, HTML
	case w.capital && !w.initial && !t.CapitalNouns:
		return false
	case len(word) < manyLetters && (strings.HasSuffix(t.text[:w.from], "-") || strings.HasPrefix(t.text[w.to:], "-")):
		return false // a piece of a word
	}
	return true
}

// languageWith returns another language of the site that has a word, or nil.
func (l *language) languageWith(word string) *language {
	for _, other := range l.all {
		if other != l && other.speller != nil && other.hasWord(word) {
			return other
		}
	}
	return nil
}

// isLent reports whether another language has a word. It remembers the answer.
func (l *language) isLent(word string) bool {
	if lent, ok := l.lent.Load(word); ok {
		return lent.(bool)
	}
	lent := l.languageWith(word) != nil
	l.lent.Store(strings.Clone(word), lent)
	return lent
}

// unspaced reports a missing space after the mark between the words before and at an index: mese.poi,
// mese.poiresta.
func unspaced(t *passage, i int) bool {
	if i == 0 || i >= len(t.words) || t.words[i-1].code || t.words[i].code {
		return false
	}
	mark := t.between(i-1, i)
	if len(mark) != 1 || !strings.Contains(".,;:!?", mark) {
		return false
	}
	if inName(t, i-1) {
		return false
	}
	before, after := t.written(span{i - 1, i}), t.written(span{i, i + 1})
	word := func(word string) bool { return len(word) > 1 && word[1:] == lower(word[1:]) && !isDigit(word[0]) }
	if !word(before) || !word(after) || !t.knows(before) || t.inAlien(i) ||
		t.inProduct(span{i - 1, i + 1}) {
		return false
	}
	right, start := after, after
	if !t.knows(after) {
		first, second, ok := t.Split(after)
		if !ok {
			return false
		}
		right, start = first+" "+second, first
	}
	if !begins(t, i, mark, lower(start)) {
		return false
	}
	t.warn(t.words[i-1].from, "spelling", "no space after %q in %q", mark, before+mark+after).
		Suggestion = fmt.Sprintf("write %q", before+mark+" "+right)
	return true
}

// inName reports whether marks of names or patterns directly precede the i-th word: a.b, $document, {min.
func inName(t *passage, i int) bool {
	const far = 40
	from := t.words[i].from
	before := t.text[max(0, from-far):from]
	return strings.ContainsAny(before[strings.LastIndexAny(before, " \n\t")+1:], ".:$^@|=&/_{")
}

// begins reports whether a word after a mark begins a clause rather than continuing a name: home.html, key:value,
// User.Read, example.it, Yahoo!Mail.
func begins(t *passage, i int, mark, word string) bool {
	const least = 3
	before, w := t.words[i-1], t.words[i]
	switch {
	case mark == ":":
		return len(word) >= least && t.SmallWords[word]
	case mark != "." && mark != "!":
		return true
	case w.capital || len(t.Common) == 0:
		return !before.capital || t.SmallWords[word]
	}
	return t.Common[word] && len(word) >= least
}
