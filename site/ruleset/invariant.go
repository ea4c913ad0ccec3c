package ruleset

import (
	"fmt"
	"helpcenter/site/diag"
	"maps"
	"slices"
)

func (b *builder) invariants() {
	for i, src := range b.src.Invariants {
		before := len(b.found)
		b.ident("invariant", src.ID, "invariant", i, "id")
		inv := invariant{id: src.ID, never: src.Never, outcome: -1, position: b.loc.Key("invariant", i)}
		inv.given = b.box(src.Given, "invariant", i, "given")
		for _, id := range slices.Sorted(maps.Keys(src.Change)) {
			at := []any{"invariant", i, "change", id}
			if f := b.rs.Fact(id); f >= 0 {
				b.move(&inv, f, src.Change[id], at...)
			} else {
				b.unknown(b.loc.Key(at...), "fact", id, b.rs.factIDs())
			}
		}
		b.never(&inv, src, i)
		if len(b.found) == before && inv.given.Cases() == 0 {
			b.add(diag.Errorf(inv.position, "dead-invariant", "invariant %q speaks of no case", src.ID).
				Suggest("look at what `given` and `change` say about the same fact"))
		}
		b.rs.invariants = append(b.rs.invariants, inv)
	}
}

// move reads a pair such as ["outstanding", "clear"]; its first may be a list
// or a group.
func (b *builder) move(inv *invariant, fact int, raw any, path ...any) {
	pair, _ := raw.([]any)
	if len(pair) != 2 {
		b.add(diag.Errorf(b.loc.Value(path...), "wrong-type", "a change is a list of two: from which value, to which").
			Suggest(`write for example ["outstanding", "clear"]`))
		return
	}
	from := b.values(fact, pair[0], append(slices.Clone(path), 0)...)
	to := b.values(fact, pair[1], append(slices.Clone(path), 1)...)
	if to.Len() > 1 {
		b.add(diag.Errorf(b.loc.Value(append(path, 1)...), "wrong-type", "a change leads to one value").
			Suggest("name one value, and make an invariant for each"))
	}
	inv.given[fact] = inv.given[fact].and(from.minus(to))
	inv.moves = append(inv.moves, move{fact, to.first()})
}

func (b *builder) never(inv *invariant, src invariantTable, i int) {
	at := b.loc.Value("invariant", i, "never")
	inv.outcome = b.rs.Outcome(src.Never)
	relative := src.Never == neverWorse || src.Never == neverDifferent
	switch {
	case !relative && inv.outcome < 0:
		b.unknown(at, "outcome", src.Never, append([]string{neverWorse, neverDifferent}, b.rs.outcomeIDs()...))
	case relative && len(src.Change) == 0:
		b.add(diag.Errorf(at, "missing-change", "nothing can be %s where nothing changes", src.Never).
			Suggest("add a `change`, or name an outcome here"))
	case src.Never == neverWorse && len(b.rs.rank) == 0 && !b.loc.Misspelt("ranking"):
		b.add(diag.Errorf(at, "missing-ranking", "nothing says which outcome is worse").Suggest("add a [ranking]"))
	}
}

// failures returns the boxes of cases that an invariant excludes and that are
// there all the same.
func (inv invariant) failures(r *Ruleset) []patch {
	t := &r.table
	labels := make([]uint32, len(t.cells))
	for i := range labels {
		labels[i] = unlabelled
	}
	for cell := range t.cellsOf(inv.given) {
		if inv.excludes(r, t.at(cell), t.at(inv.moved(t, cell))) {
			labels[cell] = 0
		}
	}
	var list []patch
	for _, p := range t.patches(labels) {
		if p.box = p.box.and(inv.given); p.box.Cases() > 0 {
			list = append(list, p)
		}
	}
	return list
}

// moved returns the cell to which the invariant's changes lead from another.
func (inv invariant) moved(t *table, cell int) int {
	for _, m := range inv.moves {
		stride := t.strides[m.fact]
		class := cell / stride % len(t.classes[m.fact])
		cell += t.offset[m.fact][m.to] - class*stride
	}
	return cell
}

func (inv invariant) excludes(r *Ruleset, before, after verdict) bool {
	switch {
	case before.Outcome < 0 || after.Outcome < 0: // a gap, which is reported as such
		return false
	case inv.outcome >= 0:
		return after.Outcome == inv.outcome
	case inv.never == neverWorse:
		return r.rank[after.Outcome] > r.rank[before.Outcome]
	}
	return before.Hits != after.Hits
}

// words says of a failing invariant what happens in the first case of a box.
func (inv invariant) words(r words, b Box) string {
	cell := 0
	for f := range r.Facts {
		cell += r.table.offset[f][b[f].first()]
	}
	before, after := r.table.at(cell), r.table.at(inv.moved(&r.table, cell))
	if before.Outcome == after.Outcome && inv.outcome < 0 {
		return fmt.Sprintf("the reasons become %s, from %s", r.ruleWords(after.Hits), r.ruleWords(before.Hits))
	}
	if len(inv.moves) == 0 {
		return fmt.Sprintf("the outcome is %q, by %s", r.Outcomes[after.Outcome].ID, r.ruleWords(after.Hits))
	}
	return fmt.Sprintf("the outcome becomes %q, from %q", r.Outcomes[after.Outcome].ID, r.Outcomes[before.Outcome].ID)
}
