package search

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	of := func(tag string) *analyzer { return newAnalyzer(languageOf(tag)) }
	it, en, fr, de, es, pt, nl, da := of("it"), of("en"), of("fr"), of("de"), of("es"), of("pt"), of("nl"), of("da")
	it.learnName("GoTo Meeting")
	it.learn("numero verde")
	en.learnName("GoToMyPC")
	for _, test := range []struct {
		a          *analyzer
		text, want string // terms
	}{
		{it, "l'abbonamento", "abbon"},
		{it, "dell’abbonamento", "abbon"},
		{it, "L‘ABBONAMENTO", "abbon"},
		{it, "quest´abbonamento", "abbon"},
		{it, "nell`abbonamento", "abbon"},
		{it, "allʼabbonamento", "abbon"},
		{it, "com’è perché", "perc"},
		{it, "dov'è", ""},
		{it, "retryCount", "retrycount"},
		{it, "日本語です", "日本 本語 語て てす"},
		{it, "本 日本x", "本 日本"},
		{it, "il", "il"},
		{it, "annullare o annullamento", "annull"},
		{it, "GoTo Meeting", "gotomeeting"},
		{it, "gotomeeting", "gotomeeting"},
		{it, "Go-To-Meeting", "gotomeeting"},
		{it, "goto-meeting", "gotomeeting"},
		{it, "go to meeting", "gotomeeting"},
		{it, "numeri verdi", "numeroverd"},
		{it, "e-1042", "e1042"},
		{it, "E1042", "e1042"},
		{it, "1042.", "1042"},
		{en, "customer's", "customer"},
		{en, "can't cancel", "cancel"},
		{en, "goto my pc", "gotomypc"},
		{en, "co\u00adntracts", "contract"},
		{fr, "l'abonné Œuvre", "abon oeuvr"},
		{fr, "connectez-vous puis-je", "connect"},
		{de, "die Kündigungen", "kundig"},
		{de, "Kuendigung kündige", "kundig"},
		{de, "gekündigt Kündigung", "kundigd kundig"},
		{de, "Rechnungen Rechte Rechnung", "rechnu rech"},
		{de, "Dauer neue manuell", "dauer neu manuell"},
		{de, "abgebucht abzubuchen Abbuchung", "abbuch"},
		{es, "la cancelación", "cancel"},
		{es, "cancelarlo cancelándolas", "cancel"},
		{pt, "o cancelamento", "cancel"},
		{pt, "cancelá-la cancelá-los", "cancel"},
		{nl, "de opzeggingen", "opzeg"},
		{nl, "opgezegd opzegt", "opzegx opzeg"},
		{da, "l'abonné Œuvre", "abonne oeuvre"},
		{fr, "", ""},
		{fr, "... - _ '", ""},
	} {
		var got []string
		words, _ := test.a.query(test.text)
		for _, w := range words {
			got = append(got, w.term)
		}
		if got := strings.Join(got, " "); got != test.want {
			t.Errorf("%q is read as %q, want %q", test.text, got, test.want)
		}
	}
}

// small returns an index of three documents.
func small() *Index {
	c := Config{
		Lang: "it", Names: []string{"GoTo Room"},
		Synonyms: [][]string{{"annullare", "disdire"}, {"numero gratuito", "numero verde"}},
	}
	return New(
		c,
		slices.Values(
			[]*Document{
				{
					Path:        "a/x/cancel",
					URL:         "/it/a/x/cancel/",
					Product:     "a",
					Kind:        "guide",
					Title:       "Annullare l’abbonamento",
					Description: "Come annullare.",
					Sections:    []Section{{ID: "refund", Title: "Ricevo un rimborso?", Text: []string{"No."}}},
				},
				{
					Path:    "b/x/free",
					URL:     "/it/b/x/free/",
					Product: "b", Products: []string{"d"},
					Kind:  "article",
					Title: "Numeri gratuiti",
					Text:  []string{"Un abbonamento ne ha."},
				},
				{
					Path:    "a/x/room",
					URL:     "/it/a/x/room/",
					Product: "a",
					Kind:    "article",
					Title:   "La sala",
					Text:    []string{"GoToRoom mostra E-1042."},
				},
			},
		),
	)
}

// A section whose number does not fit into a posting is not mistaken for another.
func TestManySections(t *testing.T) {
	d := &Document{Path: "a/x/many", URL: "/it/a/x/many/", Title: "Molte"}
	for i := range 300 {
		d.Sections = append(d.Sections,
			Section{ID: fmt.Sprintf("p%d", i), Title: "Parte", Text: []string{fmt.Sprintf("parola%d", i)}})
	}
	ix := New(Config{Lang: "it"}, slices.Values([]*Document{d}))
	for text, want := range map[string]string{"parola0": "p0", "parola254": "p254", "parola255": "", "parola299": ""} {
		if hits := ix.Search(context.Background(), Query{Text: text}).Hits; len(hits) != 1 || hits[0].Section != want {
			t.Errorf("%s is found in %+v, want the section %q", text, hits, want)
		}
	}
}

func TestSearch(t *testing.T) {
	ix := small()
	for _, test := range []struct {
		query   Query
		want    string // paths
		section string // of the first hit
	}{
		{Query{Text: "abbonamento"}, "a/x/cancel b/x/free", ""},
		{Query{Text: "abbonamento", Product: "b"}, "b/x/free", ""},
		{Query{Text: "abbonamento", Product: "d"}, "b/x/free", ""},
		{Query{Text: "abbonamento", Kind: "guide"}, "a/x/cancel", ""},
		{Query{Text: "abbonamento", Product: "c"}, "", ""},
		{Query{Text: "abbonamento", Limit: 1}, "a/x/cancel", ""},
		{Query{Text: "abbonamento", Limit: -1}, "a/x/cancel b/x/free", ""},
		{Query{Text: "disdire"}, "a/x/cancel", ""},
		{Query{Text: "numero verde"}, "b/x/free", ""},
		{Query{Text: "rimborso abbonamento"}, "a/x/cancel b/x/free", "refund"},
		{Query{Text: "goto room"}, "a/x/room", ""},
		{Query{Text: "e1042"}, "a/x/room", ""},
		{Query{Text: "1042"}, "a/x/room", ""},
		{Query{Text: "e1043"}, "", ""},
		{Query{Text: "abbonam"}, "a/x/cancel b/x/free", ""},
		{Query{Text: "abonamento "}, "a/x/cancel b/x/free", ""},
		{Query{Text: "labbonamento "}, "a/x/cancel b/x/free", ""},
		{Query{Text: "zebra abbonamento "}, "a/x/cancel b/x/free", ""},
	} {
		r := ix.Search(context.Background(), test.query)
		var got []string
		for _, h := range r.Hits {
			got = append(got, h.Path)
		}
		if got := strings.Join(got, " "); got != test.want {
			t.Errorf("%+v finds %q, want %q", test.query, got, test.want)
		} else if len(r.Hits) > 0 && r.Hits[0].Section != test.section {
			t.Errorf("%+v leads to section %q, want %q", test.query, r.Hits[0].Section, test.section)
		}
	}
}

// Compounds are found by their words, words by compounds that contain them, verbs in two parts by the whole, and a
// longer word by one that it begins with.
func TestCompounds(t *testing.T) {
	documents := map[string][]*Document{
		"de": {
			{Path: "limit", Title: "Kündigungsfrist", Text: []string{"Vor dem Ende."}},
			{Path: "login", Title: "Beim Konto anmelden", Text: []string{"Eine Frist gibt es nicht."}},
			{Path: "cancel", Title: "Vertrag kündigen"},
		},
		"nl": {
			{Path: "limit", Title: "Opzegtermijn", Text: []string{"Voor het einde."}},
			{Path: "login", Title: "Inloggen bij je account", Text: []string{"Er is geen termijn."}},
			{Path: "cancel", Title: "Contract opzeggen"},
		},
		"en": {{Path: "cancel", Title: "Contracts"}, {Path: "notice", Title: "Noticeboard"}, {Path: "board", Title: "Board"},
			{Path: "login", Title: "Notice"}},
	}
	for _, test := range []struct{ lang, text, want string }{
		{"de", "Frist ", "limit login"},
		{"de", "Kündigung ", "cancel limit"},
		{"de", "Vertragsfrist ", "cancel limit login"},
		{"de", "Kontovertrag ", "login cancel"},
		{"de", "wie melde ich mich an", "login"},
		{"de", "melde mich beim Konto an", "login"},
		{"de", "Vertragsstrafe ", "cancel"},
		{"nl", "termijn ", "limit login"},
		{"nl", "zeg ik mijn contract op", "cancel limit"},
		{"nl", "contractboete ", "cancel"},
		{"en", "board ", "board"},
		{"en", "contractual ", "cancel"},
	} {
		ix := New(Config{Lang: test.lang}, slices.Values(documents[test.lang]))
		var got []string
		for _, h := range ix.Search(context.Background(), Query{Text: test.text}).Hits {
			got = append(got, h.Path)
		}
		if got := strings.Join(got, " "); got != test.want {
			t.Errorf("%s: %q finds %q, want %q", test.lang, test.text, got, test.want)
		}
	}
}

// Readers who name a product find what is about it first, even if they mistype it: its own page if they ask what a
// checker answers, and otherwise what they ask for.
func TestProducts(t *testing.T) {
	answers := []Answer{
		{Checker: "online", Product: "room", Name: "GoTo Room", Words: []string{"cancel"}},
		{Checker: "online", Product: "hamachi", Name: "Hamachi", Words: []string{"cancel"}},
	}
	documents := []*Document{
		{Path: "room", Title: "GoTo Room", Question: true},
		{Path: "cancel-room", Title: "Cancel GoTo Room", Text: []string{"What data?"}},
		{Path: "cancel", Title: "Cancel online", Description: "GoTo Room, too. What data?"},
		{Path: "trial", Title: "What ends", Description: "A trial.", Keywords: []string{"trial", "free trial"}},
		{Path: "hamachi", Title: "Hamachi", Question: true},
		{Path: "other", Title: "Other products", Text: []string{"GoTo Room and others."}},
	}
	ix := New(Config{Lang: "en", Names: []string{"GoTo Room", "Hamachi"}, Answers: answers}, slices.Values(documents))
	for text, want := range map[string]string{
		"goto room ": "room", "goto room data ": "cancel-room", "cancel goto room ": "cancel-room",
		"cancel goto rooom ": "cancel-room", "hamachi trial ": "trial", "cancel hamachi ": "hamachi",
	} {
		r := ix.Search(context.Background(), Query{Text: text})
		if r.Hits[0].Path != want || (r.Answer != nil) != strings.HasPrefix(text, "cancel") {
			t.Errorf("%q finds %s and the answer %v, want %s", text, r.Hits[0].Path, r.Answer, want)
		}
	}
}

// A mistyped name finds the same as the name, in the same order.
func TestMistypedNames(t *testing.T) {
	for _, lang := range []string{"en", "it"} { // in Dutch no text says "meeting"
		ix := shipped(t, lang)
		for typed, name := range map[string]string{
			"goto meating ": "goto meeting ", "go to meating ": "goto meeting ", "goto webbinar ": "goto webinar ",
			"goto rooom ": "goto room ",
		} {
			got, want := ix.Search(context.Background(), Query{Text: typed}), ix.Search(context.Background(), Query{Text: name})
			if len(got.Corrected) != 1 || len(want.Hits) == 0 || !slices.Equal(got.Hits, want.Hits) {
				t.Errorf("%s: %q is corrected as %v and finds other documents than %q", lang, typed, got.Corrected, name)
			}
		}
	}
}

// Whoever asks whether something is cancelled does not ask how to cancel.
func TestForms(t *testing.T) {
	ix := New(Config{Lang: "en"}, slices.Values([]*Document{
		{Path: "how", Title: "Cancel"}, {Path: "whether", Title: "See what is cancelled"},
	}))
	for text, want := range map[string]string{"cancelled ": "whether how", "cancelling ": "how whether"} {
		hits := ix.Search(context.Background(), Query{Text: text}).Hits
		if len(hits) != 2 || hits[0].Path+" "+hits[1].Path != want {
			t.Errorf("%q finds %+v, want %s", text, hits, want)
		}
	}
}

// A document that has a synonym of its title is not ranked below one that does not.
func TestLentTitle(t *testing.T) {
	ix := New(Config{Lang: "en", Synonyms: [][]string{{"cancel", "close my account"}}}, slices.Values([]*Document{
		{Path: "room", Title: "Cancel a room"},
		{Path: "account", Title: "Cancel a plan", Text: []string{"Close my account."}},
	}))
	r := ix.Search(context.Background(), Query{Text: "close my account "})
	if len(r.Hits) != 2 || r.Hits[0].Path != "account" {
		t.Errorf("found are %+v", r.Hits)
	}
}

func TestSearchSaysWhatItDid(t *testing.T) {
	ix := small()
	for _, text := range []string{"", "a", " a ", "l'", "?!"} {
		if r := ix.Search(context.Background(), Query{Text: text}); !r.TooShort || len(r.Hits) > 0 {
			t.Errorf("%q is not too short: %+v", text, r)
		}
	}
	r := ix.Search(context.Background(), Query{Text: "abonamento zebra "})
	if !slices.Equal(r.Corrected, []Correction{{"abonamento", "abbonamento"}}) ||
		!slices.Equal(r.Missing, []string{"zebra"}) {
		t.Errorf("corrected %v, missing %v", r.Corrected, r.Missing)
	}
	text := "Disdire: l’annullamento dell’abbonamento"
	var marked []string
	for _, m := range ix.Marks(ix.Search(context.Background(), Query{Text: "disdire"}), text) {
		marked = append(marked, text[m[0]:m[1]])
	}
	if got := strings.Join(marked, ","); got != "Disdire,annullamento" {
		t.Errorf("marked are %s", got)
	}
}

func TestHeaviest(t *testing.T) {
	var postings []posting
	for doc := range 100 {
		postings = append(postings, posting{doc: uint32(doc), level: uint8(1 + doc%(levels+10))}) // 20 in titles
	}
	inTitle := func(p posting) bool { return p.level > levels }
	kept := heaviest(slices.Clone(postings), 60, true)
	isDropped := func(p posting) bool { return !slices.Contains(kept, p) }
	if len(kept) != 60 || slices.ContainsFunc(postings, func(p posting) bool { return inTitle(p) && isDropped(p) }) {
		t.Errorf("kept are %d: %v", len(kept), kept)
	}
	kept = heaviest(slices.Clone(postings), 1, true)
	if len(kept) != 20 || slices.ContainsFunc(kept, func(p posting) bool { return !inTitle(p) }) {
		t.Errorf("kept of titles are %d: %v", len(kept), kept)
	}
	kept = heaviest(slices.Clone(postings), 15, false)
	if len(kept) != 15 || slices.ContainsFunc(kept, func(p posting) bool { return p.level <= levels+2 }) {
		t.Errorf("kept are %d, not the heaviest titles: %v", len(kept), kept)
	}
	var gradual []posting
	for _, p := range postings {
		gradual = heaviest(append(gradual, p), 60, true)
	}
	if want := heaviest(slices.Clone(postings), 60, true); !slices.Equal(gradual, want) {
		t.Errorf("cut again and again, %v are kept, not %v", gradual, want)
	}
}

// The list of a common word keeps all titles, that of a question word no more than any list has.
func TestListsOfCommonWords(t *testing.T) {
	var docs []*Document
	for i := range 20 {
		path := fmt.Sprint("a/x/", i)
		docs = append(docs, &Document{Path: path, URL: "/en/" + path + "/", Title: "How to cancel"})
	}
	ix := New(Config{Lang: "en", most: 5}, slices.Values(docs))
	for term, want := range map[string]int{"how": 5, "to": 5, "cancel": 20} {
		if h := ix.list(term); h == nil || len(h.docs) != want {
			t.Errorf("the list of %s is %+v, want %d documents", term, h, want)
		}
	}
	if r := ix.Search(context.Background(), Query{Text: "how to cancel "}); r.Total != 20 {
		t.Errorf("%d are found, want all 20", r.Total)
	}
}
