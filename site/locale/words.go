package locale

import (
	"fmt"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	xmessage "golang.org/x/text/message"

	"helpcenter/site/civil"
)

// Words are the words of one language, with those of the default language where
// it has none. They never change and may be used by many at once.
type Words struct {
	own, fallback *locale
	speak, lend   *i18n.Localizer   // of own and of fallback
	fixed         map[string]string // texts without values, by id
	days          [32]string        // of the month, as dates write them; from 1
	months        [13]string        // from 1
	numbers       *xmessage.Printer
	collators     sync.Pool // a Collator serves one at a time
}

func newWords(bundle *i18n.Bundle, own, fallback *locale) *Words {
	tag := language.Make(own.lang)
	w := &Words{
		own:      own,
		fallback: fallback,
		speak:    i18n.NewLocalizer(bundle, own.lang),
		lend:     i18n.NewLocalizer(bundle, fallback.lang),
		fixed:    map[string]string{},
		numbers:  xmessage.NewPrinter(tag),
	}
	w.collators.New = func() any { return collate.New(tag) }
	for _, id := range fallback.ids() {
		if m := fallback.messages[id]; !m.plural && len(m.fields) == 0 {
			w.fixed[id], _ = w.localize(id, nil, nil)
		}
	}
	w.resolveDates()
	return w
}

// localize has go-i18n write a message, in the language that has it.
func (w *Words) localize(id string, count any, data values) (string, error) {
	localizer := w.speak
	if w.own.messages[id] == nil {
		localizer = w.lend
	}
	return localizer.Localize(&i18n.LocalizeConfig{MessageID: id, PluralCount: count, TemplateData: data, TemplateParser: parser{}})
}

// Has reports whether there is a message of that id, in the language or, by way
// of fallback, in the default language.
func (w *Words) Has(id string) bool { return w.fallback.messages[id] != nil }

// Lang returns the language that the message of that id is shown in: the
// language of w or the default language. It is "" where there is none.
func (w *Words) Lang(id string) string {
	switch {
	case w.own.messages[id] != nil:
		return w.own.lang
	case w.Has(id):
		return w.fallback.lang
	}
	return ""
}

// Text returns a fixed message: one without plural forms and placeholders. It
// panics where there is no such message, see [Catalog.Require].
func (w *Words) Text(id string) string {
	text, ok := w.fixed[id]
	if !ok {
		panic(w.unproven(id))
	}
	return text
}

// unproven says why a message that somebody asked for cannot be shown.
func (w *Words) unproven(id string) error {
	m := w.fallback.messages[id]
	switch {
	case m == nil:
		return fmt.Errorf("locales: no message %q in %s", id, w.fallback.file)
	case m.plural:
		return fmt.Errorf("locales: the message %q counts: use Plural", id)
	}
	return fmt.Errorf("locales: the message %q has %s: use Format", id, list(m.fields))
}

// Format returns a message with values in place of its placeholders, given as
// pairs of a name and a value: Format("page.updated", "Date", d). A
// [helpcenter.Date] is written as [Words.Date] does, an int as [Words.Number]
// does. It panics where there is no such message or a value is missing.
func (w *Words) Format(id string, pairs ...any) string {
	if m := w.fallback.messages[id]; m == nil || m.plural {
		panic(w.unproven(id))
	}
	return w.must(id, nil, w.values(pairs))
}

// Plural returns a message in the plural form that n takes in the language. The
// placeholder {{.Count}} is n; further values are given as for [Words.Format].
func (w *Words) Plural(id string, n int, pairs ...any) string {
	if w.fallback.messages[id] == nil {
		panic(w.unproven(id))
	}
	data := w.values(pairs)
	data["Count"] = w.Number(n)
	return w.must(id, n, data)
}

func (w *Words) must(id string, count any, data values) string {
	text, err := w.localize(id, count, data)
	if err != nil {
		panic(fmt.Errorf("locales: message %q in %q: %w", id, w.own.lang, err))
	}
	return text
}

// values writes each value in the form of the language.
func (w *Words) values(pairs []any) values {
	data := make(values, len(pairs)/2+1)
	for i := 0; i+1 < len(pairs); i += 2 {
		switch v := pairs[i+1].(type) {
		case civil.Date:
			data[fmt.Sprint(pairs[i])] = w.Date(v)
		case int:
			data[fmt.Sprint(pairs[i])] = w.Number(v)
		default:
			data[fmt.Sprint(pairs[i])] = fmt.Sprint(v)
		}
	}
	return data
}

// Number writes a whole number with the digits grouped as CLDR has it for the
// language.
func (w *Words) Number(n int) string { return w.numbers.Sprint(n) }
