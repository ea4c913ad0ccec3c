package lint

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/parallel"
	"helpcenter/site/spelling"
)

// A speller knows how words of a language are spelt.
type speller struct {
	*spelling.Dictionary
	own  wordSet  // words of the site, in lower case
	seen sync.Map // whether a word is known, by its form in a text
}

// newSpeller returns nil for a language without a dictionary. A site adds words to it: those of words.<lang>.txt, of
// the glossary and the names in site.toml, in all languages.
func (l *Linter) newSpeller(tag string) *speller {
	if l.Dictionaries[tag] == nil {
		return nil
	}
	s := &speller{Dictionary: l.Dictionaries[tag], own: wordSet{}}
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

// words returns the words of a site in a language, or "": most sites have none.
func (l *Linter) words(tag string) (string, error) {
	if l.Files == nil {
		return "", nil
	}
	data, err := fs.ReadFile(l.Files, "locales/words."+tag+".txt")
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return string(data), err
}

// unreadableWords finds files of words that cannot be read.
func (l *Linter) unreadableWords() (found []diag.Finding) {
	for _, lang := range l.Library.Site.Languages {
		if _, err := l.words(lang.Tag); err != nil {
			at := diag.Position{File: "locales/words." + lang.Tag + ".txt"}
			found = append(found, diag.Errorf(at, "unreadable", "cannot be read: %v", err))
		}
	}
	return found
}

// knows reports whether a word is right. Common words include what apostrophes cut off: dell, qu.
func (l *language) knows(word string) bool {
	if known, ok := l.seen.Load(word); ok {
		return known.(bool)
	}
	small := lower(word)
	known := l.hasWord(word) || l.Prefixes[small]
	if start, rest, cut := strings.Cut(straight(word), "'"); cut && !known {
		known = (rest == "" || l.knows(rest)) && l.knows(start)
	}
	known = known || l.isMade(small) || l.isVariant(small)
	l.seen.Store(word, known)
	return known
}

// hasWord reports whether a dictionary, the glossary or the site has a word.
func (l *language) hasWord(word string) bool {
	small := lower(word)
	return l.known[small] || l.speller.own[small] || l.Has(word) || l.Has(small)
}

// isMade reports whether a word is made as its language makes words: of a prefix and a word, or of two words that are
// not small ones, which are rather two words that nothing separates.
func (l *language) isMade(word string) bool {
	const least = 3
	for i := 2; i < len(word)-1; i++ {
		first, second := word[:i], word[i:]
		if l.Suffixes[second] && i >= least && l.Has(first) {
			return true
		}
		if len(second) < least {
			break
		}
		compound := l.Compounds && i >= least && first != second && !l.Common[first] && !l.Common[second] && l.Has(first)
		if (compound || l.Prefixes[first] && !l.SmallWords[second]) && l.Has(second) {
			return true
		}
	}
	return false
}

// isVariant reports whether a word is right in another country: behaviour, organise.
func (l *language) isVariant(word string) bool {
	for _, v := range l.Variants {
		written, usual, _ := strings.Cut(v, " ")
		if strings.Contains(word, written) && l.hasWord(strings.Replace(word, written, usual, 1)) {
			return true
		}
	}
	return false
}

// misspelt is the message about a word. [Linter.meant] reads the word and its language from it.
const misspelt = "%q is not in the dictionary of %q"

// spellings reports words that no dictionary of the site has, and words that nothing separates. [Linter.meant] keeps
// those that are rather mistakes than terms. Names, words of other languages, code and numbers are not judged.
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
		if !spellable(t, i, word) || t.knows(word) {
			continue
		}
		if part := t.unknownPart(word); t.hasOtherLetters(part) && !t.standsAlone(span{i, to}) {
			t.warn(t.words[i].from, "spelling", "%q has letters that %q does not have", word, t.tag).
				Suggestion = "write it with letters of the language"
			return
		} else if t.languageWith(part) == nil && !t.placer.inSource(part) {
			t.warn(t.words[i].from, "spelling", misspelt, word, t.tag)
		}
	}
}

// wholeWord returns the end of a word that goes on after apostrophes, or after hyphens if the dictionary has it so:
// don't, dell'azienda, add-ons.
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

// spellable reports whether the i-th word, as it is written, can be expected in a dictionary.
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
	return !t.inProduct(span{i, i + 1})
}

// languageWith returns another language of the site that has a word.
func (l *language) languageWith(word string) *language {
	for _, other := range l.all {
		if other != l && other.speller != nil && other.hasWord(word) {
			return other
		}
	}
	return nil
}

// unspaced reports a mark without a space between the words before and at an index: mese.poi, mese.poiresta.
func unspaced(t *passage, i int) bool {
	if i == 0 || i >= len(t.words) || t.words[i-1].code || t.words[i].code {
		return false
	}
	before, after, mark := t.written(span{i - 1, i}), t.written(span{i, i + 1}), t.between(i-1, i)
	word := func(word string) bool { return len(word) > 1 && word[1:] == lower(word[1:]) && !isDigit(word[0]) }
	if len(mark) != 1 || !strings.Contains(".,;:!?", mark) || !word(before) || !word(after) || !t.knows(before) ||
		t.inAlien(i) || t.inProduct(span{i - 1, i + 1}) {
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
	if strings.Contains(".:", mark) && !t.begins(i, lower(start)) {
		return false
	}
	t.warn(t.words[i-1].from, "spelling", "no space after %q in %q", mark, before+mark+after).
		Suggestion = fmt.Sprintf("write %q", before+mark+" "+right)
	return true
}

// begins reports whether a word begins a clause rather than going on with a name: home.html, key:value, User.Read,
// example.it.
func (t *passage) begins(i int, word string) bool {
	if before, w := t.words[i-1], t.words[i]; w.capital || len(t.Common) == 0 {
		return !before.capital || t.SmallWords[word]
	}
	return t.Common[word] && len(word) > 2
}

// wordCounts is how often words stand in the texts of a site, by language, in lower case. It is safe for concurrent
// use.
type wordCounts struct {
	mu sync.Mutex
	of map[*language]map[string]int
}

func newWordCounts(l *Linter) *wordCounts {
	c := &wordCounts{of: map[*language]map[string]int{}}
	for _, lang := range l.all {
		if lang.speller != nil {
			c.of[lang] = map[string]int{}
		}
	}
	return c
}

// add counts the words of some texts, whatever their markup.
func (c *wordCounts) add(lang *language, texts ...[]*passage) {
	if c == nil || c.of[lang] == nil {
		return
	}
	words := map[string]int{}
	for _, t := range slices.Concat(texts...) {
		for i := range t.words {
			words[t.word(i)]++
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for w, n := range words {
		c.of[lang][w] += n
	}
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

// total returns how often a word stands in the site, in any language.
func (c *wordCounts) total(word string) (n int) {
	for _, words := range c.of {
		n += words[word]
	}
	return n
}

const (
	leastUses    = 2  // of a word by the site, to be what somebody meant
	leastOfShort = 10 // the same if a mistake is short, and so near to many words
	leastLetters = 4  // of a mistake
	manyLetters  = 6  // of a piece between hyphens, and of a mistake that is near to few words
	mostMeant    = 3  // words that a finding suggests
)

// A verdict is what a word that no dictionary has is.
type verdict int

const (
	term    verdict = iota // or a name
	unclear                // nothing says what was meant
	likely                 // a mistake, on a page with others
	mistake
)

// meant keeps the findings about spelling that are rather mistakes, and adds what was meant. A word that no dictionary
// has is a term or a name if the site has it twice. A word that stands once is a mistake if it is near to words that
// the site uses, or two of them joined; on a page with more mistakes than unclear words, these are mistakes as well.
func (l *Linter) meant(found []diag.Finding, counts *wordCounts) []diag.Finding {
	const several = 5
	type tally struct {
		verdicts [mistake + 1]int
		hints    map[*diag.Finding]string
	}
	files := map[string]*tally{}
	for i := range found {
		f := &found[i]
		if f.Rule != "spelling" {
			continue
		}
		file := files[f.File]
		if file == nil {
			file = &tally{hints: map[*diag.Finding]string{}}
			files[f.File] = file
		}
		v := mistake
		var word, tag string
		if _, err := fmt.Sscanf(f.Message, misspelt, &word, &tag); err == nil {
			var words []string
			if words, v = l.languages[tag].meant(word, counts); v == mistake {
				f.Suggestion = `did you mean "` + strings.Join(words, `" or "`) + `"?`
			} else if v != term {
				file.hints[f] = "if it is right, add it to locales/words." + tag + ".txt"
			}
		}
		file.verdicts[v]++
	}
	for _, file := range files {
		if n := file.verdicts[mistake] + file.verdicts[likely]; n >= several && n > file.verdicts[unclear] {
			for f, hint := range file.hints {
				f.Suggestion = hint
			}
		}
	}
	return slices.DeleteFunc(found, func(f diag.Finding) bool { return f.Rule == "spelling" && f.Suggestion == "" })
}

// unknownPart returns the part of a word between apostrophes that is not known.
func (l *language) unknownPart(word string) string {
	for part := range strings.SplitSeq(straight(word), "'") {
		if !l.knows(part) {
			return part
		}
	}
	return word
}

// meant returns what a word that no dictionary has is, and if it is a mistake what was meant, the most frequent first.
func (l *language) meant(word string, counts *wordCounts) ([]string, verdict) {
	part := l.unknownPart(word)
	small := lower(part)
	capital := small != part
	accented, used := l.near(small, counts)
	isName := capital && !l.CapitalNouns
	once := counts.total(small) <= 1 && utf8.RuneCountInString(part) >= leastLetters && !isName
	switch words := append(accented, used...); {
	case len(accented) > 0, once && len(words) > 0:
		slices.SortStableFunc(words, func(a, b string) int { return counts.of[l][b] - counts.of[l][a] })
		words = words[:min(mostMeant, len(words))]
		for i, w := range words {
			if first, size := utf8.DecodeRuneInString(w); capital {
				w = string(unicode.ToUpper(first)) + w[size:]
			}
			words[i] = strings.Replace(straight(word), part, w, 1)
		}
		return words, mistake
	case !once:
		return nil, term
	}
	used, isLikely := l.joined(small, counts)
	switch {
	case len(used) > 0:
		return used, mistake
	case isLikely:
		return nil, likely
	}
	return nil, unclear
}

// near returns the words near to another: those that have accents where it has none or others, and those that the site
// uses or from which it differs by a slip of the fingers.
func (l *language) near(word string, counts *wordCounts) (accented, used []string) {
	plain := withoutAccents(word)
	for near := range l.Near(word) {
		into := &used
		switch {
		case len(near) > len(plain) && withoutAccents(near) == plain:
			into = &accented
		case !l.uses(near, counts, len(word)) && !(isSlip(word, near) && l.HasStem(near)):
			continue
		}
		if !slices.Contains(*into, near) && l.hasWord(near) && !l.isForm(word, near) {
			*into = append(*into, near)
		}
	}
	return accented, used
}

// uses reports whether the site uses a word often enough for one of so many letters to be meant for it.
func (l *language) uses(word string, counts *wordCounts, letters int) bool {
	least := leastUses
	if letters < manyLetters {
		least = leastOfShort
	}
	return counts.of[l][word] >= least || l.Common[word]
}

// standsAlone reports whether words are a line or a cell of their own, as the name of a language in a list.
func (t *passage) standsAlone(words span) bool {
	const ends = "\n\t"
	return (words.from == 0 || strings.ContainsAny(t.between(words.from-1, words.from), ends)) &&
		(words.to == len(t.words) || strings.ContainsAny(t.between(words.to-1, words.to), ends))
}

// hasOtherLetters reports whether a word has letters of a script in which the language is not written.
func (l *language) hasOtherLetters(word string) bool {
	latin := func(r rune) bool { return unicode.Is(unicode.Latin, r) }
	return slices.ContainsFunc(l.Letters(), latin) && strings.ContainsFunc(word, func(r rune) bool {
		return unicode.IsLetter(r) && !latin(r)
	})
}

// isSlip reports whether a long word differs from another by what fingers do: two letters are swapped, or one is doubled
// or not.
func isSlip(word, from string) bool {
	const least = 6
	if len(word) < least {
		return false
	}
	if len(word) == len(from) {
		i := 0
		for i < len(word)-2 && word[i] == from[i] {
			i++
		}
		return word[i] == from[i+1] && word[i+1] == from[i] && word[i+2:] == from[i+2:]
	}
	single := func(s string) string {
		bytes := []byte(s)
		return string(slices.Compact(bytes))
	}
	return single(word) == single(from)
}

// withoutAccents returns a word with plain letters.
func withoutAccents(word string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(word))
}

// isForm reports whether a word is a regular form of one in the dictionary, which may lack it: encodings, incentivized.
func (l *language) isForm(word, of string) bool {
	for _, stem := range []string{of, strings.TrimSuffix(of, "e")} {
		if ending, ok := strings.CutPrefix(word, stem); ok && l.Endings[ending] && (l.HasStem(of) || strings.IndexByte("aeiou", word[len(word)-1]) < 0) {
			return true
		}
	}
	return false
}

// joined returns the words of the site that were joined by mistake: a small word and another, words of two languages,
// or a word and the ending of another language. If the site lacks such words but dictionaries have them, the word is
// likely a mistake.
func (l *language) joined(word string, counts *wordCounts) (words []string, isLikely bool) {
	for i := 2; i < len(word)-1; i++ {
		words := []string{word[:i], word[i:]}
		if !utf8.RuneStart(word[i]) || !l.areJoined(words[0], words[1]) {
			continue
		}
		uses := func(word string) bool {
			return slices.ContainsFunc(l.all, func(of *language) bool { return of.uses(word, counts, manyLetters) })
		}
		if uses(words[0]) && uses(words[1]) {
			if l.hasWord(words[0]) && l.hasWord(words[1]) {
				words = []string{strings.Join(words, " ")}
			}
			return words, true
		}
		isLikely = true
	}
	return nil, isLikely
}

// areJoined reports whether two words in sequence were rather joined by mistake than to make another.
func (l *language) areJoined(first, second string) bool {
	mine, rest := l.hasWord(first), l.hasWord(second)
	if mine && rest {
		small := l.Common
		if l.Compounds {
			small = l.SmallWords
		}
		return small[first] || small[second]
	}
	if len(first) < leastLetters {
		return false
	}
	return slices.ContainsFunc(l.all, func(other *language) bool {
		if other == l || other.speller == nil {
			return false
		}
		start, end := other.hasWord(first), other.hasWord(second)
		return mine && !start && other.Endings[second] ||
			len(second) >= leastLetters && (mine && !start && !rest && end || !mine && start && rest && !end)
	})
}
