package labels_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/site/labels"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
)

const visa = `id = "visa"
hit_policy = "output order"
[[fact]]
id = "passport"
values = ["gb", "it", "jp"]
[[fact]]
id = "days"
type = "number"
min = 1
max = 90
[[group]]
id = "europe"
fact = "passport"
values = ["gb", "it"]
[[outcome]]
id = "no"
[[outcome]]
id = "yes"
[[rule]]
id = "too-long"
when = { passport = ["europe", "jp"], days = "> 30" }
then = "no"
[[rule]]
id = "fine"
when = { days = "<= 30" }
then = "yes"
`

func load(name, table string) ([]locale.Label, string) {
	files := fstest.MapFS{"visa.toml": {Data: []byte(visa)}, name: {Data: []byte(table)}}
	set, _ := ruleset.Load(files)
	list, found := labels.Load(files, set, []string{"it", "en"}, "en")
	var lines []string
	for _, f := range found {
		lines = append(lines, fmt.Sprintf("%s %s %s", f.Position, f.Severity, f.Rule))
	}
	return list, strings.Join(lines, "\n")
}

func ExampleLoad() {
	list, _ := load("visa.labels.csv", "fact,value,en,it\npassport,jp,Japan,Giappone\npassport,europe,Europe,Europa\n")
	for _, label := range list {
		fmt.Println(label.At, label.Lang, label.ID, label.Text)
	}
	// Output:
	// rules/visa.labels.csv:2:13 en visa.value.passport.jp Japan
	// rules/visa.labels.csv:2:19 it visa.value.passport.jp Giappone
	// rules/visa.labels.csv:3:17 en visa.value.passport.europe Europe
	// rules/visa.labels.csv:3:24 it visa.value.passport.europe Europa
}

// Each mistake is found at its place, and the rest of the table is read.
func TestMistakes(t *testing.T) {
	const file = "rules/visa.labels.csv"
	for _, test := range []struct {
		name, table, want string
		labels            int
	}{
		{"byte order mark and Windows lines", "\ufefffact,value,it,en\r\npassport,it,\"Italia, tutta\",Italy\r\n", "", 2},
		{"empty", "", file + " error csv", 0},
		{"semicolons", "fact;value;en;it\npassport;it;Italy;Italia\n", file + ":1:1 error csv", 0},
		{"no head", "passport,it,Italy,Italia\n", file + ":1:1 error csv", 0},
		{"misspelt language", "fact,value,en,iy\n", file + ":1:1 warning message-missing\n" +
			file + ":1:15 error unknown-language", 0},
		{"language twice", "fact,value,en,en,it\n", file + ":1:15 error duplicate-id", 0},
		{"no default language", "fact,value,it\n", file + ":1:1 error message-missing", 0},
		{"no other language", "fact,value,en\npassport,it,Italy\n", file + ":1:1 warning message-missing", 1},
		{"misspelt fact", "fact,value,en,it\npasport,it,Italy,Italia\n", file + ":2:1 error unknown-fact", 0},
		{"misspelt value", "fact,value,en,it\npassport,ti,Italy,Italia\npassport,gb,UK,UK\n",
			file + ":2:10 error unknown-value", 2},
		{"ranges", "fact,value,en,it\ndays,1..30,Few,Pochi\n", file + ":2:1 error unknown-value", 0},
		{"twice", "fact,value,en,it\npassport,it,Italy,Italia\npassport,it,Italy,Italia\n",
			file + ":3:10 error duplicate-id", 2},
		{"too few fields", "fact,value,en,it\npassport,it,Italy\npassport,gb,UK,UK\n", file + ":2:1 error csv", 2},
		{"a quote inside", "fact,value,en,it\npassport,it,It\"aly,Italia\n", file + ":2:15 error csv", 0},
		{"no label in the default language", "fact,value,en,it\npassport,it,,Italia\n",
			file + ":2:13 error message-missing", 1},
		{"no label in another", "fact,value,en,it\npassport,it,Italy,\n", file + ":2:19 warning message-missing", 1},
		{"spaces", "fact,value,en,it\npassport,it, Italy,Italia\n", file + ":2:13 error csv", 1},
		{"a field that is not closed", "fact,value,en,it\npassport,it,\"Italy,Italia\npassport,jp,Japan,Giappone\n",
			file + ":2:1 error csv", 0},
		{"not UTF-8", "fact,value,en,it\npassport,it,It\xe0ly,Italia\n", file + " error unreadable", 0},
		{"too large", "fact,value,en,it\n" + strings.Repeat("x", 1<<20), file + " error unreadable", 0},
	} {
		list, found := load("visa.labels.csv", test.table)
		if found != test.want || len(list) != test.labels {
			t.Errorf("%s: %d labels, want %d, and\n%s\nwant\n%s", test.name, len(list), test.labels, found, test.want)
		}
	}
	for _, name := range []string{"vsia.labels.csv", "visa.csv"} {
		if _, found := load(name, "fact,value,en,it\n"); found != "rules/"+name+" error unknown-file" {
			t.Errorf("%s: %s", name, found)
		}
	}
}

// A label is a message like any other: it may be in only one file, and must have the form of a message.
func TestLabelsAreMessages(t *testing.T) {
	list, _ := load("visa.labels.csv",
		"fact,value,en,it\npassport,jp,Japan,Giappone\npassport,it,Italy,{{.It\npassport,gb,\"Great\u200b\",UK\n")
	const active = "\"visa.value.passport.jp\" = \"Japan\"\n\"visa.title\" = \"Visa\"\n"
	words := fstest.MapFS{"active.en.toml": {Data: []byte(active)}}
	catalog, found := locale.Load(words, []string{"en"}, "en", list...)
	var rules []string
	for _, f := range found {
		if strings.HasPrefix(f.File, "rules/") {
			rules = append(rules, fmt.Sprint(f.Position, " ", f.Rule))
		}
	}
	want := "rules/visa.labels.csv:2:13 duplicate-id rules/visa.labels.csv:4:13 invisible"
	if got := strings.Join(rules, " "); got != want {
		t.Errorf("found %s, want %s", got, want)
	}
	if got := catalog.Words("en").Text("visa.value.passport.it"); got != "Italy" {
		t.Errorf("the label is %q", got)
	}
}
