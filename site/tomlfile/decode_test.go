package tomlfile

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"helpcenter/site/civil"
	"helpcenter/site/diag"
)

type sample struct {
	Title string
	Name  map[string]string
	Rule  []struct {
		ID   string
		When map[string]any
	}
}

func TestDecode(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"fine", "title = \"x\"\n[[rule]]\nid = \"a\"\n", ""},
		{"syntax", "title = \"x\"\nname = \n", "f.toml:2:8"},
		{"wrong type under a quoted key", "[[rule]]\n\"id\" = 7\n", "f.toml:2:1"},
		{"wrong type", "[[rule]]\nid = \"a\"\n[[rule]]\nid = 7\n", "f.toml:4:1"},
		{"unknown key, with the one meant", "titel = \"x\"\n",
			`f.toml:1:1: error: unknown key "titel" (allowed: title, name, rule) [unknown-key]` + "\n\t" +
				`did you mean "title"?`},
		{"unknown key in the second of two tables", "[[rule]]\nid = \"a\"\n[[rule]]\n  whne = {}\n", "f.toml:4:3"},
		{"unknown key in an inline table's list", "rule = [{ id = \"a\" }, { idd = \"b\" }]\n", "f.toml:1:25"},
		{"unknown table", "[nmae]\nen = \"a\"\nit = \"b\"\n", "f.toml:1:1"},
		{"the mistake is a line's first character", "a = \"May\"\n\x7fd = 1\n", "f.toml:2:1:"},
		{"a table's name never ends", "title = \"x\"\n[[group]\nid = \"a\"\n", "f.toml:2:8:"},
		{"a key twice", "title = \"x\"\ntitle = \"y\"\n", "f.toml:2:1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var v sample
			_, fs := Decode("f.toml", []byte(tt.text), 1, &v)
			switch {
			case tt.want == "" && len(fs) > 0:
				t.Errorf("found %v, want nothing", fs)
			case tt.want != "" && len(fs) != 1:
				t.Errorf("found %v, want one finding at %s", fs, tt.want)
			case tt.want != "" && !strings.HasPrefix(fs[0].String(), tt.want):
				t.Errorf("found %s, want it at %s", fs[0], tt.want)
			}
		})
	}
}

// Keys of a struct must be spelt exactly, at any depth, and no two keys of a map may differ only in case. All
// errors are reported, each at its position.
func TestExact(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"two spellings of a key", "draft = true\nDraft = false\n", "2:1 unknown-key draft"},
		{"a spelling alone", "TITLE = \"x\"\n", "1:1 unknown-key title"},
		{"the field's name", "ID = \"x\"\n", "1:1 unknown-key"},
		{"in the second of two tables", "[[fact]]\nid = \"a\"\n[[fact]]\nId = \"b\"\n", "4:1 unknown-key id"},
		{"in an inline table", "fact = [{ id = \"a\" }, { ID = \"b\" }]\n", "1:25 unknown-key id"},
		{"a table's name", "[[Fact]]\nid = \"a\"\n", "1:1 unknown-key fact"},
		{"a dotted key", "ranking.Better = [\"a\"]\n", "1:1 unknown-key better"},
		{"a quoted key", "\"Title\" = \"x\"\n", "1:1 unknown-key title"},
		{"through a pointer", "[[fact]]\nchangeable = { By = \"x\" }\n", "2:16 unknown-key by"},
		{"two keys of a map", "[name]\nen = \"a\"\nEN = \"b\"\n", "3:1 toml"},
		{"two keys of a map of anything", "[[fact]]\nwhen = { a = { b = 1, B = 2 } }\n", "2:23 toml"},
		{"two keys in a list of anything", "[[fact]]\nwhen = { a = [1, { b = 1, B = 2 }] }\n", "2:27 toml"},
		{"two keys of what decodes itself", "free = { a = 1, A = 2 }\n", "1:17 toml"},
		{"a key of a map in capitals", "[name]\nit-CH = \"a\"\n", ""},

		{"a number in a list of strings", "[[fact]]\nid = \"a\"\nvalues = [1, 2]\n[[fact]]\nid = \"b\"\nvalues = [\"y\"]\n",
			"3:11 toml\n3:14 toml"},
		{"of the second of three tables", "[[fact]]\nid = \"a\"\n[[fact]]\nid = 2\n[[fact]]\nid = \"c\"\n", "4:1 toml"},
		{"over lines", "[[fact]]\nvalues = [\n  \"a\",\n  7,\n]\n[[fact]]\nvalues = []\n", "4:3 toml"},
		{"in an inline table's list", "fact = [{ values = [\"a\"] }, { values = [true] }]\n", "1:41 toml"},
		{"a table for a list of tables", "[fact]\nid = \"a\"\n", "1:1 toml"},
		{"a list of tables for a table", "[[ranking]]\nbetter = []\n", "1:1 toml"},
		{"a string for a list", "ranking = { better = \"a\" }\n", "1:13 toml"},
		{"a date that is none",
			"[[fact]]\nid = \"a\"\nfrom = \"soon\"\n[[fact]]\nid = \"b\"\nfrom = 2027-01-31\n", "3:8 toml"},
		{"a list for a date", "[[fact]]\nfrom = [2027-01-31]\n", "2:1 toml"},
		{"what decodes itself refuses", "free = 1\n", "1:8 toml"},
		{"too large a number", "small = 300\n", "1:1 toml"},
		{"a whole number for a number", "number = 3\n", ""},
		{"a number for a whole number", "small = 3.5\n", "1:1 toml"},
		{"quotes about what needs none", "draft = \"true\"\n", "1:1 toml"},
		{"all of them", "draft = 1\ntitle = 2\nTitle = 3\n", "1:1 toml\n2:1 toml\n3:1 unknown-key title"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var first exact
			var fs []diag.Finding
			for i := range 50 {
				var v exact
				_, found := Decode("f.toml", []byte(tt.text), 1, &v)
				if i == 0 {
					first, fs = v, found
				}
				if !reflect.DeepEqual(v, first) || !slices.Equal(found, fs) {
					t.Fatalf("the same text is read as %+v %v, then as %+v %v", first, fs, v, found)
				}
			}
			var got []string
			for _, f := range fs {
				line := strings.TrimPrefix(f.Position.String(), "f.toml:") + " " + f.Rule
				if key := strings.Split(f.Suggestion, `"`); f.Rule == "unknown-key" && len(key) == 3 {
					line += " " + key[1]
				}
				got = append(got, line)
			}
			if strings.Join(got, "\n") != tt.want {
				t.Errorf("found %v, want %q", fs, tt.want)
			}
		})
	}
}

type exact struct {
	Title string `toml:"title"`
	Draft bool
	Name  map[string]string
	Fact  []struct {
		Ident      string `toml:"id"`
		Values     []string
		When       map[string]any
		From       civil.Date
		Changeable *struct{ By string }
	}
	Ranking struct{ Better []string }
	Free    free
	Small   int8
	Number  float64
}

// free decodes itself.
type free map[string]any

func (f *free) UnmarshalTOML(v any) error {
	table, ok := v.(map[string]any)
	if !ok {
		return errors.New("not a table")
	}
	*f = table
	return nil
}

// Syntax errors come with advice.
func TestSyntaxAdvice(t *testing.T) {
	for _, tt := range []struct{ text, at, want string }{
		{"title = Try it\n", "1:9", `title = "Try it"`},
		{"title = Try it\"\n", "1:9", `title = "Try it"`},
		{"title = “Try it”\n", "1:", "straight quotes"},
		{"title = \"Try it”\n", "1:", "straight quotes"},
		{"values = [\n  \"a\",\n  ‘b’,\n]\n", "3:3", "straight quotes"},
		{"title = \"l’account\"\nupdated = 2026-3-1\n", "2:", "updated = 2026-03-01"},
		{"updated = 2026/03/01\n", "1:", "updated = 2026-03-01"},
		{"updated = 01/03/2026\n", "1:", "year-month-day"},
		{"updated = 1.3.2026\n", "1:", "year-month-day"},
		{"title: Try it\n", "1:6", `title = "Try it"`},
		{"title: \"Try it\"\n", "1:6", `title = "Try it"`},
		{"updated: 2026-03-01\n", "1:8", "write = after the key"},
		{"draft = True\n", "1:9", "lower case"},
		{"draft = yes\n", "1:9", "true or false"},
		{"title =\n", "1:", "value after ="},
		{"title = \"Try it\nid = \"a\"\n", "1:", "end the text"},
		{"title = 'Try it\n", "1:", "end the text"},
		{"title = \"say \"yes\" now\"\n", "1:", `\"`},
		{"path = \"C:\\mail\"\n", "1:", "backslash"},
		{"title = \"a\"\ntitle = \"b\"\n", "2:1", "delete one"},
		{"[fact]\nid = \"a\"\n[[fact]]\nid = \"b\"\n", "3:", "[[name]]"},
		{"values = [\"a\" \"b\"]\n", "1:", "a comma"},
		{"when = { a = 1 b = 2 }\n", "1:", "a comma"},
		{"[[fact]\nid = \"a\"\n", "1:", "]"},
		{"draft\n", "1:", "key = value"},
		{"my title = \"a\"\n", "1:", "quotes"},
		{"phone = 0039\n", "1:", `phone = "0039"`},
	} {
		var v map[string]any
		_, fs := Decode("f.toml", []byte(tt.text), 1, &v)
		if len(fs) == 1 && strings.Contains(fs[0].Message, "â") {
			t.Errorf("%q: the message has half a character: %s", tt.text, fs[0].Message)
		}
		if len(fs) != 1 || !strings.HasPrefix(fs[0].Position.String(), "f.toml:"+tt.at) ||
			!strings.Contains(fs[0].Suggestion, tt.want) {
			t.Errorf("%q: found %v, want one at %s with %q", tt.text, fs, tt.at, tt.want)
		}
	}
}

func TestLocator(t *testing.T) {
	text := "# words\ntitle = \"a\\\"[]=\"\n[name]\nen = '''\n[x]\n'''\n\"it-CH\" = \"c\"\n[[rule]]\nid = \"r\"\n" +
		"when = { product = [\"a\",\n  \"b\" ], role = 'x' } # }\n[[rule]]\n[rule.when]\nbalance  = 1\n"
	var v sample
	loc, fs := Decode("f.toml", []byte(text), 10, &v)
	if len(fs) > 0 {
		t.Fatal(fs)
	}
	for _, tt := range []struct {
		path       []any
		key, value string
	}{
		{[]any{"title"}, "f.toml:11:1", "f.toml:11:9"},
		{[]any{"name", "en"}, "f.toml:13:1", "f.toml:13:6"},
		{[]any{"name", "it-CH"}, "f.toml:16:1", "f.toml:16:11"},
		{[]any{"rule", 0, "id"}, "f.toml:18:1", "f.toml:18:6"},
		{[]any{"rule", 0, "when", "product", 1}, "f.toml:20:3", "f.toml:20:3"},
		{[]any{"rule", 0, "when", "role"}, "f.toml:20:10", "f.toml:20:17"},
		{[]any{"rule", 1}, "f.toml:21:1", "f.toml:21:1"},
		{[]any{"rule", 1, "when", "balance"}, "f.toml:23:1", "f.toml:23:12"},
		{[]any{"rule", 1, "then"}, "f.toml:21:1", "f.toml:21:1"},
		{[]any{"nothing"}, "f.toml:10", "f.toml:10"},
	} {
		if k, val := loc.Key(tt.path...).String(), loc.Value(tt.path...).String(); k != tt.key || val != tt.value {
			t.Errorf("%q stands at %s, its value at %s; want %s and %s", tt.path, k, val, tt.key, tt.value)
		}
	}
}

// For everything that is decoded, the locator finds each key and value.
func FuzzDecode(f *testing.F) {
	f.Add("a = 1\n[b]\nc = [ { d = \"x\" }, 2 ]\n[[e.f]]\n\"g h\".i = '''\n'''\n")
	f.Add("a = { b = { c = [[1], [2]] } }\n[[x]]\n[[x.y]]\n[[x]]\n[[x.y]]\nz = 1979-05-27 07:32:00\n")
	f.Fuzz(func(t *testing.T, text string) {
		var v map[string]any
		if loc, found := Decode("f", []byte(text), 1, &v); len(found) == 0 {
			located(t, loc, v, nil)
		}
	})
}

// located checks that the locator knows the position of v, the value under path.
func located(t *testing.T, loc *Locator, v any, path []any) {
	if _, ok := loc.find(path); !ok {
		t.Errorf("%q is nowhere", path)
	}
	switch v := reflect.ValueOf(v); v.Kind() {
	case reflect.Map:
		for key, value := range v.Seq2() {
			located(t, loc, value.Interface(), append(slices.Clip(path), key.String()))
		}
	case reflect.Slice:
		for i := range v.Len() {
			located(t, loc, v.Index(i).Interface(), append(slices.Clip(path), i))
		}
	}
}

// The locator knows which key a misspelt one was meant to be, and in which table.
func TestMisspelt(t *testing.T) {
	type file struct {
		Title string
		Rule  []struct {
			ID   string
			When map[string]string
		}
	}
	const text = "titel = \"x\"\n[[rule]]\nid = \"a\"\n[[rule]]\ni = \"b\"\nwehn = { a = \"b\" }\n[[rul]]\nid = \"c\"\n"
	loc, found := Decode("f.toml", []byte(text), 1, new(file))
	if len(found) != 4 {
		t.Errorf("found %v", found)
	}
	for _, tt := range []struct {
		path []any
		want bool
	}{
		{[]any{"title"}, true}, {[]any{"titel"}, false}, {[]any{"rule"}, true}, {[]any{"rule", 0, "id"}, false},
		{[]any{"rule", 1, "id"}, true},
		{[]any{"rule", 0, "when"}, false}, {[]any{"rule", 1, "when"}, true}, {[]any{"when"}, false},
		{[]any{"rule", 1}, false},
	} {
		if got := loc.Misspelt(tt.path...); got != tt.want {
			t.Errorf("%v is misspelt: %t", tt.path, got)
		}
	}
}
