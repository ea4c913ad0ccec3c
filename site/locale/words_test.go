package locale

import (
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"helpcenter/locales"
	"helpcenter/site/civil"
	"helpcenter/site/diag"
)

// french is a language that no Go code knows.
const french = `"date.long" = "{{.Day}} {{.Month}} {{.Year}}"
"date.month.1" = "janvier"
"date.month.10" = "octobre"
"date.month.11" = "novembre"
"date.month.12" = "décembre"
"date.month.2" = "février"
"date.month.3" = "mars"
"date.month.4" = "avril"
"date.month.5" = "mai"
"date.month.6" = "juin"
"date.month.7" = "juillet"
"date.month.8" = "août"
"date.month.9" = "septembre"
"page.title" = "Aide"
"page.until" = "Jusqu’au : {{.Date}}"

["date.day"]
many = "{{.Day}}"
one = "1er"
other = "{{.Day}}"

["search.count"]
many = "{{.Count}} de résultats pour {{.Query}}"
one = "{{.Count}} résultat pour {{.Query}}"
other = "{{.Count}} résultats pour {{.Query}}"
`

const source = `"page.note" = "Not translated"
"page.title" = "Help"
"page.until" = "Until: {{.Date}}"
"search.count" = { one = "{{.Count}} result for {{.Query}}", other = "{{.Count}} results for {{.Query}}" }
"search.none" = { one = "One nothing", other = "{{.Count}} nothings" }
`

// bilingual loads French with English as fallback, which has two more messages.
func bilingual(t testing.TB) *Catalog {
	t.Helper()
	c, found := Load(folder(map[string]string{"active.en.toml": source + own, "active.fr.toml": french}),
		[]string{"en", "fr"}, "en")
	for _, f := range found {
		if f.Rule != "message-missing" || f.Severity != diag.Warning {
			t.Fatal(f)
		}
	}
	return c
}

func date(t testing.TB, s string) civil.Date {
	t.Helper()
	d, err := civil.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestText(t *testing.T) {
	fr := bilingual(t).Words("fr")
	for _, tt := range []struct{ id, want, lang string }{
		{"page.title", "Aide", "fr"},
		{"page.note", "Not translated", "en"},
	} {
		if got := fr.Text(tt.id); got != tt.want || fr.Lang(tt.id) != tt.lang || !fr.Has(tt.id) {
			t.Errorf("%s is %q in %q, want %q in %q", tt.id, got, fr.Lang(tt.id), tt.want, tt.lang)
		}
	}
	if fr.Has("page.nothing") || fr.Lang("page.nothing") != "" {
		t.Error("there is a message that nobody wrote")
	}
	if got := bilingual(t).Words("de").Text("page.title"); got != "Help" {
		t.Errorf("an unknown language says %q, want the default language", got)
	}
}

// A text whose direction is not that of the language is marked, and no other text is.
func TestTextOfTheOtherDirection(t *testing.T) {
	const few = `"page.title" = "x"`
	for _, test := range []struct{ lang, source, want string }{
		{"ar", "en", "\u2066Until: 1\u2069"}, {"fr", "en", "Until: 1"},
		{"en", "he", "\u2067Until: 1\u2069"}, {"ar", "he", "Until: 1"},
	} {
		c, _ := Load(folder(map[string]string{
			"active." + test.source + ".toml": source + own, "active." + test.lang + ".toml": few,
		}), []string{test.source, test.lang}, test.source)
		w := c.Words(test.lang)
		if got := w.Format("page.until", "Date", "1"); got != test.want {
			t.Errorf("%s over %s: %q, want %q", test.lang, test.source, got, test.want)
		}
		if got := w.Text("page.title"); got != "x" {
			t.Errorf("%s over %s: its own text is %q", test.lang, test.source, got)
		}
	}
}

func TestNotRequiredPanics(t *testing.T) {
	fr := bilingual(t).Words("fr")
	for name, call := range map[string]func() string{
		"no such message":        func() string { return fr.Text("page.nothing") },
		"text with placeholders": func() string { return fr.Text("page.until") },
		"text with plural forms": func() string { return fr.Text("search.count") },
		"format of plural forms": func() string { return fr.Format("search.count", "Query", "x") },
		"format without a value": func() string { return fr.Format("page.until", "Dat", "x") },
		"plural without a value": func() string { return fr.Plural("search.count", 3) },
	} {
		func() {
			defer func() {
				if err, ok := recover().(error); !ok || !strings.HasPrefix(err.Error(), "locale: ") {
					t.Errorf("%s: panicked with %v, want an error of this package", name, err)
				}
			}()
			t.Errorf("%s: returned %q, want a panic", name, call())
		}()
	}
}

// A template that shows a message that was not required fails, and reports where.
func TestNotRequiredInTemplate(t *testing.T) {
	tmpl := template.Must(template.New("page.html").Parse("<p>\n{{.Text \"page.nothing\"}}"))
	err := tmpl.Execute(io.Discard, bilingual(t).Words("fr"))
	if err == nil || !strings.Contains(err.Error(), "page.html:2") ||
		!strings.Contains(err.Error(), `no message "page.nothing"`) {
		t.Errorf("error %v, want the template's line and the message's id", err)
	}
}

func TestFormat(t *testing.T) {
	c := bilingual(t)
	for _, tt := range []struct {
		got, want string
	}{
		{c.Words("fr").Format("page.until", "Date", date(t, "2027-08-01")), "Jusqu’au : 1er août 2027"},
		{c.Words("en").Format("page.until", "Date", date(t, "2027-08-01")), "Until: 1 August 2027"},
		{c.Words("en").Format("page.until", "Date", "{{.Date}} <b>"), "Until: {{.Date}} <b>"},
		{c.Words("en").Format("page.until", "Date", 20000), "Until: 20,000"},
		{c.Words("en").Format("page.title"), "Help"},
		{c.Words("fr").Plural("search.count", 0, "Query", "x"), "0 résultat pour x"},
		{c.Words("fr").Plural("search.count", 2, "Query", "x"), "2 résultats pour x"},
		{c.Words("fr").Plural("search.count", 1000000, "Query", "x"), "1\u00a0000\u00a0000 de résultats pour x"},
		{c.Words("en").Plural("search.count", 1, "Query", "x"), "1 result for x"},
		{c.Words("fr").Plural("search.none", 0), "0 nothings"}, // by the rules of English, in which the message is
		{c.Words("en").Plural("page.title", 1), "Help"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

// loadSeven loads the words of the shipped languages.
func loadSeven() (*Catalog, []diag.Finding) {
	return Load(locales.Files, []string{"en", "it", "fr", "de", "es", "pt", "nl"}, "en")
}

func TestShippedDates(t *testing.T) {
	c, _ := loadSeven()
	for _, tt := range []struct{ lang, date, want string }{
		{"fr", "2027-08-01", "1er août 2027"},
		{"fr", "2028-02-29", "29 février 2028"},
		{"de", "2025-03-03", "3. März 2025"},
		{"de", "2027-01-01", "1. Januar 2027"},
		{"es", "2027-03-15", "15 de marzo de 2027"},
		{"es", "2027-01-01", "1 de enero de 2027"},
		{"pt", "2027-03-15", "15 de março de 2027"},
		{"pt", "2027-12-01", "1º de dezembro de 2027"},
		{"nl", "2025-03-03", "3 maart 2025"},
		{"nl", "2027-01-01", "1 januari 2027"},
		{"it", "2025-03-03", "3 marzo 2025"},
		{"it", "2027-01-01", "1º gennaio 2027"},
		{"it", "2027-12-31", "31 dicembre 2027"},
		{"en", "2025-03-03", "3 March 2025"},
		{"en", "2027-01-01", "1 January 2027"},
	} {
		if got := c.Words(tt.lang).Date(date(t, tt.date)); got != tt.want {
			t.Errorf("%s in %q is %q, want %q", tt.date, tt.lang, got, tt.want)
		}
	}
	if got := c.Words("it").Date(civil.Date{}); got != "" {
		t.Errorf("no day is %q, want nothing", got)
	}
}

func TestNumber(t *testing.T) {
	c, _ := loadSeven()
	for _, tt := range []struct {
		lang string
		n    int
		want string
	}{
		{"en", 0, "0"}, {"en", 999, "999"}, {"en", 1234567, "1,234,567"}, {"it", 1234567, "1.234.567"},
		{"it", 20000, "20.000"}, {"fr", 1234567, "1\u00a0234\u00a0567"}, {"de", 1234567, "1.234.567"},
		{"es", 1234567, "1.234.567"}, {"pt", 1234567, "1.234.567"}, {"nl", 1234567, "1.234.567"}, {"es", 1000, "1000"},
		{"it", 9999, "9999"}, {"es", 10000, "10.000"}, {"de", 1000, "1.000"}, {"es", -9999, "-9999"},
	} {
		if got := c.Words(tt.lang).Number(tt.n); got != tt.want {
			t.Errorf("%d in %q is %q, want %q", tt.n, tt.lang, got, tt.want)
		}
	}
}

func TestSortBy(t *testing.T) {
	c, _ := Load(locales.Files, []string{"en", "it"}, "en")
	for _, tt := range []struct{ texts, want []string }{
		{
			[]string{"Zero", "è", "eb", "E", "abbonamento", "Ea", "account", "Abbonamento"},
			[]string{"abbonamento", "Abbonamento", "account", "E", "è", "Ea", "eb", "Zero"},
		},
		{[]string{"\u00e0", "a\u0300"}, []string{"a\u0300", "\u00e0"}}, // equal to a reader; their order is still fixed
		{nil, nil},
	} {
		got := slices.Clone(tt.texts)
		SortBy(c.Words("it"), got, func(text string) string { return text })
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q are sorted %q, want %q", tt.texts, got, tt.want)
		}
	}
}

// The forms of each language are those of CLDR 46.
func TestPluralForms(t *testing.T) {
	for lang, want := range map[string]string{
		"en": "one other", "it": "one many other", "fr": "one many other", "es": "one many other", "pt": "one many other",
		"de": "one other", "nl": "one other", "ja": "other", "lv": "zero one other", "sl": "one two few other",
		"pl": "one few many other", "cs": "one few many other", "lt": "one few many other", "ga": "one two few many other",
		"ar": "zero one two few many other", "cy": "zero one two few many other", "kw": "zero one two few many other",
		"br": "one two few many other", "mt": "one two few many other", "he": "one two other", "it-CH": "one many other",
	} {
		if got := strings.Join(pluralForms(lang), " "); got != want {
			t.Errorf("%s has the forms %q, want %q", lang, got, want)
		}
	}
	if got := pluralForms("tlh"); got != nil {
		t.Errorf("Klingon has the forms %q, want none known", got)
	}
}

// The form of each number is that of CLDR 46: zero is singular in French and Portuguese, and a million has a form
// of its own in the Romance languages.
func TestPluralFormOfNumbers(t *testing.T) {
	numbers := []int{0, 1, 2, 5, 11, 21, 1_000_000, 1_000_001}
	for lang, want := range map[string]string{
		"en": "other one other other other other other other", "de": "other one other other other other other other",
		"nl": "other one other other other other other other", "it": "other one other other other other many other",
		"es": "other one other other other other many other", "fr": "one one other other other other many other",
		"pt": "one one other other other other many other",
	} {
		names := "[\"a.b\"]\n"
		for _, form := range pluralForms(lang) {
			names += form + " = \"" + form + "\"\n"
		}
		c, _ := Load(folder(map[string]string{"active." + lang + ".toml": names}), []string{lang}, lang)
		var got []string
		for _, n := range numbers {
			got = append(got, c.Words(lang).Plural("a.b", n))
		}
		if forms := strings.Join(got, " "); forms != want {
			t.Errorf("%s: %v have the forms %s, want %s", lang, numbers, forms, want)
		}
	}
}

// Every plural message of the shipped languages has exactly the forms of its language.
func TestShippedPlurals(t *testing.T) {
	c, found := loadSeven()
	for _, f := range found {
		t.Error(f) // among them any forms that a message lacks
	}
	for _, lang := range c.languages {
		written, plural := map[string]int{}, 0
		for _, f := range c.Forms(lang) {
			written[f.ID]++
		}
		for id, m := range c.fallback.messages {
			want := 1
			if m.plural {
				want, plural = len(pluralForms(lang)), plural+1
			}
			if written[id] != want {
				t.Errorf("%s: %s has %d forms, want %d", lang, id, written[id], want)
			}
		}
		if plural < 10 {
			t.Errorf("%s has %d messages with plural forms", lang, plural)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	fr := bilingual(t).Words("fr")
	day := date(t, "2027-08-01")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 100 {
				fr.Text("page.title")
				fr.Format("page.until", "Date", day)
				fr.Plural("search.count", 1000000, "Query", "x")
				SortBy(fr, []string{"été", "étage"}, strings.ToUpper)
			}
		})
	}
	wg.Wait()
}

func BenchmarkWords(b *testing.B) {
	fr := bilingual(b).Words("fr")
	day := date(b, "2027-08-01")
	titles := []string{"Annuler un abonnement GoTo Room", "Annuler un abonnement", "Étage"}
	for name, f := range map[string]func(){
		"Text":   func() { fr.Text("page.title") },
		"Date":   func() { fr.Date(day) },
		"Format": func() { fr.Format("page.until", "Date", "x") },
		"Plural": func() { fr.Plural("search.count", 12, "Query", "x") },
		"Number": func() { fr.Number(12) },
		"SortBy": func() { SortBy(fr, titles, strings.TrimSpace) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f()
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		Load(locales.Files, []string{"en", "it"}, "en")
	}
}

// Fill uses the plural form for a number in digits, or "other", and gives each placeholder its value.
func TestFill(t *testing.T) {
	words := bilingual(t).Words("fr")
	for _, test := range []struct{ id, count, want string }{
		{"search.count", "1", "<Count> résultat pour <Query>"},
		{"search.count", "1.5", "<Count> résultat pour <Query>"},
		{"search.count", "2", "<Count> résultats pour <Query>"},
		{"search.count", "", "<Count> résultats pour <Query>"},
		{"search.none", "1", "One nothing"},
		{"search.none", "", "<Count> nothings"},
		{"page.until", "", "Jusqu’au : <Date>"},
	} {
		got := words.Fill(test.id, test.count, func(name string) string { return "<" + name + ">" })
		if got != test.want {
			t.Errorf("%s of %q: %q, want %q", test.id, test.count, got, test.want)
		}
	}
	if got := words.Placeholders("search.count"); !slices.Equal(got, []string{"Count", "Query"}) {
		t.Errorf("search.count has %q", got)
	}
}

func TestDecimal(t *testing.T) {
	c, _ := Load(folder(map[string]string{"active.en.toml": own, "active.it.toml": own}), []string{"en", "it"}, "en")
	for _, test := range []struct {
		lang     string
		n        int64
		decimals int
		want     string
	}{
		{"en", 158050, 2, "1,580.50"}, {"it", 158050, 2, "1580,50"}, {"it", 1580500, 2, "15.805,00"},
		{"it", -5, 1, "-0,5"}, {"en", 7, 0, "7"},
	} {
		if got := c.Words(test.lang).Decimal(test.n, test.decimals); got != test.want {
			t.Errorf("%s: %q, want %q", test.lang, got, test.want)
		}
	}
}

// A message with plural forms needs exactly one number among the placeholders that it may have.
func TestNumbersChooseForms(t *testing.T) {
	const plural = `"a.b" = { one = "{{.A}} x", other = "{{.A}} {{.C}} xs" }` + "\n"
	c, _ := Load(folder(map[string]string{"active.en.toml": plural + own}), []string{"en"}, "en")
	for _, test := range []struct {
		others, numbers []string
		rule            string
	}{
		{[]string{"A", "C"}, []string{"A"}, ""},
		{[]string{"A", "C"}, []string{"A", "C"}, "message-plural"},
		{[]string{"A", "C", "D"}, []string{"D"}, "message-plural"},
		{[]string{"A", "C"}, nil, "message-plural"},
		{[]string{"A", "D"}, []string{"A"}, "message-placeholder"},
	} {
		rule := ""
		for _, f := range c.Require([]Need{{ID: "a.b", Others: test.others, Numbers: test.numbers}}) {
			rule = f.Rule
		}
		if rule != test.rule {
			t.Errorf("%v, numbers %v: %q, want %q", test.others, test.numbers, rule, test.rule)
		}
	}
}
