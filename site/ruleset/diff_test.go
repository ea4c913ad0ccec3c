package ruleset

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestDiff(t *testing.T) {
	tests := []struct {
		name string
		edit []string // pairs: what is replaced, and its replacement
		want []string
	}{
		{"nothing", nil, nil},
		{"only a comment", []string{"[ranking]", "# how good they are\n[ranking]"}, nil},
		{"an outcome", []string{"then = \"pay\"", "then = \"no\""}, []string{
			`outcome: the case with permit = "visitor" and day = "weekday": from "pay" (visitors-pay) to "no" (visitors-pay)`}},
		{
			"a reason",
			[]string{"[ranking]",
				"[[rule]]\nid = \"full\"\nwhen = { day = \"weekday\", permit = [\"visitor\", \"none\"] }\nthen = \"no\"\n" +
					"cite = \"a#b\"\n[ranking]"},
			[]string{`outcome: the case with permit = "visitor" and day = "weekday": from "pay" (visitors-pay) to "no" (full, ` +
				`visitors-pay)`,
				`reasons: the case with permit = "none" and day = "weekday": from "no" (nobody-without) to "no" (nobody-without, ` +
					`full)`},
		},
		{
			"a value",
			[]string{`"weekday", "sunday"]`, `"weekday", "sunday", "holiday"]`, `{ day = "sunday" }`,
				`{ day = ["sunday", "holiday"] }`},
			[]string{`value-added: "holiday" of fact "day"`, `cases-added: all 3 cases with day = "holiday": "yes" (sundays)`},
		},
		{"a fact", []string{
			"[[group]]", "[[fact]]\nid = \"size\"\nvalues = [\"car\", \"lorry\"]\n[[group]]",
			"[[rule]]\nid = \"residents\"\nwhen = { permit = \"resident\", day = \"weekday\" }",
			"[[rule]]\nid = \"lorries\"\nwhen = { permit = \"resident\", day = \"weekday\", size = \"lorry\" }\n" +
				"then = \"no\"\ncite = \"a#b\"\n" +
				"[[rule]]\nid = \"cars\"\nwhen = { permit = \"resident\", day = \"weekday\", size = \"car\" }"}, []string{
			`fact-added: "size"`,
			`reasons: the case with permit = "resident" and day = "weekday" and size = "car": from "yes" (residents) to "yes" ` +
				`(cars)`,
			`outcome: the case with permit = "resident" and day = "weekday" and size = "lorry": from "yes" (residents) to ` +
				`"no" (lorries)`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			from, _ := Compile(nil, "rules/x.toml", []byte(parking))
			to, _ := Compile(nil, "rules/x.toml", []byte(strings.NewReplacer(tt.edit...).Replace(parking)))
			if got := changes(t, from, to); !slices.Equal(got, tt.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
			if back := changes(t, to, from); len(back) != len(tt.want) {
				t.Errorf("the other way round:\n%s", strings.Join(back, "\n"))
			}
		})
	}
}

func changes(t *testing.T, from, to *Ruleset) (list []string) {
	t.Helper()
	found, err := Diff(from, to)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range found {
		list = append(list, c.String())
	}
	return list
}

// Between random rulesets over the same facts, every case that is decided differently is in exactly one change, and
// no other case is in any.
func TestDiffIsExact(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		from := randomRules(rnd)
		to := &Ruleset{ID: from.ID, Facts: from.Facts, Outcomes: from.Outcomes, Rules: slices.Clone(from.Rules)}
		for i := range to.Rules[:len(to.Rules)-1] {
			if rnd.IntN(2) == 0 {
				to.Rules[i].When = randomBox(rnd, to)
			}
		}
		to.compile()
		found, err := Diff(from, to)
		if err != nil {
			t.Fatal(err)
		}
		for a := range cases(from) {
			before, _ := from.eval(a)
			after, _ := to.eval(a)
			in := 0
			for _, c := range found {
				if from.meets(a, c.When) {
					in++
					if c.Before.Outcome != from.Outcomes[before.Outcome].ID ||
						!slices.Equal(c.After.Reasons, pick(to.ruleIDs(), after.Hits)) {
						t.Errorf("%v is in a change of other answers: %s", from.Segments(a), c)
					}
				}
			}
			if want := before != after; in > 1 || (in == 1) != want {
				t.Fatalf("%v is in %d changes, differs: %v", from.Segments(a), in, want)
			}
		}
	}
}

// Readers see reasons in the order of the file, so another order is a change.
func TestDiffOfTheOrderOfReasons(t *testing.T) {
	const head = "id = \"x\"\nhit_policy = \"output order\"\n" +
		"[[fact]]\nid = \"a\"\nvalues = [\"y\", \"n\"]\n[[fact]]\nid = \"b\"\nvalues = [\"y\", \"n\"]\n" +
		"[[outcome]]\nid = \"no\"\n[[outcome]]\nid = \"yes\"\n"
	first := "[[rule]]\nid = \"first\"\nwhen = { a = \"n\" }\nthen = \"no\"\ncite = \"c#d\"\n"
	second := strings.NewReplacer("first", "second", "a =", "b =").Replace(first)
	rest := "[[rule]]\nid = \"rest\"\notherwise = 1\nthen = \"yes\"\ncite = \"c#d\"\n"
	got := changes(t, compiled(t, head+first+second+rest), compiled(t, head+second+first+rest))
	want := `order: the case with a = "n" and b = "n": from "no" (first, second) to "no" (second, first)`
	if len(got) != 1 || got[0] != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// The best outcome is offered in addition to the nearest better one if it takes more changes.
func TestTheBestOutcomeIsOfferedToo(t *testing.T) {
	text := "id = \"x\"\nhit_policy = \"output order\"\n"
	for _, f := range []string{"a", "b", "c"} {
		text += fmt.Sprintf("[[fact]]\nid = %q\nvalues = [\"n\", \"y\"]\n"+
			"changeable = { from = \"n\", to = \"y\", by = \"do\" }\n", f)
	}
	text += "[[outcome]]\nid = \"no\"\n[[outcome]]\nid = \"some\"\n" +
		"[[outcome]]\nid = \"more\"\n[[outcome]]\nid = \"all\"\n" +
		"[ranking]\nbetter = [\"all\", \"more\", \"some\", \"no\"]\n"
	for id, when := range map[string]string{
		"no": `{ a = "n" }`, "some": `{ a = "y", b = "n" }`, "more": `{ a = "y", b = "y", c = "n" }`,
		"all": `{ a = "y", b = "y", c = "y" }`,
	} {
		text += fmt.Sprintf("[[rule]]\nid = \"r-%s\"\nwhen = %s\nthen = %q\ncite = \"c#d\"\n", id, when, id)
	}
	r := compiled(t, text)
	for given, want := range map[string]string{
		"a=n b=n c=n": "all by 3, some by 1",
		"a=n b=y c=n": "all by 2, more by 1",
		"a=n b=y c=y": "all by 1",
		"a=y b=n c=n": "all by 2, more by 1",
		"a=y b=y c=y": "",
	} {
		var got []string
		for _, c := range r.Decide(answers(t, r, given)).Changes {
			got = append(got, fmt.Sprintf("%s by %d", r.Outcomes[c.Outcome].ID, len(c.Set)))
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("%s: %s, want %s", given, s, want)
		}
	}
}

// meets reports whether a complete case fulfils the conditions.
func (r *Ruleset) meets(a Answers, when []Condition) bool {
	return !slices.ContainsFunc(when, func(c Condition) bool {
		f := r.Fact(c.Fact)
		return !slices.Contains(c.Values, r.Facts[f].Values[a.At(f)])
	})
}

func TestDiffRefusesTooManyCases(t *testing.T) {
	file := func(facts string) string {
		var values, text strings.Builder
		for v := range 100 {
			fmt.Fprintf(&values, "\"v%d\", ", v)
		}
		text.WriteString("id = \"x\"\nhit_policy = \"output order\"\n")
		for _, f := range facts {
			fmt.Fprintf(&text, "[[fact]]\nid = \"%c\"\nvalues = [%s]\n", f, values.String())
		}
		text.WriteString("[[outcome]]\nid = \"o\"\n[[rule]]\nid = \"r\"\nwhen = {}\nthen = \"o\"\n")
		return text.String()
	}
	from, _ := Compile(nil, "rules/x.toml", []byte(file("abc")))
	to, _ := Compile(nil, "rules/y.toml", []byte(file("def")))
	if _, err := Diff(from, to); err == nil {
		t.Error("16 million million cases are compared")
	}
}
