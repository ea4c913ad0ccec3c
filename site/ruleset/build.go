package ruleset

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"slices"

	"helpcenter/site/civil"
	"helpcenter/site/diag"
	"helpcenter/site/tomlfile"
)

// Compile reads one rule file, builds its table and checks it. Findings refer to the file by name. Facts may take
// their values from the checkers in folder, unless it is nil. The ruleset is nil if the file cannot be read, names
// something that does not exist, exceeds a limit or leaves a case without an outcome.
func Compile(folder fs.FS, name string, data []byte) (*Ruleset, []diag.Finding) {
	b, ok := decode(name, data)
	if !ok {
		return nil, b.found
	}
	set := new(Set)
	if folder != nil && slices.ContainsFunc(b.src.Facts, func(f factTable) bool { return f.From != "" }) {
		set, _ = Load(folder)
	}
	r, found, ok := b.compile(set, map[string]bool{b.src.ID: true})
	if !ok {
		return nil, found
	}
	return r, found
}

// decode parses a file. It reports whether the file could be read.
func decode(name string, data []byte) (b *builder, ok bool) {
	b = &builder{rs: &Ruleset{version: fmt.Sprintf("%x", sha256.Sum256(data))[:12]}, seen: map[string]bool{}}
	b.loc, b.found = tomlfile.Decode(name, data, 1, &b.src)
	return b, !slices.ContainsFunc(b.found, func(f diag.Finding) bool { return f.Rule == "toml" })
}

// compile returns as much of the ruleset as it could read; ok reports whether every case has an outcome. Facts may
// be from the checkers of set, except those in waiting, which depend on this one.
func (b *builder) compile(set *Set, waiting map[string]bool) (r *Ruleset, found []diag.Finding, ok bool) {
	if !b.build(others{b, set, waiting, map[int]*Ruleset{}}) {
		return b.rs, diag.Sort(b.found), false
	}
	p := proof{words{b.rs}}
	b.rs.compile()
	if tooMany := slices.Concat(p.tooManyStates(), p.tooManyVisits()); tooMany != nil {
		return b.rs, diag.Sort(append(b.found, tooMany...)), false
	}
	b.rs.pages = listPages(b.rs)
	gaps := p.gaps()
	b.found = append(append(b.found, gaps...), p.prove()...)
	return b.rs, diag.Sort(b.found), len(gaps) == 0
}

// build resolves the file and reports whether it can be compiled.
func (b *builder) build(others others) bool {
	b.head()
	b.facts()
	known := others.read()
	limits{b}.cut()
	if !b.withinLimits() || !known {
		return false
	}
	b.groups()
	limits{b}.read()
	b.changeable()
	b.unknowns()
	b.impossible()
	others.settle()
	b.outcomes()
	b.rules()
	dates{b}.read()
	b.ranking()
	b.examples()
	b.invariants()
	return !diag.HasErrors(b.found)
}

// compile builds the table.
func (r *Ruleset) compile() {
	t := &table{otherwise: -1}
	for i, rule := range r.Rules {
		t.then = append(t.then, rule.Then)
		if rule.otherwise >= 0 {
			t.otherwise = len(t.boxes)
		}
		for _, part := range rule.boxes() {
			t.boxes, t.owners = append(t.boxes, part), append(t.owners, i)
		}
	}
	for f, fact := range r.Facts {
		t.sizes, t.onlyIf = append(t.sizes, r.size(f)), append(t.onlyIf, fact.onlyIf)
	}
	t.never = r.neverBoxes()
	t.build()
	r.table = t
}

// neverBoxes returns the boxes of impossible combinations: those that the file rules out, and those in which a fact
// has a value where it is not asked, or none where it is.
func (r *Ruleset) neverBoxes() (boxes []Box) {
	for _, never := range r.impossible {
		boxes = append(boxes, never.when)
	}
	for f, fact := range r.Facts {
		if fact.onlyIf == nil {
			continue
		}
		values := firstBits(len(fact.Values))
		none := firstBits(r.size(f)).minus(values)
		asked := slices.Clone(fact.onlyIf)
		asked[f] = none
		boxes = append(boxes, asked)
		for g := range r.Facts[:f] {
			if left := firstBits(r.size(g)).minus(fact.onlyIf[g]); !left.Empty() {
				box := r.anything()
				box[g], box[f] = left, values
				boxes = append(boxes, box)
			}
		}
	}
	return boxes
}

// settle declares impossible the outcomes of other checkers that answers to shared facts exclude, so that nobody is
// asked what these answers settle. It gives up on exclusions that would exceed the conditions a checker may have.
func (b others) settle() {
	for f := range b.rs.Facts {
		from := b.only[f]
		if from == nil || from.table == nil {
			continue
		}
		shared, combinations := map[int]int{}, 1
		for g, fact := range b.rs.Facts {
			if other := from.Fact(fact.ID); other >= 0 && from.Facts[other].alike(fact) {
				shared[g] = other
				combinations *= len(from.classes[other]) + 1
			}
		}
		if len(shared) == 0 || combinations > maxShared {
			continue
		}
		var never []impossible
		for _, left := range b.left(from, shared, 0, Answers{}) {
			box := slices.Clone(left.box)
			box[f] = firstBits(len(from.Outcomes)).minus(left.outcomes)
			if !box[f].Empty() && !left.outcomes.Empty() {
				never = append(never, impossible{box, ""})
			}
		}
		if len(never)+len(b.rs.neverBoxes()) <= maxNever {
			b.rs.impossible = append(b.rs.impossible, never...)
		}
	}
}

// A leaving pairs a box of answers with the outcomes of another checker that they leave possible.
type leaving struct {
	box      Box
	outcomes Bits
}

func (l leaving) equal(m leaving) bool { return l.outcomes == m.outcomes && slices.Equal(l.box, m.box) }

// left returns what the answers to the facts from fact on leave possible, given the answers a to the other checker.
// Values that leave the same are combined.
func (b others) left(from *Ruleset, shared map[int]int, fact int, a Answers) []leaving {
	for fact < len(b.rs.Facts) {
		if _, ok := shared[fact]; ok {
			break
		}
		fact++
	}
	if fact == len(b.rs.Facts) {
		return []leaving{{b.rs.anything(), from.sum(a).possible}}
	}
	byClass, other := map[int]Bits{}, shared[fact]
	for v, name := range b.rs.Facts[fact].Values {
		class := -1 // for values that the other checker does not have
		if w := from.Facts[other].value(name, civil.Date{}); w >= 0 {
			class = int(from.class[other][w])
		}
		byClass[class] = byClass[class].with(v)
	}
	var lists [][]leaving
	var values []Bits
	for class := -1; class < len(from.classes[other]); class++ {
		if byClass[class].Empty() {
			continue
		}
		with := a
		if class >= 0 {
			with = a.With(other, from.classes[other][class].first())
		}
		list := b.left(from, shared, fact+1, with)
		if i := slices.IndexFunc(lists, func(l []leaving) bool { return slices.EqualFunc(l, list, leaving.equal) }); i >= 0 {
			values[i] = values[i].or(byClass[class])
		} else {
			lists, values = append(lists, list), append(values, byClass[class])
		}
	}
	var all []leaving
	for i, list := range lists {
		for _, l := range list {
			if len(lists) > 1 {
				l.box = slices.Clone(l.box)
				l.box[fact] = values[i]
			}
			all = append(all, l)
		}
	}
	return all
}
