package ruleset

import (
	"iter"
	"math/bits"
	"slices"
)

// Bits is a set of the small numbers 0 to 319, which number the facts of a
// ruleset, the values of a fact, the outcomes or the rules. It is comparable
// and costs no allocation; the zero value is the empty set.
type Bits [5]uint64

// firstBits returns the set of 0 to n-1.
func firstBits(n int) (b Bits) {
	for i := range b {
		switch left := n - 64*i; {
		case left >= 64:
			b[i] = ^uint64(0)
		case left > 0:
			b[i] = 1<<left - 1
		}
	}
	return b
}

// Has reports whether i is in the set.
func (b Bits) Has(i int) bool { return b[uint(i)/64%5]>>(uint(i)%64)&1 == 1 }

// with returns the set with i added.
func (b Bits) with(i int) Bits {
	b[uint(i)/64%5] |= 1 << (uint(i) % 64)
	return b
}

// without returns the set without i.
func (b Bits) without(i int) Bits {
	b[uint(i)/64%5] &^= 1 << (uint(i) % 64)
	return b
}

// and returns the intersection of the sets.
func (b Bits) and(c Bits) Bits {
	return Bits{b[0] & c[0], b[1] & c[1], b[2] & c[2], b[3] & c[3], b[4] & c[4]}
}

// or returns the union of the sets.
func (b Bits) or(c Bits) Bits {
	return Bits{b[0] | c[0], b[1] | c[1], b[2] | c[2], b[3] | c[3], b[4] | c[4]}
}

// minus returns the members of b that are not in c.
func (b Bits) minus(c Bits) Bits {
	return Bits{b[0] &^ c[0], b[1] &^ c[1], b[2] &^ c[2], b[3] &^ c[3], b[4] &^ c[4]}
}

// within reports whether b is a subset of c.
func (b Bits) within(c Bits) bool { return b.minus(c).Empty() }

// meets reports whether the sets share a member.
func (b Bits) meets(c Bits) bool { return !b.and(c).Empty() }

// Empty reports whether the set is empty.
func (b Bits) Empty() bool { return b == Bits{} }

// Len returns the number of members.
func (b Bits) Len() int {
	return bits.OnesCount64(b[0]) + bits.OnesCount64(b[1]) + bits.OnesCount64(b[2]) + bits.OnesCount64(b[3]) +
		bits.OnesCount64(b[4])
}

// first returns the lowest member, or -1 if the set is empty.
func (b Bits) first() int {
	for i, word := range b {
		if word != 0 {
			return 64*i + bits.TrailingZeros64(word)
		}
	}
	return -1
}

// All yields the members in ascending order.
func (b Bits) All() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, word := range b {
			for ; word != 0; word &= word - 1 {
				if !yield(64*i + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}

// pick returns the names whose indexes are in the set.
func pick(names []string, b Bits) []string {
	picked := make([]string, 0, b.Len())
	for i := range b.All() {
		picked = append(picked, names[i])
	}
	return picked
}

// A Box is a set of cases: for each fact, in order, the values that it includes. A rule's `when` is a box, and so
// is a row of the table.
type Box []Bits

// Cases returns the number of cases in the box.
func (b Box) Cases() int {
	n := 1
	for _, values := range b {
		n *= values.Len()
	}
	return n
}

// and returns the cases that both boxes share.
func (b Box) and(c Box) Box {
	both := slices.Clone(b)
	for f := range both {
		both[f] = b[f].and(c[f])
	}
	return both
}

// meets reports whether the boxes share a case.
func (b Box) meets(c Box) bool {
	for f := range b {
		if !b[f].meets(c[f]) {
			return false
		}
	}
	return true
}
