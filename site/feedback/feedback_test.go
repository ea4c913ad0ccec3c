package feedback

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.etcd.io/bbolt"
)

var november = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

// openAt opens a store whose clock always shows the same time.
func openAt(t *testing.T, dir string, now time.Time) *Store {
	t.Helper()
	s, err := Open(dir, Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func closeStore(t *testing.T, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, since string, dirs ...string) *Report {
	t.Helper()
	r, err := Read(dirs, since)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Counts are there when the file is opened again, and add up over months, files and folders.
func TestCountsAddUp(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	for _, test := range []struct {
		dir string
		now time.Time
	}{{one, november.AddDate(0, -1, 0)}, {one, november}, {two, november}} {
		s := openAt(t, test.dir, test.now)
		s.Vote(Vote{"en", "a/b", "", Yes})
		s.Vote(Vote{"en", "a/b", "time", "wrong"})
		s.Vote(Vote{"en", "a/b", "time", No})
		s.Vote(Vote{"it", "a/b", "", Yes})
		s.Search("en", "Lost  INVOICE", false)
		s.Search("en", "invoice", true)
		closeStore(t, s)
	}
	if err := os.Rename(filepath.Join(two, "feedback.db"), filepath.Join(one, "two.db")); err != nil {
		t.Fatal(err)
	}
	want := &Report{
		Pages: []Page{
			{"en", "a/b", "", Counts{3, 6, map[string]int{"wrong": 3}},
				[]Section{{"time", Counts{0, 6, map[string]int{"wrong": 3}}}}},
			{"it", "a/b", "", Counts{3, 0, map[string]int{}}, []Section{}},
		},
		Searches: []Search{{"en", "invoice", 3, "part"}, {"en", "lost invoice", 3, "nothing"}},
	}
	if got := read(t, "", one); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if got := read(t, "2026-11", one); got.Pages[0].NotHelpful != 4 || got.Searches[0].Times != 2 {
		t.Errorf("since November: %+v", got)
	}
	if got := want.Pages[0].Counts.String(); got != "3 helpful, 6 not (wrong 3)" {
		t.Error(got)
	}
}

// Nothing is kept of a search that may be about a person.
func TestSearchesAreNobodys(t *testing.T) {
	for text, want := range map[string]string{
		"Rückgabe, bitte!": "rückgabe bitte", "  l’abbonamento ": "l abbonamento", "ＡＢＣ": "abc", "解約": "解約",
		"mario.rossi@example.com": "", "mario＠example.com": "", "invoice 4711": "", "٣٤ days": "", "½": "",
		"https://example.com/reset": "", "a b c d e f": "a b c d e f", "a b c d e f g": "", "?!": "", "x\x00y": "x y",
		strings.Repeat("é", 60): strings.Repeat("é", 60), strings.Repeat("é", 61): "", "\xff\xfe": "",
	} {
		if got := normalize(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// Strangers cannot make the file large; a new month has room again, and old months are deleted.
func TestStoreIsBounded(t *testing.T) {
	defer func(before uint64) { mostRows[votes] = before }(mostRows[votes])
	mostRows[votes] = 10
	dir := t.TempDir()
	for i, now := range []time.Time{november, november.AddDate(0, 1, 0), november.AddDate(0, mostMonths+1, 0)} {
		s := openAt(t, dir, now)
		for page := range 25 {
			s.Vote(Vote{"en", fmt.Sprint("page", page), "", Yes})
		}
		if i == 1 {
			for range 3 * mostPending {
				s.Vote(Vote{"en", "page0", "", Yes})
			}
		}
		closeStore(t, s)
	}
	rows := map[string]int{}
	err := view(filepath.Join(dir, "feedback.db"), func(tx *bbolt.Tx) error {
		return each(tx, func(at row, _ uint64) { rows[at.month]++ })
	})
	if want := map[string]int{"2026-12": 10, "2028-12": 10}; err != nil || !reflect.DeepEqual(rows, want) {
		t.Errorf("rows %v, want %v (%v)", rows, want, err)
	}
	s := openAt(t, dir, november)
	for page := range mostPending + 5 {
		s.Vote(Vote{"en", fmt.Sprint("page", page), "", Yes})
	}
	if len(s.pending) != mostPending {
		t.Errorf("%d counts wait", len(s.pending))
	}
	closeStore(t, s)
}

// A store that is not closed loses only what came since its last write. Two stores may share a file. What cannot be
// written is kept for later.
func TestWritesByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		failures := make(chan error, 9)
		one, err := Open(dir, Options{Failed: func(err error) { failures <- err }})
		if err != nil {
			t.Fatal(err)
		}
		two := openAt(t, dir, time.Now())
		for _, s := range []*Store{one, two} {
			s.Vote(Vote{"en", "a", "", Yes})
		}
		time.Sleep(interval + time.Second)
		if got := read(t, "", dir).Pages[0].Helpful; got != 2 {
			t.Errorf("%d votes were written", got)
		}
		name := filepath.Join(dir, "feedback.db")
		if err := errors.Join(os.Rename(name, name+".away"), os.Mkdir(name, 0o700)); err != nil {
			t.Fatal(err)
		}
		one.Vote(Vote{"en", "a", "", No})
		time.Sleep(3 * interval)
		if len(failures) != 1 || !one.Failing() {
			t.Errorf("%d failures were told, failing %t", len(failures), one.Failing())
		}
		if err := errors.Join(os.Remove(name), os.Rename(name+".away", name)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(interval)
		if got := read(t, "", dir).Pages[0].NotHelpful; got != 1 || one.Failing() {
			t.Errorf("%d votes were written later, failing %t", got, one.Failing())
		}
		closeStore(t, one)
		closeStore(t, two)
	})
}

// A damaged file, or one of another program, is an error that names the file, both on opening and on reading.
func TestDamagedFiles(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir, november)
	for page := range 2000 {
		s.Vote(Vote{"en", fmt.Sprint("page", page), "", Yes})
	}
	closeStore(t, s)
	whole, err := os.ReadFile(filepath.Join(dir, "feedback.db"))
	if err != nil {
		t.Fatal(err)
	}
	overwritten := append([]byte{}, whole...)
	for i := 2 * os.Getpagesize(); i < len(overwritten); i++ {
		overwritten[i] = 0xa5
	}
	for what, data := range map[string][]byte{
		"text": []byte("this is no database\n"), "cut": whole[:3*os.Getpagesize()], "overwritten": overwritten,
		"zeros": make([]byte, 1<<16),
	} {
		dir := t.TempDir()
		name := filepath.Join(dir, "feedback.db")
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Read([]string{dir}, ""); err == nil || !strings.Contains(err.Error(), name+": ") {
			t.Errorf("%s: read: %v", what, err)
		}
		if s, err := Open(dir, Options{}); err == nil {
			s.Close()
			t.Errorf("%s: a store was opened", what)
		} else if !strings.Contains(err.Error(), name+": ") {
			t.Errorf("%s: %s", what, err)
		}
	}
	if _, err := Read([]string{t.TempDir()}, ""); err == nil {
		t.Error("an empty folder was read")
	}
}

// A file that another program keeps locked is an error that says so.
func TestLockedFile(t *testing.T) {
	dir := t.TempDir()
	closeStore(t, openAt(t, dir, november))
	err := update(filepath.Join(dir, "feedback.db"), func(*bbolt.Tx) error {
		synctest.Test(t, func(t *testing.T) { // ten seconds pass at once in here
			if _, err := Open(dir, Options{}); err == nil || !strings.Contains(err.Error(), "locked") {
				t.Errorf("opened although locked: %v", err)
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
