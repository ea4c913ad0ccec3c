package locale

import (
	"maps"
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

// own are the messages that the package itself shows, in English.
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

["date.day"]
one = "{{.Day}}"
other = "{{.Day}}"
`

// italian are the same messages, with the plural forms of Italian.
var italian = strings.Replace(own, "\none =", "\nmany = \"{{.Day}}\"\none =", 1)

// folder returns a file system with the given files.
func folder(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// english loads a catalog of one language, with the given messages in addition to the package's own.
func english(t *testing.T, messages string) *Catalog {
	t.Helper()
	c, found := Load(folder(map[string]string{"active.en.toml": messages + own}), []string{"en"}, "en")
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

// The shipped files have the form in which go-i18n's tool writes them, so that writers who use it see only their
// own changes.
func TestMergeChangesNothing(t *testing.T) {
	extracted, merged := t.TempDir(), t.TempDir()
	goi18n(t, "extract", "-outdir", extracted, "../..")
	active, err := filepath.Glob("../../locales/active.*.toml")
	if err != nil || len(active) < 2 {
		t.Fatal(active, err)
	}
	goi18n(t, append([]string{"merge", "-outdir", merged, filepath.Join(extracted, "active.en.toml")}, active...)...)
	for _, name := range active {
		want, err := os.ReadFile(filepath.Join(merged, filepath.Base(name)))
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

// goi18n runs the go-i18n tool.
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

// Each error is found at its place, and nothing else is found.
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
		{name: "a list in a form", en: "\"a.b\" = { one = \"x\", other = [\"x\"] }\n",
			want: "locales/active.en.toml:1:30 error toml"},
		{name: "an unknown form", en: "\"a.b\" = { one = \"x\", ohter = \"x\", other = \"x\" }\n",
			want: "locales/active.en.toml:1:22 error unknown-key"},
		{name: "an id in two spellings", en: "\"a.b\" = \"x\"\n\"A.b\" = \"y\"\n",
			want: "locales/active.en.toml:2:1 error toml"},
		{name: "a form in two spellings", en: "\"a.b\" = { other = \"x\", Other = \"y\" }\n",
			want: "locales/active.en.toml:1:24 error toml"},
		{name: "a form of other case", en: "\"a.b\" = { One = \"x\", other = \"y\" }\n",
			want: "locales/active.en.toml:1:11 error unknown-key"},
		{name: "an id without quotes", en: "a.b = \"x\"\n", want: "locales/active.en.toml:1:1 error unknown-key"},
		{name: "an id without quotes whose last part is a form", en: "a.b.other = \"x\"\n",
			want: "locales/active.en.toml:1:1 error unknown-key"},
		{name: "an id of one part", en: "home = \"x\"\n", it: "home = \"x\"\n"},
		{name: "an id with a capital letter", en: "\"page.Title\" = \"x\"\n",
			want: "locales/active.en.toml:1:1 error message-id"},
		{name: "a plural form for an id", en: "other = \"x\"\n", want: "locales/active.en.toml:1:1 error message-id"},
		{name: "a template", en: "\"a.b\" = \"{{if .X}}x{{end}}\"\n",
			want: "locales/active.en.toml:1:9 error message-placeholder"},
		{name: "braces left open", en: "\"a.b\" = { one = \"{{.X\", other = \"x\" }\n",
			want: "locales/active.en.toml:1:17 error message-placeholder"},
		{name: "not translated", en: "\"m.m\" = \"x\"\n\"z.z\" = \"x\"\n", it: "\n\"z.z\" = \"x\"\n",
			want: it + ":2:1 warning message-missing"},
		{name: "no text", en: "\"a.b\" = \"x\"\n", it: "\"a.b\" = \"\"\n", want: it + ":1:1 warning message-missing"},
		{name: "no text in the source", en: "\"a.b\" = \"\"\n", it: "\"a.b\" = \"x\"\n",
			want: "locales/active.en.toml:1:1 error message-missing"},
		{name: "unknown", it: "\"a.b\" = \"x\"\n", want: it + ":1:1 error message-missing"},
		{name: "a placeholder that the source has not", en: "\"a.b\" = \"{{.Date}}\"\n", it: "\"a.b\" = \"{{.Data}}\"\n",
			want: it + ":1:1 error message-placeholder"},
		{name: "a missing placeholder", en: "\"a.b\" = \"{{.Date}}\"\n", it: "\"a.b\" = \"x\"\n",
			want: it + ":1:1 warning message-placeholder"},
		{name: "a missing plural form", en: "\"a.b\" = { one = \"x\", other = \"x\" }\n",
			it: "\"a.b\" = { one = \"x\", other = \"x\" }\n", want: it + ":1:1 warning message-plural"},
		{name: "no plural forms", en: "\"a.b\" = { one = \"x\", other = \"x\" }\n", it: "\"a.b\" = \"x\"\n",
			want: it + ":1:1 warning message-plural"},
		{name: "plural forms that the source has not", en: "\"a.b\" = \"x\"\n",
			it: "\"a.b\" = { one = \"x\", many = \"x\", other = \"x\" }\n", want: it + ":1:1 warning message-plural"},
		{name: "no other", en: "\"a.b\" = { one = \"x\" }\n", want: "locales/active.en.toml:1:1 error message-plural"},
		{name: "an earlier text", en: "\"a.b\" = \"new\"\n",
			it:   "\"a.b\" = { hash = \"sha1-c00dbbc9dadfbe1e232e93a729dd4752fade0abf\", other = \"x\" }\n",
			want: it + ":1:1 warning outdated-translation"},
		{name: "a name that nobody reads", files: map[string]string{"actve.it.toml": ""},
			want: "locales/actve.it.toml error unknown-file"},
		{name: "another language",
			files: map[string]string{"active.de.toml": "x", "synonyms.de.toml": "x", "translate.it.toml": "x"}},

		{name: "a term",
			files: map[string]string{"glossary.toml": "[[term]]\nwords = { en = \"a\", it = \"b\", de = \"c\" }\n" +
				"avoid = { it = [\"c\"] }\nlabel = true\nnote = \"x\"\n"}},
		{name: "a term without a word", files: map[string]string{"glossary.toml": "[[term]]\nwords = { en = \"a\" }\n"},
			want: "locales/glossary.toml:2:1 warning term"},
		{name: "a term without a source", files: map[string]string{"glossary.toml": "[[term]]\nwords = { it = \"a\" }\n"},
			want: "locales/glossary.toml:2:1 error term"},
		{name: "a term of white space",
			files: map[string]string{"glossary.toml": "[[term]]\nwords = { en = \"a\", it = \" \" }\n"},
			want:  "locales/glossary.toml:2:26 error term"},
		{name: "wanted and avoided",
			files: map[string]string{"glossary.toml": "[[term]]\nwords = { en = \"a\", it = \"b\" }\n" +
				"avoid = { it = [\"c\", \"B\"] }\n"},
			want: "locales/glossary.toml:3:22 error term"},
		{name: "a term twice",
			files: map[string]string{"glossary.toml": "[[term]]\nwords = { en = \"a\", it = \"b\" }\n[[term]]\n" +
				"words = { en = \"A\", it = \"c\" }\n"},
			want: "locales/glossary.toml:3:1 error term"},
		{name: "a label called like a thing",
			files: map[string]string{"glossary.toml": "[[term]]\nwords = { en = \"a\", it = \"b\" }\n[[term]]\nlabel = true\n" +
				"words = { en = \"A\", it = \"c\" }\n"}},
		{name: "a term of no language",
			files: map[string]string{"glossary.toml": "[[term]]\nwords = { en = \"a\", it = \"b\", \"a_\" = \"c\" }\n"},
			want:  "locales/glossary.toml:2:31 error term"},
		{name: "a key of a term in two spellings",
			files: map[string]string{"glossary.toml": "[[term]]\nwords = { en = \"a\", it = \"b\" }\n" +
				"Words = { en = \"c\", it = \"d\" }\n"},
			want: "locales/glossary.toml:3:1 error unknown-key"},
		{name: "a language of a term in two spellings",
			files: map[string]string{"glossary.toml": "[[term]]\nwords = { en = \"a\", it = \"b\", IT = \"c\" }\n"},
			want:  "locales/glossary.toml:2:31 error toml"},
		{name: "an unknown key of a term",
			files: map[string]string{"glossary.toml": "[[term]]\nword = { en = \"a\", it = \"b\" }\n" +
				"words = { en = \"a\", it = \"b\" }\n"},
			want: "locales/glossary.toml:2:1 error unknown-key"},

		{name: "synonyms", files: map[string]string{"synonyms.it.toml": "[[group]]\nwords = [\"a\", \"b\"]\n"}},
		{name: "a key of synonyms of other case",
			files: map[string]string{"synonyms.it.toml": "[[group]]\nWords = [\"a\", \"b\"]\nwords = [\"a\", \"b\"]\n"},
			want:  "locales/synonyms.it.toml:2:1 error unknown-key"},
		{name: "a number among synonyms",
			files: map[string]string{"synonyms.it.toml": "[[group]]\nwords = [\"a\", 7]\n[[group]]\nwords = [\"b\", \"c\"]\n"},
			want:  "locales/synonyms.it.toml:2:15 error toml"},
		{name: "one synonym", files: map[string]string{"synonyms.it.toml": "[[group]]\nwords = [\"a\"]\n"},
			want: "locales/synonyms.it.toml:1:1 error synonym"},
		{name: "a synonym twice",
			files: map[string]string{"synonyms.it.toml": "[[group]]\nwords = [\"a\", \"b\"]\n[[group]]\n" +
				"words = [\"c\", \"A\"]\n"},
			want: "locales/synonyms.it.toml:4:15 error synonym"},
		{name: "an empty synonym", files: map[string]string{"synonyms.it.toml": "[[group]]\nwords = [\"a\", \"\"]\n"},
			want: "locales/synonyms.it.toml:2:15 error synonym"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			files := map[string]string{"active.en.toml": tt.en + own, "active.it.toml": tt.it + italian}
			for name, text := range tt.files {
				files[name] = text
			}
			c, found := Load(folder(files), []string{"it", "en"}, "en")
			var got []string
			for _, f := range diag.Sort(append(found, c.Require(nil)...)) {
				got = append(got, f.Position.String()+" "+string(f.Severity)+" "+f.Rule)
			}
			if strings.Join(got, "\n") != tt.want {
				t.Errorf("found %v, want %s", found, tt.want)
			}
		})
	}
}

// Whatever writers get wrong in a file, they learn where and what to do.
func TestAdvice(t *testing.T) {
	const en = "locales/active.en.toml"
	for _, tt := range []struct {
		name   string
		files  map[string]string // besides active.en.toml
		source string            // in active.en.toml, besides the package's own messages
		at     string
		advice string
	}{
		{"a name in another case", map[string]string{"active.IT.toml": own}, "", "locales/active.IT.toml", "active.it.toml"},
		{"an extension in another case", map[string]string{"active.it.TOML": own},
			"", "locales/active.it.TOML", "active.it.toml"},
		{"a name with a slip", map[string]string{"actve.it.toml": own}, "", "locales/actve.it.toml", "active.it.toml"},
		{"no file", nil, "", "locales/active.it.toml", "write them"},
		{"an empty file", map[string]string{"active.it.toml": ""}, "", "locales/active.it.toml", "write them"},
		{"a file of comments", map[string]string{"active.it.toml": "# To do.\n"}, "", "locales/active.it.toml", "write them"},
		{"a folder", map[string]string{"active.it.toml/x": ""}, "", "locales/active.it.toml", "make it a file"},
		{"a glossary that is a folder", map[string]string{"glossary.toml/x": "", "active.it.toml": italian}, "",
			"locales/glossary.toml", "make it a file"},
		{"a glossary in another case", map[string]string{"Glossary.toml": "", "active.it.toml": italian}, "",
			"locales/Glossary.toml", "glossary.toml"},
		{"an unknown placeholder", map[string]string{"active.it.toml": "a = \"{{.Dat}}\"\n" + italian}, "a = \"{{.Date}}\"\n",
			"locales/active.it.toml:1:1", "{{.Date}}"},
		{"a placeholder too many", map[string]string{"active.it.toml": "a = \"{{.Date}}\"\n" + italian}, "a = \"x\"\n",
			"locales/active.it.toml:1:1", "without placeholders"},
		{"an invalid placeholder", map[string]string{"active.it.toml": italian},
			"\"a.b\" = \"{{date}}\"\n", en + ":1:9", "{{.Date}}"},
		{"an unknown plural form", map[string]string{"active.it.toml": italian},
			"\"a.b\" = { one = \"x\", ohter = \"x\", other = \"x\" }\n", en + ":1:22", "other"},
		{"a plural form in another case", map[string]string{"active.it.toml": italian},
			"\"a.b\" = { One = \"x\", other = \"x\" }\n", en + ":1:11", "one"},
		{"a key that is no form", map[string]string{"active.it.toml": italian}, "a.b = \"x\"\n", en + ":1:1", "\"a.b\""},
		{"a number for a message", map[string]string{"active.it.toml": italian}, "\"a.b\" = 7\n", en + ":1:9", "in quotes"},
		{"an id in capitals", map[string]string{"active.it.toml": italian}, "\"a.B\" = \"x\"\n", en + ":1:1", "\"a.b\""},
		{"a reserved id", map[string]string{"active.it.toml": italian}, "other = \"x\"\n", en + ":1:1", "page.other"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			files := map[string]string{"active.en.toml": tt.source + own}
			maps.Copy(files, tt.files)
			_, found := Load(folder(files), []string{"en", "it"}, "en")
			if len(found) != 1 || found[0].Position.String() != tt.at ||
				!strings.Contains(found[0].Suggestion, tt.advice) {
				t.Errorf("found %v, want one finding at %s with the advice %q", found, tt.at, tt.advice)
			}
		})
	}
}

func TestMissingFile(t *testing.T) {
	_, found := Load(folder(map[string]string{"active.en.toml": own}), []string{"en", "it"}, "en")
	if len(found) != 1 || found[0].Rule != "message-missing" || found[0].File != "locales/active.it.toml" ||
		found[0].Severity != diag.Error {
		t.Errorf("found %v, want only that Italian has no messages", found)
	}
}

func TestOwnWordsAreRequired(t *testing.T) {
	text := strings.Replace(own, "\"date.month.9\" = \"September\"\n", "", 1)
	text = strings.Replace(text, "{{.Year}}", "{{.Yaer}}", 1)
	c, found := Load(folder(map[string]string{"active.en.toml": text}), []string{"en"}, "en")
	var got []string
	for _, f := range diag.Sort(append(found, c.Require(nil)...)) {
		got = append(got, f.Position.String()+" "+f.Rule)
	}
	want := []string{"locales/active.en.toml:1:1 message-placeholder", "locales/active.en.toml:12:1 message-missing"}
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
		{Need{ID: "other"}, "site/templates/x.html:3:5 error message-missing"},
		{Need{ID: "a.f"}, "locales/active.en.toml:1:1 error message-missing"}, // probably misspelled there
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

// An error in a message that several places show is reported once. A warning does not hide an error.
func TestRequireOnce(t *testing.T) {
	c := english(t, "\"a.b\" = \"x\"\n\"a.c\" = \"until {{.Count}}\"\n")
	needs := []Need{
		{ID: "a.z"},
		{ID: "a.b"},
		{ID: "a.z"},
		{ID: "a.c", Fields: []string{"Count"}},
		{ID: "a.c"},
		{ID: "a.c"},
	}
	var got []string
	for _, f := range c.Require(needs) {
		got = append(got, string(f.Severity)+" "+f.Rule)
	}
	if want := []string{"error message-missing", "warning message-plural",
		"error message-placeholder"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}

// Missing messages are one finding for each file, with lines that can be pasted.
func TestMissingWordsAreLinesToPaste(t *testing.T) {
	c := english(t, "\"a.b\" = \"x\"\n")
	rules := func(line int) diag.Position { return diag.Position{File: "rules/a.toml", Line: line, Column: 1} }
	found := c.Require([]Need{
		{ID: "a.z", Pos: rules(3)}, {ID: "a.d", Pos: rules(9), Fields: []string{"Date"}}, {ID: "a.b", Pos: rules(4)},
		{ID: "a.z", Pos: rules(5)}, {ID: "a.x", Pos: diag.Position{File: "rules/b.toml"}},
	})
	if len(found) != 2 {
		t.Fatalf("found %v", found)
	}
	if got, want := found[0].Suggestion, "\"a.d\" = \"{{.Date}}\"\n\"a.z\" = \"\""; got != want || found[0].Line != 9 {
		t.Errorf("%v, want the suggestion %s", found[0], want)
	}
	if found[1].Suggestion != "\"a.x\" = \"\"" || found[1].File != "rules/b.toml" {
		t.Errorf("%v", found[1])
	}
}

// An id counts as the misspelling of only one other, and what follows from it is not reported again.
func TestMisspelledOnce(t *testing.T) {
	c, _ := Load(folder(map[string]string{
		"active.en.toml": "\"page.titel\" = \"x\"\n" + own, "active.it.toml": "\"page.title\" = \"x\"\n" + italian,
	}), []string{"en", "it"}, "en")
	var got []string
	for _, f := range c.Require([]Need{{ID: "page.title"}, {ID: "page.tite", Pos: diag.Position{File: "x.html"}}}) {
		got = append(got, f.Position.String())
	}
	if want := []string{"locales/active.en.toml:1:1", "x.html"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}

func TestUnused(t *testing.T) {
	c := english(t, "\"a.b\" = \"x\"\n\"a.c\" = \"x\"\n")
	found := c.Unused(func(id string) bool { return id == "a.b" })
	if len(found) != 1 || found[0].Position.String() != "locales/active.en.toml:2:1" ||
		found[0].Rule != "message-unused" {
		t.Errorf("found %v, want a.c alone", found)
	}
}

// Whatever the files hold, findings are within them and the rest can be shown.
func FuzzLoad(f *testing.F) {
	f.Add("\"a.b\" = \"{{.X}}\"\n[\"c.d\"]\nfew = \"x\"\nother = \"y\"\n",
		"[[term]]\nwords = { en = \"a\" }\navoid = { it = [\"a\", \"\"] }\n", "[[group]]\nwords = [\"a\", \"a\"]\n")
	f.Add("a = { b = { other = 7 } }\n\"\" = []\n", "term = [{}]\n", "group = [{ words = [] }]\n")
	f.Add(own, "", "")
	f.Add(strings.Replace(own, "{{.Month}}", "{{.Moon}}", 1), "", "")
	f.Fuzz(func(t *testing.T, active, glossary, synonyms string) {
		files := map[string]string{
			"active.en.toml":   active,
			"active.it.toml":   active,
			"glossary.toml":    glossary,
			"synonyms.it.toml": synonyms,
		}
		c, found := Load(folder(files), []string{"en", "it"}, "en")
		found = append(found, c.Require(nil)...)
		for _, f := range found {
			lines := strings.Split(files[strings.TrimPrefix(f.File, "locales/")], "\n")
			// For some control characters, the decoder reports the column on the line before.
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
