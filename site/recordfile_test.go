package site

import (
	"crypto/sha256"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
)

func TestRecordFile(t *testing.T) {
	program := Key{7}
	parts := map[string]partRecord{
		"it/index.html": {Key{1}, []fileRecord{
			{"it/index.html", "it", sha256.Sum256([]byte("a")), 1 << 40, 1_700_000_000_123_456_789, false},
			{"it/index.html.br", "", sha256.Sum256([]byte("b")), 12, -1, true},
		}},
		"è": {Key{}, []fileRecord{}},
	}
	path := filepath.Join(t.TempDir(), "a", "record")
	r := &Record{path: path, program: program}
	r.replace(parts)
	if err := r.Save(); err != nil {
		t.Fatal(err)
	}
	if got := OpenRecord(path, program).parts; !reflect.DeepEqual(got, parts) {
		t.Errorf("it is read as %v, want %v", got, parts)
	}
	if got := OpenRecord(path, Key{8}).parts; got != nil {
		t.Errorf("another program reads %v", got)
	}
	data := encodeParts(parts, program)
	for i := range data {
		damaged := slices.Clone(data)
		damaged[i] ^= 1
		if decodeParts(damaged, program) != nil || decodeParts(data[:i], program) != nil {
			t.Fatalf("a record damaged or cut at byte %d is taken", i)
		}
	}
}
