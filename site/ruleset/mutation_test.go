package ruleset

import (
	"fmt"
	"testing"

	"helpcenter/site/diag"
	"helpcenter/site/tomlfile"
)

// A mutant is the shipped file with one change, made before names are resolved.
type mutant struct {
	name   string
	change func(*file)
}

// compile builds and checks a mutant as Compile does a file.
func (m mutant) compile(t *testing.T) (*Ruleset, []diag.Finding) {
	t.Helper()
	b := &builder{rs: &Ruleset{}, seen: map[string]bool{}}
	b.loc, b.found = tomlfile.Decode("rules/x.toml", []byte(source(t)), 1, &b.src)
	m.change(&b.src)
	if !b.build(others{builder: b}) {
		return nil, b.found
	}
	b.rs.compile()
	return b.rs, append(append(b.found, proof{words{b.rs}}.gaps()...), proof{words{b.rs}}.prove()...)
}

// toggled returns the values of one fact in a box, with one added or removed.
func toggled(r *Ruleset, b Box, fact, value int) []any {
	values := b[fact].with(value)
	if b[fact].Has(value) {
		values = b[fact].without(value)
	}
	list := []any{}
	for _, name := range pick(r.Facts[fact].Values, values) {
		list = append(list, name)
	}
	return list
}

// toggles returns the mutants of one `when`: for each value of each fact, it is removed if present and added if
// not.
func toggles(r *Ruleset, what string, b Box, when func(*file) map[string]any) (list []mutant) {
	for f, fact := range r.Facts {
		for v, value := range fact.Values {
			values := toggled(r, b, f, v)
			if len(values) == 0 {
				continue
			}
			list = append(list, mutant{
				fmt.Sprintf("%s: %s = %s toggled", what, fact.ID, value),
				func(src *file) { when(src)[fact.ID] = values },
			})
		}
	}
	return list
}

// inFile returns the index of a rule in the file, whose order may differ from that of the Ruleset.
func inFile(src *file, id string) int {
	for i, rule := range src.Rules {
		if rule.ID == id {
			return i
		}
	}
	panic(id)
}

func ruleMutants(r *Ruleset) (list []mutant) {
	for _, rule := range r.Rules {
		list = append(list, toggles(r, rule.ID, rule.When, func(src *file) map[string]any {
			return src.Rules[inFile(src, rule.ID)].When
		})...)
		for o, outcome := range r.Outcomes {
			if o != rule.Then {
				list = append(list, mutant{
					rule.ID + " then " + outcome.ID,
					func(src *file) { src.Rules[inFile(src, rule.ID)].Then = outcome.ID },
				})
			}
		}
		list = append(list, mutant{rule.ID + " removed", func(src *file) {
			i := inFile(src, rule.ID)
			src.Rules = append(src.Rules[:i:i], src.Rules[i+1:]...)
		}})
	}
	return list
}

func dateMutants(r *Ruleset) (list []mutant) {
	for i, date := range r.Dates {
		list = append(list, toggles(r, date.ID, date.When, func(src *file) map[string]any { return src.Dates[i].When })...)
		for _, more := range []int{-1, 1} {
			list = append(list, mutant{fmt.Sprintf("%s %+d day", date.ID, more), func(src *file) {
				days := *src.Dates[i].Days + more
				src.Dates[i].Days = &days
			}})
		}
	}
	return list
}

// Whichever cell of the shipped rules is changed, the file itself objects, by its checks, an example or an
// invariant. The oracle is counted too, but is never needed. (No two outcomes meet in one case, so the order of
// outcomes is not a cell that could be wrong.)
func TestEveryMutantIsCaught(t *testing.T) {
	r := shipped(t)
	mutants := append(ruleMutants(r), dateMutants(r)...)
	caught := map[string]int{}
	for _, m := range mutants {
		mutated, found := m.compile(t)
		if !diag.HasErrors(found) {
			t.Errorf("%s: nothing is found", m.name)
		}
		for _, rule := range []string{"gap", "conflict", "example-fails", "invariant-fails"} {
			for _, f := range found {
				if f.Rule == rule {
					caught[rule]++
					break
				}
			}
		}
		if mutated == nil {
			continue
		}
		if _, wrong := disagrees(mutated); wrong {
			caught["oracle"]++
		}
	}
	t.Logf("%d mutants; caught by %v", len(mutants), caught)
}
