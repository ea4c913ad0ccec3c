package lint

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/library"
)

// parity reports differences between a translation and its source that cannot be due to the language: numbers and
// dates, links, list items, bold labels.
func (s pair) parity() {
	s.numbers()
	s.links()
	s.items()
	s.labels()
}

// A datum is something in a text that a translation repeats unchanged.
type datum struct {
	form string // equal in all languages
	text string // as written
	in   *passage
	off  int
	link *article.Link // of a link
}

// gather collects the data of passages.
func gather(list []*passage, data func(t *passage) []datum) (all []datum) {
	for _, t := range list {
		all = append(all, data(t)...)
	}
	return all
}

// without returns the data of a that b lacks. How often something is said is a matter of style, and ignored.
func without(a, b []datum) (left []datum) {
	has := map[string]bool{}
	for _, y := range b {
		has[y.form] = true
	}
	return slices.DeleteFunc(a, func(x datum) bool { return has[x.form] })
}

// unlike removes pairs that say the same in different ways from two lists.
func unlike(extra, missing []datum, same func(x, y datum) bool) (left, rest []datum) {
	for _, x := range extra {
		if i := slices.IndexFunc(missing, func(y datum) bool { return same(x, y) }); i >= 0 {
			missing = slices.Delete(missing, i, i+1)
		} else {
			left = append(left, x)
		}
	}
	return left, missing
}

// start returns the passage for findings about the whole pair.
func (s pair) start() *passage {
	if len(s.here) > 0 {
		return s.here[0]
	}
	return s.page.front[0]
}

// report reports the first datum that only the translation has, and the first that only the source has.
func (s pair) report(what string, extra, missing []datum) {
	switch {
	case len(extra) > 0:
		x := extra[0]
		f := x.in.warn(x.off, "parity", "%s%q is not in %s", what, x.text, s.from.File)
		if len(missing) > 0 {
			f.Message = what + strconv.Quote(x.text) + " is " + strconv.Quote(missing[0].text) + " in " + s.from.File
		}
		if x.link != nil {
			f.Position = s.page.Position(x.link.Pos)
		}
	case len(missing) > 0:
		s.start().warn(-1, "parity", "%s%q of %s is missing", what, missing[0].text, s.from.File)
	}
}

// numbers compares numbers and dates, if the calendars of both languages are known.
func (s pair) numbers() {
	if !s.page.calendar.complete || !s.from.calendar.complete {
		return
	}
	here, source := gather(s.here, (*passage).numbers), gather(s.source, (*passage).numbers)
	extra, missing := without(slices.Clone(here), source), without(source, here)
	if len(extra)+len(missing) == 0 {
		return
	}
	extra, missing = unlike(extra, missing, func(x, y datum) bool { return x.hour() > 0 && x.hour() == y.hour() })
	spelledHere, spelledThere := spelled(s.here), spelled(s.source)
	s.report("",
		slices.DeleteFunc(extra, func(x datum) bool { return spelledThere[x.form] }),
		slices.DeleteFunc(missing, func(x datum) bool { return spelledHere[x.form] }))
}

// spelled returns the numbers that passages spell out.
func spelled(list []*passage) map[string]bool {
	forms := map[string]bool{}
	for _, t := range list {
		for i := range t.words {
			if n, ok := t.Numerals[t.word(i)]; ok {
				forms[strconv.Itoa(n)] = true
			}
		}
	}
	return forms
}

// numbers returns the dates of a text in ISO 8601 form and its other numbers. Each run of digits is one number,
// because decimal signs differ by language, but groups of three digits are joined: 1,000. It omits numbers in code,
// in names that begin with a letter, and the minutes of full hours.
func (t *passage) numbers() (all []datum) {
	for _, d := range t.dates {
		if d.day > 0 {
			all = append(all, datum{form: d.form(), text: t.text[d.from:d.to], in: t, off: d.from})
		}
	}
	dates := all
	for i := 0; i < len(t.text); {
		if !isDigit(t.text[i]) {
			i++
			continue
		}
		from := i
		i = numberEnd(t.text, from)
		for len(dates) > 0 && dates[0].off+len(dates[0].text) <= from {
			dates = dates[1:]
		}
		inDate := len(dates) > 0 && from >= dates[0].off
		if inDate || inWord(t, from) || inside(t.code, from) || from > 0 && t.text[from-1:i] == ":00" {
			continue
		}
		digits := strings.Map(func(r rune) rune {
			if '0' <= r && r <= '9' {
				return r
			}
			return -1
		}, t.text[from:i])
		form := cmp.Or(strings.TrimLeft(digits, "0"), "0")
		all = append(all, datum{form: form, text: t.text[from:i], in: t, off: from})
	}
	return all
}

// inWord reports whether the digits at an offset belong to a name that begins with a letter: i18n, X1, ACMEv2, but
// not 5GB or the version v2.
func inWord(t *passage, off int) bool {
	i := t.wordAt(off+1) - 1
	return i >= 0 && t.words[i].from < off && t.text[t.words[i].from:off] != "v"
}

// groupSigns are the signs that separate groups of three digits in some language.
var groupSigns = []string{",", ".", " ", "'", "’", "\u00a0", "\u2009", "\u202f"}

// numberEnd returns the end of the number that begins at an offset.
func numberEnd(text string, from int) int {
	run := func(from int) int {
		to := from
		for to < len(text) && isDigit(text[to]) {
			to++
		}
		return to
	}
	to := run(from)
	for small := to-from <= 3; small; {
		next := to
		for _, sign := range groupSigns {
			if start := to + len(sign); strings.HasPrefix(text[to:], sign) && run(start)-start == 3 {
				next = start + 3
			}
		}
		small = next > to
		to = next
	}
	return to
}

// hour returns the hour that a number may mean, on a 24-hour clock: 6 is 18 if the text says pm. It returns 0 for
// others.
func (x datum) hour() int {
	n, err := strconv.Atoi(x.form)
	if err != nil || n < 1 || n > 23 || x.link != nil {
		return 0
	}
	if n < 12 && slices.ContainsFunc(x.in.words, func(w word) bool { return x.in.lower[w.from:w.to] == "pm" }) {
		n += 12
	}
	return n
}

// links compares where links lead.
func (s pair) links() {
	here, source := s.page.linksIn(s.here), s.from.linksIn(s.source)
	extra, brokenHere := s.page.unbroken(without(slices.Clone(here), source))
	missing, brokenThere := s.page.unbroken(without(source, here))
	extra, missing = unlike(extra, missing, s.page.otherLanguage)
	s.report("the link to ", extra[min(brokenThere, len(extra)):], missing[min(brokenHere, len(missing)):])
}

// linksIn returns the links of some passages.
func (p *page) linksIn(list []*passage) []datum {
	return gather(list, func(t *passage) (all []datum) {
		for i, a := range t.anchors {
			to := &p.Links[t.link+i]
			form := to.Ref + "#" + to.Anchor
			if to.Ref == "" {
				form = p.anyLanguage(to.Dest)
			}
			all = append(all, datum{form, to.Dest, t, a.from, to})
		}
		return all
	})
}

// anyLanguage returns an address outside the site without the parts that name a language, and without what has no
// meaning: the case of the host, and fragments that are not ids.
func (p *page) anyLanguage(address string) string {
	scheme, rest, _ := strings.Cut(address, "://")
	host, path, _ := strings.Cut(rest, "/")
	if before, id, ok := strings.Cut(path, "#"); ok && (id == "" || !wordRune(rune(id[0]))) {
		path = before
	}
	parts := strings.FieldsFunc(lower(scheme+":"+host)+"/"+path, func(r rune) bool {
		return strings.ContainsRune("/.?=&:", r)
	})
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool {
		return p.isLanguage(part) || strings.HasPrefix(part, "http") || part == "www"
	}), "/")
}

// isLanguage reports whether a part of an address names a language of the site.
func (p *page) isLanguage(part string) bool {
	tag, _, _ := strings.Cut(strings.ToLower(part), "-")
	return p.languages[tag] != nil
}

// otherLanguage reports whether two links lead to the same site in different languages, where titles differ:
// it.wikipedia.org, en.wikipedia.org.
func (p *page) otherLanguage(x, y datum) bool {
	hostOf := func(x datum) (lang, host string) {
		_, rest, _ := strings.Cut(x.text, "://")
		host, _, _ = strings.Cut(rest, "/")
		lang, host, _ = strings.Cut(host, ".")
		return lang, host
	}
	lang, host := hostOf(x)
	other, there := hostOf(y)
	return lang != other && host == there && p.isLanguage(lang) && p.isLanguage(other)
}

// unbroken removes the links to something that a language lacks, and returns how many it removed. Another rule
// reports them, and each stands for a link in the other text.
func (p *page) unbroken(list []datum) (kept []datum, removed int) {
	kept = slices.DeleteFunc(slices.Clone(list), func(x datum) bool { return p.broken(x.link) })
	return kept, len(list) - len(kept)
}

// broken reports whether a link leads to an article or section that some language lacks, or to a link that
// site.toml lacks.
func (p *page) broken(link *article.Link) bool {
	if link.Ref == "" {
		return link.Site != "" && p.Library.Site.Link(link.Site) == nil
	}
	return slices.ContainsFunc(p.Library.Site.Languages, func(lang library.Language) bool {
		a := p.Library.Shown(lang.Tag, link.Ref)
		return a == nil || link.Anchor != "" && !a.Read().HasSection(link.Anchor)
	})
}

// items compares the number of list items.
func (s pair) items() {
	count := func(list []*passage) (n int) {
		for _, t := range list {
			for _, l := range t.lists {
				n += len(l.items)
			}
		}
		return n
	}
	if here, source := count(s.here), count(s.source); here != source {
		s.start().warn(-1, "parity", "%d list items, but %d in %s", here, source, s.from.File)
	}
}

// labels compares bold texts: their number, and the translation of each label of the glossary.
func (s pair) labels() {
	bold := func(t *passage) (all []datum) {
		for _, b := range t.bold {
			all = append(all, datum{form: t.label(b), text: t.text[b.from:b.to], in: t, off: b.from})
		}
		return all
	}
	here, source := gather(s.here, bold), gather(s.source, bold)
	if len(here) != len(source) {
		s.start().warn(-1, "parity", "%d bold labels, but %d in %s", len(here), len(source), s.from.File)
		return
	}
	for i, x := range source {
		want := s.page.sources[fold(x.text)]
		if want != "" && !slices.ContainsFunc(here, func(y datum) bool { return y.form == want }) {
			here[i].in.warn(here[i].off, "parity", "%q is %q in %s", here[i].text, x.text, s.from.File).
				Suggestion = "write " + strconv.Quote(want) + ", as in the glossary"
			return
		}
	}
}
