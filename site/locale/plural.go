package locale

import (
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// forms are CLDR's plural categories, in its order.
var forms = []string{"zero", "one", "two", "few", "many", "other"}

// form returns the text of a form.
func form(m *i18n.Message, name string) *string {
	switch name {
	case "zero":
		return &m.Zero
	case "one":
		return &m.One
	case "two":
		return &m.Two
	case "few":
		return &m.Few
	case "many":
		return &m.Many
	}
	return &m.Other
}

// pluralForms returns the forms that a language's plural rules can ask for, in
// CLDR's order; none where go-i18n has no rules for it. go-i18n keeps its copy
// of CLDR's rules to itself, and that of x/text is older than the form "many" of
// the Romance languages, so go-i18n is asked: a message whose forms say their own
// names answers for each kind of number that the rules of any language tell apart.
func pluralForms(lang string) []string {
	tag := language.Make(lang)
	bundle := i18n.NewBundle(tag)
	var names i18n.Message
	names.ID = "form"
	for _, name := range forms {
		*form(&names, name) = name
	}
	if bundle.AddMessages(tag, &names) != nil {
		return nil
	}
	localizer := i18n.NewLocalizer(bundle, lang)
	var found []string
	for _, n := range kindsOfNumbers() {
		name, err := localizer.Localize(&i18n.LocalizeConfig{MessageID: names.ID, PluralCount: n})
		if err == nil && !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	slices.SortFunc(found, func(a, b string) int { return slices.Index(forms, a) - slices.Index(forms, b) })
	return found
}

// kindsOfNumbers returns whole numbers up to 200, whose last two digits decide in
// most languages, round numbers, and fractions.
func kindsOfNumbers() []any {
	var all []any
	for n := range 201 {
		all = append(all, n)
	}
	for _, n := range strings.Fields("1000 10000 100000 1000000 2000000 1e6 0.0 0.1 0.2 0.5 1.0 1.1 1.2 1.5 2.0 2.5 10.0 10.1 11.5") {
		all = append(all, n)
	}
	return all
}
