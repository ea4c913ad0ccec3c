// Package spelling looks up words in Hunspell's dictionaries, which most systems and office programs have:
// it_IT.aff says how words change, it_IT.dic lists their stems.
//
// [Read] reads a dictionary, [Dictionary.Has] looks up a word, and [Dictionary.Near] suggests what may have been
// meant. The forms of a stem are not stored: affixes are cut from a form until a stem with their flags is left.
// That takes some 20 MB for Italian, where all forms would take hundreds.
//
// Prefixes and suffixes are supported, with their conditions, cross products and further affixes, except for
// CIRCUMFIX, COMPLEXPREFIXES and KEEPCASE. Compounds are supported by the flags of their parts,
// CHECKCOMPOUNDPATTERN, and those of COMPOUNDRULE that are plain sequences; limits such as COMPOUNDWORDMAX are
// ignored.
package spelling

import (
	"bufio"
	"bytes"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// A Dictionary holds the words of a language. It is safe for concurrent use.
type Dictionary struct {
	stems      map[string]string     // their flags as written, one line for each entry; few are ever looked up
	affixes    [2]map[string][]affix // prefixes and suffixes, by text
	longest    [2]int                // length of their longest texts, in bytes
	aliases    []flags               // of the command AF
	flagType   string                // of the command FLAG
	letters    []rune                // letters to try in suggestions, the most frequent first
	replace    [][2]string           // frequent mistakes and their corrections
	input      *strings.Replacer     // applied to every word
	depth      int                   // most affixes of a form: one of each kind, and one more if affixes have affixes
	fullStrip  bool                  // an affix may replace a whole stem
	needAffix  flags                 // of stems that are not words by themselves
	forbidden  flags
	compounds  compounds
	conditions map[string]*regexp.Regexp
}

// flags are the flags of a stem or an affix, which name the affixes that it may have.
type flags []uint32

func (f flags) any(of flags) bool {
	return slices.ContainsFunc(of, func(x uint32) bool { return slices.Contains(f, x) })
}

// The kinds of affixes.
const (
	prefix = iota
	suffix
)

// An affix makes a form of a stem.
type affix struct {
	flag      uint32
	cross     bool   // may be combined with an affix of the other kind
	strip     string // what it replaces
	further   flags  // affixes that the form may have
	condition *regexp.Regexp
}

// most is the most bytes of a dictionary file.
const most = 64 << 20

// Read reads a dictionary from the contents of its two files.
func Read(aff, dic []byte) (*Dictionary, error) {
	if len(aff) > most || len(dic) > most {
		return nil, fmt.Errorf("a dictionary of more than %d MB", most>>20)
	}
	decode, err := decoder(aff)
	if err != nil {
		return nil, err
	}
	text := string(decode(dic))
	d := &Dictionary{stems: make(map[string]string, strings.Count(text, "\n")), depth: 2}
	d.conditions = map[string]*regexp.Regexp{}
	d.affixes = [2]map[string][]affix{{}, {}}
	if err := d.readAffixes(decode(aff)); err != nil {
		return nil, err
	}
	for line := range strings.Lines(text) {
		entry := strings.TrimSpace(line)
		if end := strings.IndexFunc(entry, unicode.IsSpace); end >= 0 {
			entry = entry[:end]
		}
		if entry == "" || strings.HasPrefix(line, "\t") {
			continue
		}
		word, flags, _ := strings.Cut(strings.ReplaceAll(entry, `\/`, "\x00"), "/")
		word = strings.ReplaceAll(word, "\x00", "/")
		if before, again := d.stems[word]; again {
			flags = before + "\n" + flags
		}
		d.stems[word] = flags
	}
	d.readDepth()
	return d, nil
}

// decoder returns the conversion to UTF-8 from the encoding that the command SET names.
func decoder(aff []byte) (func([]byte) []byte, error) {
	name := regexp.MustCompile(`(?m)^SET\s+(\S+)`).FindSubmatch(aff)
	if name == nil || bytes.EqualFold(name[1], []byte("UTF-8")) {
		return func(text []byte) []byte { return text }, nil
	}
	for _, encoding := range charmap.All {
		known := strings.ReplaceAll(fmt.Sprint(encoding), " ", "")
		if strings.EqualFold(known, strings.Replace(string(name[1]), "microsoft-cp", "Windows", 1)) {
			return func(text []byte) []byte {
				out, _ := encoding.NewDecoder().Bytes(text) // every byte is a character
				return out
			}, nil
		}
	}
	return nil, fmt.Errorf("unknown encoding %q", name[1])
}

// readAffixes reads the commands in the file of affixes. It ignores those that matter only to word processors.
func (d *Dictionary) readAffixes(aff []byte) error {
	var input []string
	cross := map[string]bool{}
	lines := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(aff, []byte("\ufeff"))))
	for n := 1; lines.Scan(); n++ {
		f := strings.Fields(lines.Text())
		if len(f) == 0 {
			continue
		}
		switch command, value := f[0], strings.Join(f[1:min(2, len(f))], ""); command {
		case "FLAG":
			d.flagType = value
		case "AF":
			d.aliases = append(d.aliases, d.parseFlags(value)) // the first is their number, and no alias is 0
		case "TRY":
			d.letters = []rune(value)
		case "FULLSTRIP":
			d.fullStrip = true
		case "NEEDAFFIX":
			d.needAffix = d.flags(value)
		case "FORBIDDENWORD":
			d.forbidden = d.flags(value)
		case "REP":
			if len(f) == 3 {
				d.replace = append(d.replace, [2]string{strings.Trim(value, "^$"), strings.ReplaceAll(f[2], "_", " ")})
			}
		case "ICONV":
			if len(f) == 3 {
				input = append(input, value, f[2])
			}
		case "PFX", "SFX":
			if _, ok := cross[command+value]; !ok && len(f) > 2 { // the header of the rules for a flag
				cross[command+value] = f[2] == "Y"
			} else if err := d.addAffix(f, cross[command+value]); err != nil {
				return fmt.Errorf("line %d: %w", n, err)
			}
		default:
			d.readCompounds(f)
		}
	}
	d.input = strings.NewReplacer(append(input, "’", "'")...)
	return lines.Err()
}

// addAffix adds a rule such as: SFX S y ies [^aeiou]y.
func (d *Dictionary) addAffix(f []string, cross bool) error {
	if len(f) < 4 {
		return fmt.Errorf("%q has too few fields", strings.Join(f, " "))
	}
	f = append(f, ".") // the condition may be missing
	kind := prefix
	if f[0] == "SFX" {
		kind = suffix
	}
	text, further, _ := strings.Cut(strings.ReplaceAll(f[3], `\/`, "\x00"), "/")
	text = strings.ReplaceAll(strings.TrimPrefix(text, "0"), "\x00", "/")
	flag := append(d.flags(f[1]), 0)[0]
	a := affix{flag: flag, cross: cross, strip: strings.TrimPrefix(f[2], "0"), further: d.flags(further)}
	if f[4] != "." {
		pattern := strings.ReplaceAll(f[4], "-", `\-`) + "$"
		if kind == prefix {
			pattern = "^" + strings.TrimSuffix(pattern, "$")
		}
		if d.conditions[pattern] == nil {
			condition, err := regexp.Compile(pattern)
			if err != nil {
				return err
			}
			d.conditions[pattern] = condition
		}
		a.condition = d.conditions[pattern]
	}
	d.affixes[kind][text] = append(d.affixes[kind][text], a)
	d.longest[kind] = max(d.longest[kind], len(text))
	return nil
}

// flags parses flags, or the number of an alias for some.
func (d *Dictionary) flags(text string) flags {
	if n, err := strconv.Atoi(text); err == nil && len(d.aliases) > 0 {
		if 0 < n && n < len(d.aliases) {
			return d.aliases[n]
		}
		return nil
	}
	return d.parseFlags(text)
}

func (d *Dictionary) parseFlags(text string) (all flags) {
	switch d.flagType {
	case "num":
		for number := range strings.SplitSeq(text, ",") {
			if n, err := strconv.ParseUint(number, 10, 32); err == nil {
				all = append(all, uint32(n))
			}
		}
	case "long":
		for ; len(text) > 1; text = text[2:] {
			all = append(all, uint32(text[0])<<8|uint32(text[1]))
		}
	default:
		for _, r := range text {
			all = append(all, uint32(r))
		}
	}
	return all
}

// readDepth determines whether affixes have affixes. Flags of affixes may also be about compounds.
func (d *Dictionary) readDepth() {
	known, further := map[uint32]bool{}, map[uint32]bool{}
	for _, affixes := range d.affixes {
		for _, list := range affixes {
			for _, a := range list {
				known[a.flag] = true
				for _, flag := range a.further {
					further[flag] = true
				}
			}
		}
	}
	for flag := range further {
		if known[flag] {
			d.depth = 3
		}
	}
}

// longestWord is the most bytes of a word that is looked up; longer ones are not words of a language.
const longestWord = 100

// Has reports whether a word, as written in running text, is in the dictionary. A capitalized word, or one in
// capitals, is also looked up in small letters, and with only the first letter capitalized.
func (d *Dictionary) Has(word string) bool {
	word = d.input.Replace(word)
	if len(word) > longestWord {
		return false
	}
	small := strings.ToLower(word)
	return d.has(word) || word != small && (d.has(small) || d.has(Capitalize(small))) ||
		d.isCompound(word) || word != small && d.isCompound(small)
}

// Capitalize returns a word with its first letter in upper case.
func Capitalize(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}

// has reports whether a word is in the dictionary exactly as it is.
func (d *Dictionary) has(word string) bool {
	_, ok := d.derived(word, form{cross: [2]bool{true, true}}, d.depth)
	return ok && !d.isForbidden(word)
}

func (d *Dictionary) isForbidden(word string) bool { return d.hasFlag(word, d.forbidden) }

// hasFlag reports whether a word is listed with any of the flags.
func (d *Dictionary) hasFlag(word string, of flags) bool {
	for stem := range d.stem(word) {
		if stem.any(of) {
			return true
		}
	}
	return false
}

// stem yields the flags of a word, once for each time that the dictionary lists it.
func (d *Dictionary) stem(word string) iter.Seq[flags] {
	return func(yield func(flags) bool) {
		text, ok := d.stems[word]
		for more := ok; more; {
			var one string
			if one, text, more = strings.Cut(text, "\n"); !yield(d.flags(one)) {
				return
			}
		}
	}
}

// A form describes a word from which some affixes have been cut.
type form struct {
	need  [2]uint32 // flags of the affixes cut off, which a stem, or an affix on the way to it, must have
	cross [2]bool   // which kinds of affixes may still be cut off
	place place     // in a compound
	fits  bool      // some affix lets the word be at that place
}

// derived returns the flags of the stem that a form is derived from, if there is one.
func (d *Dictionary) derived(word string, f form, depth int) (flags, bool) {
	for stem := range d.stem(word) {
		whole := f.need == [2]uint32{}
		if (!whole || !stem.any(d.needAffix)) && stem.allow(f.need) && d.compounds.allow(stem, f) {
			return stem, true
		}
	}
	if depth == 0 {
		return nil, false
	}
	for kind := range d.affixes {
		most := len(word) - 1
		if d.fullStrip {
			most++
		}
		for n := 0; n <= min(d.longest[kind], most); n++ {
			text, rest := word[:n], word[n:]
			if kind == suffix {
				text, rest = word[len(word)-n:], word[:len(word)-n]
			}
			for i := range d.affixes[kind][text] {
				if stem, ok := d.cut(&d.affixes[kind][text][i], kind, rest, f, depth); ok {
					return stem, true
				}
			}
		}
	}
	return nil, false
}

// allow reports whether a stem has the flags of the affixes.
func (f flags) allow(need [2]uint32) bool {
	return !slices.ContainsFunc(need[:], func(flag uint32) bool { return flag != 0 && !slices.Contains(f, flag) })
}

// cut returns the flags of the stem of what remains after an affix was cut off, if it has one and the affix fits
// it.
func (d *Dictionary) cut(a *affix, kind int, rest string, f form, depth int) (flags, bool) {
	whole := f.need == [2]uint32{}
	for k, flag := range f.need {
		if flag != 0 && slices.Contains(a.further, flag) {
			f.need[k] = 0
		}
	}
	other := 1 - kind
	if f.need[kind] != 0 || f.need[other] != 0 && !(a.cross && f.cross[kind]) || !d.compounds.allowAffix(a, kind, &f) ||
		whole && a.further.any(d.needAffix) {
		return nil, false
	}
	stem := a.strip + rest
	if kind == suffix {
		stem = rest + a.strip
	}
	if depth == 1 && !d.HasStem(stem) || a.condition != nil && !a.condition.MatchString(stem) {
		return nil, false
	}
	f.need[kind] = a.flag
	f.cross[other] = a.cross
	return d.derived(stem, f, depth-1)
}
