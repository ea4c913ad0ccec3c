package ruleset

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"helpcenter/site/civil"
)

// caseNames returns all cases of the shipped rules by name.
func caseNames(r *Ruleset) (all [][]string) {
	for a := range cases(r) {
		var names []string
		for f, fact := range r.Facts {
			names = append(names, fact.Values[a.At(f)])
		}
		all = append(all, names)
	}
	return all
}

var sinkVerdict verdict

// BenchmarkDecideComplete goes from four words to the verdict, looking up names as the service does.
func BenchmarkDecideComplete(b *testing.B) {
	r := shipped(b)
	all := caseNames(r)
	size := 0
	for _, names := range all {
		size += len(strings.Join(names, ""))
	}
	b.SetBytes(int64(size / len(all)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		var a Answers
		for f, name := range all[i*7%len(all)] {
			a = a.With(f, r.Value(f, name, civil.Date{}))
		}
		sinkVerdict, _ = r.eval(a)
	}
}

// BenchmarkDecideNumbers does the same with numbers in digits and days as YYYY-MM-DD, for every case of real rules.
func BenchmarkDecideNumbers(b *testing.B) {
	on := mustDate(b, "2026-11-20")
	for _, id := range []string{"withdrawal", "snap"} {
		b.Run(id, func(b *testing.B) {
			r := realRules(b).At(id, civil.Date{})
			type given struct {
				fact int
				text string
			}
			var all [][]given
			realCases(r, 0, Answers{}, func(a Answers) {
				var texts []given
				for f, fact := range r.Facts {
					switch v := a.At(f); {
					case v < 0:
					case fact.Type == Days:
						texts = append(texts, given{f, on.AddDays(int(fact.Cells[v].Low)).String()})
					case fact.Type == Number:
						texts = append(texts, given{f, fact.Domain.Format(fact.Cells[v].Low)})
					default:
						texts = append(texts, given{f, fact.Values[v]})
					}
				}
				all = append(all, texts)
			})
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				var a Answers
				for _, g := range all[i*7%len(all)] {
					a = a.With(g.fact, r.Value(g.fact, g.text, on))
				}
				sinkVerdict, _ = r.eval(a)
			}
		})
	}
}

// BenchmarkFloorArray is the lower bound: an array of the same cells, with the same lookup of names.
func BenchmarkFloorArray(b *testing.B) {
	r := shipped(b)
	all := caseNames(r)
	var values [4][]string
	for f, fact := range r.Facts {
		values[f] = fact.Values
	}
	table := make([]verdict, len(all))
	for i, a := range slices.Collect(cases(r)) {
		table[i], _ = r.eval(a)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		cell := 0
		for f, name := range all[i*7%len(all)] {
			v := 0
			for v < len(values[f]) && values[f][v] != name {
				v++
			}
			cell = cell*len(values[f]) + v
		}
		sinkVerdict = table[cell]
	}
}

var sinkDecision Decision

func benchDecide(b *testing.B, segments ...string) {
	r := shipped(b)
	a, err := r.ParsePath(segments, civil.Date{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		sinkDecision = r.Decide(a)
	}
}

func BenchmarkDecideWholeAnswer(b *testing.B) {
	benchDecide(b, "product=goto-meeting", "contract=monthly", "role=other", "balance=outstanding")
}

func BenchmarkDecideTwoOpen(b *testing.B) {
	benchDecide(b, "product=goto-meeting", "contract=monthly")
}

func BenchmarkDecideTwoUnknown(b *testing.B) {
	benchDecide(b, "product=unknown", "contract=monthly", "role=unknown")
}

func BenchmarkDecideNothingGiven(b *testing.B) { benchDecide(b) }

// large returns a file with 4 to the power of facts cases and as many states, in which rules tell all values apart.
func large(facts int) []byte {
	var s strings.Builder
	s.WriteString("id = \"large\"\nhit_policy = \"output order\"\n")
	for f := range facts {
		fmt.Fprintf(&s, "[[fact]]\nid = \"f%d\"\nvalues = [\"a\", \"b\", \"c\", \"d\"]\n", f)
	}
	s.WriteString("[[outcome]]\nid = \"no\"\n[[outcome]]\nid = \"yes\"\nalone = true\n")
	var all []string
	for f := range facts {
		for _, v := range []string{"b", "c", "d"} {
			fmt.Fprintf(&s, "[[rule]]\nid = \"r%d%s\"\nwhen = { f%d = %q }\nthen = \"no\"\ncite = \"x#y\"\n", f, v, f, v)
		}
		all = append(all, fmt.Sprintf("f%d = \"a\"", f))
	}
	fmt.Fprintf(&s, "[[rule]]\nid = \"all\"\nwhen = { %s }\nthen = \"yes\"\ncite = \"x#y\"\n", strings.Join(all, ", "))
	return []byte(s.String())
}

func benchCompile(b *testing.B, name, text string) {
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, found := Compile(nil, "rules/x.toml", []byte(text)); len(found) > 0 {
				b.Fatal(found[0])
			}
		}
	})
}

// BenchmarkCompile compiles and checks files with many cases and few or many states.
func BenchmarkCompile(b *testing.B) {
	for _, facts := range []int{4, 6} {
		benchCompile(b, fmt.Sprintf("many-states/cases=%d", 1<<(2*facts)), string(large(facts)))
	}
	for _, facts := range []int{16, 20, 22} {
		benchCompile(b, fmt.Sprintf("few-states/cases=%d", 1<<facts), branches(facts))
	}
	benchCompile(b, "shipped", source(b))
}

// eval returns the verdict of a complete case, or false if some fact is open. It does not allocate.
func (t *table) eval(a Answers) (verdict, bool) {
	var values [maxFacts]uint8
	for f, size := range t.sizes {
		v := a.At(f)
		for _, test := range t.tests[f] {
			if !t.onlyIf[f][test].Has(int(values[test])) {
				v = size - 1
			}
		}
		if v < 0 {
			return verdict{Outcome: -1}, false
		}
		values[f] = uint8(v)
	}
	for id := t.root; ; {
		n := t.nodes[id]
		f := int(n.fact)
		if f == len(t.sizes) {
			return t.verdicts[n.at], true
		}
		id = t.kids[int(n.at)+int(t.class[f][values[f]])]
	}
}
