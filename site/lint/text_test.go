package lint

import (
	"slices"
	"strings"
	"testing"

	"helpcenter/site/article"
	"helpcenter/site/diag"
)

// small returns a linter for the small site.
func small(t testing.TB) *Linter {
	in, found := load(base(t).folders())
	if len(found) > 0 {
		t.Fatal(found)
	}
	return New(in)
}

// sink collects findings and their offsets.
type sink struct{ found []string }

func (n *sink) position(_ *passage, off int) diag.Position {
	return diag.Position{Column: off}
}

func (n *sink) inSource(string) bool { return false }

func (n *sink) report(f diag.Finding) *diag.Finding {
	n.found = append(n.found, f.Rule)
	return &f
}

// judge returns the rules that report something in a text.
func judge(l *Linter, lang, text string) []string {
	var n sink
	p := newPassage(text, l.languages[lang], markup{})
	p.placer = &n
	p.judge()
	return n.found
}

func TestPassage(t *testing.T) {
	for _, tt := range []struct{ name, text, sentences string }{
		{"sentences", "Uno. Due? Tre! “Quattro.” Cinque", "Uno.| Due?| Tre!| “Quattro.”| Cinque"},
		{"lines and cells", "Uno\nDue\tTre. Quattro", "Uno|Due|Tre.| Quattro"},
		{"abbreviations", "Per es. un mese, cfr. pag. 3. Fine", "Per es. un mese, cfr. pag. 3.| Fine"},
		{"a name with a full stop", "Usa join.me oggi.", "Usa join.me oggi."},
		{"a version", "Safari 16.4 o più. Poi", "Safari 16.4 o più.| Poi"},
		{"no words", "... !", ""},
		{"nothing", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := newPassage(tt.text, &language{Linter: unknown.Linter, lexicon: lexiconOf("it")}, markup{})
			var got []string
			for _, s := range p.sentences {
				got = append(got, p.text[s.from:s.to])
			}
			if strings.Join(got, "|") != tt.sentences {
				t.Errorf("got %q, want %q", strings.Join(got, "|"), tt.sentences)
			}
		})
	}
}

// The markup of every block of the shipped articles is found where its text has it.
func TestMarkup(t *testing.T) {
	in, _ := load(shipped)
	l := New(in)
	bold, anchors := 0, 0
	for _, listed := range in.Library.Articles {
		a := listed.Read()
		p := l.newPage(a)
		if len(p.blocks) != len(a.Blocks) {
			t.Fatalf("%s has %d elements and %d blocks", a.File, len(p.blocks), len(a.Blocks))
		}
		for i, b := range p.blocks {
			for k, s := range b.anchors {
				anchors++
				if got, want := b.text[s.from:s.to], a.LinkText(a.Links[b.link+k]); got != want {
					t.Errorf("%s: link %q, want %q", a.File, got, want)
				}
			}
			for _, s := range b.bold {
				bold++
				if text := b.text[s.from:s.to]; text == "" || strings.TrimSpace(text) != text {
					t.Errorf("%s: bold %q", a.File, text)
				}
			}
			if isList := a.Blocks[i].Kind == article.List; isList != (len(b.lists) > 0) &&
				a.Blocks[i].Kind != article.Alert {
				t.Errorf("%s:%d: %d lists", a.File, a.Blocks[i].Line, len(b.lists))
			}
		}
	}
	if bold == 0 || anchors == 0 {
		t.Errorf("%d bold texts and %d links", bold, anchors)
	}
}

// Correct text is left alone, even if it looks like a mistake.
func TestLeftAlone(t *testing.T) {
	l := small(t)
	for _, tt := range []struct{ lang, text string }{
		{"it", "Aspetta... poi riprova."},
		{"it", "Usa join.me dal browser. iPhone e iPad vanno bene."},
		{"it", "Vedi p. es. la pagina 3, ecc., oppure l’art. secondo."},
		{"it", "Piano piano, man mano che procedi."},
		{"it", "Internet Explorer e Safari 15 non sono più supportati."},
		{"it", "Scegli GoTo Meeting, GoTo Webinar o Meet Now."},
		{"it", "Il prezzo è 1.200 euro, cioè 12,50 al mese, alle 8.30."},
		{"it", "La versione 10.12.3 del 2025 va bene 24 ore su 24, 7/7."},
		{"it", "Maggio è il mese giusto: può capitare."},
		{"it", "Fai un backup del server, poi fai login."},
		{"it", "La pagina Terms and Conditions of Use si apre."},
		{"it", "Scrivi a nome@example.com o apri https://example.com/it."},
		{"it", "Il manager responsabile usa un software manageriale supportato."},
		{"en", "You may cancel 30 days before. It may take 3 days."},
		{"en", "I knew that that was had had before."},
		{"en", "Call us, e.g. at 8:30 a.m., etc., in the U.S. or elsewhere."},
		{"en", "It costs $5 (about 4 euros), or 50% less."},
		{"en", "The data is fine. Come in, please: no piano."},
		{"en", "There is an outstanding balance. A balance can stop you."},
		{"en", "Is it yours?! Yes, it is."},
		{"en", "Press Ctrl + C, or choose A > B > C."},
		{"en", "Unsubscribe, resubscribe: your subscriptions’ renewal."},
		{"en", "A non-cancellable plan with add-ons and licensed users."},
	} {
		if found := judge(l, tt.lang, tt.text); len(found) > 0 {
			t.Errorf("%s %q: %v", tt.lang, tt.text, found)
		}
	}
}

func TestResidue(t *testing.T) {
	l := small(t)
	for _, text := range []string{
		"Uno {{ .Title }} due", "Uno {% if %} due", "Uno ${name} due", "Uno {0} due", "Uno {user_name} due",
		"Uno %1$s due", "Uno %d due", "Uno **due", "Uno ~~due~~ tre", "Uno](due.md)", "[[Uno]]", "##Uno",
		"Uno &nbsp; due", "Uno TODO due", "Lorem ipsum", "perchÃ© no", "Câ€™è",
		"Il subscriptionrinnovo", "Un abbonamentoabbonamento",
	} {
		if found := judge(l, "it", text); !slices.Equal(found, []string{"broken-word"}) {
			t.Errorf("%q: %v", text, found)
		}
	}
}

func TestSlips(t *testing.T) {
	l := small(t)
	for _, text := range []string{
		"Scegli Fatturazione. > Abbonamenti", "Scegli Fatturazione, > Abbonamenti",
		"Uno,, due", "Uno., due", "Uno;. Due", "Uno.. Due",
		"Uno , due", "Uno .", "Uno : due", "Uno ( due) tre", "Uno (due ) tre", "Se annulli. resta attivo",
	} {
		if found := judge(l, "it", text); !slices.Equal(found, []string{"punctuation"}) {
			t.Errorf("%q: %v", text, found)
		}
	}
}

func TestDates(t *testing.T) {
	l := small(t)
	for _, tt := range []struct{ lang, text, want string }{
		{"it", "il 3 marzo 2025", "2025-03-03"},
		{"it", "il 1º marzo", "--03-01"},
		{"en", "3rd March 2025", "2025-03-03"},
		{"en", "March 3, 2025", "2025-03-03"},
		{"it", "il 03/04/2025", "2025-04-03"},
		{"it", "il 3.4.2025", "2025-04-03"},
		{"it", "il 12/31/2025", "2025-12-31"},
		{"it", "versione 3.4.5", ""},
		{"it", "il rapporto 3/4/5", ""},
		{"en", "you may 3 times", ""},
		{"it", "il 3 maggiore", ""},
	} {
		var got []string
		for _, d := range newPassage(tt.text, l.languages[tt.lang], markup{}).dates {
			got = append(got, d.form())
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	l := small(t)
	for _, tt := range []struct{ it, en string }{
		{"1.200 euro", "1,200 euros"},
		{"12,50 euro", "12.50 euros"},
		{"1.234.567,89", "1,234,567.89"},
		{"alle 8.30 del 3 marzo 2025", "at 8:30 on March 3, 2025"},
		{"15 mesi", "15-month"},
		{"v4 e v5", "v4 and v5"},
	} {
		forms := func(lang, text string) (list []string) {
			for _, n := range newPassage(text, l.languages[lang], markup{}).numbers() {
				list = append(list, n.form)
			}
			slices.Sort(list)
			return list
		}
		if a, b := forms("it", tt.it), forms("en", tt.en); !slices.Equal(a, b) || len(a) == 0 {
			t.Errorf("%q is %v, %q is %v", tt.it, a, tt.en, b)
		}
	}
}

func TestStem(t *testing.T) {
	for _, tt := range []struct {
		lang, forms string
	}{
		{"it", "abbonamento abbonamenti"},
		{"it", "annullare annulla annulli annullato annullate annullando annullarlo annullerai"},
		{"it", "disdire disdico disdici disdice disdetto disdetta"},
		{"it", "recedere recedi recede recedendo receduto"},
		{"it", "licenza licenze"},
		{"it", "servizio servizi"},
		{"en", "cancel cancels cancelled cancelling canceled"},
		{"en", "license licenses licensed licensing"},
		{"en", "policy policies"},
		{"en", "terminate terminates terminated terminating"},
	} {
		words := strings.Fields(tt.forms)
		for _, w := range words[1:] {
			if got, want := lexiconOf(tt.lang).stem(w), lexiconOf(tt.lang).stem(words[0]); got != want {
				t.Errorf("%q has the stem %q, %q has %q", w, got, words[0], want)
			}
		}
	}
}

// The formulas, computed by hand from the counts of a text: Gulpease 89 + (300·4 − 10·200)/40, Flesch 206.835 −
// 1.015·40/4 − 84.6·60/40.
func TestEase(t *testing.T) {
	if got := easeFormulas["gulpease"].index(counts{length: 200, words: 40, sentences: 4}); got != 69 {
		t.Errorf("Gulpease %v, want 69", got)
	}
	if got := easeFormulas["flesch"].index(counts{length: 60, words: 40, sentences: 4}); got < 69.784 || got > 69.786 {
		t.Errorf("Flesch %v, want 69.785", got)
	}
}

func TestSyllables(t *testing.T) {
	for word, want := range map[string]int{
		"the": 1, "make": 1, "named": 1, "added": 2, "table": 2, "pages": 2, "makes": 1, "wishes": 2, "free": 1, "cancel": 2,
		"subscription": 3, "cancellation": 4, "support": 2, "by": 1, "easy": 2, "rhythm": 1,
	} {
		if got := syllables(word); got != want {
			t.Errorf("%s: got %v, want %v", word, got, want)
		}
	}
}
