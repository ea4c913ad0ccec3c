package sitetest

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"helpcenter/site/diag"
)

// Overlay returns a source with files added or replaced.
func Overlay(t testing.TB, source fs.FS, files map[string][]byte) fstest.MapFS {
	t.Helper()
	over := fstest.MapFS{}
	err := fs.WalkDir(source, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(source, name)
		over[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		over[name] = &fstest.MapFile{Data: data}
	}
	return over
}

// FailOnErrors ends the test if a finding is an error.
func FailOnErrors(t testing.TB, found []diag.Finding) {
	t.Helper()
	for _, f := range found {
		if f.Severity == diag.Error {
			t.Error(f)
		}
	}
	if diag.HasErrors(found) {
		t.FailNow()
	}
}

// WithoutRaces skips a test if -short is set, as it is with the race detector. It is for tests in which goroutines
// share nothing that other tests do not look at.
func WithoutRaces(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("no goroutines meet in it")
	}
}

// Write writes a file, and creates its folders if necessary.
func Write(t testing.TB, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o666); err != nil {
		t.Fatal(err)
	}
}
