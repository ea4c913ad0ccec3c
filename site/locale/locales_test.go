package locale

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/locales"
	"helpcenter/site/civil"
	"helpcenter/site/diag"
)

// own are the messages with which the package itself writes, in English.
const own = `"date.long" = "{{.Day}} {{.Month}} {{.Year}}"
"date.month.1" = "January"
"date.month.10" = "October"
"date.month.11" = "November"
"date.month.12" = "December"
"date.month.2" = "February"
"date.month.3" = "March"
"date.month.4" = "April"
"date.month.5" = "May"
"date.month.6" = "June"
"date.month.7" = "July"
"date.month.8" = "August"
"date.month.9" = "September"
"list.end" = "{{.List}} and {{.Item}}"
"list.middle" = "{{.List}}, {{.Item}}"
"list.pair" = "{{.List}} and {{.Item}}"

["date.day"]
one = "{{.Day}}"
other = "{{.Day}}"
`

// room makes a room of its files' texts.
func room(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// english makes a catalog of one language with these messages besides its own.
func english(t *testing.T, messages string) *Catalog {
	t.Helper()
	c, found := Load(room(map[string]string{"active.en.toml": messages + own}), []string{"en"}, "en")
	for _, f := range found {
		t.Fatal(f)
	}
	return c
}

func TestShipped(t *testing.T) {
	_, found := Load(locales.Files, []string{"en", "it"}, "en")
	for _, f := range found {
		t.Error(f)
	}
}

// The files of the room are what go-i18n's own tool makes of them, so that
// writers who use it see only their own changes.
func TestMergeChangesNothing(t *testing.T) {
	extracted, merged := t.TempDir(), t.TempDir()
	goi18n(t, "extract", "-outdir", extracted, "..")
	active, err := filepath.Glob("active.*.toml")
	if err != nil || len(active) < 2 {
		t.Fatal(active, err)
	}
	goi18n(t, append([]string{"merge", "-outdir", merged, filepath.Join(extracted, "active.en.toml")}, active...)...)
	for _, name := range active {
		want, err := os.ReadFile(filepath.Join(merged, name))
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(name); string(got) != string(want) {
			t.Errorf("%s is not as goi18n writes it: run go tool goi18n merge active.*.toml", name)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(merged, "translate.*")); left != nil {
		t.Errorf("left to translate: %q", left)
	}
}

// goi18n runs go-i18n's own tool.
func goi18n(t *testing.T, args ...string) {
	t.Helper()
	tool, err := exec.Command("go", "tool", "-n", "goi18n").Output()
	if err != nil {
		t.Skip("goi18n cannot be built here: ", err)
	}
	if out, err := exec.Command(strings.TrimSpace(string(tool)), args...).CombinedOutput(); err != nil {
		t.Fatalf("goi18n %s: %v\n%s", args[0], err, out)
	}
}

// Each defect is found at its place, and nothing else is.
func TestFindings(t *testing.T) {
	const it = "locales/active.it.toml"
	for _, tt := range []struct {
		name   string
		en, it string            // messages besides those of the package
		files  map[string]string // further files
		want   string            // place, severity and rule
	}{
		{name: "nothing"},
		{name: "syntax", it: "\"a.b\" = \n", want: it + ":1:9 error toml"},
		{name: "syntax of the source", en: "\"a.b\" = \n", want: "locales/active.en.toml:1:9 error toml"},
		{name: "a number", en: "\"a.b\" = 7\n", want: "locales/active.en.toml:1:9 error toml"},
		{name: "a list in a form", en: "\"a.b\" = { one = \"x\", other = [\"x\"] }\n", want: "locales/active.en.toml:1:30 error toml"},
		{name: "an unknown form", en: "\"a.b\" = { one = \"x\", ohter = \"x\", other = \"x\" }\n", want: "locales/active.en.toml:1:22 error unknown-key"},
		{name: "an id in two spellings", en: "\"a.b\" = \"x\"\n\"A.b\" = \"y\"\n", want: "locales/active.en.toml:2:1 error toml"},
		{name: "a form in two spellings", en: "\"a.b\" = { other = \"x\", Other = \"y\" }\n", want: "locales/active.en.toml:1:24 error toml"},
		{name: "a form of other case", en: "\"a.b\" = { One = \"x\", other = \"y\" }\n", want: "locales/active.en.toml:1:11 error unknown-key"},
		{name: "an id without quotes", en: "a.b = \"x\"\n", want: "locales/active.en.toml:1:1 error unknown-key"},
		{name: "an id without quotes whose last part is a form", en: "a.b.other = \"x\"\n", want: "locales/active.en.toml:1:1 error unknown-key"},
		{name: "an id of one part", en: "home = \"x\"\n", it: "home = \"x\"\n"},
		{name: "an id with a capital letter", en: "\"page.Title\" = \"x\"\n", want: "locales/active.en.toml:1:1 error message-id"},
		{name: "a plural form for an id", en: "other = \"x\"\n", want: "locales/active.en.toml:1:1 error message-id"},
		{name: "a template", en: "\"a.b\" = \"{{if .X}}x{{end}}\"\n", want: "locales/active.en.toml:1:9 error message-placeholder"},
		{name: "braces left open", en: "\"a.b\" = { one = \"{{.X\", other = \"x\" }\n", want: "locales/active.en.toml:1:17 error message-placeholder"},
		{name: "not translated", en: "\"m.m\" = \"x\"\n\"z.z\" = \"x\"\n", it: "\n\"z.z\" = \"x\"\n", want: it + ":2:1 warning message-missing"},
		{name: "no text", en: "\"a.b\" = \"x\"\n", it: "\"a.b\" = \"\"\n", want: it + ":1:1 warning message-missing"},
		{name: "no text in the source", en: "\"a.b\" = \"\"\n", it: "\"a.b\" = \"x\"\n", want: "locales/active.en.toml:1:1 error message-missing"},
		{name: "unknown", it: "\"a.b\" = \"x\"\n", want: it + ":1:1 error message-missing"},
		{name: "a placeholder that the source has not", en: "\"a.b\" = \"{{.Date}}\"\n", it: "\"a.b\" = \"{{.Data}}\"\n", want: it + ":1:1 error message-placeholder"},
		{name: "a placeholder lost", en: "\"a.b\" = \"{{.Date}}\"\n", it: "\"a.b\" = \"x\"\n", want: it + ":1:1 warning message-placeholder"},
		{name: "a plural form lost", en: "\"a.b\" = { one = \"x\", other = \"x\" }\n", it: "\"a.b\" = { one = \"x\", other = \"x\" }\n", want: it + ":1:1 warning message-plural"},
		{name: "all plural forms lost", en: "\"a.b\" = { one = \"x\", other = \"x\" }\n", it: "\"a.b\" = \"x\"\n", want: it + ":1:1 warning message-plural"},
		{name: "plural forms that the source has not", en: "\"a.b\" = \"x\"\n", it: "\"a.b\" = { one = \"x\", many = \"x\", other = \"x\" }\n", want: it + ":1:1 warning message-plural"},
		{name: "no other", en: "\"a.b\" = { one = \"x\" }\n", want: "locales/active.en.toml:1:1 error message-plural"},
		{name: "an earlier text", en: "\"a.b\" = \"new\"\n", it: "\"a.b\" = { hash = \"sha1-c00dbbc9dadfbe1e232e93a729dd4752fade0abf\", other = \"x\" }\n", want: it + ":1:1 warning outdated-translation"},
		{name: "a name that nobody reads", files: map[string]string{"actve.it.toml": ""}, want: "locales/actve.it.toml error unknown-file"},
		{name: "another language", files: map[string]string{"active.de.toml": "x", "synonyms.de.toml": "x", "translate.it.toml": "x"}},

		{name: "a term", files: map[string]string{"glossary.toml": "[[term]]\nwords = { en = \"a\", it = \"b\", de = \"c\" }\navoid = { it = [\"c\"] }\nlabel = true\nnote = \"x\"\n"}},
		{name: "a term without a word", files: map[string]string{"glossary.toml": "[[term]]\nwords = { en = \"a\" }\n"}, want: "locales/glossary.toml:2:1 warning term"},
		{name: "a term without a source", files: map[string]string{"glossary.toml": "[[term]]\nwords = { it = \"a\" }\n"}, want: "locales/glossary.toml:2:1 error term"},
		{name: "a term of white space", files: map[string]string{"glossary.toml": "[[term]]\nwords = { en = \"a\", it = \" \" }\n"}, want: "locales/glossary.toml:2:26 error term"},
		{name: "wanted and avoided", files: map[string]string{"glossary.toml": "[[term]]\nwords = { en = \"a\", it = \"b\" }\navoid = { it = [\"c\", \"B\"] }\n"}, want: "locales/glossary.toml:3:22 error term"},
		{name: "a term twice", files: map[string]string{"glossary.toml": "[[term]]\nwords = { en = \"a\", it = \"b\" }\n[[term]]\nwords = { en = \"A\", it = \"c\" }\n"}, want: "locales/glossary.toml:3:1 error term"},
		{name: "a label called like a thing", files: map[string]string{"glossary.toml": "[[term]]\nwords = { en = \"a\", it = \"b\" }\n[[term]]\nlabel = true\nwords = { en = \"A\", it = \"c\" }\n"}},
		{name: "a term of no language", files: map[string]string{"glossary.toml": "[[term]]\nwords = { en = \"a\", it = \"b\", \"a_\" = \"c\" }\n"}, want: "locales/glossary.toml:2:31 error term"},
		{name: "a key of a term in two spellings", files: map[string]string{"glossary.toml": "[[term]]\nwords = { en = \"a\", it = \"b\" }\nWords = { en = \"c\", it = \"d\" }\n"}, want: "locales/glossary.toml:3:1 error unknown-key"},
		{name: "a language of a term in two spellings", files: map[string]string{"glossary.toml": "[[term]]\nwords = { en = \"a\", it = \"b\", IT = \"c\" }\n"}, want: "locales/glossary.toml:2:31 error toml"},
		{name: "an unknown key of a term", files: map[string]string{"glossary.toml": "[[term]]\nword = { en = \"a\", it = \"b\" }\nwords = { en = \"a\", it = \"b\" }\n"}, want: "locales/glossary.toml:2:1 error unknown-key"},

		{name: "synonyms", files: map[string]string{"synonyms.it.toml": "[[group]]\nwords = [\"a\", \"b\"]\n"}},
		{name: "a key of synonyms of other case", files: map[string]string{"synonyms.it.toml": "[[group]]\nWords = [\"a\", \"b\"]\nwords = [\"a\", \"b\"]\n"}, want: "locales/synonyms.it.toml:2:1 error unknown-key"},
		{name: "a number among synonyms", files: map[string]string{"synonyms.it.toml": "[[group]]\nwords = [\"a\", 7]\n[[group]]\nwords = [\"b\", \"c\"]\n"}, want: "locales/synonyms.it.toml:2:15 error toml"},
		{name: "one synonym", files: map[string]string{"synonyms.it.toml": "[[group]]\nwords = [\"a\"]\n"}, want: "locales/synonyms.it.toml:1:1 error synonym"},
		{name: "a synonym twice", files: map[string]string{"synonyms.it.toml": "[[group]]\nwords = [\"a\", \"b\"]\n[[group]]\nwords = [\"c\", \"A\"]\n"}, want: "locales/synonyms.it.toml:4:15 error synonym"},
		{name: "an empty synonym", files: map[string]string{"synonyms.it.toml": "[[group]]\nwords = [\"a\", \"\"]\n"}, want: "locales/synonyms.it.toml:2:15 error synonym"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			files := map[string]string{"active.en.toml": tt.en + own, "active.it.toml": tt.it + strings.Replace(own, "\none =", "\nmany = \"{{.Day}}\"\none =", 1)}
			for name, text := range tt.files {
				files[name] = text
			}
			_, found := Load(room(files), []string{"it", "en"}, "en")
			var got []string
			for _, f := range found {
				got = append(got, f.Position.String()+" "+string(f.Severity)+" "+f.Rule)
			}
			if strings.Join(got, "\n") != tt.want {
				t.Errorf("found %v, want %s", found, tt.want)
			}
		})
	}
}

func TestMissingFile(t *testing.T) {
	_, found := Load(room(map[string]string{"active.en.toml": own}), []string{"en", "it"}, "en")
	if len(found) != 1 || found[0].Rule != "message-missing" || found[0].File != "locales/active.it.toml" || found[0].Severity != diag.Error {
		t.Errorf("found %v, want that the words of Italian are missing, and nothing else", found)
	}
}

func TestOwnWordsAreRequired(t *testing.T) {
	text := strings.Replace(own, "\"list.pair\" = \"{{.List}} and {{.Item}}\"\n", "", 1)
	text = strings.Replace(text, "{{.Year}}", "{{.Yaer}}", 1)
	_, found := Load(room(map[string]string{"active.en.toml": text}), []string{"en"}, "en")
	var got []string
	for _, f := range found {
		got = append(got, f.Position.String()+" "+f.Rule)
	}
	want := []string{"locales/active.en.toml:1:1 message-placeholder", "locales/active.en.toml:15:1 message-missing"}
	if !slices.Equal(got, want) {
		t.Errorf("found %v, want %q", found, want)
	}
}

func TestRequire(t *testing.T) {
	c := english(t, `"a.b" = "x"
"a.c" = "until {{.Date}}"
"a.d" = { one = "{{.Count}} x", other = "{{.Count}} xs" }
"a.e" = { one = "an x", other = "some xs" }
`)
	at := diag.Position{File: "site/templates/x.html", Line: 3, Column: 5}
	for _, tt := range []struct {
		need Need
		want string
	}{
		{Need{ID: "a.b"}, ""},
		{Need{ID: "a.b", Fields: []string{"Date"}}, ""},
		{Need{ID: "a.c", Fields: []string{"Date", "Product"}}, ""},
		{Need{ID: "a.c"}, "locales/active.en.toml:2:1 error message-placeholder"},
		{Need{ID: "a.c", Fields: []string{"Day"}}, "locales/active.en.toml:2:1 error message-placeholder"},
		{Need{ID: "a.d", Fields: []string{"Count"}}, ""},
		{Need{ID: "a.e"}, "locales/active.en.toml:4:1 error message-plural"},
		{Need{ID: "a.b", Fields: []string{"Count"}}, "locales/active.en.toml:1:1 warning message-plural"},
		{Need{ID: "a.z"}, "site/templates/x.html:3:5 error message-missing"},
	} {
		tt.need.Pos = at
		var got []string
		for _, f := range c.Require([]Need{tt.need}) {
			got = append(got, f.Position.String()+" "+string(f.Severity)+" "+f.Rule)
		}
		if strings.Join(got, "\n") != tt.want {
			t.Errorf("%v: found %q, want %q", tt.need, got, tt.want)
		}
	}
}

// A message that is shown in several places is found wanting once; a warning hides
// no error.
func TestRequireOnce(t *testing.T) {
	c := english(t, "\"a.b\" = \"x\"\n\"a.c\" = \"until {{.Count}}\"\n")
	needs := []Need{{ID: "a.z"}, {ID: "a.b"}, {ID: "a.z"}, {ID: "a.c", Fields: []string{"Count"}}, {ID: "a.c"}, {ID: "a.c"}}
	var got []string
	for _, f := range c.Require(needs) {
		got = append(got, string(f.Severity)+" "+f.Rule)
	}
	if want := []string{"error message-missing", "warning message-plural", "error message-placeholder"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}

func TestUnused(t *testing.T) {
	c := english(t, "\"a.b\" = \"x\"\n\"a.c\" = \"x\"\n")
	found := c.Unused(func(id string) bool { return id == "a.b" })
	if len(found) != 1 || found[0].Position.String() != "locales/active.en.toml:2:1" || found[0].Rule != "message-unused" {
		t.Errorf("found %v, want a.c alone", found)
	}
}

// Whatever stands in the files, loading ends with findings inside of them.
func FuzzLoad(f *testing.F) {
	f.Add("\"a.b\" = \"{{.X}}\"\n[\"c.d\"]\nfew = \"x\"\nother = \"y\"\n", "[[term]]\nwords = { en = \"a\" }\navoid = { it = [\"a\", \"\"] }\n", "[[group]]\nwords = [\"a\", \"a\"]\n")
	f.Add("a = { b = { other = 7 } }\n\"\" = []\n", "term = [{}]\n", "group = [{ words = [] }]\n")
	f.Add(own, "", "")
	f.Fuzz(func(t *testing.T, active, glossary, synonyms string) {
		files := map[string]string{"active.en.toml": active, "active.it.toml": active, "glossary.toml": glossary, "synonyms.it.toml": synonyms}
		c, found := Load(room(files), []string{"en", "it"}, "en")
		for _, f := range found {
			lines := strings.Split(files[strings.TrimPrefix(f.File, "locales/")], "\n")
			// For some control characters the decoder gives the column on the line before.
			if f.Line > len(lines) || f.Line > 0 && f.Rule != "toml" && f.Column > len(lines[f.Line-1])+1 {
				t.Errorf("%s is not in the file", f)
			}
		}
		if !diag.HasErrors(found) {
			for id, m := range c.fallback.messages {
				if !m.plural && len(m.fields) == 0 {
					c.Words("it").Text(id)
				}
			}
			c.Words("it").Date(civil.Date{Year: 2027, Month: 1, Day: 31})
		}
	})
}
