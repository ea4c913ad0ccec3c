package locale

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	xmessage "golang.org/x/text/message"
	"golang.org/x/text/number"

	"helpcenter/site/civil"
)

// Words are the words of one language, with those of the default language for messages that it lacks. They are
// immutable and safe for concurrent use.
type Words struct {
	own, fallback *locale
	speak, lend   *i18n.Localizer   // of own and of fallback
	fixed         map[string]string // texts without values, by id
	days          [32]string        // of the month, as dates show them; from 1
	months        [13]string        // from 1
	numbers       *xmessage.Printer
	collators     sync.Pool // a Collator is not safe for concurrent use
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
	for id, m := range fallback.messages {
		if !m.plural && len(m.fields) == 0 {
			w.fixed[id], _ = w.localize(id, nil, nil)
		}
	}
	w.resolveDates()
	return w
}

// localize formats a message, in the default language if its own lacks it.
func (w *Words) localize(id string, count any, data values) (string, error) {
	message := &i18n.LocalizeConfig{MessageID: id, PluralCount: count, TemplateData: data, TemplateParser: parser{}}
	if w.own.messages[id] != nil {
		return w.speak.Localize(message)
	}
	text, err := w.lend.Localize(message)
	return w.isolate(text), err
}

// isolate encloses a text of the default language in the characters that tell its direction (UAX #9), if that is
// not the direction of the language. They work where markup cannot, as in titles and attributes.
func (w *Words) isolate(text string) string {
	from := Direction(w.fallback.lang)
	switch {
	case text == "" || from == Direction(w.own.lang):
		return text
	case from == "rtl":
		return "\u2067" + text + "\u2069"
	}
	return "\u2066" + text + "\u2069"
}

// Has reports whether the default language has a message with this id.
func (w *Words) Has(id string) bool { return w.fallback.messages[id] != nil }

// Lang returns the language in which a message is shown: that of w or the default language, or "" if neither has
// the message.
func (w *Words) Lang(id string) string {
	switch {
	case w.own.messages[id] != nil:
		return w.own.lang
	case w.Has(id):
		return w.fallback.lang
	}
	return ""
}

// Text returns a message without plural forms and placeholders. It panics for any other id, which [Catalog.Require]
// reports as an error: the site requires all ids that it shows before it shows any.
func (w *Words) Text(id string) string {
	text, ok := w.fixed[id]
	if !ok {
		panic(w.notRequired(id))
	}
	return text
}

// notRequired returns an error that says why a message cannot be shown.
func (w *Words) notRequired(id string) error {
	switch m := w.fallback.messages[id]; {
	case m == nil:
		return fmt.Errorf("locale: no message %q in %s", id, w.fallback.file)
	case m.plural:
		return fmt.Errorf("locale: the message %q has plural forms: use Plural", id)
	default:
		return fmt.Errorf("locale: the message %q has %s: use Format", id, placeholders(m.fields))
	}
}

// Format returns a message with values for its placeholders, given as pairs of name and value:
// Format("page.updated", "Date", d). A [civil.Date] is formatted by [Words.Date], an int by [Words.Number]. It
// panics if the message or a value is missing, which [Catalog.Require] reports for a [Need] with these names.
func (w *Words) Format(id string, pairs ...any) string { return w.show(id, nil, pairs) }

// Plural returns a message in the plural form for n. The placeholder {{.Count}} is n; further values are given as
// in [Words.Format], and it panics for the same reasons.
func (w *Words) Plural(id string, n int, pairs ...any) string {
	return w.show(id, n, slices.Concat(pairs, []any{"Count", n}))
}

// Placeholders returns the names of the placeholders in all plural forms of a message.
func (w *Words) Placeholders(id string) []string {
	if m := w.fallback.messages[id]; m != nil {
		return m.fields
	}
	return nil
}

// Fill returns a message with the values of its placeholders. count, a number in digits, chooses the plural form,
// which is "other" if count is "".
func (w *Words) Fill(id, count string, value func(placeholder string) string) string {
	data := values{}
	for _, name := range w.Placeholders(id) {
		data[name] = value(name)
	}
	if count == "" {
		return w.must(id, nil, data)
	}
	return w.must(id, count, data)
}

// show formats a message with pairs of names and values, each as the language writes it.
func (w *Words) show(id string, count any, pairs []any) string {
	if m := w.fallback.messages[id]; m == nil || m.plural && count == nil {
		panic(w.notRequired(id))
	}
	data := make(values, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		text := fmt.Sprint(pairs[i+1])
		switch v := pairs[i+1].(type) {
		case civil.Date:
			text = w.Date(v)
		case int:
			text = w.Number(v)
		}
		data[fmt.Sprint(pairs[i])] = text
	}
	return w.must(id, count, data)
}

// must formats a message that [Catalog.Require] has checked with these values.
func (w *Words) must(id string, count any, data values) string {
	text, err := w.localize(id, count, data)
	if err != nil {
		panic(fmt.Errorf("locale: message %q in %q: %w", id, w.own.lang, err))
	}
	return text
}

// fromFiveDigits are the languages that group digits only in numbers from 10,000 on (CLDR 48,
// minimumGroupingDigits), as browsers do. The data of x/text lacks this.
var fromFiveDigits = strings.Fields("be bg es et hu hy it it-CH ka lv pl pt-PT sl sq")

// Number formats a whole number, with its digits grouped as in the language.
func (w *Words) Number(n int) string { return w.Decimal(int64(n), 0) }

// Decimal formats n, with the last decimals digits after the decimal sign of the language.
func (w *Words) Decimal(n int64, decimals int) string {
	value, options := float64(n)/math.Pow10(decimals), []number.Option{number.Scale(decimals)}
	if math.Abs(value) < 10_000 && slices.Contains(fromFiveDigits, w.own.lang) {
		options = append(options, number.NoSeparator())
	}
	return w.numbers.Sprint(number.Decimal(value, options...))
}
