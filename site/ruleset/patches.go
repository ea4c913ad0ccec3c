package ruleset

import (
	"cmp"
	"encoding/binary"
	"iter"
	"math"
	"slices"
)

// patch is a box of cases that carry the same label.
type patch struct {
	box   Box
	label uint32
}

// unlabelled marks cells that are in no patch.
const unlabelled = math.MaxUint32

// cellsOf yields the cells of a table in which some case of the box is.
func (t *table) cellsOf(b Box) iter.Seq[int] {
	return func(yield func(int) bool) { t.cellsBelow(b, 0, 0, yield) }
}

func (t *table) cellsBelow(b Box, fact, base int, yield func(int) bool) bool {
	if fact == len(b) {
		return yield(base)
	}
	for _, class := range t.classes[fact] {
		if !class.and(b[fact]).Empty() && !t.cellsBelow(b, fact+1, base, yield) {
			return false
		}
		base += t.strides[fact]
	}
	return true
}

// patches covers the labelled cells with disjoint boxes, of which no two can be
// made one, in the order of their first cases. Labels are by cell.
func (g *grid) patches(labels []uint32) []patch {
	list := g.split(nil, labels, nil)
	for n := -1; n != len(list); {
		n = len(list)
		for f := range g.classes {
			list = merge(list, f)
		}
	}
	slices.SortFunc(list, func(x, y patch) int { return compareFirst(x.box, y.box) })
	return list
}

// split appends the boxes below a prefix of classes: classes of the next fact
// under which all is labelled alike go together.
func (g *grid) split(list []patch, labels []uint32, prefix Box) []patch {
	if len(prefix) == len(g.classes) {
		if labels[0] != unlabelled {
			list = append(list, patch{slices.Clone(prefix), labels[0]})
		}
		return list
	}
	classes := g.classes[len(prefix)]
	size := len(labels) / len(classes)
	below := func(c int) []uint32 { return labels[c*size : (c+1)*size] }
	var values []Bits // of a group of classes
	var first []int   // its first class
	for c, class := range classes {
		i := slices.IndexFunc(first, func(c2 int) bool { return slices.Equal(below(c), below(c2)) })
		if i < 0 {
			first, values = append(first, c), append(values, class)
		} else {
			values[i] = values[i].or(class)
		}
	}
	for i, c := range first {
		list = g.split(list, below(c), append(prefix[:len(prefix):len(prefix)], values[i]))
	}
	return list
}

// merge makes one of all patches that differ in the given fact only.
func merge(list []patch, fact int) []patch {
	at := map[string]int{}
	var key []byte
	merged := list[:0]
	for _, p := range list {
		key = binary.LittleEndian.AppendUint32(key[:0], p.label)
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
