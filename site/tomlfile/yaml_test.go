package tomlfile

import (
	"reflect"
	"strings"
	"testing"
)

// YAML and TOML that say the same decode to the same, and each key is found at its place.
func TestYAML(t *testing.T) {
	const toml = "title = \"A: b\"\ndraft = true\nsmall = 7\nnumber = 1.5\nname = { en = \"perché\" }\n" +
		"fact = [{ id = \"a\", values = [\"x\", \"y\"], from = 2027-01-31 }]\n"
	const yaml = "title: 'A: b' # a comment\ndraft: true\nsmall: 7\nnumber: 1.5\nname:\n  en: perché\nfree:\nfact:\n" +
		"  - id: a\n    values: [x, \"y\"]\n    from: 2027-01-31\n"
	var want, got exact
	if _, found := Decode("f", []byte(toml), 1, &want); len(found) > 0 {
		t.Fatal(found)
	}
	loc, found := DecodeYAML("f", []byte(yaml), 2, &got)
	if len(found) > 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("read as %+v %v, want %+v", got, found, want)
	}
	for _, tt := range []struct {
		path       []any
		key, value string
	}{
		{[]any{"title"}, "f:2:1", "f:2:8"},
		{[]any{"name", "en"}, "f:7:3", "f:7:7"},
		{[]any{"fact", 0, "values", 1}, "f:11:17", "f:11:17"},
	} {
		if key, value := loc.Key(tt.path...).String(), loc.Value(tt.path...).String(); key != tt.key ||
			value != tt.value {
			t.Errorf("%q stands at %s, its value at %s; want %s and %s", tt.path, key, value, tt.key, tt.value)
		}
	}
}

func TestYAMLFindings(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"titel: x\n", "f:1:1: error: unknown key"},
		{"title: [a]\n", "f:1:1: error: title: must be a string"},
		{"title: a\ntitle: b\n", "f:2:1: error: key \"title\" already"},
		{"title: a: b\n", "f:1:12: error: "},
		{"title: a\n\tdraft: true\n", "f:2:1: error: "},
		{"name: &x { en: a }\nfree: *x\n", "f:1:7: error: anchors"},
		{"name: { en: a, <<: { b: c } }\n", "f:1:16: error: a key must be text"},
		{"title = \"a\"\nupdated = 2026-01-02\n", "f:1:1: error: front matter"},
		{"- a\n", "f:1:1: error: front matter"},
		{"number: 9223372036854775808\n", "f:1:9: error: invalid value"},
		{"free: " + strings.Repeat("[", 40) + strings.Repeat("]", 40) + "\n", "f:1:23: error: lists, tables"},
		{"draft: yes\n", "f:1:1: error: draft: must be true or false"},
	} {
		var v exact
		_, found := DecodeYAML("f", []byte(tt.text), 1, &v)
		if len(found) == 0 || !strings.HasPrefix(found[0].String(), tt.want) {
			t.Errorf("%q: found %v, want %s", tt.text, found, tt.want)
		}
		if strings.HasPrefix(tt.text, "title =") && len(found) > 0 && !strings.Contains(found[0].Suggestion, `title: "a"`) {
			t.Errorf("%q: the advice is %q", tt.text, found[0].Suggestion)
		}
		if len(found) > 0 && strings.Contains(found[0].Suggestion, " = ") {
			t.Errorf("%q: the advice is about TOML: %s", tt.text, found[0].Suggestion)
		}
	}
}
