package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"

	"helpcenter/site/sitetest"
	"helpcenter/site/source"
)

// Commands for scripts besides those of testscript.

// sameTrees is "same A B": both folders contain the same files with the same bytes.
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

// bilingual returns the built-in folders with content only in Italian and English.
func bilingual() source.Folders {
	folders := builtIn()
	folders["content"] = sitetest.BilingualContent()
	return folders
}

// writeShipped is "shipped FOLDER": it replaces the folder with the shipped folders, in Italian and English, as
// files of a writer's own.
func writeShipped(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: shipped FOLDER")
	}
	dir := ts.MkAbs(args[0])
	ts.Check(os.RemoveAll(dir))
	for folder, files := range bilingual() {
		ts.Check(os.CopyFS(filepath.Join(dir, filepath.FromSlash(folder)), files))
	}
}

// replaceText is "replace FILE OLD NEW": it replaces the first OLD in the file by NEW.
func replaceText(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace FILE OLD NEW")
	}
	file := ts.MkAbs(args[0])
	text, err := os.ReadFile(file)
	ts.Check(err)
	if !bytes.Contains(text, []byte(args[1])) {
		ts.Fatalf("%s does not say %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(file, bytes.Replace(text, []byte(args[1]), []byte(args[2]), 1), 0o644))
}

// subTree reports the first file of a that is missing or different in b.
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
