package ruleset

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/site/civil"
	"helpcenter/site/diag"
)

func TestParkingIsFine(t *testing.T) {
	r := compiled(t, parking)
	if got := r.Cases(); got != 6 {
		t.Errorf("%d cases", got)
	}
	for _, c := range r.Test() {
		if c.Finding != nil || c.Position.Line == 0 {
			t.Errorf("%+v", c)
		}
	}
}

// Each test breaks parking in one way: old is replaced by new. Findings are written as "line:column rule: words of
// the message".
func TestFindings(t *testing.T) {
	tests := []struct {
		name, old, new string
		want           []string
	}{
		{
			"gap of one case",
			"when = { permit = \"visitor\", day = \"weekday\" }\nthen = \"pay\"",
			"when = { permit = \"visitor\", day = \"sunday\" }\nthen = \"pay\"",
			[]string{`21:1 gap: the case with permit = "visitor" and day = "weekday"`, `36:1 conflict: "visitors-pay"`,
				"48:1 example-fails", "51:1 invariant-fails"},
		},
		{
			"gap of several cases",
			"[[rule]]\nid = \"sundays\"\nwhen = { day = \"sunday\" }\nthen = \"yes\"\ncite = \"a#b\"\n",
			"",
			[]string{`21:1 gap: all 3 cases with day = "sunday"`},
		},
		{"no rule at all", parking[strings.Index(parking, "[[rule]]"):strings.Index(parking, "[ranking]")], "",
			[]string{"1:6 gap: all 6 cases", "3:1 dead-fact: permit", "7:1 dead-fact: day", "14:1 dead-outcome",
				"16:1 dead-outcome", "18:1 dead-outcome"}},
		{
			"conflict",
			"when = { permit = \"resident\", day = \"weekday\" }",
			"when = { permit = \"holders\", day = \"weekday\" }",
			[]string{
				`31:1 conflict: in the case with permit = "visitor" and day = "weekday" rule "visitors-pay" (line 26)`,
			},
		},
		{
			"conflict of two that stand alone",
			"when = { permit = \"resident\", day = \"weekday\" }",
			"when = { permit = \"resident\" }",
			[]string{
				`31:1 conflict: in the case with permit = "resident" and day = "sunday" rule "sundays" (line 36)`,
			},
		},
		{
			"dead rule",
			"[ranking]",
			"[[rule]]\nid = \"again\"\nwhen = { permit = \"none\", day = \"weekday\" }\nthen = \"pay\"\ncite = \"a#b\"\n" +
				"[ranking]",
			[]string{
				`41:1 dead-rule: the case with permit = "none" and day = "weekday" a higher outcome is given by "nobody-without"`,
			},
		},
		{"dead outcome", parking[strings.Index(parking, "[[rule]]"):strings.Index(parking, "[[date]]")],
			"[[outcome]]\nid = \"perhaps\"\n" +
				strings.Replace(parking[strings.Index(parking, "[[rule]]"):strings.Index(parking, "[[date]]")], "\"pay\", \"no\"",
					"\"pay\", \"perhaps\", \"no\"", 1),
			[]string{`21:1 dead-outcome: "perhaps"`}},
		{
			"outcome without rank",
			"id = \"pay\"\n[[outcome]]",
			"id = \"pay\"\n[[outcome]]\nid = \"perhaps\"\n[[outcome]]",
			[]string{`44:1 unranked-outcome: "perhaps"`},
		},
		{
			"dead fact",
			"[[group]]",
			"[[fact]]\nid = \"colour\"\nvalues = [\"red\", \"blue\"]\n[[group]]",
			[]string{`10:1 dead-fact: "colour"`},
		},
		{
			"fact of one value",
			"[\"weekday\", \"sunday\"]",
			"[\"weekday\"]",
			[]string{`9:10 dead-fact: "day"`, `38:16 unknown-value: "sunday"`, `49:37 unknown-value: "sunday"`},
		},
		{
			"dead values",
			"when = { permit = \"none\", day = \"weekday\" }\nthen = \"no\"\ncite = \"a#b\"\n[[rule]]\nid = \"visitors-pay\"\n" +
				"when = { permit = \"visitor\", day = \"weekday\" }",
			"when = { day = \"weekday\" }\nthen = \"no\"\ncite = \"a#b\"\n[[rule]]\nid = \"visitors-pay\"\n" +
				"when = { day = \"weekday\" }",
			[]string{`3:1 dead-value: "visitor" and "none"`, "26:1 dead-rule", "31:1 conflict: nobody-without",
				"31:1 conflict: visitors-pay", "31:1 dead-rule", "16:1 dead-outcome"},
		},
		{
			"value twice in a list",
			"when = { day = \"sunday\" }",
			"when = { day = [\"sunday\", \"sunday\"] }",
			[]string{`38:27 dead-value: "sunday"`},
		},
		{
			"value in a list with its group",
			"when = { permit = \"visitor\" }",
			"when = { permit = [\"holders\", \"visitor\"] }",
			[]string{`46:31 dead-value: "visitor"`},
		},
		{"empty list", "when = { day = \"sunday\" }", "when = { day = [] }", []string{"38:16 empty-list"}},
		{
			"redundant rule",
			"[ranking]",
			"[[rule]]\nid = \"nobody-either\"\nwhen = { permit = \"none\", day = \"weekday\" }\nthen = \"no\"\n" +
				"cite = \"a#b\"\n[ranking]",
			[]string{`41:1 redundant-rule: "nobody-either"`},
		},
		{
			"unknown fact",
			"when = { day = \"sunday\" }",
			"when = { dya = \"sunday\" }",
			[]string{`38:10 unknown-fact: "dya"`},
		},
		{
			"unknown value",
			"when = { day = \"sunday\" }",
			"when = { day = \"sundya\" }",
			[]string{`38:16 unknown-value: "sundya"`},
		},
		{
			"unknown value in a list",
			"values = [\"resident\", \"visitor\"]",
			"values = [\"resident\", \"guest\"]",
			[]string{`13:23 unknown-value: "guest"`},
		},
		{"unknown outcome", "then = \"pay\"", "then = \"paid\"", []string{`29:8 unknown-outcome: "paid"`}},
		{
			"unknown outcome in the ranking",
			"\"pay\", \"no\"]",
			"\"paid\", \"no\"]",
			[]string{`42:18 unknown-outcome: "paid"`},
		},
		{
			"outcome ranked twice",
			"\"pay\", \"no\"]",
			"\"pay\", \"no\", \"pay\"]",
			[]string{`42:31 duplicate-id: "pay"`},
		},
		{
			"group of an unknown fact",
			"fact = \"permit\"",
			"fact = \"permits\"",
			[]string{`12:8 unknown-fact: "permits"`, `49:20 unknown-value: "holders"`},
		},
		{
			"group called as a value",
			"id = \"holders\"",
			"id = \"none\"",
			[]string{`11:6 duplicate-id: "none"`, `49:20 unknown-value: "holders"`},
		},
		{"two rules of one id", "id = \"sundays\"", "id = \"residents\"", []string{`37:6 duplicate-id: "residents"`}},
		{
			"value named twice",
			"[\"weekday\", \"sunday\"]",
			"[\"weekday\", \"sunday\", \"weekday\"]",
			[]string{`9:32 duplicate-id: "weekday"`},
		},
		{"id of other signs", "id = \"sundays\"", "id = \"On Sundays\"", []string{`37:6 bad-id: "On Sundays"`}},
		{"rule without id", "id = \"sundays\"\n", "", []string{"36:1 missing-id"}},
		{"checker without id", "id = \"parking\"\n", "", []string{"1 missing-id"}},
		{
			"unknown as a value",
			"\"visitor\", \"none\"]",
			"\"unknown\", \"none\"]",
			[]string{"5:23 reserved-name", "6:36 unknown-value", "13:23 unknown-value", "28:19 unknown-value",
				"46:19 unknown-value", "53:30 unknown-value"},
		},
		{
			"a parameter as a fact",
			"id = \"day\"",
			"id = \"lang\"",
			[]string{"8:6 reserved-name", "23:27 unknown-fact", "28:30 unknown-fact", "33:31 unknown-fact", "38:10 unknown-fact",
				"49:31 unknown-fact"},
		},
		{"another hit policy", "output order", "first", []string{"2:14 hit-policy"}},
		{"no hit policy", "hit_policy = \"output order\"\n", "", []string{"1 hit-policy"}},
		{"unknown key", "alone = true", "alnoe = true", []string{`20:1 unknown-key: "alnoe"`}},
		{"key of other case", "hit_policy", "Hit_Policy", []string{`2:1 unknown-key: "Hit_Policy"`}},
		{
			"key in two spellings",
			"then = \"pay\"",
			"then = \"pay\"\nThen = \"no\"",
			[]string{`30:1 unknown-key: "Then"`},
		},
		{
			"fact in two spellings",
			"when = { day = \"sunday\" }",
			"when = { day = \"sunday\", Day = \"weekday\" }",
			[]string{"38:26 toml"},
		},
		{"misspelt outcome of a rule", "then = \"pay\"", "thne = \"pay\"", []string{`29:1 unknown-key: "thne"`}},
		{"misspelt hit policy", "hit_policy", "hit_polcy", []string{`2:1 unknown-key: "hit_polcy"`}},
		{
			"misspelt table of a fact",
			"[[fact]]\nid = \"day\"",
			"[[fcat]]\nid = \"day\"",
			[]string{`7:1 unknown-key: "fcat"`},
		},
		{"misspelt table of a group", "[[group]]", "[[grup]]", []string{`10:1 unknown-key: "grup"`}},
		{"misspelt expectation", "expect = \"yes\"", "expct = \"yes\"", []string{`50:1 unknown-key: "expct"`}},
		{"broken TOML", "then = \"pay\"", "then = pay", []string{"29:8 toml"}},
		{"wrong type", "alone = true", "alone = \"yes\"", []string{"20:1 toml"}},
		{"when of a wrong type", "when = { day = \"sunday\" }", "when = { day = 7 }", []string{"38:16 wrong-type"}},
		{
			"when with a number in a list",
			"when = { day = \"sunday\" }",
			"when = { day = [\"sunday\", 7] }",
			[]string{"38:27 wrong-type"},
		},
		{
			"rule without a section",
			"then = \"pay\"\ncite = \"a#b\"\n",
			"then = \"pay\"\n",
			[]string{`26:1 uncited-rule: "visitors-pay"`},
		},
		{
			"changed to itself",
			"from = \"none\", to = \"visitor\"",
			"from = [\"none\", \"visitor\"], to = \"visitor\"",
			[]string{`6:49 dead-value: "visitor"`},
		},
		{"changed nobody knows how", ", by = \"buy\"", "", []string{"6:14 bad-id"}},
		{"date without days", "days = -10\n", "", []string{`43:1 missing-days: "pay-by"`}},
		{
			"example that fails",
			"expect = \"yes\"",
			"expect = \"no\"",
			[]string{`48:1 example-fails: permit = "resident" and day = "sunday"`},
		},
		{
			"example with other reasons",
			"expect = \"yes\"",
			"expect = \"yes\"\nreasons = [\"residents\"]",
			[]string{`48:1 example-fails: "sundays"`},
		},
		{
			"example that asks for less",
			"expect = \"yes\"",
			"expect = \"yes\"\nasks = \"day\"",
			[]string{`48:1 example-fails: "day"`},
		},
		{
			"example of other dates",
			"expect = \"yes\"",
			"expect = \"yes\"\ndates = { pay-by = 2027-01-20 }",
			[]string{"48:1 example-fails: the dates"},
		},
		{
			"example of unknown names",
			"expect = \"yes\"",
			"expect = [\"yes\", \"yse\"]\nreasons = [\"sunday\"]\nasks = \"dya\"\n" +
				"dates = { pay-bye = 2027-01-20 }",
			[]string{`50:18 unknown-outcome: "yse"`, `51:12 unknown-rule: "sunday"`, `52:8 unknown-fact: "dya"`,
				`53:11 unknown-date: "pay-bye"`},
		},
		{"example without expect", "expect = \"yes\"\n", "", []string{"48:1 missing-expect"}},
		{
			"invariant that fails",
			"change = { permit = [\"none\", \"visitor\"] }",
			"change = { permit = [\"resident\", \"none\"] }",
			[]string{`51:1 invariant-fails: the case with permit = "resident" and day = "weekday"`},
		},
		{
			"invariant of no difference that fails",
			"never = \"worse\"",
			"never = \"different\"",
			[]string{`51:1 invariant-fails: "no"`},
		},
		{
			"invariant on an outcome that fails",
			"change = { permit = [\"none\", \"visitor\"] }\nnever = \"worse\"",
			"given = { permit = \"none\" }\nnever = \"no\"",
			[]string{`51:1 invariant-fails: "nobody-without"`},
		},
		{
			"invariant on an outcome that a change leads to",
			"change = { permit = [\"none\", \"visitor\"] }\nnever = \"worse\"",
			"change = { permit = [\"none\", \"visitor\"] }\nnever = \"pay\"",
			[]string{`51:1 invariant-fails: becomes "pay", from "no"`},
		},
		{
			"invariant without a change",
			"change = { permit = [\"none\", \"visitor\"] }\n",
			"",
			[]string{"53:9 missing-change"},
		},
		{
			"invariant of no case",
			"change = { permit = [\"none\", \"visitor\"] }",
			"given = { permit = \"holders\" }\nchange = { permit = [\"none\", \"visitor\"] }",
			[]string{"51:1 dead-invariant"},
		},
		{
			"invariant of an unknown value",
			"change = { permit = [\"none\", \"visitor\"] }",
			"change = { permit = [\"nobody\", \"visitor\"] }",
			[]string{`53:22 unknown-value: "nobody"`},
		},
		{
			"invariant of a change to three",
			"[\"none\", \"visitor\"]",
			"[\"none\", \"visitor\", \"resident\"]",
			[]string{"53:21 wrong-type"},
		},
		{
			"invariant of a change to a group",
			"[\"none\", \"visitor\"]",
			"[\"none\", \"holders\"]",
			[]string{"53:30 wrong-type"},
		},
		{
			"invariant of an unknown outcome",
			"never = \"worse\"",
			"never = \"wors\"",
			[]string{`54:9 unknown-outcome: "wors"`},
		},
		{
			"worse without a ranking",
			"[ranking]\nbetter = [\"yes\", \"pay\", \"no\"]\n",
			"",
			[]string{"52:9 missing-ranking"},
		},
		{
			"everything at once",
			"then = \"pay\"\ncite = \"a#b\"\n[[rule]]\nid = \"residents\"\nwhen = { permit = \"resident\"",
			"then = \"paid\"\n[[rule]]\nid = \"residents\"\nwhen = { permti = \"resident\"",
			[]string{"26:1 uncited-rule", "29:8 unknown-outcome", "32:10 unknown-fact"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if strings.Count(parking, tt.old) != 1 {
				t.Fatalf("%q stands in the file %d times", tt.old, strings.Count(parking, tt.old))
			}
			_, found := Load(oneFile(strings.Replace(parking, tt.old, tt.new, 1)))
			compareFindings(t, found, tt.want)
		})
	}
}

// compareFindings compares findings in rules/x.toml, in any order, with lines such as "12:8 unknown-fact: words",
// where words is part of the message.
func compareFindings(t *testing.T, found []diag.Finding, want []string) {
	t.Helper()
	left := slices.Clone(found)
	for _, w := range want {
		head, words, _ := strings.Cut(w, ": ")
		i := slices.IndexFunc(left, func(f diag.Finding) bool {
			at := strings.TrimPrefix(f.Position.String(), "rules/x.toml:")
			return head == fmt.Sprint(at, " ", f.Rule) && strings.Contains(f.Message, words)
		})
		if i < 0 {
			t.Errorf("not found: %s", w)
			continue
		}
		left = slices.Delete(left, i, i+1)
	}
	for _, f := range left {
		t.Errorf("found too: %s", f)
	}
	for _, f := range found {
		if f.Suggestion == "" && f.Rule != "toml" && f.Rule != "unknown-key" {
			t.Errorf("nothing says what to do: %s", f)
		}
		if wantError := f.Rule != "uncited-rule"; wantError != (f.Severity == diag.Error) {
			t.Errorf("severity of %s", f)
		}
	}
}

func TestFilesWithoutACompleteTableAreNotInTheSet(t *testing.T) {
	broken := strings.Replace(parking, "then = \"pay\"", "then = \"paid\"", 1)
	gap := strings.Replace(parking, "when = { day = \"sunday\" }", "when = { day = \"sunday\", permit = \"none\" }", 1)
	failing := strings.Replace(parking, "expect = \"yes\"", "expect = \"no\"", 1)
	for text, want := range map[string]int{broken: 0, gap: 0, failing: 1, parking: 1} {
		if set, _ := Load(oneFile(text)); len(set.IDs()) != want {
			t.Errorf("checkers: %v, want %d", set.IDs(), want)
		}
	}
}

func TestLimits(t *testing.T) {
	file := func(facts, values int) string {
		var s strings.Builder
		s.WriteString("id = \"large\"\nhit_policy = \"output order\"\n")
		var names []string
		for v := range values {
			names = append(names, fmt.Sprintf("\"v%d\"", v))
		}
		for f := range facts {
			fmt.Fprintf(&s, "[[fact]]\nid = \"f%d\"\nvalues = [%s]\n", f, strings.Join(names, ", "))
		}
		s.WriteString("[[outcome]]\nid = \"x\"\n[[rule]]\nid = \"r\"\nwhen = { f0 = \"v0\" }\nthen = \"x\"\n")
		return s.String()
	}
	for _, tt := range []struct {
		facts, values int
		want          string
	}{
		{22, 2, ""}, {23, 2, "table-limit"}, {40, 250, "table-limit"}, {1, 250, ""}, {1, 251, "table-limit"},
		{200, 1, "dead-fact"},
	} {
		_, found := Compile(nil, "rules/x.toml", []byte(file(tt.facts, tt.values)))
		has := func(rule string) bool {
			return slices.ContainsFunc(found, func(f diag.Finding) bool { return f.Rule == rule })
		}
		if tt.want != "" && !has(tt.want) || tt.want == "" && has("table-limit") {
			t.Errorf("%d facts of %d values: %v", tt.facts, tt.values, found)
		}
	}
	_, found := Compile(nil, "rules/x.toml", large(8))
	if len(found) != 1 || found[0].Rule != "state-limit" {
		t.Errorf("too many states: %v", found)
	}
}

// A gap in the cases of an invariant is reported only as a gap.
func TestInvariantsSeeNoGaps(t *testing.T) {
	edit := strings.NewReplacer(
		`when = { permit = "none", day = "weekday" }`,
		`when = { permit = "none", day = "sunday" }`,
		"alone = true\n",
		"",
		"never = \"worse\"",
		"never = \"pay\"",
		"expect = \"yes\"",
		"expect = [\"no\", \"yes\"]\nreasons = [\"sundays\"]",
	)
	_, found := Compile(nil, "rules/x.toml", []byte(edit.Replace(parking)))
	compareFindings(t, found,
		[]string{`20:1 gap: the case with permit = "none" and day = "weekday"`, "47:1 example-fails"})
}

func TestOnlyTheLargestGapsAreListed(t *testing.T) {
	var s strings.Builder
	s.WriteString("id = \"x\"\nhit_policy = \"output order\"\n[[fact]]\nid = \"a\"\nvalues = [\"v0\"")
	for v := 1; v < 60; v++ {
		fmt.Fprintf(&s, ", \"v%d\"", v)
	}
	s.WriteString("]\n[[fact]]\nid = \"b\"\nvalues = [\"v0\"")
	for v := 1; v < 60; v++ {
		fmt.Fprintf(&s, ", \"v%d\"", v)
	}
	s.WriteString("]\n[[outcome]]\nid = \"o\"\n")
	for v := range 60 {
		fmt.Fprintf(&s,
			"[[rule]]\nid = \"r%d\"\nwhen = { a = \"v%d\", b = \"v%d\" }\nthen = \"o\"\ncite = \"a#b\"\n", v, v, v)
	}
	r, found := Compile(nil, "rules/x.toml", []byte(s.String()))
	if r != nil || len(found) != mostGaps+1 {
		t.Errorf("%d findings", len(found))
	}
}

func TestManyRulesAndOutcomes(t *testing.T) {
	file := func(n int) string {
		var s, values strings.Builder
		for i := range n {
			fmt.Fprintf(&s,
				"[[outcome]]\nid = \"o%d\"\n[[rule]]\nid = \"r%d\"\nwhen = { f = \"v%d\" }\nthen = \"o%d\"\ncite = \"a#b\"\n",
				i, i, i%250, i)
		}
		for v := range 250 {
			fmt.Fprintf(&values, "\"v%d\", ", v)
		}
		return "id = \"many\"\nhit_policy = \"output order\"\n[[fact]]\nid = \"f\"\nvalues = [" +
			values.String() + "]\n" + s.String()
	}
	r := compiled(t, file(250))
	for a := range cases(r) {
		if v, _ := r.eval(a); v.Outcome != a.At(0) || v.Hits != (Bits{}).with(a.At(0)) {
			t.Errorf("value %d: %+v", a.At(0), v)
		}
	}
	if _, found := Compile(nil, "rules/x.toml", []byte(file(257))); len(found) == 0 || found[0].Rule != "table-limit" {
		t.Errorf("258 rules: %v", found)
	}
}

func TestLoadNamesWhatItCannotRead(t *testing.T) {
	set, found := Load(fstest.MapFS{"x.toml/y": {}})
	if len(set.IDs()) != 0 || len(found) != 1 || found[0].File != "rules/x.toml" || found[0].Rule != "unreadable" {
		t.Errorf("%v, %v", set.IDs(), found)
	}
}

// closed is a folder that cannot be listed.
type closed struct{}

func (closed) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

// A folder that cannot be read is not mistaken for one without rules.
func TestLoadOfAClosedRoom(t *testing.T) {
	set, found := Load(closed{})
	if set.Whole() || len(found) != 1 || found[0].Rule != "unreadable" {
		t.Errorf("%v, %v", set.Whole(), found)
	}
	if set, found := Load(fstest.MapFS{}); !set.Whole() || len(found) != 0 {
		t.Errorf("a folder without files: %v, %v", set.Whole(), found)
	}
}

// A Set with broken files still tells what it can of their checkers.
func TestSetOfBrokenFiles(t *testing.T) {
	edit := func(old, new string) string { return strings.Replace(parking, old, new, 1) }
	other := edit(`id = "parking"`, `id = "other"`)
	const cites = 4 // of parking
	tests := []struct {
		name    string
		files   []string
		ids     string
		known   string
		lacks   []string // of parking, other, nothing
		sources int      // references
	}{
		{"no file", nil, "", "", []string{"parking", "other", "nothing"}, 0},
		{"nothing is wrong", []string{parking}, "parking", "parking", []string{"other", "nothing"}, cites},
		{
			"unknown value",
			[]string{edit(`day = "sunday"`, `day = "sundya"`)},
			"",
			"parking",
			[]string{"other", "nothing"},
			cites,
		},
		{
			"gap",
			[]string{edit(`"none", day = "weekday"`, `"none", day = "sunday"`)},
			"",
			"parking",
			[]string{"other", "nothing"},
			cites,
		},
		{
			"conflict",
			[]string{edit(`"resident", day = "weekday"`, `"holders", day = "weekday"`)},
			"parking",
			"parking",
			[]string{"other", "nothing"},
			cites,
		},
		{"no TOML", []string{"id = parking"}, "", "", nil, 0},
		{"a wrong type", []string{edit("days = -10", `days = "ten"`)}, "", "", nil, 0},
		{"no id", []string{edit(`id = "parking"`, "")}, "", "", nil, cites},
		{"bad id", []string{edit(`id = "parking"`, `id = "the parking"`)}, "", "", nil, cites},
		{
			"one of two",
			[]string{edit(`then = "pay"`, `then = "paid"`), other},
			"other",
			"other parking",
			[]string{"nothing"},
			2 * cites,
		},
		{"both of two", []string{edit(`then = "pay"`, `then = "paid"`), "?" + other}, "", "parking", nil, cites},
		{
			"a later version",
			[]string{parking, "valid_from = 2027-01-01\n" + edit(`then = "pay"`, `then = "paid"`)},
			"parking",
			"parking",
			[]string{"other", "nothing"},
			2 * cites,
		},
		{
			"two versions of one day",
			[]string{parking, parking},
			"parking",
			"parking",
			[]string{"other", "nothing"},
			2 * cites,
		},
	}
	for _, tt := range tests {
		files := fstest.MapFS{}
		for i, text := range tt.files {
			files[fmt.Sprintf("%d.toml", i)] = &fstest.MapFile{Data: []byte(text)}
		}
		set, _ := Load(files)
		var lacks []string
		for _, id := range []string{"parking", "other", "nothing"} {
			if set.Lacks(id) {
				lacks = append(lacks, id)
			}
		}
		if ids, known := strings.Join(set.IDs(), " "), strings.Join(set.Known(), " "); ids != tt.ids ||
			known != tt.known ||
			!slices.Equal(lacks, tt.lacks) {
			t.Errorf("%s: checkers %q, known %q, lacks %q; want %q, %q, %q",
				tt.name, ids, known, lacks, tt.ids, tt.known, tt.lacks)
		}
		if got := len(set.References()); got != tt.sources {
			t.Errorf("%s: %d references, want %d", tt.name, got, tt.sources)
		}
	}
}

func TestAnEmptyRoomHasNoChecker(t *testing.T) {
	set, found := Load(fstest.MapFS{"README": {}, "old/x.toml": {Data: []byte("?")}})
	if len(set.IDs()) != 0 || len(found) != 0 || set.At("x", civil.Date{}) != nil || set.Boundaries() != nil {
		t.Errorf("%v, %v", set.IDs(), found)
	}
}

func TestVersions(t *testing.T) {
	version := func(from string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("valid_from = " + from + "\n" + parking)}
	}
	set, found := Load(fstest.MapFS{
		"a.toml": version("2027-03-01"), "b.toml": version("2025-01-01"), "c.toml": version("2026-01-01"),
		"other.toml": {Data: []byte(strings.Replace(parking, `id = "parking"`, `id = "other"`, 1))},
	})
	if len(found) > 0 || !slices.Equal(set.IDs(), []string{"other", "parking"}) || len(set.Versions("parking")) != 3 {
		t.Fatalf("%v, %v", set.IDs(), found)
	}
	for day, want := range map[string]string{
		"2020-01-01": "2025-01-01", "2025-01-01": "2025-01-01", "2025-12-31": "2025-01-01",
		"2026-01-01": "2026-01-01", "2027-02-28": "2026-01-01", "2027-03-01": "2027-03-01", "2099-01-01": "2027-03-01",
	} {
		if got := set.At("parking", mustDate(t, day)).ValidFrom.String(); got != want {
			t.Errorf("on %s the version of %s holds, want %s", day, got, want)
		}
		if got := set.At("parking", mustDate(t, day)).InForce(mustDate(t, day)); got == (day == "2020-01-01") {
			t.Errorf("on %s a version is in force: %t", day, got)
		}
	}
	if got := fmt.Sprint(set.Boundaries()); got != "[2025-01-01 2026-01-01 2027-03-01]" {
		t.Errorf("boundaries %s", got)
	}
	set, found = Load(fstest.MapFS{"a.toml": version("2027-03-01"), "b.toml": version("2027-03-01")})
	if len(found) != 1 || found[0].Rule != "duplicate-version" || found[0].File != "rules/b.toml" ||
		len(set.Versions("parking")) != 1 {
		t.Errorf("two of one day: %v", found)
	}
}
