package search

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/crc32"
	"io"
	"os"
	"slices"
	"sync"

	"helpcenter"
	"helpcenter/content"
)

// What documents were read as can be kept in a file, from one index of a language
// to the next, so that only what has changed is read again. The file holds a sum of
// all that reading depends on besides documents, the workers, the records and a
// checksum of all that. Numbers are varints, and texts have their length before
// them.
//
// A worker numbers runs and terms as they come. So it is kept as the text of its
// runs in their order: a new one that reads this text numbers them as before.

// Recall makes known what [Builder.Keep] has kept with that sum. Whatever is the
// matter with the file, the worst is that nothing is known. It comes before all
// documents.
func (b *Builder) Recall(path string, of content.Sum) {
	data, err := os.ReadFile(path)
	end := len(data) - crc32.Size
	if err != nil || end < len(of) || !bytes.HasPrefix(data, of[:]) || crc32.Checksum(data[:end], castagnoli) != binary.LittleEndian.Uint32(data[end:]) {
		return
	}
	m := memory(data[len(of):end])
	b.workers = make([]*worker, m.number())
	var all sync.WaitGroup
	for i := range b.workers {
		runs := string(m.bytes())
		all.Go(func() { b.workers[i] = newWorker(b.config).again(runs) })
	}
	all.Wait()
	b.idle = slices.Clone(b.workers)
	b.known = map[content.Sum]record{}
	for len(m) > 0 {
		r := m.record(b.workers)
		b.known[r.key] = r
	}
}

// AddKnown is Add for a document that is known, by its key. It reports false for
// any other.
func (b *Builder) AddKnown(key content.Sum) bool {
	r, ok := b.known[key]
	if ok {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.records = append(b.records, r)
	}
	return ok
}

// recount makes the workers count what known documents have, as if they had read
// them.
func (b *Builder) recount() {
	var all sync.WaitGroup
	for _, w := range b.workers {
		all.Go(func() {
			for i := range b.records {
				if r := &b.records[i]; r.known && r.worker == w {
					w.recount(r)
				}
			}
		})
	}
	all.Wait()
}

// Keep keeps the documents of the index that has been made, by their keys; where
// all of them were known, they are kept already. Words of documents that are gone
// stay with the workers: when they are more than half of all, the next index had
// better begin anew, and the file is removed.
func (b *Builder) Keep(path string, of content.Sum) error {
	if !slices.ContainsFunc(b.records, func(r record) bool { return !r.known }) {
		return nil
	}
	words, gone := 0, 0
	for _, w := range b.workers {
		words += len(w.readings)
		for _, r := range w.readings {
			if r.count == 0 {
				gone++
			}
		}
	}
	if 2*gone > words {
		return os.RemoveAll(path) // which bears with none
	}
	return helpcenter.ReplaceFile(path, func(w io.Writer) error {
		sum := crc32.New(castagnoli)
		err := b.write(io.MultiWriter(w, sum), of)
		_, last := w.Write(binary.LittleEndian.AppendUint32(nil, sum.Sum32()))
		return cmp.Or(err, last)
	})
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// write writes the workers and the records.
func (b *Builder) write(to io.Writer, of content.Sum) error {
	m, numbers := memory(of[:]), map[*worker]int{}
	m.addNumber(len(b.workers))
	for i, w := range b.workers {
		numbers[w] = i
		m.addBytes(w.allRuns())
	}
	for i := range b.records {
		if _, err := to.Write(m); err != nil {
			return err
		}
		m = m[:0]
		m.addRecord(&b.records[i], numbers)
	}
	_, err := to.Write(m)
	return err
}

// again reads the runs of an earlier worker.
func (w *worker) again(runs string) *worker {
	for s := (scanner{text: runs}); s.next(); {
		w.read(s.run(), s.hash)
	}
	return w
}

// allRuns returns the runs by their numbers, line by line.
func (w *worker) allRuns() []byte {
	var all []byte
	for n := range w.runs.len() {
		all = append(append(all, w.runs.text(uint32(n))...), '\n')
	}
	return all
}

// runCounts returns the runs of the document and how often they occur in it.
func (w *worker) runCounts() []byte {
	counts := make([]byte, 0, 3*len(w.seen)) // most numbers have two bytes, most counts one
	for _, n := range w.seen {
		r := &w.readings[n]
		counts = binary.AppendUvarint(binary.AppendUvarint(counts, uint64(n)), uint64(r.count-r.before))
	}
	return counts
}

// recount counts what a document has that an earlier worker has read.
func (w *worker) recount(r *record) {
	for rest := r.postings; len(rest) > 0; {
		var p posting
		p, rest = cutPosting(rest)
		w.found[p.term]++
	}
	for rest := r.counts; len(rest) > 0; {
		run, size := binary.Uvarint(rest)
		count, more := binary.Uvarint(rest[size:])
		w.readings[run].count += uint32(count)
		rest = rest[size+more:]
	}
}

// A memory is what such a file holds. It is written at the end, and read from the
// front.
type memory []byte

func (m *memory) addNumber(n int) { *m = binary.AppendUvarint(*m, uint64(n)) }

func (m *memory) addBytes(b []byte) {
	m.addNumber(len(b))
	*m = append(*m, b...)
}

func (m *memory) addRecord(r *record, numbers map[*worker]int) {
	*m = append(*m, r.key[:]...)
	m.addNumber(numbers[r.worker])
	m.addBytes(r.postings)
	m.addBytes(r.counts)
	for _, text := range r.texts() {
		m.addBytes([]byte(*text))
	}
}

func (m *memory) number() int {
	n, size := binary.Uvarint(*m)
	*m = (*m)[size:]
	return int(n)
}

func (m *memory) bytes() []byte {
	n := m.number()
	b := (*m)[:n:n]
	*m = (*m)[n:]
	return b
}

func (m *memory) record(workers []*worker) (r record) {
	*m = (*m)[copy(r.key[:], *m):]
	r.worker, r.known = workers[m.number()], true
	r.postings, r.counts = m.bytes(), m.bytes()
	for _, text := range r.texts() {
		*text = string(m.bytes())
	}
	return r
}
