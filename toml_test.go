package helpcenter

import (
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

type sample struct {
	Title string
	Name  map[string]string
	Rule  []struct {
		ID   string
		When map[string]any
	}
}

func TestDecodeTOML(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"fine", "title = \"x\"\n[[rule]]\nid = \"a\"\n", ""},
		{"syntax", "title = \"x\"\nname = \n", "f.toml:2:8"},
		{"wrong type under a quoted key", "[[rule]]\n\"id\" = 7\n", "f.toml:2:1"},
		{"wrong type", "[[rule]]\nid = \"a\"\n[[rule]]\nid = 7\n", "f.toml:4:1"},
		{"unknown key, with the one meant", "titel = \"x\"\n", `f.toml:1:1: error: unknown key "titel", allowed here: title, name, rule [unknown-key]` + "\n\t" + `did you mean "title"?`},
		{"unknown key in the second of two tables", "[[rule]]\nid = \"a\"\n[[rule]]\n  whne = {}\n", "f.toml:4:3"},
		{"unknown key in an inline table's list", "rule = [{ id = \"a\" }, { idd = \"b\" }]\n", "f.toml:1:25"},
		{"unknown table", "[nmae]\nen = \"a\"\nit = \"b\"\n", "f.toml:1:1"},
		{"the mistake is a line's first character", "a = \"May\"\n\x7fd = 1\n", "f.toml:2:1:"},
		{"a table's name never ends", "title = \"x\"\n[[group]\nid = \"a\"\n", "f.toml:2:8:"},
		{"a key twice", "title = \"x\"\ntitle = \"y\"\n", "f.toml:2:1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var v sample
			_, fs := DecodeTOML("f.toml", []byte(tt.text), 1, &v)
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

func TestLocator(t *testing.T) {
	text := "# words\ntitle = \"a\\\"[]=\"\n[name]\nen = '''\n[x]\n'''\n\"it-CH\" = \"c\"\n[[rule]]\nid = \"r\"\n" +
		"when = { product = [\"a\",\n  \"b\" ], role = 'x' } # }\n[[rule]]\n[rule.when]\nbalance  = 1\n"
	var v sample
	loc, fs := DecodeTOML("f.toml", []byte(text), 10, &v)
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

// Whatever the decoder takes, the locator finds each of its keys.
func FuzzDecodeTOML(f *testing.F) {
	f.Add("a = 1\n[b]\nc = [ { d = \"x\" }, 2 ]\n[[e.f]]\n\"g h\".i = '''\n'''\n")
	f.Add("a = { b = { c = [[1], [2]] } }\n[[x]]\n[[x.y]]\n[[x]]\n[[x.y]]\nz = 1979-05-27 07:32:00\n")
	f.Fuzz(func(t *testing.T, text string) {
		var v map[string]any
		md, err := toml.Decode(text, &v)
		if err != nil {
			return
		}
		loc := &Locator{file: "f", first: 1, data: []byte(text)}
		for _, key := range md.Keys() {
			if len(loc.everywhere(key)) == 0 {
				t.Errorf("%q is nowhere in %q", key, text)
			}
		}
	})
}

// Of a key that is misspelt it is known which one was meant, in which table.
func TestMisspelt(t *testing.T) {
	type file struct {
		Title string
		Rule  []struct {
			ID   string
			When map[string]string
		}
	}
	const text = "titel = \"x\"\n[[rule]]\nid = \"a\"\n[[rule]]\ni = \"b\"\nwehn = { a = \"b\" }\n[[rul]]\nid = \"c\"\n"
	loc, found := DecodeTOML("f.toml", []byte(text), 1, new(file))
	if len(found) != 4 {
		t.Errorf("found %v", found)
	}
	for _, tt := range []struct {
		path []any
		want bool
	}{
		{[]any{"title"}, true}, {[]any{"titel"}, false}, {[]any{"rule"}, true}, {[]any{"rule", 0, "id"}, false}, {[]any{"rule", 1, "id"}, true},
		{[]any{"rule", 0, "when"}, false}, {[]any{"rule", 1, "when"}, true}, {[]any{"when"}, false}, {[]any{"rule", 1}, false},
	} {
		if got := loc.Misspelt(tt.path...); got != tt.want {
			t.Errorf("%v is misspelt: %t", tt.path, got)
		}
	}
}

func TestList(t *testing.T) {
	many := strings.Fields(strings.Repeat("x ", 32))
	for _, tt := range []struct {
		names []string
		want  string
	}{
		{nil, "none"}, {[]string{"a"}, "a"}, {[]string{"a", "b"}, "a, b"}, {many, strings.Join(many[:30], ", ") + " and 2 more"},
	} {
		if got := List(tt.names); got != tt.want {
			t.Errorf("List(%q) = %q", tt.names, got)
		}
	}
}

func TestNearest(t *testing.T) {
	for _, tt := range []struct{ word, want string }{
		{"titel", "title"}, {"descripton", "description"}, {"x", ""}, {"upadted", "updated"}, {"slug", "slug"}, {"", ""},
	} {
		if got := Nearest(tt.word, []string{"title", "description", "updated", "slug"}); got != tt.want {
			t.Errorf("Nearest(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		most int
		want int
		ok   bool
	}{
		{"saldo", "saldo", 0, 0, true}, {"saldo", "sald", 1, 1, true}, {"saldo", "asldo", 1, 1, true},
		{"saldo", "solda", 2, 2, true}, {"saldo", "solda", 1, 0, false}, {"saldo", "saldo", -1, 0, false},
		{"", "ab", 2, 2, true}, {"abc", "", 2, 0, false}, {"contarct", "contract", 1, 1, true},
	} {
		got, ok := Distance([]rune(test.a), []rune(test.b), test.most)
		if ok != test.ok || ok && got != test.want {
			t.Errorf("Distance(%q, %q, %d) = %d, %t, want %d, %t", test.a, test.b, test.most, got, ok, test.want, test.ok)
		}
	}
}
