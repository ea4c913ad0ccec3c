package lint

import (
	"fmt"
	"strconv"
	"strings"
)

// A calendar is how a language writes dates: by the messages of package locales.
type calendar struct {
	months   [13]string // in small letters, from 1
	capital  bool       // months begin with a capital letter
	pattern  string
	dayFirst bool
	first    string // how the first of a month is written
	whole    bool   // nothing of it is missing
}

// dateMonth, with its number, is the id of the name of a month.
const dateMonth = "date.month."

func newCalendar(all []message) calendar {
	c := calendar{pattern: find(all, "date.long"), first: "1"}
	c.whole = c.pattern != ""
	for n := 1; n < len(c.months); n++ {
		name := find(all, dateMonth+strconv.Itoa(n))
		c.months[n] = lower(name)
		c.capital = name != c.months[n]
		c.whole = c.whole && name != ""
	}
	c.dayFirst = strings.Index(c.pattern, "{{.Day}}") < strings.Index(c.pattern, "{{.Month}}")
	for _, m := range all {
		if m.id == "date.day" && !strings.Contains(m.text, "{{") {
			c.first = m.text
		}
	}
	return c
}

// month returns the number of a month by its name, or 0.
func (c *calendar) month(t *passage, word int) int {
	name := t.word(word)
	if len(name) < 3 || c.capital && !t.words[word].capital {
		return 0
	}
	for n := 1; n < len(c.months); n++ {
		if c.months[n] == name {
			return n
		}
	}
	return 0
}

// A date is one that stands in a text.
type date struct {
	span
	year, month, day int // 0 where not said
	language         *language
	dayFirst         bool
	numeric          bool
}

// form writes a date as ISO 8601 does, a year that is not said as a hyphen.
func (d date) form() string {
	if d.year == 0 {
		return fmt.Sprintf("--%02d-%02d", d.month, d.day)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// foreignDates reports dates that are not written as the language writes them: in
// another language, in its order, or in numbers, which one reads as the third
// of April and another as the fourth of March.
func (l *Linter) foreignDates(t *passage) {
	for _, d := range t.dates {
		written := t.text[d.from:d.to]
		warn := func(format string, args ...any) {
			t.warn(d.from, "foreign-date", format, args...).Suggestion = t.suggestDate(d)
		}
		switch {
		case t.inAlien(t.wordAt(d.from)):
		case d.numeric:
			warn("%q is read otherwise in other countries", written)
		case d.language != t.language:
			warn("%q is a date in %q", written, d.language.tag)
		case d.day > 0 && d.dayFirst != t.calendar.dayFirst:
			warn("%q is not written as dates are in %q", written, t.tag)
		}
	}
}

// suggestDate says how the language writes a date.
func (t *passage) suggestDate(d date) string {
	c := &t.calendar
	month := find(t.texts, dateMonth+strconv.Itoa(d.month))
	switch {
	case month == "" || c.pattern == "":
		return ""
	case d.day == 0 || d.year == 0:
		return "the month is " + strconv.Quote(month) + " here"
	}
	day := strconv.Itoa(d.day)
	if d.day == 1 {
		day = c.first
	}
	return "write " + strings.NewReplacer("{{.Day}}", day, "{{.Month}}", month, "{{.Year}}", strconv.Itoa(d.year)).Replace(c.pattern)
}

// readDates finds the dates of the text: a day and a month by its name, in either
// order, with or without a year; a month and a year; three numbers.
func (t *passage) readDates() {
	for i := range t.words {
		if t.words[i].code {
			continue
		}
		if d, ok := t.namedDate(i); ok {
			t.dates = append(t.dates, d)
		} else if d, ok := t.numericDate(i); ok {
			t.dates = append(t.dates, d)
		}
	}
}

// namedDate reads the date whose month the i-th word names.
func (t *passage) namedDate(i int) (date, bool) {
	d := date{span: t.words[i].span}
	for _, l := range t.siblings {
		if n := l.calendar.month(t, i); n > 0 && (d.month == 0 || l == t.language) {
			d.month, d.language = n, l
		}
	}
	if d.month == 0 {
		return date{}, false
	}
	last := i
	if n := t.day(i - 1); n > 0 && t.near(i-1, i) {
		d.day, d.dayFirst, d.from = n, true, t.words[i-1].from
	} else if n := t.day(i + 1); n > 0 && t.near(i, i+1) {
		d.day, last = n, i+1
	}
	if n := t.year(last + 1); n > 0 && t.near(last, last+1) {
		d.year, last = n, last+1
	}
	d.to = t.words[last].to
	return d, d.day > 0 || d.year > 0
}

// numericDate reads 3/4/2025, 03/04/25 and 03.04.2025.
func (t *passage) numericDate(i int) (date, bool) {
	if i+2 >= len(t.words) || t.digits(i) == 0 || t.digits(i) > 2 || t.digits(i+1) == 0 || t.digits(i+1) > 2 {
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

func (t *passage) between(i, k int) string { return t.text[t.words[i].to:t.words[k].from] }

// near reports whether two words stand side by side, but for a comma.
func (t *passage) near(i, k int) bool {
	gap := t.between(i, k)
	return gap == " " || gap == ", " || gap == ". " || gap == "\u00a0" || gap == "° "
}

// digits returns the number of digits of a word that is a number, or 0.
func (t *passage) digits(i int) int {
	w := t.words[i]
	for _, c := range []byte(t.text[w.from:w.to]) {
		if !isDigit(c) {
			return 0
		}
	}
	return w.to - w.from
}

func (t *passage) number(i int) int {
	n, _ := strconv.Atoi(t.text[t.words[i].from:t.words[i].to])
	return n
}

// day returns the number of a day: 3, 3rd, 1º.
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
