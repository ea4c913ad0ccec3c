package ruleset

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"helpcenter/site/diag"
)

// yesNo returns the start of a file of yes/no facts and of two outcomes.
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

// wide returns a file of two facts, every value of which some rule tells apart.
func wide(values int) string {
	var s, list strings.Builder
	for v := range values {
		fmt.Fprintf(&list, "\"v%d\", ", v)
	}
	fmt.Fprintf(&s, "id = \"x\"\nhit_policy = \"output order\"\n[[fact]]\nid = \"a\"\nvalues = [%s]\n[[fact]]\nid = \"b\"\nvalues = [%s]\n",
		list.String(), list.String())
	s.WriteString("[[outcome]]\nid = \"o\"\n")
	for v := range min(values, 128) {
		writeRule(&s, fmt.Sprintf("a%d", v), "o", fmt.Sprintf("a = \"v%d\"", v))
		writeRule(&s, fmt.Sprintf("b%d", v), "o", fmt.Sprintf("b = \"v%d\"", v))
	}
	return s.String()
}

func has(found []diag.Finding, rule string) bool {
	return slices.ContainsFunc(found, func(f diag.Finding) bool { return f.Rule == rule })
}

// The count agrees with the list, and the work is bounded where there is none.
func TestStatesAreCountedWithoutBeingListed(t *testing.T) {
	for name, text := range map[string]string{
		"chain of 5": chain(5), "chain of 12": chain(12), "independent 6": independent(6), "branches 9": branches(9),
		"wide 20": wide(20), "branches 11": branches(11), "parking": parking, "shipped": source(t),
	} {
		r, _ := Compile("rules/x.toml", []byte(text))
		n, known := 0, 0
		for a := range r.States() {
			n++
			if !slices.ContainsFunc(r.Segments(a), func(s string) bool { return strings.HasSuffix(s, "="+unknown) }) {
				known++
			}
		}
		if got := r.diagram.states(true, -1); got != n || r.diagram.states(false, -1) != known {
			t.Errorf("%s: counted %d states (%d known), listed %d (%d)", name, got, r.diagram.states(false, -1), n, known)
		}
	}
	for name, text := range map[string]string{
		"chain of 14": chain(14), "chain of 18": chain(18), "chain of 22": chain(22), "independent 22": independent(22),
		"branches 22": branches(22), "wide 250": wide(250), "large 11": string(large(11)),
	} {
		r, found, ok := compile("rules/x.toml", []byte(text))
		if ok || !has(found, "state-limit") || r.table.cells != nil {
			t.Errorf("%s: %v", name, found)
		}
		d := r.diagram
		t.Logf("%s: %d nodes, %d steps, %v", name, len(d.nodes), d.steps, found[len(found)-1])
		if d.steps > 2*maxSteps || len(d.nodes) > 2*maxNodes {
			t.Errorf("%s: %d nodes, %d steps", name, len(d.nodes), d.steps)
		}
	}
}

func BenchmarkRefuse(b *testing.B) {
	for name, text := range map[string]string{
		"chain": chain(22), "independent": independent(22), "branches": branches(22), "wide": wide(250),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if r, _ := Compile("rules/x.toml", []byte(text)); r != nil {
					b.Fatal("not refused")
				}
			}
		})
	}
}
