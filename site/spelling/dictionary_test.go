package spelling_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"helpcenter/site/spelling"
)

const aff = `SET UTF-8
TRY esianrtolcy'
REP 1
REP ph f
FORBIDDENWORD !
NEEDAFFIX ?
PFX U Y 1
PFX U 0 un .
PFX L N 1
PFX L 0 l' [aeiou]
SFX S Y 3
SFX S y ies [^aeiou]y
SFX S 0 s [aeiou]y
SFX S 0 s [^y]
SFX D Y 2
SFX D 0 ed [^e]
SFX D 0 d e
SFX A N 1
SFX A 0 able/UP .
SFX P N 1
SFX P 0 's .
`

const dic = `9
cancel/SDUA
policy/S
day/S
amico/L
Paris
only/S?
wronged/!
wrong/D
it
fine
`

func read(t testing.TB, aff, dic string) *spelling.Dictionary {
	d, err := spelling.Read([]byte(aff), []byte(dic))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestHas(t *testing.T) {
	d := read(t, aff, dic)
	for word, want := range map[string]bool{
		"cancel": true, "cancels": true, "canceled": true, "uncanceled": true, "uncancel": true,
		"cancelable": true, "uncancelable": true, "cancelable's": true, "cancelable’s": true, "cancel's": false,
		"cancelsed": false, "cancelss": false, "unday": false,
		"policies": true, "policys": false, "days": true, "daies": false,
		"l'amico": true, "l’amico": true, "l'amicos": false,
		"Cancel": true, "CANCELS": true, "PARIS": true, "paris": false, "cAnCel": true,
		"only": false, "onlies": true, "wrong": true, "wronged": false,
		"": false, "-": false, "cancel ": false, "finit": false,
	} {
		if got := d.Has(word); got != want {
			t.Errorf("Has(%q) = %t", word, got)
		}
	}
}

func TestNear(t *testing.T) {
	d := read(t, aff, dic)
	for word, want := range map[string]string{
		"cancle": "cancel", "canncel": "cancel", "cancl": "cancel", "phine": "fine", "cansel": "cancel",
		"uncancelz": "uncancel|uncancels", "zzzzzz": "", "Dai": "Day",
	} {
		if got := strings.Join(wordsNear(d, word), "|"); got != want {
			t.Errorf("near to %q are %q, want %q", word, got, want)
		}
	}
	if a, b, ok := d.Split("itfine"); !ok || a != "it" || b != "fine" {
		t.Errorf("itfine is split into %q, %q, %t", a, b, ok)
	}
}

// wordsNear returns the words near to another.
func wordsNear(d *spelling.Dictionary, word string) (words []string) {
	for near := range d.Near(word) {
		if d.Has(near) && !slices.Contains(words, near) {
			words = append(words, near)
		}
	}
	return words
}

// TestFormats tests encodings and kinds of flags that dictionaries of several languages have.
func TestFormats(t *testing.T) {
	for name, tt := range map[string]struct {
		aff, dic   string
		known, not string
	}{
		"Latin-1":     {"SET ISO8859-1\n", "1\ncaf\xe9\n", "café", "cafe"},
		"numbers":     {"FLAG num\nSFX 12 Y 1\nSFX 12 0 s .\n", "1\ncat/7,12\n", "cats", "cates"},
		"two letters": {"FLAG long\nSFX Aa Y 1\nSFX Aa 0 s .\n", "1\ncat/BbAa\n", "cats", "cates"},
		"letters":     {"FLAG UTF-8\nSFX é Y 1\nSFX é 0 s .\n", "1\ncat/é\n", "cats", "cates"},
		"aliases":     {"AF 2\nAF X\nAF S\nSFX S Y 1\nSFX S 0 s .\n", "1\ncat/2\ndog/1\n", "cats", "dogs"},
		"morphology":  {"SFX S Y 1\nSFX S 0 s . is:plural\n", "1\ncat/S\tpo:noun\ndog po:noun\n", "cats", "dogs"},
		"compounds":   {"COMPOUNDFLAG c\n", "2\nHaus/c\ntür/c\n", "Haustür", "Haustüx"},
		"ends of compounds": {"FLAG long\nCOMPOUNDBEGIN Ca\nCOMPOUNDEND Cc\nONLYINCOMPOUND Cx\nCOMPOUNDPERMITFLAG Cp\n" +
			"SFX Ss Y 1\nSFX Ss 0 s/CaCxCp\n", "2\nVertrag/Ss\nende/CcCx\n", "Vertragsende", "Vertragende"},
		"a part alone": {"COMPOUNDFLAG c\nONLYINCOMPOUND o\n", "2\nHaus/c\ntür/co\n", "Haustür", "tür"},
		"three parts": {"COMPOUNDBEGIN a\nCOMPOUNDMIDDLE b\nCOMPOUNDEND c\n", "3\nHaus/a\ntür/b\nschloss/c\n",
			"Haustürschloss", "Haustür"},
		"a pattern": {"COMPOUNDFLAG c\nCHECKCOMPOUNDPATTERN a/x a\n",
			"3\ngala/cx\navond/c\nweek/c\n", "galaweek", "galaavond"},
		"a rule":         {"FLAG long\nCOMPOUNDRULE (N4)(NH)\n", "2\nvijf/N4\nhonderd/NH\n", "vijfhonderd", "honderdvijf"},
		"a whole stem":   {"FULLSTRIP\nSFX V Y 1\nSFX V être sont être\n", "1\nêtre/V\n", "sont", "êtresont"},
		"a slash":        {"SET UTF-8\n", "1\nTCP\\/IP\n", "TCP/IP", "TCP"},
		"class and dash": {"SFX S Y 1\nSFX S 0 s [a-c]-\n", "1\nx-/S\na-/S\n", "a-s", "x-s"},
	} {
		t.Run(name, func(t *testing.T) {
			d := read(t, tt.aff, tt.dic)
			if !d.Has(tt.known) || d.Has(tt.not) {
				t.Errorf("%q is %t, %q is %t", tt.known, d.Has(tt.known), tt.not, d.Has(tt.not))
			}
		})
	}
}

func TestFind(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	own := fstest.MapFS{"it.aff": file(""), "it.dic": file("1\nproprio\n")}
	system := fstest.MapFS{
		"it_CH.aff": file(""), "it_CH.dic": file("1\nvignetta\n"), "it_IT.aff": file(""), "it_IT.dic": file("1\nbollo\n"),
		"de_AT.aff": file(""), "de_AT.dic": file("1\nJänner\n"),
		"fr_FR.aff": file("SET KLINGON-1\n"), "fr_FR.dic": file("1\nmot\n"),
	}
	for tag, word := range map[string]string{"it": "bollo", "it-CH": "vignetta", "de": "Jänner"} {
		if d, err := spelling.Find(tag, system); err != nil || !d.Has(word) {
			t.Errorf("%s: %v, without %q", tag, err, word)
		}
	}
	if d, err := spelling.Find("it", own, system); err != nil || !d.Has("proprio") || d.Has("bollo") {
		t.Errorf("the first folder does not come first: %v", err)
	}
	if d, err := spelling.Find("nl", own, system); d != nil || err != nil {
		t.Errorf("found %v, %v", d, err)
	}
	if _, err := spelling.Find("fr", system); err == nil {
		t.Error("an unknown encoding is accepted")
	}
}

// No dictionary and no word stops the program, and a word that can be split consists of known ones.
func FuzzRead(f *testing.F) {
	f.Add(aff, dic, "uncancelables")
	f.Add("SFX S Y 1\nSFX S 0 0/S .\nPFX P Y 1\nPFX P 0 0/P .\n", "1\na/SP\n", "aaaa")
	f.Add("SFX S Y 1\nSFX S a b [\n", "", "x")
	f.Add("AF\nAF x\nFLAG\nREP\nICONV a\n", "/\n\\/\n", "é\xff")
	f.Fuzz(func(t *testing.T, aff, dic, word string) {
		d, err := spelling.Read([]byte(aff), []byte(dic))
		if err != nil {
			return
		}
		d.Has(word)
		for near := range d.Near(word) {
			if diff := len(near) - len(word); utf8.ValidString(word) && !utf8.ValidString(near) || diff > len(aff)+len("é") {
				t.Errorf("%q is near to %q", near, word)
			}
		}
		if a, b, ok := d.Split(word); ok && !(d.Has(a) && d.Has(b)) {
			t.Errorf("%q is split into %q and %q", word, a, b)
		}
	})
}

func Example() {
	d, err := spelling.Read([]byte("TRY aeiou\nSFX S Y 1\nSFX S 0 s .\n"), []byte("2\nbook/S\nshop\n"))
	if err != nil {
		panic(err)
	}
	words := []string{"books", "shops", "boks"}
	fmt.Println(slices.DeleteFunc(words, d.Has))
	fmt.Println(wordsNear(d, "boks"))
	// Output:
	// [shops boks]
	// [books]
}
