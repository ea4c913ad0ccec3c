package ruleset

import (
	"fmt"
	"maps"
	"slices"

	"helpcenter/site/diag"
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
			b.add(diag.Errorf(inv.position, "dead-invariant", "invariant %q applies to no case", src.ID).
				Suggest("look at what `given` and `change` say about the same fact"))
		}
		b.rs.invariants = append(b.rs.invariants, inv)
	}
}

// move reads a pair such as ["outstanding", "clear"]. Its first member may be a list or a group.
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

// failures returns the boxes of cases that violate the invariant. If it returns only some of them, more is "at
// least ". It takes its steps from left; ok is false if they do not suffice.
func (inv invariant) failures(r *Ruleset, left *int) (list []patch, more string, ok bool) {
	d, after := newDiagram(r.table.classes), newDiagram(r.table.classes)
	d.limit, d.steps = maxCompared, 2*maxCompared-*left
	itself := func(id int32) int32 { return id }
	given := d.rebuild(r.diagram, r.root, itself, func(n node, class int) int32 {
		if d.classes[n.fact][class].meets(inv.given[n.fact]) {
			return r.next(n)[class]
		}
		return void
	})
	moved := after.rebuild(r.diagram, r.root, itself, func(n node, class int) int32 {
		if i := slices.IndexFunc(inv.moves, func(m move) bool { return m.fact == int(n.fact) }); i >= 0 {
			class = int(r.class[n.fact][inv.moves[i].to])
		}
		return r.next(n)[class]
	})
	root := d.product(d, after, given, moved, func(from, to int32) int32 {
		if from == 0 || to == 0 || !inv.excludes(r, r.verdicts[from], r.verdicts[to]) {
			return 0
		}
		return 1
	})
	*left = 2*maxCompared - d.steps
	if d.full() {
		return nil, "", false
	}
	all, more := d.somePatches(root)
	for _, p := range all {
		if p.box = p.box.and(inv.given); p.box.Cases() > 0 {
			list = append(list, p)
		}
	}
	return list, more, true
}

func (inv invariant) excludes(r *Ruleset, before, after verdict) bool {
	switch {
	case before.Outcome < 0 || after.Outcome < 0: // reported as a gap
		return false
	case inv.outcome >= 0:
		return after.Outcome == inv.outcome
	case inv.never == neverWorse:
		return r.rank[after.Outcome] > r.rank[before.Outcome]
	}
	return before.Hits != after.Hits
}

// words describes how the invariant fails in the first case of a box.
func (inv invariant) words(r words, b Box) string {
	var from Answers
	for f := range r.Facts {
		from = from.With(f, b[f].first())
	}
	to := from
	for _, m := range inv.moves {
		to = to.With(m.fact, m.to)
	}
	before, after := r.sum(from), r.sum(to)
	if before.possible == after.possible && inv.outcome < 0 {
		return fmt.Sprintf("the reasons become %s, from %s", r.ruleWords(after.reasons), r.ruleWords(before.reasons))
	}
	if len(inv.moves) == 0 {
		return fmt.Sprintf("the outcome is %s, by %s", r.outcomeWords(after.possible), r.ruleWords(after.reasons))
	}
	return fmt.Sprintf("the outcome becomes %s, from %s", r.outcomeWords(after.possible), r.outcomeWords(before.possible))
}
