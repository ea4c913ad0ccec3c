package lint

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"helpcenter"
	"helpcenter/content"
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
	link *content.Link // of a link
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
func without(a, b []thing) []thing {
	var left []thing
	spent := make([]bool, len(b))
	for _, x := range a {
		i := slices.IndexFunc(b, func(y thing) bool { return x.form == y.form })
		for i >= 0 && spent[i] {
			next := slices.IndexFunc(b[i+1:], func(y thing) bool { return x.form == y.form })
			if next < 0 {
				i = -1
			} else {
				i += next + 1
			}
		}
		if i < 0 {
			left = append(left, x)
		} else {
			spent[i] = true
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

func (s pair) numbers() {
	here, source := gather(s.here, (*passage).numbers), gather(s.source, (*passage).numbers)
	if len(here)+len(source) == 0 {
		return
	}
	extra, lost := without(here, source), without(source, here)
	extra = slices.DeleteFunc(extra, func(x thing) bool { return spelled(s.source, x.form) })
	lost = slices.DeleteFunc(lost, func(x thing) bool { return spelled(s.here, x.form) })
	switch {
	case len(extra) > 0 && len(lost) > 0:
		extra[0].in.warn(extra[0].off, "parity", "here is %q, where %s has %q", extra[0].text, s.from.File, lost[0].text)
	case len(extra) > 0:
		extra[0].in.warn(extra[0].off, "parity", "%q is not in %s", extra[0].text, s.from.File)
	case len(lost) > 0:
		s.start().warn(-1, "parity", "%q, which %s has, is missing", lost[0].text, s.from.File)
	}
}

// spelled reports whether a number stands in a text as a word.
func spelled(list []*passage, form string) bool {
	n, err := strconv.Atoi(form)
	if err != nil {
		return false
	}
	for _, t := range list {
		for i := range t.words {
			if v, ok := t.numerals[t.word(i)]; ok && v == n {
				return true
			}
		}
	}
	return false
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
		inDate := slices.ContainsFunc(t.dates, func(d date) bool { return d.day > 0 && d.from <= from && from < d.to })
		if !inDate {
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
	lost = slices.DeleteFunc(lost, func(x thing) bool {
		i := slices.IndexFunc(extra, func(y thing) bool { return s.page.lost(y) || s.page.lost(x) })
		if i >= 0 {
			extra = slices.Delete(extra, i, i+1)
		}
		return i >= 0
	})
	at := func() helpcenter.Position { return extra[0].link.Pos }
	switch {
	case len(extra) > 0 && len(lost) > 0:
		s.start().warn(-1, "parity", "here is a link to %q, where %s has one to %q", extra[0].text, s.from.File, lost[0].text).Position = at()
	case len(extra) > 0:
		s.start().warn(-1, "parity", "the link to %q is not in %s", extra[0].text, s.from.File).Position = at()
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

// lost reports whether a link leads to an article or a section that some
// language has not: another rule has found that.
func (p *page) lost(x thing) bool {
	for _, lang := range p.Library.Site.Languages {
		a := p.Library.Shown(lang.Tag, x.link.Ref)
		if x.link.Ref != "" && (a == nil || x.link.Anchor != "" && !a.HasSection(x.link.Anchor)) {
			return true
		}
	}
	return false
}

func (s pair) items() {
	here, source := countItems(s.here), countItems(s.source)
	if here != source {
		s.start().warn(-1, "parity", "here are %d steps or points, and %d in %s", here, source, s.from.File)
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
		s.start().warn(-1, "parity", "here are %d labels in bold, and %d in %s", len(here), len(source), s.from.File)
		return
	}
	for i, x := range source {
		source[i].form = s.page.language.sources[fold(x.text)]
	}
	for i, x := range source {
		if x.form != "" && len(without([]thing{x}, here)) > 0 {
			here[i].in.warn(here[i].off, "parity", "here is %q, where %s has %q", here[i].text, s.from.File, x.text).
				Suggestion = "the glossary has " + strconv.Quote(x.form)
			return
		}
	}
}
