package locale

import (
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// forms are CLDR's plural categories, in its order.
var forms = []string{"zero", "one", "two", "few", "many", "other"}

// form returns a pointer to the text of one of the forms of a message.
func form(m *i18n.Message, name string) *string {
	texts := []*string{&m.Zero, &m.One, &m.Two, &m.Few, &m.Many, &m.Other}
	return texts[slices.Index(forms, name)]
}

// numbers cover all plural forms of any language: whole numbers up to 200, whose last two digits decide in most
// languages, round numbers and fractions.
var numbers = func() []any {
	var all []any
	for n := range 201 {
		all = append(all, n)
	}
	const others = "1000 10000 100000 1000000 2000000 1e6 0.0 0.1 0.2 0.5 1.0 1.1 1.2 1.5 2.0 2.5 10.0 10.1 11.5"
	for n := range strings.FieldsSeq(others) {
		all = append(all, n)
	}
	return all
}()

// pluralForms returns the forms that a language's plural rules use, in CLDR's order, or nil if go-i18n has no rules
// for it. go-i18n does not export its rules, and those of x/text lack the form "many" of the Romance languages. So
// pluralForms formats a message whose forms are their own names, with each of the numbers.
func pluralForms(lang string) []string {
	tag := language.Make(lang)
	bundle := i18n.NewBundle(tag)
	names := i18n.Message{ID: "form"}
	for _, name := range forms {
		*form(&names, name) = name
	}
	if bundle.AddMessages(tag, &names) != nil {
		return nil
	}
	localizer := i18n.NewLocalizer(bundle, lang)
	used := map[string]bool{}
	for _, n := range numbers {
		if name, err := localizer.Localize(&i18n.LocalizeConfig{MessageID: names.ID, PluralCount: n}); err == nil {
			used[name] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(forms), func(name string) bool { return !used[name] })
}
