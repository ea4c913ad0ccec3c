package ruleset

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
)

// patch is a box of cases that have the same label.
type patch struct {
	box   Box
	label int32
}

// patches covers the cases below a node with disjoint boxes, no two of which can be merged, ordered by their first
// cases.
func (d *diagram) patches(root int32) []patch {
	return d.mergeAll(d.split(nil, root, nil, math.MaxInt))
}

// mostPatches is the most boxes listed where there may be very many.
const mostPatches = 2000

// somePatches is like patches but stops at mostPatches boxes. It then returns "at least " as more.
func (d *diagram) somePatches(root int32) (list []patch, more string) {
	if list = d.split(nil, root, nil, mostPatches); len(list) == mostPatches {
		more = "at least "
	}
	return d.mergeAll(list), more
}

func (d *diagram) mergeAll(list []patch) []patch {
	for n := -1; n != len(list); {
		n = len(list)
		for f := range d.classes {
			list = merge(list, f)
		}
	}
	slices.SortFunc(list, func(x, y patch) int { return compareFirst(x.box, y.box) })
	return list
}

// split appends the boxes below a node, which differ from before only in later facts. Classes that lead to the same
// node are combined. It stops at most boxes.
func (d *diagram) split(list []patch, id int32, before Box, most int) []patch {
	fact := len(before)
	if label, leaf := d.label(id); leaf && fact == len(d.classes) {
		if label != 0 {
			list = append(list, patch{slices.Clone(before), label})
		}
		return list
	}
	var nodes []int32
	var values []Bits // that lead to each
	for c, class := range d.classes[fact] {
		next := d.step(id, int32(fact), c)
		i := slices.Index(nodes, next)
		if i < 0 {
			nodes, values = append(nodes, next), append(values, class)
		} else {
			values[i] = values[i].or(class)
		}
	}
	for i, next := range nodes {
		if next != void && len(list) < most {
			list = d.split(list, next, append(before[:fact:fact], values[i]), most)
		}
	}
	return list
}

// merge combines all patches that differ only in the given fact.
func merge(list []patch, fact int) []patch {
	at := map[string]int{}
	var key []byte
	merged := list[:0]
	for _, p := range list {
		key = binary.LittleEndian.AppendUint32(key[:0], uint32(p.label))
		for f, values := range p.box {
			for _, word := range values {
				if f != fact {
					key = binary.LittleEndian.AppendUint64(key, word)
				}
			}
		}
		if i, ok := at[string(key)]; ok {
			merged[i].box[fact] = merged[i].box[fact].or(p.box[fact])
		} else {
			at[string(key)] = len(merged)
			merged = append(merged, p)
		}
	}
	return merged
}

// compareFirst orders disjoint boxes by their first cases.
func compareFirst(a, b Box) int {
	return slices.CompareFunc(a, b, func(x, y Bits) int { return cmp.Compare(x.first(), y.first()) })
}

// A Row is a box of cases with the same outcome and reasons.
type Row struct {
	ID      string // the reasons' ids joined by "--", numbered if several rows share them; stable, so it can be linked to
	When    Box
	Outcome int
	Reasons Bits // rules
}

// Rows returns the whole table, merged until no two rows can be combined. Every case is in exactly one row. Rows
// are ordered by outcome, the highest first, then by their first case.
func (r *Ruleset) Rows() []Row {
	var rows []Row
	for _, p := range r.table.patches(r.root) {
		v := r.verdicts[p.label]
		rows = append(rows, Row{When: p.box, Outcome: v.Outcome, Reasons: v.Hits})
	}
	slices.SortFunc(rows, func(x, y Row) int {
		return cmp.Or(cmp.Compare(x.Outcome, y.Outcome), compareFirst(x.When, y.When))
	})
	times := map[string]int{}
	for i := range rows {
		id := strings.Join(r.Reasons(rows[i].Reasons), "--")
		if times[id]++; times[id] > 1 {
			id = fmt.Sprintf("%s--%d", id, times[id])
		}
		rows[i].ID = id
	}
	return rows
}
