package search

import (
	"math"
	"slices"
	"strings"
)

// index returns the postings of a document, one after the other.
func (w *worker) index(d *Document) []byte {
	w.count(d.Title, titleField, 0)
	w.count(d.Description, descriptionField, 0)
	for _, label := range d.Labels {
		w.count(label, labelField, 0)
	}
	for _, text := range d.Text {
		w.count(text, bodyField, 0)
	}
	for i, s := range d.Sections {
		section, field := sectionNumber(i), headingField
		if strings.HasSuffix(s.Title, "?") {
			field = questionField
		}
		w.count(s.Title, field, section)
		for _, text := range s.Text {
			w.count(text, bodyField, section)
		}
	}
	w.weigh()
	for _, term := range w.touched {
		w.tallies[term] = tally{}
	}
	w.touched, w.lengths = w.touched[:0], [fieldCount]int{}
	return slices.Clone(w.postings)
}

// sectionNumber returns the number of a section in postings. Sections after the last
// that has a number count as the document as a whole.
func sectionNumber(i int) uint8 {
	if i >= math.MaxUint8 {
		return 0
	}
	return uint8(i + 1)
}

// weigh makes postings of the tallies.
func (w *worker) weigh() {
	var norms [fieldCount]float32
	for i, f := range fields {
		norms[i] = f.weight / (1 - f.bias + f.bias*float32(w.lengths[i])/f.usual)
	}
	for _, term := range w.touched {
		t := &w.tallies[term]
		t.leave()
		for i, n := range t.counts {
			t.freq += float32(n) * norms[i]
		}
	}
	w.lend()
	w.postings = w.postings[:0]
	for _, term := range w.touched {
		t := &w.tallies[term]
		own, all := saturate(t.freq), saturate(t.freq+t.lent)
		p := posting{term: term, level: quantise(own + synonymWeight*(all-own))}
		if t.counts[titleField] > 0 {
			p.level += levels
		} else if float32(t.best) >= ownShare*float32(t.all) {
			p.section = t.place
		}
		w.found[term]++
		w.postings = p.append(w.postings)
	}
}

func saturate(freq float32) float32 { return freq / (saturation + freq) }

func quantise(x float32) uint8 { return uint8(1 + x*(levels-1) + 0.5) }

// lend adds to terms the frequency of their synonyms. A term that does not occur itself
// gets the place of its most frequent synonym.
func (w *worker) lend() {
	for _, group := range w.groups {
		var sum float32
		var from *tally
		for _, term := range group {
			t := &w.tallies[term]
			sum += t.freq
			if t.freq > 0 && (from == nil || t.freq > from.freq) {
				from = t
			}
		}
		if from == nil {
			continue
		}
		for _, term := range group {
			t := &w.tallies[term]
			if t.at == 0 {
				*t = *from
				t.freq, t.lent = 0, 0
				w.touched = append(w.touched, term)
			}
			t.lent += sum - t.freq
		}
	}
}
