package search

import (
	"crypto/sha256"
	"fmt"
	"iter"
	"slices"
	"strings"

	"helpcenter/site/buildcache"
)

// A segment is a sequence of documents that are read one after the other. What it adds to terms is cached by the
// sums of its documents, so that after an edit only one segment is read again.

// mostInSegment is the most documents in a segment.
const mostInSegment = 512

// segments divides documents into segments.
func segments(documents []entry) iter.Seq[[]entry] {
	return buildcache.Runs(documents, mostInSegment, func(e entry) bool { return e.sum[0] == 0 }) // one in 256
}

// segmentKey returns a hash of everything that the documents and what is made of them depend on. Of the documents
// it reads only the sums, since the rest may be written at the same time.
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
	postings string // each: the gap to the one before (bytes of 255, and a last one below), level, section
}

// A segment holds everything that its documents add.
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

// readSegment decodes what code wrote. ok is false if value is something else.
func readSegment(value []byte) (s segment, ok bool) {
	c := buildcache.NewReader(value)
	s.code(c)
	return s, value != nil && c.Err() == nil
}

// end ends a segment that has been read, and returns it.
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

// An occurrence is a posting with its term.
type occurrence struct {
	term    *term
	posting posting
}

// byTerm returns the postings of the segment being read, grouped by used term.
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

// put adds a segment whose first document has the given number.
func (b *builder) put(s segment, first int) {
	for _, a := range s {
		t := b.term(a.text)
		t.occurs = t.occurs || a.occurs
		for _, f := range a.forms {
			t.formOf(f.text).count += f.count
		}
		if len(t.postings)+len(a.postings)/3 > cap(t.postings) {
			t.postings = slices.Grow(heaviest(t.postings, b.most, true), len(a.postings)/3)
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

// formOf returns a form of a term, making it if necessary.
func (t *term) formOf(text string) *form {
	i := slices.IndexFunc(t.forms, func(f *form) bool { return f.text == text })
	if i < 0 {
		i = len(t.forms)
		t.forms = append(t.forms, &form{text: strings.Clone(text)})
	}
	return t.forms[i]
}
