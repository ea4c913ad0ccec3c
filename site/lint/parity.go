package lint

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/library"
)

// parity reports what differs between a translation and its source and cannot be a matter of language: numbers and
// dates, links, list items, bold labels.
func (s pair) parity() {
	s.numbers()
	s.links()
	s.items()
	s.labels()
}

// A datum is something in a text that a translation repeats in the same form.
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

// without returns the data of a that b has not, or has less often.
func without(a, b []datum) (left []datum) {
	has := map[string]int{}
	for _, y := range b {
		has[y.form]++
	}
	for _, x := range a {
		if has[x.form]--; has[x.form] < 0 {
			left = append(left, x)
		}
	}
	return left
}

// start is the passage of findings about the whole pair.
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

// numbers compares numbers and dates if the calendars of both languages are known.
func (s pair) numbers() {
	if !s.page.calendar.complete || !s.from.calendar.complete {
		return
	}
	here, source := gather(s.here, (*passage).numbers), gather(s.source, (*passage).numbers)
	extra, missing := without(here, source), without(source, here)
	if len(extra)+len(missing) == 0 {
		return
	}
	spelledHere, spelledThere := spelled(s.here), spelled(s.source)
	s.report("",
		slices.DeleteFunc(extra, func(x datum) bool { return spelledThere[x.form] }),
		slices.DeleteFunc(missing, func(x datum) bool { return spelledHere[x.form] }))
}

// spelled returns the numbers that passages write as words.
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

// numbers returns the dates of a text in the form of ISO 8601 and its other numbers, each run of digits as one, since
// decimal signs differ by language. Groups of three digits are joined: 1,000.
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
		var digits strings.Builder
		for i < len(t.text) && (isDigit(t.text[i]) || t.groups(i)) {
			if isDigit(t.text[i]) {
				digits.WriteByte(t.text[i])
			}
			i++
		}
		for len(dates) > 0 && dates[0].off+len(dates[0].text) <= from {
			dates = dates[1:]
		}
		if len(dates) == 0 || from < dates[0].off {
			form := cmp.Or(strings.TrimLeft(digits.String(), "0"), "0")
			all = append(all, datum{form: form, text: t.text[from:i], in: t, off: from})
		}
	}
	return all
}

// groups reports whether a comma or full stop precedes a group of three digits.
func (t *passage) groups(i int) bool {
	if t.text[i] != ',' && t.text[i] != '.' {
		return false
	}
	n := 0
	for i+1+n < len(t.text) && n <= 3 && isDigit(t.text[i+1+n]) {
		n++
	}
	return n == 3
}

// links compares where links lead.
func (s pair) links() {
	here, source := s.page.linksIn(s.here), s.from.linksIn(s.source)
	extra, brokenHere := s.page.unbroken(without(here, source))
	missing, brokenThere := s.page.unbroken(without(source, here))
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

// anyLanguage returns an address outside the site without the parts that say in which language it is.
func (p *page) anyLanguage(address string) string {
	parts := strings.FieldsFunc(address, func(r rune) bool { return strings.ContainsRune("/.?=&:", r) })
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool {
		tag, _, _ := strings.Cut(strings.ToLower(part), "-")
		return p.languages[tag] != nil || strings.HasPrefix(tag, "http") || tag == "www"
	}), "/")
}

// unbroken removes the links to what some language lacks and returns how many it removed. Another rule reports them,
// and each stands for a link of the other text.
func (p *page) unbroken(list []datum) (kept []datum, removed int) {
	kept = slices.DeleteFunc(slices.Clone(list), func(x datum) bool { return p.broken(x.link) })
	return kept, len(list) - len(kept)
}

// broken reports whether a link leads to an article or section that some language lacks, or to no link of site.toml.
func (p *page) broken(link *article.Link) bool {
	if link.Ref == "" {
		return link.Site != "" && p.Library.Site.Link(link.Site) == nil
	}
	return slices.ContainsFunc(p.Library.Site.Languages, func(lang library.Language) bool {
		a := p.Library.Shown(lang.Tag, link.Ref)
		return a == nil || link.Anchor != "" && !a.HasSection(link.Anchor)
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
