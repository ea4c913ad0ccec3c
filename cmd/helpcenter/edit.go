package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/spf13/pflag"

	"helpcenter/content"
	"helpcenter/site/diag"
	"helpcenter/site/ruleset"
	"helpcenter/site/source"
	"helpcenter/site/textedit"
)

// What the commands have in common that write into the writers' folder. Each of
// them makes all its changes in memory, proves the rooms with them, and then
// writes all or nothing.

// workDir is --dir, of commands that write.
type workDir struct{ dirFlag }

func (d *workDir) flags(f *pflag.FlagSet) {
	f.StringVar(&d.dir, "dir", ".", "the `DIR` with the folder content, and rules where there are any")
}

// open finds the rooms, of which content has to be one of the folder's.
func (d *workDir) open(w io.Writer) (source.Folders, error) {
	r, err := d.dirFlag.open(w)
	if err == nil && r["content"] == fs.FS(content.Files) {
		err = usagef("--dir %s: it has no folder content to write in", d.dir)
	}
	return r, err
}

// apply proves the rooms with the changes, and writes these if nothing is broken
// by them.
func (d *workDir) apply(r source.Folders, changes []textedit.Change, c console) error {
	now, err := clock()
	if err != nil {
		return err
	}
	_, found := loadSite(r.With(changes), "", now())
	errors, _ := count(found)
	for _, f := range found {
		if f.Severity == diag.Error {
			fmt.Fprintln(c.err, f)
		}
	}
	if errors > 0 {
		return fmt.Errorf("nothing was written, since it would leave %s", number(errors, "error"))
	}
	return d.write(changes, c.out)
}

// write carries changes out and lists them.
func (d *workDir) write(changes []textedit.Change, w io.Writer) error {
	if err := writeChanges(d.dir, changes); err != nil {
		return err
	}
	for _, change := range changes {
		what := "changed"
		switch {
		case change.Was == nil:
			what = "new"
		case change.Is == nil:
			what = "removed"
		}
		fmt.Fprintf(w, "%-7s %s\n", what, change.File)
	}
	return nil
}

// citations returns the places where rules cite an article.
func citations(r source.Folders, path string) (list []ruleset.Reference) {
	set, _ := ruleset.Load(r["rules"])
	for _, ref := range set.References() {
		if strings.HasPrefix(ref.Ref, path+"#") {
			list = append(list, ref)
		}
	}
	return list
}

// recite returns the changes by which rules cite one article in the place of
// another.
func recite(r source.Folders, old, new string) (changes []textedit.Change, err error) {
	edits := map[string][]textedit.Edit{}
	for _, ref := range citations(r, old) {
		file := ref.Position.File
		data, err := fs.ReadFile(r, file)
		if err != nil {
			return nil, err
		}
		edit, ok := textedit.EditString(data, ref.Position, ref.Ref, new+strings.TrimPrefix(ref.Ref, old))
		if !ok {
			return nil, fmt.Errorf("%s: %q cannot be changed; write it in simple quotes", ref.Position, ref.Ref)
		}
		edits[file] = append(edits[file], edit)
		if len(edits[file]) == 1 {
			changes = append(changes, textedit.Change{File: file, Was: data})
		}
	}
	for i, change := range changes {
		changes[i].Is = textedit.Apply(change.Was, edits[change.File])
	}
	return changes, nil
}

// writeChanges writes files below a folder, all or none. Each is written beside
// its place first and then put there in one step, so that whoever reads it
// meanwhile has the old file or the new one; when a step fails, those before it
// are undone. A file that is no longer what it was when it was read is not
// touched, nor is any other.
func writeChanges(dir string, changes []textedit.Change) (err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, change := range changes {
		if err := unchanged(root, change); err != nil {
			return err
		}
	}
	defer func() {
		for _, change := range changes {
			root.Remove(beside(change.File)) // of what went wrong
		}
	}()
	for _, change := range changes {
		if err := stage(root, change.File, change.Is); err != nil {
			return err
		}
	}
	for i, change := range changes {
		if err := put(root, change.File, change.Is); err != nil {
			return errors.Join(err, undo(root, changes[:i]))
		}
	}
	for _, change := range changes {
		if change.Is == nil {
			removeEmpty(root, path.Dir(change.File))
		}
	}
	return nil
}

// unchanged proves that a file is still what it was when it was read.
func unchanged(root *os.Root, change textedit.Change) error {
	data, err := root.ReadFile(change.File)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	case (err != nil) != (change.Was == nil) || !bytes.Equal(data, change.Was):
		return fmt.Errorf("%s was changed meanwhile by someone else; nothing was written", change.File)
	}
	return nil
}

// beside is where a file waits until it is put in its place. Names that begin
// with a dot are no content.
func beside(file string) string { return path.Join(path.Dir(file), "."+path.Base(file)+".new") }

// stage writes a file beside its place.
func stage(root *os.Root, file string, data []byte) error {
	if data == nil {
		return nil
	}
	if err := root.MkdirAll(path.Dir(file), 0o755); err != nil {
		return err
	}
	f, err := root.Create(beside(file))
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

// put puts a file in its place, or takes it away.
func put(root *os.Root, file string, data []byte) error {
	if data == nil {
		return root.Remove(file)
	}
	return root.Rename(beside(file), file)
}

// undo takes back changes that were carried out.
func undo(root *os.Root, done []textedit.Change) (err error) {
	for _, change := range done {
		err = errors.Join(err, stage(root, change.File, change.Was), put(root, change.File, change.Was))
	}
	return err
}

// removeEmpty removes a folder that holds nothing any more, and those above it,
// but not those of the languages.
func removeEmpty(root *os.Root, folder string) {
	for strings.Count(folder, "/") > 1 && root.Remove(folder) == nil {
		folder = path.Dir(folder)
	}
}
