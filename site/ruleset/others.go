package ruleset

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"helpcenter/site/civil"
	"helpcenter/site/diag"
)

// NamesChecker reports whether a reference is the id of a checker, not a section.
func NamesChecker(ref string) bool { return idForm.MatchString(ref) }

// others reads facts whose values are the outcomes of other checkers.
type others struct {
	*builder
	set     *Set
	waiting map[string]bool // checkers that take values from this one, and this one
}

// read returns false where values cannot be known, since the file of their checker has
// mistakes.
func (b others) read() bool {
	known := true
	for i, src := range b.src.Facts {
		if src.From == "" {
			continue
		}
		b.alone(src, i)
		at := b.loc.Value("fact", i, "from")
		switch {
		case b.waiting[src.From]:
			b.add(diag.Errorf(at, "circle", "the facts of checker %q are from %q", src.From, b.src.ID).
				Suggest("give the fact values of its own"))
			known = false
		case b.set.Lacks(src.From):
			b.add(noChecker(at, src.From, b.set.Known()))
			known = false
		default:
			known = b.take(src, i) && known
		}
	}
	return known
}

func noChecker(at diag.Position, id string, all []string) diag.Finding {
	f := diag.Errorf(at, "checker", "no such checker: %q (checkers: %s)", id, diag.List(all))
	if near := diag.Nearest(id, all); near != "" {
		return f.Suggest("did you mean %q?", near)
	}
	return f.Suggest("add its rules as a file of their own, or give the fact values")
}

// alone refuses keys that say again what the other checker says.
func (b others) alone(src factTable, i int) {
	for _, key := range []string{"type", "values", "min", "max", "step", "find_out"} {
		if at := b.loc.Key("fact", i, key); at != b.loc.Key("fact", i) {
			b.add(diag.Errorf(at, "from", "fact %q is from %q, and has no %s of its own", src.ID, src.From, key).
				Suggest("remove the line: the values are that checker's outcomes, and readers are led there"))
		}
	}
}

// take gives a fact the outcomes of the version of another checker that is in force when
// this one begins. They must stay the same as long as this one is.
func (b others) take(src factTable, i int) bool {
	versions := b.set.read(src.From)
	if len(versions) == 0 || slices.ContainsFunc(versions, func(r *Ruleset) bool { return len(r.Outcomes) == 0 }) {
		return false
	}
	later := slices.IndexFunc(versions, func(r *Ruleset) bool { return b.src.ValidFrom.Before(r.ValidFrom) })
	if later < 0 {
		later = len(versions)
	}
	now, until := versions[max(later-1, 0)], b.set.next(b.src.ID, b.src.ValidFrom)
	src.Values = now.outcomeIDs()
	b.factValues(src, i, 2, maxValues)
	b.rs.Facts[i].Values, b.rs.Facts[i].FindOut = src.Values, src.From
	b.rs.version = fmt.Sprintf("%x", sha256.Sum256([]byte(b.rs.version+strings.Join(src.Values, " "))))[:12]
	for _, r := range versions[later:] {
		if r != now && !sameNames(src.Values, r.outcomeIDs()) && (until.IsZero() || r.ValidFrom.Before(until)) {
			b.add(diag.Errorf(b.loc.Value("fact", i, "from"), "from", "from %s on, checker %q has other outcomes: %s",
				r.ValidFrom, src.From, diag.List(r.outcomeIDs())).
				Suggest("add a version of %q with valid_from = %s", b.src.ID, r.ValidFrom))
			break
		}
	}
	return true
}

func sameNames(x, y []string) bool {
	return len(x) == len(y) && !slices.ContainsFunc(x, func(name string) bool { return !slices.Contains(y, name) })
}

// Carry returns the answers to another checker that follow from some answers to this one:
// those to facts of the same id and kind with the same value, and the outcome where a fact
// is from this checker. Of numbers and days counts what was typed, on some day. Answers that
// the other checker does not come to yet are left out.
func (r *Ruleset) Carry(to *Ruleset, a Answers, typed Typed, on civil.Date) Answers {
	var kept Answers
	for f, fact := range to.Facts {
		text := ""
		if own := r.Fact(fact.ID); fact.From == r.ID {
			if possible := r.sum(a).possible; possible.Len() == 1 {
				text = r.Outcomes[possible.first()].ID
			}
		} else if own >= 0 && r.Facts[own].alike(fact) && a.At(own) >= 0 {
			text = r.Facts[own].Values[a.At(own)]
			if n, ok := r.Facts[own].Exact(typed[fact.ID], on); ok {
				text = r.Facts[own].Domain.Format(n)
			}
		} else {
			continue
		}
		if v := fact.value(text, on); v >= 0 {
			kept = kept.With(f, v)
		}
	}
	if !to.Possible(kept) {
		return Answers{}
	}
	return to.Canonical(kept)
}

// alike reports whether answers to two facts of the same id mean the same.
func (f Fact) alike(g Fact) bool { return f.Type == g.Type && f.From == g.From }
