package lint

import (
	"os"
	"slices"
	"strings"
	"testing"

	"helpcenter/site/diag"
	"helpcenter/site/spelling"
	"helpcenter/site/testsample"
)

// spelt returns the small site with a small dictionary and more files.
func spelt(t *testing.T, files site) Input {
	d, err := spelling.Read([]byte("TRY aeiou\nSFX E Y 2\nSFX E o i o\nSFX E e i e\n"),
		[]byte("resta\npoi\nmese/E\nattivo\npiano/E\nil\nfine\nserver\n"))
	if err != nil {
		t.Fatal(err)
	}
	s := base(t)
	for name, text := range files {
		s[name] = text
	}
	in, _ := load(s.folders())
	in.Dictionaries = map[string]*spelling.Dictionary{"it": d}
	return in
}

func TestSpelling(t *testing.T) {
	l := New(spelt(t, site{"locales/words.it.txt": "webinar\nKilroy\n"}))
	for _, tt := range []struct{ text, found string }{
		{"il piano resta attivo", ""},
		{"Il mese. I mesi", ""},
		{"il pianu", "pianu"},
		{"il webinar di kilroy", ""},
		{"il piano Smith resta", ""}, // a name
		{"Smiht resta attivo", "Smiht"},
		{"un abbonamento", ""}, // in the glossary
		{"GoTo Meeting resta", ""},
		{"il server HTML5 o MacBook", ""},
		{"l’attivo", ""},
		{"l’attivu", "l’attivu"},
		{"mese.poi", "mese.poi"},
		{"mese.poiresta attivo", "mese.poiresta"},
		{"mese,Poi", "mese,Poi"},
		{"attivo!Poi", "attivo!Poi"},
		{"scrivi a xyzzy@example.com, a @xyzzy o apri xyzzy.example.com/xyzzy", "scrivi"},
		{"il file xyzzy.html, il nome foo_bar e /xyzzy/abc", "file nome"},
		{"il rimese", ""}, // with a prefix
	} {
		if got := strings.Join(misspeltIn(l, tt.text), " "); got != tt.found {
			t.Errorf("%q: found %q, want %q", tt.text, got, tt.found)
		}
	}
}

// misspeltIn returns the words that the rule spelling quotes from a text.
func misspeltIn(l *Linter, text string) (list []string) {
	p := newPassage(text, l.languages["it"], markup{})
	v := &value{}
	p.placer = v
	spellings(p)
	for _, f := range v.found {
		words := strings.Split(f.Message, `"`)
		if strings.HasPrefix(f.Message, "no space") {
			words = words[2:]
		}
		list = append(list, words[1])
	}
	return list
}

// A mistake is near to words that the site uses. Others are terms, except on a page with more mistakes than terms.
func TestSpellingSuggests(t *testing.T) {
	const uses = "Il mese, il mese. "
	long := strings.Repeat("Il piano, i piani, il piano. ", 10) + uses
	meant := []string{`did you mean "piano" or "piani"?`, `did you mean "mese poi"?`}
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"Il pianx resta. Il mesepoi resta. Il qwertyuiop resta. " + long, meant},
		{"Il qwertyuiop resta. Il piano Qwertz resta. " + long, nil},
		{"Il pianx e il pianx. " + long, nil}, // a term that the site repeats
		{"Il attivx resta. " + uses, nil},     // near to a word that the site does not use
		{"Il pianx. Il pianz. Il pianq. Il finx. Il mesepoi. Il qwertyuiop. " + long,
			append(slices.Repeat(meant[:1], 3), "if it is right, add it to locales/words.it.txt", meant[1],
				"if it is right, add it to locales/words.it.txt")},
		{"Il finx resta. " + long, nil}, // many names are this short
	} {
		in := spelt(t, site{"content/it/meet/billing/extra.md": "+++\ntitle = \"Il piano\"\ndescription = \"Il mese.\"\n" +
			"updated = 2026-03-01\n+++\n\n" + tt.text + "\n"})
		var got []string
		for _, f := range New(in).Article("meet/billing/extra") {
			if f.Rule == "spelling" {
				got = append(got, f.Suggestion)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%.60q: suggested %q, want %q", tt.text, got, tt.want)
		}
	}
}

// Without a dictionary, spelling is not checked.
func TestNoDictionary(t *testing.T) {
	if found := misspeltIn(small(t), "xyzzy mese.poiresta"); len(found) > 0 {
		t.Error(found)
	}
}

// system returns dictionaries of the system, which .ci/run installs.
func system(t testing.TB, tags ...string) map[string]*spelling.Dictionary {
	all := map[string]*spelling.Dictionary{}
	for _, tag := range tags {
		d, err := spelling.Find(tag, os.DirFS("/usr/share/hunspell"))
		if err != nil {
			t.Fatal(err)
		}
		if all[tag] = d; d == nil {
			testsample.Missing(t, "no dictionary of Hunspell is installed for "+tag)
		}
	}
	return all
}

// On pages whose words are broken by snippets of others, nine of ten defects are found at their places.
func TestSpliced(t *testing.T) {
	dictionaries := system(t, "en", "it")
	for name, list := range map[string]string{
		"spliced": "subscriptione|abbonamentosubscription|servizio.Poi|mese.poiresta|subscription viene|cancellaretti|" +
			"pagamenti.Seleziona|cartadi|Your plan ends|e paghi fino alla sua|dell’accountaccount|adminastratore|cancelare|" +
			"dasettings|il servizio resta disponibile|profilo,poi|annullationare|confermation|conferma!Contiene|" +
			"rimborsareable|supporte|We are sorry|rispondera|pianoprice|mailbyemail",
		"spliced-held-out": "pagamentopayment|fatturainvoice|carta.Se|rinnovorenewal|riceviun|profilo.Scegli|usare?Poi|" +
			"You can change|usatoed|cancellated|il servizio rimane attivo|the taxes and the total|cartacard|amministrator |" +
			"responsabilemanager|retrodella|codiec|Your bank may|ricevutareceipt|ora,mentre|accountprofilo|" +
			"impostazionisettings|numeronumber|datadate|scadenza:deve|salvare.Il|confermaconfirm|giornoday|" +
			"On the last day|prepagateprepaid|accettateaccepted|e viene sospeso il piano|saldobalance|aspettawait|" +
			"dubbi,scrivi|supportdesk|frequentiquestions",
	} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile("testdata/" + name + ".md")
			if err != nil {
				t.Fatal(err)
			}
			s := base(t)
			s["content/it/meet/billing/spliced.md"] = string(data)
			in, _ := load(s.folders())
			in.Dictionaries = dictionaries
			checkDefects(t, string(data), strings.Split(list, "|"), New(in).Article("meet/billing/spliced"))
		})
	}
}

// checkDefects checks that nine of ten defects in a text are found, and nothing else.
func checkDefects(t *testing.T, text string, defects []string, found []diag.Finding) {
	hit := map[string]bool{}
	lines := strings.Split(text, "\n")
	for _, f := range found {
		inDefect := f.Rule == "missing-translation" || f.Rule == "orphan"
		for _, d := range defects {
			at := strings.Index(lines[f.Line-1], d)
			if at >= 0 && at < f.Column && f.Column <= at+len(d) {
				hit[d], inDefect = true, true
			}
		}
		if !inDefect {
			t.Errorf("what is right is reported: %s", f)
		}
	}
	for _, d := range defects {
		if !hit[d] {
			t.Logf("missed: %s", d)
		}
	}
	if t.Logf("%d of %d defects found", len(hit), len(defects)); len(hit)*10 < len(defects)*9 {
		t.Errorf("%d of %d defects are found, must be nine of ten", len(hit), len(defects))
	}
}

// The shipped site has no spelling mistakes.
func TestShippedSpelling(t *testing.T) {
	in, _ := load(shipped)
	in.Dictionaries = system(t, "en", "it", "fr", "de", "es", "pt", "nl")
	for _, f := range New(in).Run() {
		t.Error(f)
	}
}

// A file of words is read, or reported as unreadable.
func TestUnreadableWords(t *testing.T) {
	found := New(spelt(t, site{"locales/words.it.txt/folder.txt": "webinar\n"})).Run()
	if !slices.ContainsFunc(found, func(f diag.Finding) bool {
		return f.Rule == "unreadable" && f.File == "locales/words.it.txt"
	}) {
		t.Errorf("found %v", found)
	}
}
