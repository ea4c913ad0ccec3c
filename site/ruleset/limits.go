package ruleset

import (
	"maps"
	"regexp"
	"slices"

	"helpcenter/site/diag"
	"helpcenter/site/unary"
)

// limits reads the limits of a file and the tests that name them.
type limits struct{ *builder }

func (b limits) read() {
	used := map[string]bool{}
	for _, when := range b.src.conditions() {
		namesIn(when, used)
	}
	for i, src := range b.src.Limits {
		b.ident("limit", src.ID, "limit", i, "id")
		l := limit{id: src.ID, by: b.index("fact", src.By, b.rs.factIDs(), "limit", i, "by")}
		if l.by < 0 {
			continue
		}
		left := firstBits(len(b.rs.Facts[l.by].Values))
		for _, name := range slices.Sorted(maps.Keys(src.Values)) {
			at := []any{"limit", i, "values", name}
			text, ok := digits(src.Values[name])
			if !ok {
				b.add(diag.Errorf(b.loc.Value(at...), "wrong-type", "limit %q is not a number here", src.ID).
					Suggest("write digits without quotes"))
			}
			values := b.values(l.by, name, at...)
			left = left.minus(values)
			n := slices.IndexFunc(l.numbers, func(n limitNumber) bool { return n.text == text })
			if n < 0 {
				n, l.numbers = len(l.numbers), append(l.numbers, limitNumber{text: text})
			}
			l.numbers[n].values = l.numbers[n].values.or(values)
		}
		if !left.Empty() && !b.loc.Misspelt("limit", i, "values") {
			b.add(diag.Errorf(b.loc.Key("limit", i), "missing-value", "limit %q has no number where %s is %s",
				src.ID, src.By, words{b.rs}.valueWords(l.by, left)).Suggest("add it to `values`"))
		}
		if !used[src.ID] {
			b.add(diag.Errorf(b.loc.Key("limit", i), "dead-limit", "no test names limit %q", src.ID).
				Suggest(`remove it, or write a test such as "<= %s"`, src.ID))
		}
		b.limits = append(b.limits, l)
	}
}

var namePattern = regexp.MustCompile(`[a-z][a-z0-9]*([-_][a-z0-9]+)*`)

// namesIn adds the names in some tests to a set, those of limits and of values.
func namesIn(tests any, set map[string]bool) {
	switch v := tests.(type) {
	case string:
		for _, name := range namePattern.FindAllString(v, -1) {
			set[name] = true
		}
	case []any:
		for _, item := range v {
			namesIn(item, set)
		}
	case map[string]any:
		for _, item := range v {
			namesIn(item, set)
		}
	}
}

// with returns the tests with a limit replaced by a number.
func with(tests any, id, number string) any {
	switch v := tests.(type) {
	case string:
		return namePattern.ReplaceAllStringFunc(v, func(name string) string {
			if name == id {
				return number
			}
			return name
		})
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = with(item, id, number)
		}
		return list
	case map[string]any:
		all := make(map[string]any, len(v))
		for key, item := range v {
			all[key] = with(item, id, number)
		}
		return all
	}
	return tests
}

// numeric returns the conditions that test numbers, and so may name limits.
func (b limits) numeric(when map[string]any) map[string]any {
	tests := map[string]any{}
	for id, raw := range when {
		if f := b.rs.Fact(id); f >= 0 && b.rs.Facts[f].numeric() {
			tests[id] = raw
		}
	}
	return tests
}

// boxes reads a `when`. It returns one box, or one for each combination of the numbers of its limits.
func (b limits) boxes(when map[string]any, path ...any) (boxes []Box) {
	tests, named := b.numeric(when), map[string]bool{}
	namesIn(tests, named)
	limits := slices.DeleteFunc(slices.Clone(b.limits), func(l limit) bool { return !named[l.id] })
	if len(limits) == 0 {
		return []Box{b.box(when, path...)}
	}
	others := maps.Clone(when)
	maps.DeleteFunc(others, func(id string, _ any) bool { return tests[id] != nil })
	within := b.box(others, path...)
	before := b.reported()
	var visit func(left []limit, tests any, within Box)
	visit = func(left []limit, tests any, within Box) {
		if len(left) == 0 {
			if box := b.box(tests.(map[string]any), path...).and(within); box.Cases() > 0 {
				boxes = append(boxes, box)
			}
			return
		}
		l := left[0]
		for _, n := range l.numbers {
			box := slices.Clone(within)
			if box[l.by] = box[l.by].and(n.values); box[l.by].Empty() {
				continue
			}
			if b.reported() > before || len(boxes) > maxRules || !b.substitute() { // the others have the same mistake
				return
			}
			visit(left[1:], with(tests, l.id, n.text), box)
		}
	}
	visit(limits, tests, within)
	return boxes
}

// substitute counts the numbers that replace limits. It returns false beyond maxNumbers, which is reported once all
// rules are read.
func (b limits) substitute() bool {
	b.numbers++
	return b.numbers <= maxNumbers
}

// intersections returns the nonempty intersections of a box of each list; if each has only one, it may be empty.
func intersections(list, others []Box) (boxes []Box) {
	for _, box := range list {
		for _, other := range others {
			if len(list)*len(others) == 1 || box.meets(other) {
				boxes = append(boxes, box.and(other))
			}
		}
	}
	return boxes
}

// hull returns the smallest box that contains all boxes.
func hull(boxes []Box, facts int) Box {
	all := make(Box, facts)
	for f := range all {
		for _, box := range boxes {
			all[f] = all[f].or(box[f])
		}
	}
	return all
}

// cut divides numbers and days into cells, at the bounds of all tests that affect a decision.
func (b limits) cut() {
	tests := make([][]unary.Interval, len(b.rs.Facts))
	for _, when := range b.src.conditions() {
		for id, raw := range when {
			b.collect(tests, b.rs.Fact(id), raw)
		}
	}
	for _, g := range b.src.Groups {
		for _, text := range g.Values {
			b.collect(tests, b.rs.Fact(g.Fact), text)
		}
	}
	for i, f := range b.src.Facts {
		if f.Changeable != nil {
			b.collect(tests, i, f.Changeable.From)
		}
	}
	for i := range b.rs.Facts {
		f := &b.rs.Facts[i]
		if !f.numeric() || f.Domain == (unary.Domain{}) {
			continue
		}
		f.Cells = f.Domain.Cut(tests[i])
		for _, cell := range f.Cells {
			f.Values = append(f.Values, f.Domain.Name(cell))
		}
	}
}

// collect adds the tests of a fact, once for every number of the limits that they name.
func (b limits) collect(tests [][]unary.Interval, fact int, raw any) {
	if fact < 0 || !b.rs.Facts[fact].numeric() {
		return
	}
	list, ok := asTexts(raw).([]any)
	if !ok {
		list = []any{asTexts(raw)}
	}
	for _, item := range list {
		if text, ok := item.(string); ok {
			b.collectText(tests, fact, text)
		}
	}
}

func (b limits) collectText(tests [][]unary.Interval, fact int, text string) {
	for _, name := range namePattern.FindAllString(text, -1) {
		i := slices.IndexFunc(b.src.Limits, func(l limitTable) bool { return l.ID == name })
		if i < 0 {
			continue
		}
		for _, number := range b.src.Limits[i].Values {
			if digits, _ := digits(number); b.substitute() {
				b.collectText(tests, fact, with(text, name, digits).(string))
			}
		}
		return
	}
	if test, err := b.rs.Facts[fact].Domain.Test(text); err == nil {
		tests[fact] = append(tests[fact], test)
	}
}
