package ruleset

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"helpcenter/site/diag"
)

// yesNo returns the start of a file with yes/no facts and two outcomes.
func yesNo(facts int) *strings.Builder {
	var s strings.Builder
	s.WriteString("id = \"x\"\nhit_policy = \"output order\"\n")
	for f := range facts {
		fmt.Fprintf(&s, "[[fact]]\nid = \"f%d\"\nvalues = [\"yes\", \"no\"]\n", f)
	}
	s.WriteString("[[outcome]]\nid = \"no\"\n[[outcome]]\nid = \"yes\"\nalone = true\n")
	return &s
}

func writeRule(s *strings.Builder, id, then string, when ...string) {
	fmt.Fprintf(s, "[[rule]]\nid = %q\nwhen = { %s }\nthen = %q\ncite = \"x#y\"\n", id, strings.Join(when, ", "), then)
}

// chain returns a file in which the first "no" decides.
func chain(facts int) string {
	s := yesNo(facts)
	var before []string
	for f := range facts {
		writeRule(s, fmt.Sprintf("no%d", f), "no", append(slices.Clone(before), fmt.Sprintf("f%d = \"no\"", f))...)
		before = append(before, fmt.Sprintf("f%d = \"yes\"", f))
	}
	writeRule(s, "all", "yes", before...)
	return s.String()
}

// independent returns a file in which every "no" is a reason.
func independent(facts int) string {
	s := yesNo(facts)
	var all []string
	for f := range facts {
		writeRule(s, fmt.Sprintf("no%d", f), "no", fmt.Sprintf("f%d = \"no\"", f))
		all = append(all, fmt.Sprintf("f%d = \"yes\"", f))
	}
	writeRule(s, "all", "yes", all...)
	return s.String()
}

// branches returns a file whose first fact chooses which of the others are asked.
func branches(facts int) string {
	s := yesNo(facts)
	for f := 1; f < facts; f++ {
		branch := []string{`f0 = "yes"`, `f0 = "no"`}[f%2]
		writeRule(s, fmt.Sprintf("no%d", f), "no", branch, fmt.Sprintf("f%d = \"no\"", f))
	}
	for i, branch := range []string{`f0 = "no"`, `f0 = "yes"`} {
		all := []string{branch}
		for f := 1 + i; f < facts; f += 2 {
			all = append(all, fmt.Sprintf("f%d = \"yes\"", f))
		}
		writeRule(s, fmt.Sprintf("all%d", i), "yes", all...)
	}
	return s.String()
}

// wide returns a file with two facts, in which rules tell all values apart.
func wide(values int) string {
	var s, list strings.Builder
	for v := range values {
		fmt.Fprintf(&list, "\"v%d\", ", v)
	}
	fmt.Fprintf(&s,
		"id = \"x\"\nhit_policy = \"output order\"\n[[fact]]\nid = \"a\"\nvalues = [%s]\n[[fact]]\nid = \"b\"\n"+
			"values = [%s]\n", list.String(), list.String())
	s.WriteString("[[outcome]]\nid = \"o\"\n")
	for v := range min(values, 100) {
		writeRule(&s, fmt.Sprintf("a%d", v), "o", fmt.Sprintf("a = \"v%d\"", v))
		writeRule(&s, fmt.Sprintf("b%d", v), "o", fmt.Sprintf("b = \"v%d\"", v))
	}
	return s.String()
}

func has(found []diag.Finding, rule string) bool {
	return slices.ContainsFunc(found, func(f diag.Finding) bool { return f.Rule == rule })
}

// The count agrees with the list, which has no more states than may become pages.
func TestStatesAreCountedWithoutBeingListed(t *testing.T) {
	for name, text := range map[string]string{
		"chain of 5": chain(5), "chain of 12": chain(12), "chain of 22": chain(22), "independent 6": independent(6),
		"independent 9": independent(9), "branches 9": branches(9), "wide 20": wide(20), "branches 11": branches(11),
		"branches 22": branches(22),
		"parking":     parking, "shipped": source(t),
	} {
		r, _ := Compile(nil, "rules/x.toml", []byte(text))
		n, known, most := 0, 0, 0
		for a := range r.States() {
			n++
			if a.unknown() < most || !r.IsPage(a) {
				t.Fatalf("%s: %v comes after states of %d unknown facts", name, r.Segments(a), most)
			}
			if most = a.unknown(); most == 0 {
				known++
			}
		}
		if got := r.countStates(-1); got != known || n > maxStates {
			t.Errorf("%s: counted %d states, listed %d of %d", name, got, known, n)
		}
		t.Logf("%s: %d states, %d with every answer known, up to %d unknown", name, n, known, most)
	}
}

// tells matches a refusal that states a number above the limit.
var tells = regexp.MustCompile(`lead to (at least )?([2-9]\d{4}|\d{6,}) states|make (\d{7,}|10\^\d+) cases`)

func TestTooManyCasesAreRefused(t *testing.T) {
	for name, text := range map[string]string{
		"independent 41": independent(41), "chain 60": chain(60), "chain 23": chain(23),
	} {
		_, found := Compile(nil, "rules/x.toml", []byte(text))
		if !slices.ContainsFunc(found, func(f diag.Finding) bool {
			return f.Rule == "table-limit" && tells.MatchString(f.Message) && strings.Contains(f.Suggestion, "multiplies")
		}) {
			t.Errorf("%s is refused with %v", name, found)
		}
	}
}

func TestTooManyStatesAreRefused(t *testing.T) {
	for name, text := range map[string]string{
		"independent 22": independent(22), "wide 250": wide(250), "large 11": string(large(11)),
	} {
		r, found, ok := compileFile("rules/x.toml", []byte(text))
		if ok || !has(found, "state-limit") {
			t.Errorf("%s: %v", name, found)
		}
		if f := found[len(found)-1]; !tells.MatchString(f.Message) || !strings.Contains(f.Suggestion, "multiplies") {
			t.Errorf("%s is refused with %q, %q", name, f.Message, f.Suggestion)
		}
		if size := len(r.table.nodes) + len(r.table.kids); size > 2*maxSize {
			t.Errorf("%s: a table of %d nodes", name, size)
		}
	}
}

func BenchmarkRefuse(b *testing.B) {
	for name, text := range map[string]string{
		"independent": independent(22), "wide": wide(250), "large": string(large(10)),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if r, _ := Compile(nil, "rules/x.toml", []byte(text)); r != nil {
					b.Fatal("not refused")
				}
			}
		})
	}
}
