package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"

	"github.com/rogpeppe/go-internal/testscript"
)

// What scripts can say beside what testscript knows.

// sameTrees is "same A B": both folders hold the same files with the same bytes.
func sameTrees(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: same FOLDER FOLDER")
	}
	a, b := os.DirFS(ts.MkAbs(args[0])), os.DirFS(ts.MkAbs(args[1]))
	err := subTree(a, b)
	if err == nil {
		err = subTree(b, a)
	}
	if (err == nil) == neg {
		ts.Fatalf("%s and %s: %v", args[0], args[1], err)
	}
}

// subTree reports the first file of a that b lacks or has otherwise.
func subTree(a, b fs.FS) error {
	return fs.WalkDir(a, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		one, err := fs.ReadFile(a, name)
		if err != nil {
			return err
		}
		other, err := fs.ReadFile(b, name)
		if err == nil && !bytes.Equal(one, other) {
			err = fmt.Errorf("%s differs", name)
		}
		return err
	})
}
