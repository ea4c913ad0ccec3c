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
	"helpcenter/site/answer"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
	"helpcenter/site/source"
	"helpcenter/site/textedit"
)

// workDir is --dir, of commands that change writers' files. They prepare all changes in memory, check the folders
// with these changes, and then write either all changes or none.
type workDir struct{ dirFlag }

func (d *workDir) flags(f *pflag.FlagSet) {
	f.StringVar(&d.dir, "dir", ".", "the `DIR` with the folder content, and rules if it has any")
}

// open opens the folders. content must be on disk.
func (d *workDir) open(w io.Writer) (source.Folders, error) {
	folders, err := d.dirFlag.open(w)
	if err == nil && folders["content"] == fs.FS(content.Files) {
		err = usagef("--dir %s: it has no folder content to write to", d.dir)
	}
	return folders, err
}

// edit opens the folders and writes the changes that change returns for content. If new is not "", rules and texts
// of checkers cite it instead of the article old from then on.
func (d *workDir) edit(c console, old, new string, change func(content fs.FS) ([]textedit.Change, error)) error {
	folders, err := d.open(c.err)
	if err != nil {
		return err
	}
	changes, err := change(folders["content"])
	if err != nil {
		return err
	}
	citing, err := citeInstead(folders, old, new)
	if err != nil {
		return err
	}
	return d.apply(folders, append(changes, citing...), c)
}

// apply writes the changes, unless they would leave an error.
func (d *workDir) apply(r source.Folders, changes []textedit.Change, c console) error {
	_, found := loadSite(r.With(changes), "", c.now())
	if errors, _ := printErrors(found, c.err); errors > 0 {
		return fmt.Errorf("nothing was written, because it would leave %s", number(errors, "error"))
	}
	return d.write(r, changes, c.out)
}

// write writes the changes to files and lists them.
func (d *workDir) write(r source.Folders, changes []textedit.Change, w io.Writer) error {
	if err := writeChanges(d.dir, r, changes); err != nil {
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

// A rewording replaces a quoted text in a file.
type rewording struct {
	at      diag.Position
	was, is string
}

// citeInstead returns the changes that make rules and texts of checkers cite the article new instead of old.
func citeInstead(r source.Folders, old, new string) (changes []textedit.Change, err error) {
	if new == "" {
		return nil, nil
	}
	edits := map[string][]textedit.Edit{}
	for _, w := range rewordings(r, old, new) {
		file := w.at.File
		data, err := fs.ReadFile(r, file)
		if err != nil {
			return nil, err
		}
		edit, ok := textedit.EditString(data, w.at, w.was, w.is)
		if !ok {
			return nil, fmt.Errorf("%s: cannot change %q; write it in double quotes without escapes", w.at, w.was)
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

// rewordings returns what cites the article old, reworded to cite new.
func rewordings(r source.Folders, old, new string) (list []rewording) {
	set, _ := ruleset.Load(r["rules"])
	for _, ref := range set.References() {
		if section, ok := strings.CutPrefix(ref.Ref, old+"#"); ok {
			list = append(list, rewording{ref.Position, ref.Ref, new + "#" + section})
		}
	}
	lib, _ := library.Load(r["content"])
	words, _ := locale.Load(r["locales"], lib.Site.Tags(), lib.Site.DefaultLanguage)
	for _, lang := range lib.Site.Tags() {
		phrases, _ := answer.Phrases(words, set, lang)
		for _, p := range phrases {
			if p.LeadsTo(old) {
				is := strings.ReplaceAll(p.Source, "]("+old+".md", "]("+new+".md")
				list = append(list, rewording{p.At, p.Source, is})
			}
		}
	}
	return list
}

// writeChanges writes files below dir, all or none. Each file is first written to a temporary file, which is then
// renamed, so readers see either the old file or the new one. If a step fails, the steps before it are undone. If a
// file is no longer what a change was made from, nothing is written.
func writeChanges(dir string, r source.Folders, changes []textedit.Change) error {
	for _, change := range changes {
		if err := unchanged(r, change); err != nil {
			return err
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	defer func() {
		for _, change := range changes {
			root.Remove(temporary(change.File)) // left after an error
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

// unchanged returns an error if a file is no longer what the change was made from.
func unchanged(r source.Folders, change textedit.Change) error {
	data, err := fs.ReadFile(r, change.File)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	case (err != nil) != (change.Was == nil) || !bytes.Equal(data, change.Was):
		return fmt.Errorf("%s has been changed by someone else meanwhile; nothing was written", change.File)
	}
	return nil
}

// temporary returns the name of the temporary file for file. Content ignores names that begin with a dot.
func temporary(file string) string { return path.Join(path.Dir(file), "."+path.Base(file)+".new") }

// stage writes the temporary file, unless data is nil, which stands for removing the file.
func stage(root *os.Root, file string, data []byte) error {
	if data == nil {
		return nil
	}
	if err := root.MkdirAll(path.Dir(file), 0o755); err != nil {
		return err
	}
	return root.WriteFile(temporary(file), data, 0o644)
}

// put renames the temporary file or, if data is nil, removes the file.
func put(root *os.Root, file string, data []byte) error {
	if data == nil {
		return root.Remove(file)
	}
	return root.Rename(temporary(file), file)
}

// undo restores the files of changes that have been written.
func undo(root *os.Root, done []textedit.Change) (err error) {
	for _, change := range done {
		err = errors.Join(err, stage(root, change.File, change.Was), put(root, change.File, change.Was))
	}
	return err
}

// removeEmpty removes an empty folder and its empty parents, up to the folder of the language.
func removeEmpty(root *os.Root, folder string) {
	for strings.Count(folder, "/") > 1 && root.Remove(folder) == nil {
		folder = path.Dir(folder)
	}
}
