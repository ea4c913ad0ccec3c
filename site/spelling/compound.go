package spelling

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A place is where a word is in a compound.
type place int

const (
	alone place = iota
	first
	middle
	last
)

// mostParts is the most words in a compound.
const mostParts = 4

// compounds describes how words are joined.
type compounds struct {
	at       [last + 1]flags // by place: flags of stems that may be there
	only     flags           // flags of stems that occur only in compounds
	permit   flags           // flags of affixes that may be inside a compound
	least    int             // least letters of a part
	rules    [][]uint32      // sequences of flags, one for each stem
	patterns [][2]border     // pairs of borders at which no two parts meet
}

// A border is how a part ends or begins, and perhaps a flag of its stem.
type border struct {
	text string
	flag uint32
}

// readCompounds reads a command about compounds.
func (d *Dictionary) readCompounds(f []string) {
	if len(f) < 2 {
		return
	}
	c := &d.compounds
	switch value := f[1]; f[0] {
	case "COMPOUNDFLAG":
		for place := first; place <= last; place++ {
			c.at[place] = append(c.at[place], d.flags(value)...)
		}
	case "COMPOUNDBEGIN":
		c.at[first] = append(c.at[first], d.flags(value)...)
	case "COMPOUNDMIDDLE":
		c.at[middle] = append(c.at[middle], d.flags(value)...)
	case "COMPOUNDEND", "COMPOUNDLAST":
		c.at[last] = append(c.at[last], d.flags(value)...)
	case "ONLYINCOMPOUND":
		c.only = d.flags(value)
	case "COMPOUNDPERMITFLAG":
		c.permit = d.flags(value)
	case "COMPOUNDMIN":
		c.least, _ = strconv.Atoi(value)
	case "COMPOUNDRULE":
		if !strings.ContainsAny(value, "*?") {
			c.rules = append(c.rules, d.flags(strings.NewReplacer("(", "", ")", "").Replace(value)))
		}
	case "CHECKCOMPOUNDPATTERN":
		if len(f) > 2 {
			c.patterns = append(c.patterns, [2]border{d.border(value), d.border(f[2])})
		}
	}
}

func (d *Dictionary) border(text string) border {
	text, flag, _ := strings.Cut(text, "/")
	return border{text, append(d.flags(flag), 0)[0]}
}

// allow reports whether a stem may be at the place of a form.
func (c *compounds) allow(stem flags, f form) bool {
	if f.place == alone {
		return !stem.any(c.only)
	}
	return f.fits || stem.any(c.at[f.place])
}

// allowAffix reports whether an affix may be on a word at the place of a form, and records whether the affix lets
// the word be there.
func (c *compounds) allowAffix(a *affix, kind int, f *form) bool {
	if f.place == alone {
		return !a.further.any(c.only)
	}
	f.fits = f.fits || a.further.any(c.at[f.place])
	outside := f.place == first && kind == prefix || f.place == last && kind == suffix
	return outside || a.further.any(c.permit)
}

// isCompound reports whether a word is composed of others.
func (d *Dictionary) isCompound(word string) bool {
	ruled := slices.ContainsFunc(d.compounds.rules, func(rule []uint32) bool { return d.follows(word, rule) })
	return ruled || d.compounds.at[first] != nil && !d.isForbidden(word) && d.joins(word, "", nil, mostParts)
}

// joins reports whether a word is composed of at most the given number of parts that may follow another part, which
// has a stem with the given flags.
func (d *Dictionary) joins(word, before string, stem flags, parts int) bool {
	least := d.compounds.least
	if least == 0 {
		least = 3
	}
	at := middle
	if before == "" {
		at = first
	}
	follows := func(part string, at place) (flags, bool) {
		this, ok := d.derived(part, form{cross: [2]bool{true, true}, place: at}, d.depth)
		return this, ok && !d.isForbidden(part) && part != before && !d.compounds.clash(before, part, stem, this)
	}
	for i := least; parts > 1 && i <= len(word)-least; i++ {
		if !utf8.RuneStart(word[i]) {
			continue
		}
		stem, ok := follows(word[:i], at)
		if ok && d.joins(word[i:], word[:i], stem, parts-1) {
			return true
		}
	}
	if before == "" {
		return false
	}
	_, ok := follows(word, last)
	return ok
}

// clash reports whether the border between two parts keeps them from following each other.
func (c *compounds) clash(before, after string, stem, next flags) bool {
	return before != "" && slices.ContainsFunc(c.patterns, func(p [2]border) bool {
		return strings.HasSuffix(before, p[0].text) && strings.HasPrefix(after, p[1].text) &&
			(p[0].flag == 0 || slices.Contains(stem, p[0].flag)) && (p[1].flag == 0 || slices.Contains(next, p[1].flag))
	})
}

// follows reports whether a word is a sequence of stems with the flags of a rule.
func (d *Dictionary) follows(word string, rule []uint32) bool {
	for i := 1; i <= len(word) && len(rule) > 1; i++ {
		if d.hasFlag(word[:i], rule[:1]) && d.follows(word[i:], rule[1:]) {
			return true
		}
	}
	return len(rule) == 1 && d.hasFlag(word, rule)
}
