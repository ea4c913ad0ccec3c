package lint

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"helpcenter/site/diag"
	"helpcenter/site/spelling"
)

// wordCounts counts the words in the texts of a site, by language, in lower case. It is safe for concurrent use.
type wordCounts struct {
	mu    sync.Mutex
	of    map[*language]map[*entry]int
	names wordSet // parts of web addresses, in lower case; set by [Linter.meant]
}

func newWordCounts(l *Linter) *wordCounts {
	c := &wordCounts{of: map[*language]map[*entry]int{}}
	for _, lang := range l.all {
		if lang.speller != nil {
			c.of[lang] = map[*entry]int{}
		}
	}
	return c
}

// add counts the words of some texts, whatever their markup.
func (c *wordCounts) add(lang *language, texts ...[]*passage) {
	if c == nil || c.of[lang] == nil {
		return
	}
	words := map[*entry]int{}
	for _, t := range slices.Concat(texts...) {
		for i := range t.words {
			words[t.words[i].entry]++
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for w, n := range words {
		c.of[lang][w] += n
	}
}

// in returns how often a word occurs in the texts of a language.
func (c *wordCounts) in(lang *language, word string) int {
	return c.of[lang][lang.vocabulary.find(word)]
}

// total returns how often a word occurs in the site, in any language.
func (c *wordCounts) total(word string) (n int) {
	for lang := range c.of {
		n += c.in(lang, word)
	}
	return n
}

const (
	leastUses    = 2    // of a word in the site, for it to be what was meant
	leastOfShort = 10   // the same for a short mistake, which is near to many words
	leastLetters = 4    // of a mistake
	manyLetters  = 6    // of a piece between hyphens, and of a mistake that is near to few words
	mostMeant    = 3    // words that a finding suggests at most
	mostJudged   = 1000 // most distinct words judged, the first ones of a site; each takes up to 20 ms in German
)

// A verdict classifies a word that no dictionary has.
type verdict int

const (
	term    verdict = iota // a term or a name
	unclear                // it is unclear what was meant
	likely                 // a mistake, on a page that has others
	mistake
)

// meant keeps the findings about spelling that are probably mistakes, and adds what was meant. A word that no
// dictionary has is a term or a name if the site has it at least twice. A word that occurs once is a mistake if it
// is near to words that the site uses, or consists of two of them. On a page with several mistakes, and more of
// them than unclear words, the unclear words are mistakes too. Words beyond mostJudged count as terms.
func (l *Linter) meant(found []diag.Finding, counts *wordCounts) []diag.Finding {
	const several = 5
	type tally struct {
		verdicts [mistake + 1]int
		hints    map[*diag.Finding]string
	}
	type judged struct {
		words []string
		verdict
	}
	files, known := map[string]*tally{}, map[string]judged{}
	counts.names = l.addressParts(found)
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
			j, ok := known[f.Message]
			if !ok && len(known) < mostJudged {
				j.words, j.verdict = l.languages[tag].meant(word, counts)
				known[f.Message] = j
			}
			if v = j.verdict; v == mistake {
				f.Suggestion = `did you mean "` + strings.Join(j.words, `" or "`) + `"?`
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

// addressParts returns the words in web addresses that articles link to, since they are probably names. It returns
// none if no finding needs them.
func (l *Linter) addressParts(found []diag.Finding) wordSet {
	parts := wordSet{}
	if !slices.ContainsFunc(found, func(f diag.Finding) bool { return f.Rule == "spelling" }) {
		return parts
	}
	for _, a := range l.Library.Articles {
		for _, link := range a.Read().Links {
			if !strings.Contains(link.Dest, "://") {
				continue
			}
			other := func(r rune) bool { return !unicode.IsLetter(r) }
			for part := range strings.FieldsFuncSeq(lower(link.Dest), other) {
				parts[part] = true
			}
		}
	}
	return parts
}

// unknownPart returns the first part of a word, divided at apostrophes, that is not known.
func (l *language) unknownPart(word string) string {
	for part := range strings.SplitSeq(straight(word), "'") {
		if !l.knows(part) {
			return part
		}
	}
	return word
}

// meant classifies a word that no dictionary has. For a mistake, it returns what was meant, the most frequent
// first.
func (l *language) meant(word string, counts *wordCounts) ([]string, verdict) {
	part := l.unknownPart(word)
	small := lower(part)
	capital := small != part
	accented, used := l.near(small, capital, counts)
	isName := capital && !l.CapitalNouns || counts.names[small]
	letters := utf8.RuneCountInString(part)
	once := counts.total(small) <= 1 && letters >= leastLetters && !isName
	usual := func(word string) bool { return l.uses(word, counts, manyLetters) }
	switch words := append(accented, used...); {
	case once && len(words) > 0 && letters == leastLetters && len(accented) == 0:
		return nil, likely // many names are as short
	case once && len(words) > 0, slices.ContainsFunc(accented, usual):
		slices.SortStableFunc(words, func(a, b string) int { return counts.in(l, b) - counts.in(l, a) })
		words = words[:min(mostMeant, len(words))]
		for i, w := range words {
			if capital {
				w = spelling.Capitalize(w)
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

// near returns the words near to another: accented are those that differ only in accents, used are those that the
// site uses or that differ by a slip of the fingers.
func (l *language) near(word string, capital bool, counts *wordCounts) (accented, used []string) {
	isLoan := l.isLoan(word)
	plain, letters := withoutAccents(word), utf8.RuneCountInString(word)
	for near := range l.Near(word) {
		into := &used
		switch {
		case near == "" || near == word:
			continue
		case len(near) > len(plain) && utf8.RuneCountInString(near) == letters && withoutAccents(near) == plain:
			into = &accented
		case isSlip(word, near) && l.hasStem(near):
		case isLoan || near[0] != word[0] || !l.uses(near, counts, letters): // mistakes are rarely in the first letter
			continue
		}
		isWord := l.hasWord(near) || capital && l.CapitalNouns && l.Has(spelling.Capitalize(near))
		if isWord && !slices.Contains(*into, near) && !l.isForm(word, near) {
			*into = append(*into, near)
		}
	}
	return accented, used
}

// isLoan reports whether a word is one of another language with an ending of this one: mergen, rootato.
func (l *language) isLoan(word string) bool {
	if !l.CapitalNouns && !l.Compounds {
		return false
	}
	for n := 1; n <= min(longestEnding, len(word)-leastLetters); n++ {
		stem, ending := word[:len(word)-n], word[len(word)-n:]
		if !l.Endings[ending] || l.hasWord(stem) {
			continue
		}
		if l.languageWith(stem) != nil || l.languageWith(stem+"e") != nil {
			return true
		}
	}
	return false
}

// uses reports whether the site uses a word often enough to be what a mistake of the given number of letters means.
func (l *language) uses(word string, counts *wordCounts, letters int) bool {
	least := leastUses
	if letters < manyLetters {
		least = leastOfShort
	}
	return counts.in(l, word) >= least || l.Common[word]
}

// standsAlone reports whether words are a line or a cell of their own, beside others, like the name of a language
// in a list.
func standsAlone(t *passage, words span) bool {
	if words.from == 0 && words.to == len(t.words) {
		return false
	}
	const ends = "\n\t"
	return (words.from == 0 || t.markBefore(words.from, ends)) &&
		(words.to == len(t.words) || t.markBefore(words.to, ends))
}

// hasOtherLetters reports whether a word has letters of a script that is not used for the language.
func (l *language) hasOtherLetters(word string) bool {
	latin := func(r rune) bool { return unicode.Is(unicode.Latin, r) }
	return slices.ContainsFunc(l.Letters(), latin) && strings.ContainsFunc(word, func(r rune) bool {
		return unicode.IsLetter(r) && !latin(r)
	})
}

// isSlip reports whether a long word differs from another by a slip of the fingers: two letters are swapped, or a
// letter is doubled or not.
func isSlip(word, from string) bool {
	if len(word) < manyLetters {
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

// withoutAccents replaces accented letters with plain ones.
func withoutAccents(word string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(word))
}

// isForm reports whether a word is a regular form of another that the dictionary may lack: encodings, incentivized.
func (l *language) isForm(word, of string) bool {
	for _, stem := range []string{of, strings.TrimSuffix(of, "e")} {
		ending, ok := strings.CutPrefix(word, stem)
		plain := l.hasStem(of) || strings.IndexByte("aeiou", word[len(word)-1]) < 0
		if ok && plain && (l.Endings[ending] || l.Suffixes[ending]) {
			return true
		}
	}
	return false
}

// joined returns the words of the site that were joined by mistake: a small word and another, words of two
// languages, or a word and an ending of another language. If the site does not use such words but dictionaries have
// them, the word is likely a mistake.
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

// areJoined reports whether two words were probably joined by mistake rather than to form another.
func (l *language) areJoined(first, second string) bool {
	if l.Compounds { // such as Messengerdienst; small words are tested first, to spare looking up the others
		small := l.SmallWords[first] || l.SmallWords[second] && !l.Endings[second]
		return small && l.hasWord(first) && l.hasWord(second)
	}
	mine, rest := l.hasWord(first), l.hasWord(second)
	switch {
	case mine && rest:
		return l.Common[first] || l.Common[second] && !l.Endings[second]
	case len(first) < leastLetters || !mine && !rest:
		return false
	}
	return slices.ContainsFunc(l.all, func(other *language) bool {
		switch {
		case other == l || other.speller == nil || !other.Endings[second] && len(second) < leastLetters:
			return false
		case mine:
			return !other.hasWord(first) && (other.Endings[second] || other.hasWord(second))
		}
		return len(second) >= leastLetters && other.hasWord(first) && !other.hasWord(second)
	})
}
