package search

import (
	"crypto/sha256"
	"fmt"
	"iter"
	"slices"
	"strings"

	"helpcenter/site/buildcache"
)

// A segment is documents that are read one after the other. What it adds to terms is kept
// by the sums of its documents, so that after an edit one segment is read again.

// mostInSegment is the number of documents in the longest segments.
const mostInSegment = 512

// segments divides documents.
func segments(documents []entry) iter.Seq[[]entry] {
	return buildcache.Runs(documents, mostInSegment, func(e entry) bool { return e.sum[0] == 0 }) // one in 256
}

// segmentKey returns a hash of all that documents and what is made of them depend on. It reads of
// documents their sums only: the rest of them may be written meanwhile.
func segmentKey(c *Config, documents []entry) string {
	hash := sha256.New()
	fmt.Fprintf(hash, "%q %q %q", c.Lang, c.Names, c.Synonyms)
	for i := range documents {
		hash.Write(documents[i].sum[:])
	}
	return string(hash.Sum(nil))
}

// An addition is what a segment adds to a term.
type addition struct {
	text     string
	occurs   bool
	forms    []form
	postings string // of each the gap to the one before it, in bytes of which all but the last are 255, level, section
}

// A segment is all that its documents add.
type segment []addition

func (s *segment) code(c *buildcache.Codec) {
	buildcache.List(c, (*[]addition)(s), func(a *addition) {
		c.Text(&a.text, &a.postings)
		c.Bool(&a.occurs)
		buildcache.List(c, &a.forms, func(f *form) {
			c.Text(&f.text)
			buildcache.Int(c, &f.count)
		})
	})
}

func (s *segment) bytes() []byte {
	var c buildcache.Codec
	s.code(&c)
	return c.Bytes()
}

// readSegment reads what code wrote. It is not ok if value is nothing of the kind.
func readSegment(value []byte) (s segment, ok bool) {
	c := buildcache.NewReader(value)
	s.code(c)
	return s, value != nil && c.Err() == nil
}

// end ends a segment that was read, and returns it.
func (b *builder) end(first int) segment {
	s, all, data := make(segment, 0, len(b.used)), b.byTerm(), []byte(nil)
	for _, t := range b.used {
		own := all[:t.fresh.postings]
		all = all[t.fresh.postings:]
		a := addition{text: t.text, occurs: t.fresh.occurs}
		for _, f := range t.forms {
			if f.fresh > 0 {
				a.forms = append(a.forms, form{text: f.text, count: f.fresh})
				f.fresh = 0
			}
		}
		data = data[:0]
		next := uint32(first)
		for _, p := range own {
			for ; p.doc-next >= 255; next += 255 {
				data = append(data, 255)
			}
			data = append(data, byte(p.doc-next), p.level, p.section)
			next = p.doc + 1
		}
		a.postings = string(data)
		t.fresh.occurs, t.fresh.postings = false, 0
		s = append(s, a)
	}
	b.used, b.added = b.used[:0], b.added[:0]
	return s
}

// An occurrence is a posting and its term.
type occurrence struct {
	term    *term
	posting posting
}

// byTerm returns the postings of the segment being read, those of each used term together.
func (b *builder) byTerm() []posting {
	all, next := make([]posting, len(b.added)), 0
	for _, t := range b.used {
		t.fresh.at, next = next, next+t.fresh.postings
	}
	for _, o := range b.added {
		all[o.term.fresh.at] = o.posting
		o.term.fresh.at++
	}
	return all
}

// put adds a segment that begins with a document.
func (b *builder) put(s segment, first int) {
	for _, a := range s {
		t := b.term(a.text)
		t.occurs = t.occurs || a.occurs
		for _, f := range a.forms {
			t.formOf(f.text).count += f.count
		}
		if len(t.postings)+len(a.postings)/3 > cap(t.postings) {
			t.postings = slices.Grow(heaviest(t.postings, b.most), len(a.postings)/3)
		}
		next := uint32(first)
		for i := 0; i+2 < len(a.postings); i += 3 {
			for ; a.postings[i] == 255 && i+3 < len(a.postings); i++ {
				next += 255
			}
			doc := next + uint32(a.postings[i])
			t.postings = append(t.postings, posting{doc, a.postings[i+1], a.postings[i+2]})
			t.found, next = t.found+1, doc+1
		}
	}
}

// formOf returns the form of a term, which may be a new one.
func (t *term) formOf(text string) *form {
	i := slices.IndexFunc(t.forms, func(f *form) bool { return f.text == text })
	if i < 0 {
		i = len(t.forms)
		t.forms = append(t.forms, &form{text: strings.Clone(text)})
	}
	return t.forms[i]
}
