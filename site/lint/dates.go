package lint

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"helpcenter/site/diag"
	"helpcenter/site/locale"
)

// A calendar describes how a language writes dates, taken from the messages of locales/.
type calendar struct {
	names    [13]string // of the months, from 1
	months   []string   // the names in lower case
	capital  bool       // months begin with a capital letter
	pattern  string
	dayFirst bool
	first    string // how the first of a month is written
	joint    string // the word between day, month and year: 3 de marzo de 2025
	complete bool   // everything above is known

	usual, unusual atomic.Int32 // dates in the order of the pattern, and in the other
}

func newCalendar(forms []locale.Form) *calendar {
	c := &calendar{first: "1"}
	for _, f := range forms {
		month, _ := strconv.Atoi(strings.TrimPrefix(f.ID, "date.month."))
		switch {
		case 0 < month && month < len(c.names):
			c.names[month] = f.Text
		case f.ID == "date.long":
			c.pattern = f.Text
		case f.ID == "date.day" && !strings.Contains(f.Text, "{{"):
			c.first = f.Text
		}
	}
	for _, name := range c.names {
		c.months = append(c.months, lower(name))
		c.capital = name != lower(name)
	}
	c.dayFirst = strings.Index(c.pattern, "{{.Day}}") < strings.Index(c.pattern, "{{.Month}}")
	_, after, _ := strings.Cut(c.pattern, "{{.Day}}")
	between, _, _ := strings.Cut(after, "{{.Month}}")
	c.joint = strings.Trim(between, " .,")
	c.complete = c.pattern != "" && !slices.Contains(c.names[1:], "")
	return c
}

// shortest is the least length of the name of a month, in bytes.
const shortest = 3

// month returns the number of a month by its name in lower case, or 0.
func (c *calendar) month(name string) int {
	if len(name) < shortest {
		return 0
	}
	return max(0, slices.Index(c.months, name))
}

// shortMonth returns the number of a month by an abbreviation in lower case, or 0.
func (l *language) shortMonth(name string) int {
	if len(name) < shortest || !l.Abbreviations[name] {
		return 0
	}
	return max(0, slices.IndexFunc(l.calendar.months, func(month string) bool { return strings.HasPrefix(month, name) }))
}

// isMonth reports whether a word is the name of a month in some language of the site, or an abbreviation of one.
func (l *language) isMonth(word string) bool {
	named := func(other *language) bool { return other.calendar.month(word) > 0 }
	return slices.ContainsFunc(l.all, named) || l.shortMonth(word) > 0
}

// A date is a date in a text.
type date struct {
	span
	year, month, day int // 0 if missing
	language         *language
	dayFirst         bool
	numeric          bool
}

// form writes a date as in ISO 8601, or as --03-15 if it has no year.
func (d date) form() string {
	if d.year == 0 {
		return fmt.Sprintf("--%02d-%02d", d.month, d.day)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// foreignDates reports dates that the language writes differently: in another language, in another order, or in
// numbers, which are ambiguous.
func foreignDates(t *passage) {
	for _, d := range t.dates {
		var problem string
		switch {
		case t.inAlien(t.wordAt(d.from)):
			continue
		case d.numeric:
			problem = "is read differently in other countries"
		case t.calendar.names[d.month] == "":
			continue // nothing is known about the dates of this language
		case d.language != t.language:
			problem = "is in " + strconv.Quote(d.language.tag)
		case d.day > 0 && d.dayFirst == t.calendar.dayFirst:
			t.calendar.usual.Add(1)
			continue
		case d.day > 0:
			t.calendar.unusual.Add(1)
			problem = strings.TrimSpace(orderProblem) + " " + strconv.Quote(t.tag)
		default:
			continue
		}
		t.warn(d.from, "foreign-date", "the date %q %s", t.text[d.from:d.to], problem).Suggestion = t.suggestDate(d)
	}
}

// dropOrders removes the findings about the order of dates in languages that mostly write the other order. That is
// then how they do it, and the pattern of locales/ is for the pages around the articles.
func (l *Linter) dropOrders(found []diag.Finding) []diag.Finding {
	const few = 3
	return slices.DeleteFunc(found, func(f diag.Finding) bool {
		_, tag, ok := strings.Cut(f.Message, orderProblem)
		if !ok || f.Rule != "foreign-date" {
			return false
		}
		c := l.languages[strings.Trim(tag, `"`)].calendar
		return c.unusual.Load() >= few && c.unusual.Load() > c.usual.Load()
	})
}

const orderProblem = " is not in the order of "

// wordAt returns the index of the first word at or after an offset.
func (t *passage) wordAt(off int) int {
	i, _ := slices.BinarySearchFunc(t.words, off, func(w word, off int) int { return w.from - off })
	return i
}

// suggestDate suggests how the language writes a date.
func (t *passage) suggestDate(d date) string {
	c := t.calendar
	month := c.names[d.month]
	switch {
	case month == "" || c.pattern == "":
		return ""
	case d.day == 0 || d.year == 0:
		return "write the month as " + strconv.Quote(month)
	}
	day := strconv.Itoa(d.day)
	if d.day == 1 {
		day = c.first
	}
	values := strings.NewReplacer("{{.Day}}", day, "{{.Month}}", month, "{{.Year}}", strconv.Itoa(d.year))
	return "write " + values.Replace(c.pattern)
}

// readDates finds the dates of the text: a day and the name of a month in either order, with or without a year; a
// month and a year; three numbers.
func (t *passage) readDates() {
	for i := range t.words {
		if t.words[i].code {
			continue
		}
		d, ok := t.namedDate(i)
		if !ok {
			d, ok = t.numericDate(i)
		}
		if ok {
			t.dates = append(t.dates, d)
		}
	}
}

// namedDate reads the date whose month is the i-th word.
func (t *passage) namedDate(i int) (date, bool) {
	w := &t.words[i]
	if w.entry == nil || !w.month {
		return date{}, false
	}
	d := date{span: w.span}
	for _, l := range t.all {
		if l.calendar.capital && !w.capital {
			continue
		}
		n := l.calendar.month(w.text)
		if n == 0 && l == t.language {
			n = l.shortMonth(w.text)
		}
		if n > 0 && (d.month == 0 || l == t.language) {
			d.month, d.language = n, l
		}
	}
	if d.month == 0 {
		return date{}, false
	}
	joint, last := d.language.calendar.joint, i
	before, after := beside(t, i, -1, joint), beside(t, i, 1, joint)
	if n := t.day(before); n > 0 && t.near(before, i, joint) {
		d.day, d.dayFirst, d.from = n, true, t.words[before].from
	} else if n := t.day(after); n > 0 && t.near(i, after, joint) {
		d.day, last = n, after
	}
	if next := beside(t, last, 1, joint); t.year(next) > 0 && t.near(last, next, joint) {
		d.year, last = t.year(next), next
	}
	d.to = t.words[last].to
	return d, d.day > 0 || d.year > 0
}

// numericDate reads 3/4/2025, 03/04/25 and 03.04.2025.
func (t *passage) numericDate(i int) (date, bool) {
	short := func(digits int) bool { return digits == 1 || digits == 2 }
	if i+2 >= len(t.words) || !short(t.digits(i)) || !short(t.digits(i+1)) {
		return date{}, false
	}
	sign := t.between(i, i+1)
	if sign != t.between(i+1, i+2) || sign != "/" && (sign != "." || t.digits(i+2) != 4) {
		return date{}, false
	}
	a, b := t.number(i), t.number(i+1)
	year := t.year(i + 2)
	if n := t.number(i + 2); t.digits(i+2) == 2 {
		year = 2000 + n
	}
	d := date{span: span{t.words[i].from, t.words[i+2].to}, day: a, month: b, year: year, numeric: true}
	if b > 12 || !t.calendar.dayFirst && a <= 12 {
		d.day, d.month = b, a
	}
	return d, year > 0 && 0 < d.day && d.day <= 31 && 0 < d.month && d.month <= 12
}

// beside returns the index of the word before (-1) or after (1) another, skipping the word that joins parts of a
// date.
func beside(t *passage, i, step int, joint string) int {
	k := i + step
	if joint != "" && 0 <= k && k < len(t.words) && t.word(k) == joint {
		k += step
	}
	return k
}

// near reports whether two words are separated by a space, at most one mark, and perhaps the word that joins them.
func (t *passage) near(i, k int, joint string) bool {
	gap := strings.Replace(t.between(i, k), " "+joint+" ", " ", 1)
	return gap == " " || gap == ", " || gap == ". " || gap == "\u00a0" || gap == "° "
}

// digits returns the number of digits of a word that is a number, or 0.
func (t *passage) digits(i int) int {
	w := t.word(i)
	for _, c := range []byte(w) {
		if !isDigit(c) {
			return 0
		}
	}
	return len(w)
}

func (t *passage) number(i int) int {
	n, _ := strconv.Atoi(t.word(i))
	return n
}

// day returns the number of a day, such as 3, 3rd or 1º, or 0.
func (t *passage) day(i int) int {
	if i < 0 || i >= len(t.words) {
		return 0
	}
	text := strings.TrimRight(t.word(i), "stndrhºe")
	n, err := strconv.Atoi(text)
	if err != nil || n > 31 || len(text) > 2 {
		return 0
	}
	return n
}

func (t *passage) year(i int) int {
	if i >= len(t.words) || t.digits(i) != 4 {
		return 0
	}
	if n := t.number(i); 1900 <= n && n < 2200 {
		return n
	}
	return 0
}
