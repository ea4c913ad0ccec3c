package lint

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/library"
)

// parity reports what is said otherwise in a translation than in its source and
// cannot be a matter of language: numbers and dates, links, items of lists, bold
// labels.
func (s pair) parity() {
	s.numbers()
	s.links()
	s.items()
	s.labels()
}

// A thing is something in a text that a translation has too, in the same form.
type thing struct {
	form string
	text string // as written
	in   *passage
	off  int
	link *article.Link // of a link
}

// gather collects things of passages.
func gather(list []*passage, things func(t *passage) []thing) []thing {
	var all []thing
	for _, t := range list {
		all = append(all, things(t)...)
	}
	return all
}

// without returns the things of a for which b has no equal one left.
func without(a, b []thing) (left []thing) {
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

// start reports at the beginning of the pair.
func (s pair) start() *passage {
	if len(s.here) > 0 {
		return s.here[0]
	}
	return s.page.front[0]
}

// numbers compares numbers and dates, where both languages are known to write
// dates.
func (s pair) numbers() {
	if !s.page.language.calendar.whole || !s.from.language.calendar.whole {
		return
	}
	here, source := gather(s.here, (*passage).numbers), gather(s.source, (*passage).numbers)
	extra, lost := without(here, source), without(source, here)
	if len(extra)+len(lost) == 0 {
		return
	}
	spelledHere, spelledThere := spelled(s.here), spelled(s.source)
	extra = slices.DeleteFunc(extra, func(x thing) bool { return spelledThere[x.form] })
	lost = slices.DeleteFunc(lost, func(x thing) bool { return spelledHere[x.form] })
	switch {
	case len(extra) > 0 && len(lost) > 0:
		extra[0].in.warn(extra[0].off, "parity", "here is %q, where %s has %q", extra[0].text, s.from.File, lost[0].text)
	case len(extra) > 0:
		extra[0].in.warn(extra[0].off, "parity", "%q is not in %s", extra[0].text, s.from.File)
	case len(lost) > 0:
		s.start().warn(-1, "parity", "%q, which %s has, is missing", lost[0].text, s.from.File)
	}
}

// spelled returns the numbers that stand in passages as words.
func spelled(list []*passage) map[string]bool {
	forms := map[string]bool{}
	for _, t := range list {
		for i := range t.words {
			if n, ok := t.numerals[t.word(i)]; ok {
				forms[strconv.Itoa(n)] = true
			}
		}
	}
	return forms
}

// numbers returns the dates of a text in the form of ISO 8601 and its other
// numbers, each stretch of digits as one: what parts them, a comma or a full
// stop, is a matter of language. Groups of three digits are joined: 1,000.
func (t *passage) numbers() []thing {
	var all []thing
	for _, d := range t.dates {
		if d.day > 0 {
			all = append(all, thing{form: d.form(), text: t.text[d.from:d.to], in: t, off: d.from})
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
			all = append(all, thing{form: form, text: t.text[from:i], in: t, off: from})
		}
	}
	return all
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// groups reports whether a comma or full stop parts groups of three digits.
func (t *passage) groups(i int) bool {
	if t.text[i] != ',' && t.text[i] != '.' || i+3 >= len(t.text) {
		return false
	}
	for _, c := range []byte(t.text[i+1 : i+4]) {
		if !isDigit(c) {
			return false
		}
	}
	return i+4 == len(t.text) || !isDigit(t.text[i+4])
}

func (s pair) links() {
	here, source := s.page.linksIn(s.here), s.from.linksIn(s.source)
	extra, lost := without(here, source), without(source, here)
	brokenHere, brokenThere := s.page.dropBroken(&extra), s.page.dropBroken(&lost)
	extra, lost = extra[min(brokenThere, len(extra)):], lost[min(brokenHere, len(lost)):]
	switch {
	case len(extra) > 0 && len(lost) > 0:
		s.start().warn(-1, "parity", "here is a link to %q, where %s has one to %q", extra[0].text, s.from.File, lost[0].text).Position = s.page.Position(extra[0].link.Pos)
	case len(extra) > 0:
		s.start().warn(-1, "parity", "the link to %q is not in %s", extra[0].text, s.from.File).Position = s.page.Position(extra[0].link.Pos)
	case len(lost) > 0:
		s.start().warn(-1, "parity", "the link to %q, which %s has, is missing", lost[0].text, s.from.File)
	}
}

// linksIn returns where the links of some passages lead. Other places may have
// an address for each language, so only their number counts.
func (p *page) linksIn(list []*passage) []thing {
	return gather(list, func(t *passage) []thing {
		var all []thing
		for i, a := range t.anchors {
			to := &p.Links[t.link+i]
			form := ""
			if to.Ref != "" {
				form = to.Ref + "#" + to.Anchor
			}
			all = append(all, thing{form, to.Dest, t, a.from, to})
		}
		return all
	})
}

// dropBroken takes out the links that lead to an article or a section which some
// language has not, and returns how many: another rule has found them, and each
// stands for one of the other text.
func (p *page) dropBroken(list *[]thing) int {
	before := len(*list)
	*list = slices.DeleteFunc(*list, func(x thing) bool {
		return slices.ContainsFunc(p.Library.Site.Languages, func(lang library.Language) bool {
			a := p.Library.Shown(lang.Tag, x.link.Ref)
			return x.link.Ref != "" && (a == nil || x.link.Anchor != "" && !a.HasSection(x.link.Anchor))
		})
	})
	return before - len(*list)
}

func (s pair) items() {
	here, source := countItems(s.here), countItems(s.source)
	if here != source {
		s.start().warn(-1, "parity", "steps and points: %d here, %d in %s", here, source, s.from.File)
	}
}

func countItems(list []*passage) int {
	n := 0
	for _, t := range list {
		for _, l := range t.lists {
			n += len(l.items)
		}
	}
	return n
}

// labels compares what stands in bold: as much of it, and for each label of the
// glossary its translation.
func (s pair) labels() {
	bold := func(t *passage) []thing {
		var all []thing
		for _, b := range t.bold {
			all = append(all, thing{form: t.label(b), text: t.text[b.from:b.to], in: t, off: b.from})
		}
		return all
	}
	here, source := gather(s.here, bold), gather(s.source, bold)
	if len(here) != len(source) {
		s.start().warn(-1, "parity", "labels in bold: %d here, %d in %s", len(here), len(source), s.from.File)
		return
	}
	for i, x := range source {
		source[i].form = s.page.language.sources[fold(x.text)]
	}
	for i, x := range source {
		if x.form != "" && !slices.ContainsFunc(here, func(y thing) bool { return y.form == x.form }) {
			here[i].in.warn(here[i].off, "parity", "here is %q, where %s has %q", here[i].text, s.from.File, x.text).
				Suggestion = "the glossary has " + strconv.Quote(x.form)
			return
		}
	}
}
