package ruleset

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"helpcenter/site/civil"
	"helpcenter/site/diag"
	"helpcenter/site/unary"
)

// Kinds of facts other than those with a list of values, whose type is "".
const (
	Number = "number"
	Days   = "days" // a day, as its distance from the day of the decision
	SetOf  = "set"
)

// numeric reports whether the values of a fact are ranges.
func (f Fact) numeric() bool { return f.Type == Number || f.Type == Days }

// Named returns the answers that have names: the values, or the elements of a set. Ranges have none.
func (f Fact) Named() []string {
	switch f.Type {
	case "":
		return f.Values
	case SetOf:
		return f.Elements
	}
	return nil
}

// digits returns a TOML number as text.
func digits(raw any) (string, bool) {
	switch v := raw.(type) {
	case int64:
		return strconv.FormatInt(v, 10), true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	}
	return "", false
}

// domain reads the bounds of a numeric fact.
func (b *builder) domain(src factTable, i int) (d unary.Domain) {
	var texts [3]string
	for n, bound := range []struct {
		key string
		raw any
	}{{"min", src.Min}, {"max", src.Max}, {"step", src.Step}} {
		text, ok := digits(bound.raw)
		if !ok && (bound.raw != nil || bound.key != "step") {
			if !b.loc.Misspelt("fact", i, bound.key) {
				at := b.loc.Value("fact", i, bound.key)
				b.add(diag.Errorf(at, "wrong-type", "%s of fact %q is not a number", bound.key, src.ID).
					Suggest("write the smallest and the largest number, such as min = 1 and max = 10000"))
			}
			return d
		}
		texts[n] = text
	}
	d, err := unary.New(texts[0], texts[1], texts[2])
	if err == nil && src.Type == Days && (d.Decimals > 0 || d.Step != 1) {
		err = fmt.Errorf("days are whole, and have no step")
	}
	if err != nil {
		b.add(diag.Errorf(b.loc.Key("fact", i), "wrong-type", "fact %q: %s", src.ID, err).Suggest("correct min, max or step"))
	}
	return d
}

// subsetNames returns the names of all sets of some values: their members, joined by commas.
func subsetNames(values []string) (names []string) {
	for set := range 1 << min(len(values), maxElements) {
		names = append(names, strings.Join(pick(values, members(set)), ","))
	}
	return names
}

// members returns what a set, a value of a fact of sets, consists of: its index has a bit for each member.
func members(set int) Bits { return Bits{uint64(set)} }

// conditions returns every condition in the file that affects a decision.
func (f file) conditions() (list []map[string]any) {
	for _, rule := range f.Rules {
		list = append(list, rule.When)
	}
	for _, branch := range f.Branches {
		list = append(list, branch.When)
		for _, rule := range branch.Rules {
			list = append(list, rule.When)
		}
	}
	for _, never := range f.Impossible {
		list = append(list, never.When)
	}
	for _, date := range f.Dates {
		list = append(list, date.When)
	}
	for _, fact := range f.Facts {
		list = append(list, fact.OnlyIf)
	}
	return list
}

// tested returns the cells that a test covers, wholly or in part.
func (b *builder) tested(fact int, text string, at diag.Position) (cells Bits) {
	f := b.rs.Facts[fact]
	if f.Domain == (unary.Domain{}) { // already reported
		return firstBits(len(f.Values))
	}
	test, err := f.Domain.Test(text)
	if err != nil {
		b.add(diag.Errorf(at, "unknown-value", "fact %q: %s", f.ID, err).Suggest("%s", b.testAdvice(text)))
		return firstBits(len(f.Values))
	}
	for i, cell := range f.Cells {
		if cell.Low <= test.High && test.Low <= cell.High {
			cells = cells.with(i)
		}
	}
	return cells
}

// testAdvice says how to correct a test that cannot be read, which may name a limit.
func (b *builder) testAdvice(text string) string {
	known := ids(b.limits, func(l limit) string { return l.id })
	for _, name := range namePattern.FindAllString(text, -1) {
		if slices.Contains(known, name) {
			return "name limits only in rules, branches and impossible cases"
		}
		if near := diag.Nearest(name, known); near != "" {
			return fmt.Sprintf("did you mean the limit %q?", near)
		}
	}
	return `write a test such as "< 10", "[10..50)" or 7`
}

// sets returns the sets that fulfil a test such as { any = ["a"], count = ">= 2" }.
func (b *builder) sets(fact int, raw any, path ...any) (sets Bits) {
	f := b.rs.Facts[fact]
	tests, ok := raw.(map[string]any)
	if !ok || len(tests) == 0 {
		at := b.loc.Value(path...)
		b.add(diag.Errorf(at, "wrong-type", "%q is a set, which is tested by any, all, none or count", f.ID).
			Suggest(`write for example %s = { any = [%q] }`, f.ID, f.Elements[0]))
		return firstBits(len(f.Values))
	}
	sets = firstBits(len(f.Values))
	for _, key := range []string{"any", "all", "none", "count"} {
		test, ok := tests[key]
		if !ok {
			continue
		}
		at := append(slices.Clone(path), key)
		counts := unary.Interval{High: maxElements}
		named := Bits{}
		if key == "count" {
			counts = b.count(f, test, at)
		} else {
			named = b.indexes("value", test, f.Elements, at...)
		}
		for set := range f.Values {
			in := members(set)
			n := int64(in.Len())
			holds := map[string]bool{
				"any": in.meets(named), "all": named.within(in), "none": !in.meets(named),
				"count": counts.Low <= n && n <= counts.High,
			}
			if !holds[key] {
				sets = sets.without(set)
			}
		}
	}
	for key := range tests {
		if !slices.Contains([]string{"any", "all", "none", "count"}, key) {
			b.unknown(b.loc.Key(append(slices.Clone(path), key)...), "key", key, []string{"any", "all", "none", "count"})
		}
	}
	return sets
}

// count reads a test of the number of values in a set.
func (b *builder) count(f Fact, raw any, path []any) unary.Interval {
	text, ok := digits(raw)
	if !ok {
		text, _ = raw.(string)
	}
	i, err := unary.Domain{Max: int64(len(f.Elements)), Step: 1}.Test(text)
	if err != nil {
		b.add(diag.Errorf(b.loc.Value(path...), "unknown-value", "count: %s", err).Suggest(`write a test such as ">= 2"`))
	}
	return i
}

// value returns the index of the cell that a text denotes on a day: the name of a value, a number or range within a
// cell, or a day. It returns -1 if there is none.
func (f *Fact) value(text string, on civil.Date) int {
	if f.Type == "" || f.Type == SetOf || strings.Contains(text, "..") {
		if v := slices.Index(f.Values, text); v >= 0 || f.Type == "" {
			return v
		}
	} else if n, ok := f.Exact(text, on); ok {
		return slices.IndexFunc(f.Cells, func(cell unary.Interval) bool { return n <= cell.High })
	}
	if f.Type == SetOf {
		return f.set(strings.Split(text, ","))
	}
	i, err := f.Domain.ParseName(text)
	if err != nil {
		return -1
	}
	return slices.IndexFunc(f.Cells, i.Within)
}

// set returns the index of a set whose members are named in any order, or -1.
func (f Fact) set(names []string) (set int) {
	for _, name := range names {
		i := slices.Index(f.Elements, name)
		if i < 0 || set>>i&1 == 1 {
			return -1
		}
		set |= 1 << i
	}
	return set
}

// Exact returns the number that a text gives, in units of the fact's domain; for a day, its distance from the day
// of asking. It returns false for a range, or if the text is not a number.
func (f *Fact) Exact(text string, on civil.Date) (int64, bool) {
	if !f.numeric() {
		return 0, false
	}
	if f.Type == Days && len(text) == len(time.DateOnly) && !on.IsZero() {
		if day, err := civil.ParseDate(text); err == nil {
			n := int64(day.DaysSince(on))
			return n, f.Domain.Min <= n && n <= f.Domain.Max
		}
	}
	n, err := f.Domain.Parse(text)
	return n, err == nil
}

// Spans reports whether a text is a range of the domain that does not lie in any cell, as in the address of a cell
// that no longer exists.
func (f Fact) Spans(text string) bool {
	if !f.numeric() || f.value(text, civil.Date{}) >= 0 {
		return false
	}
	_, err := f.Domain.ParseName(text)
	return err == nil
}

// Names returns the names of some cells of a fact, with adjacent ranges combined.
func (f Fact) Names(values Bits) []string {
	if !f.numeric() {
		return pick(f.Values, values.and(firstBits(len(f.Values))))
	}
	names := []string{}
	for _, i := range f.ranges(values) {
		names = append(names, f.Domain.Name(i))
	}
	return names
}

// ranges returns the fewest intervals that cover exactly the given cells of a numeric fact.
func (f Fact) ranges(values Bits) (list []unary.Interval) {
	for v, cell := range f.Cells {
		switch {
		case !values.Has(v):
		case v > 0 && values.Has(v-1):
			list[len(list)-1].High = cell.High
		default:
			list = append(list, cell)
		}
	}
	return list
}
