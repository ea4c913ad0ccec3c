// Package feedback counts what readers say about pages, and what they search for and do not find.
//
//	store, err := feedback.Open("/var/lib/helpcenter", feedback.Options{})
//	store.Vote(feedback.Vote{Lang: "it", Page: "meet/billing/cancel", Answer: feedback.Yes})
//	err = store.Close()
//	report, err := feedback.Read([]string{"/var/lib/helpcenter"}, "")
//
// # What is kept
//
// Only numbers are kept, by month: how often a page, a section and an answer came together, and how often words
// were searched for. Nothing tells who it was, or on which day. The words of a search are kept only if they are
// unlikely to be about a person: in lower case, few, and without digits or addresses. Months older than two years
// are deleted.
//
// # The file
//
// A store is feedback.db in a folder, a bbolt file with a bucket for each month, which contains the buckets "votes"
// and "searches". A key is fields separated by zero bytes; a value is the count as a varint. Counts are collected
// in memory and written every few seconds and by [Store.Close], so no request waits for a disk, and a program that
// is killed loses those seconds. The file is open and locked only while it is written, so several replicas on one
// machine may share a folder, and [Read] may read it at any time. Files of other machines are added up: copy each
// into a folder as NAME.db while it is locked (flock feedback.db cp feedback.db COPY.db).
//
// Strangers cannot make the file large: see [mostRows], [mostPending] and [maxSize].
package feedback

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
	"unicode"

	"go.etcd.io/bbolt"
	"golang.org/x/text/unicode/norm"
)

// The answers to "was this helpful?". Any other answer is the id of a reason, and means no.
const (
	Yes = "yes"
	No  = "no" // without a reason
)

// A Vote is the answer of one reader.
type Vote struct {
	Lang    string
	Page    string // path of an article, or id of a checker
	Section string // id of a section of the article, or of the checker's outcome; "" for the page as a whole
	Answer  string // Yes, No or a reason
}

// The limits of a store.
const (
	mostPending = 10_000           // counts in memory; more that come before the next write are dropped
	maxSize     = 256 << 20        // bytes of the file
	mostMonths  = 24               // kept
	interval    = 5 * time.Second  // between two writes
	lockTimeout = 10 * time.Second // in which another program must finish its write
	mostLetters = 60               // of the words of a search
	mostWords   = 6
)

// mostRows is how many counts a month may have, by bucket. Further ones are dropped.
var mostRows = map[string]uint64{votes: 50_000, searches: 5_000}

// The buckets of a month.
const (
	votes    = "votes"
	searches = "searches"
)

// The values of the last field of a search.
const (
	matchedNothing = "nothing"
	matchedPart    = "part" // these words are known, but others of the search are not
)

// A row identifies a count.
type row struct{ month, bucket, key string }

// A Store counts. It is safe for concurrent use.
type Store struct {
	path    string
	options Options
	stop    chan struct{}
	done    chan struct{}
	writing sync.Mutex

	mu      sync.Mutex
	pending map[row]uint64
	err     error // of the last write
}

// Options configure a store. None is required.
type Options struct {
	Now    func() time.Time // the clock; time.Now if nil
	Failed func(err error)  // called when writing begins to fail; the counts stay in memory
}

// Open opens the store in a folder, which it creates if necessary. It fails if the file is damaged, locked for
// long, or cannot be written.
func Open(dir string, o Options) (*Store, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, err
	}
	s := &Store{
		path: filepath.Join(dir, "feedback.db"), options: o, pending: map[row]uint64{},
		stop: make(chan struct{}), done: make(chan struct{}),
	}
	if err := update(s.path, func(tx *bbolt.Tx) error { return each(tx, func(row, uint64) {}) }); err != nil {
		return nil, err
	}
	go s.writeOften()
	return s, nil
}

// Vote counts the answer of a reader.
func (s *Store) Vote(v Vote) { s.count(votes, v.Lang, v.Page, v.Section, v.Answer) }

// Search counts a search that found nothing or, if partly, the known words of a search whose other words matched
// nothing. It ignores searches that may be about a person: those that are long, or have a number or an address.
func (s *Store) Search(lang, text string, partly bool) {
	matched := matchedNothing
	if partly {
		matched = matchedPart
	}
	if words := normalize(text); words != "" {
		s.count(searches, lang, words, matched)
	}
}

// normalize returns the words of a search in lower case, or "" if they must not be kept.
func normalize(text string) string {
	text = strings.ToLower(norm.NFKC.String(text))
	if strings.ContainsFunc(text, unicode.IsNumber) || strings.Contains(text, "@") || strings.Contains(text, "://") {
		return ""
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	text = strings.Join(words, " ")
	if len(words) > mostWords || len([]rune(text)) > mostLetters {
		return ""
	}
	return text
}

func (s *Store) count(bucket string, fields ...string) {
	at := row{s.options.Now().UTC().Format(monthLayout), bucket, strings.Join(fields, "\x00")}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pending[at] > 0 || len(s.pending) < mostPending {
		s.pending[at]++
	}
}

const monthLayout = "2006-01"

// Failing reports whether the last write failed. A nil store does not fail.
func (s *Store) Failing() bool {
	if s == nil {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err != nil
}

// Close writes what has been counted. The store must not be used afterwards.
func (s *Store) Close() error {
	close(s.stop)
	<-s.done
	return s.write()
}

// writeOften writes what is pending at intervals until the store is closed.
func (s *Store) writeOften() {
	defer close(s.done)
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-s.stop:
			return
		case <-tick.C:
		}
		failed := s.Failing()
		if err := s.write(); err != nil && !failed && s.options.Failed != nil {
			s.options.Failed(err)
		}
	}
}

// write adds what is pending to the file. If that fails, it stays pending.
func (s *Store) write() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	taken := s.pending
	s.pending = map[row]uint64{}
	s.mu.Unlock()
	if len(taken) == 0 {
		return nil
	}
	err := update(s.path, func(tx *bbolt.Tx) error {
		for at, n := range taken {
			if err := add(tx, at, n); err != nil {
				return err
			}
		}
		return expire(tx, s.options.Now().UTC().AddDate(0, -mostMonths, 0).Format(monthLayout))
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = err
	if err != nil {
		for at, n := range taken {
			s.pending[at] += n
		}
	}
	return err
}

// add adds n to a count. The sequence number of a bucket is the number of its rows.
func add(tx *bbolt.Tx, at row, n uint64) error {
	month, err := tx.CreateBucketIfNotExists([]byte(at.month))
	if err != nil {
		return err
	}
	bucket, err := month.CreateBucketIfNotExists([]byte(at.bucket))
	if err != nil {
		return err
	}
	old := bucket.Get([]byte(at.key))
	before, _ := binary.Uvarint(old)
	if old == nil {
		rows := bucket.Sequence()
		if rows >= mostRows[at.bucket] {
			return nil
		}
		if err := bucket.SetSequence(rows + 1); err != nil {
			return err
		}
	}
	return bucket.Put([]byte(at.key), binary.AppendUvarint(nil, before+n))
}

// expire deletes the months before first.
func expire(tx *bbolt.Tx, first string) error {
	var old [][]byte
	c := tx.Cursor()
	for name, _ := c.First(); name != nil && string(name) < first; name, _ = c.Next() {
		old = append(old, name)
	}
	for _, name := range old {
		if err := tx.DeleteBucket(name); err != nil {
			return err
		}
	}
	return nil
}

// each calls do for every row. It reads the whole file, so it finds any damage.
func each(tx *bbolt.Tx, do func(at row, n uint64)) error {
	return tx.ForEach(func(name []byte, month *bbolt.Bucket) error {
		return month.ForEachBucket(func(kind []byte) error {
			return month.Bucket(kind).ForEach(func(key, value []byte) error {
				n, size := binary.Uvarint(value)
				if size != len(value) || size < 1 {
					return fmt.Errorf("the count of %q is invalid", key)
				}
				do(row{string(name), string(kind), string(key)}, n)
				return nil
			})
		})
	})
}
