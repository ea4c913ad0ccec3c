package ruleset

import (
	"maps"
	"regexp"
	"slices"

	"helpcenter/site/diag"
)

// A limit is a number that depends on a fact: tests may name it in the place of a number.
type limit struct {
	id      string
	by      int // a fact
	numbers []limitNumber
}

type limitNumber struct {
	text   string
	values Bits // of the fact
}

// limits reads the limits of a file, and the tests that name them.
type limits struct{ *builder }

func (b limits) read() {
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
		if !b.used(src.ID) {
			b.add(diag.Errorf(b.loc.Key("limit", i), "dead-limit", "no test names limit %q", src.ID).
				Suggest(`remove it, or write a test such as "<= %s"`, src.ID))
		}
		b.limits = append(b.limits, l)
	}
}

// used reports whether a test of rules, branches or impossible cases names a limit.
func (b limits) used(id string) bool {
	return slices.ContainsFunc(b.src.conditions(), func(when map[string]any) bool { return names(when, id) })
}

var namePattern = regexp.MustCompile(`[a-z][a-z0-9]*([-_][a-z0-9]+)*`)

// names reports whether some tests name a limit.
func names(tests any, id string) bool {
	switch v := tests.(type) {
	case string:
		return slices.Contains(namePattern.FindAllString(v, -1), id)
	case []any:
		return slices.ContainsFunc(v, func(item any) bool { return names(item, id) })
	case map[string]any:
		for _, item := range v {
			if names(item, id) {
				return true
			}
		}
	}
	return false
}

// with returns some tests with a number in the place of a limit.
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

// numeric returns what of some conditions tests numbers, where limits may be named.
func (b limits) numeric(when map[string]any) map[string]any {
	tests := map[string]any{}
	for id, raw := range when {
		if f := b.rs.Fact(id); f >= 0 && b.rs.Facts[f].numeric() {
			tests[id] = raw
		}
	}
	return tests
}

// boxes reads what a `when` says, as one box, or as one for each number of the limits in it.
func (b limits) boxes(when map[string]any, path ...any) []Box {
	for _, l := range b.limits {
		tests := b.numeric(when)
		if !names(tests, l.id) {
			continue
		}
		var boxes []Box
		for _, n := range l.numbers {
			whole := maps.Clone(when)
			maps.Copy(whole, with(tests, l.id, n.text).(map[string]any))
			before := len(b.found)
			for _, box := range b.boxes(whole, path...) {
				if box[l.by] = box[l.by].and(n.values); !box[l.by].Empty() {
					boxes = append(boxes, box)
				}
			}
			if len(b.found) > before { // the others have the same mistake
				break
			}
		}
		return boxes
	}
	return []Box{b.box(when, path...)}
}

// intersections returns the boxes of cases that are in one of each list.
func intersections(list, others []Box) (boxes []Box) {
	for _, box := range list {
		for _, other := range others {
			if both := box.and(other); both.Cases() > 0 || len(list)*len(others) == 1 {
				boxes = append(boxes, both)
			}
		}
	}
	return boxes
}

// hull returns the smallest box of all others.
func (r *Ruleset) hull(boxes []Box) Box {
	all := make(Box, len(r.Facts))
	for f := range all {
		for _, box := range boxes {
			all[f] = all[f].or(box[f])
		}
	}
	return all
}
