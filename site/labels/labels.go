// Package labels reads the names of a checker's values from a table.
//
// A question with many answers, such as the countries of the world, has its words in a file beside its rules:
// rules/<checker>.labels.csv. Its first line is fact,value,en,it with a column for each language of the site; each
// line below names a value of a fact, or a group of its values, in these languages. The labels become messages, as
// if they were in locales/active.<lang>.toml, and are checked like those.
//
// A table is read strictly: an unknown fact, value or language, a label that is given twice, and a line with more
// or fewer fields are errors, each at its place.
package labels

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"helpcenter/site/diag"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
	"helpcenter/site/tomlfile"
)

const (
	suffix  = ".labels.csv"
	maxSize = 1 << 20
)

// Load reads the tables in fsys, the folder rules, for the checkers in set. languages are those of the site.
// fallback, its default language, must have every label.
func Load(fsys fs.FS, set *ruleset.Set, languages []string, fallback string) ([]locale.Label, []diag.Finding) {
	r := reader{set: set, languages: languages, fallback: fallback}
	entries, _ := fs.ReadDir(fsys, ".") // the loader of rules reports what is wrong with the folder
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".csv") {
			r.file = diag.Position{File: "rules/" + e.Name()}
			r.read(fsys, e.Name())
		}
	}
	return r.labels, diag.Sort(r.found)
}

type reader struct {
	set       *ruleset.Set
	languages []string
	fallback  string
	labels    []locale.Label
	found     []diag.Finding

	file     diag.Position
	table    *csv.Reader
	checker  string
	versions []*ruleset.Ruleset // none if the rules have errors
}

func (r *reader) add(f diag.Finding) { r.found = append(r.found, f) }

// at returns the position of a field in the last line read.
func (r *reader) at(field int) diag.Position {
	at := r.file
	at.Line, at.Column = r.table.FieldPos(field)
	return at
}

// unknown reports a name that is not allowed.
func (r *reader) unknown(at diag.Position, kind, name string, allowed []string) {
	f := diag.Errorf(at, "unknown-"+kind, "unknown %s %q (allowed: %s)", kind, name, diag.List(allowed))
	if near := diag.Nearest(name, allowed); near != "" {
		f = f.Suggest("did you mean %q?", near)
	}
	r.add(f)
}

// read reads the table of a checker.
func (r *reader) read(fsys fs.FS, name string) {
	checker, ok := strings.CutSuffix(name, suffix)
	known := r.set.Known()
	if !ok || !slices.Contains(known, checker) {
		f := diag.Errorf(r.file, "unknown-file", "unknown file %q (allowed: <checker>%s, for the checkers %s)",
			name, suffix, diag.List(known))
		if near := diag.Nearest(checker, known); near != "" {
			f = f.Suggest("rename it to %s", near+suffix)
		}
		r.add(f)
		return
	}
	data, err := tomlfile.Read(fsys, name)
	switch {
	case err != nil:
		r.add(diag.Errorf(r.file, "unreadable", "cannot be read: %v", err))
	case len(data) > maxSize:
		r.add(diag.Errorf(r.file, "unreadable", "larger than 1 MiB"))
	case !utf8.Valid(data):
		r.add(diag.Errorf(r.file, "unreadable", "not UTF-8").Suggest("save the file as CSV in UTF-8"))
	default:
		r.checker, r.versions = checker, r.set.Versions(checker)
		r.table = csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
		r.table.FieldsPerRecord = -1
		r.lines()
	}
}

// line returns the next line of the table, or nil after the last line or a mistake.
func (r *reader) line() []string {
	fields, err := r.table.Read()
	var wrong *csv.ParseError
	if errors.As(err, &wrong) {
		at, text := r.file, wrong.Err.Error()
		at.Line, at.Column = wrong.Line, wrong.Column
		if wrong.StartLine < wrong.Line { // an unclosed field may continue to the end of the file
			at.Line, at.Column = wrong.StartLine, 1
			text = fmt.Sprintf("a quoted field continues to line %d", wrong.Line)
		}
		r.add(diag.Errorf(at, "csv", "%s", text).
			Suggest(`write a field with quotes or commas as "so", and quotes in it twice`))
	}
	if err != nil && !errors.Is(err, io.EOF) && wrong == nil {
		r.add(diag.Errorf(r.file, "unreadable", "cannot be read: %v", err))
	}
	if err != nil {
		return nil
	}
	return fields
}

func (r *reader) lines() {
	before := len(r.found)
	head := r.line()
	if head == nil && len(r.found) == before {
		r.add(r.noHead(r.file))
	}
	if head == nil || !r.head(head) {
		return
	}
	seen := map[string]bool{}
	for fields := r.line(); fields != nil; fields = r.line() {
		if len(fields) != len(head) {
			r.add(diag.Errorf(r.at(0), "csv", "%d fields, but the first line has %d", len(fields), len(head)).
				Suggest("give each line a fact, a value and a label in each language, with commas between them"))
			continue
		}
		if !r.names(fields[0], fields[1]) {
			continue
		}
		id := r.checker + ".value." + fields[0] + "." + fields[1]
		if seen[id] {
			r.add(diag.Errorf(r.at(1), "duplicate-id", "%q of fact %q has its labels in an earlier line", fields[1], fields[0]).
				Suggest("remove one of the lines"))
			continue
		}
		seen[id] = true
		for i, lang := range head[2:] {
			r.label(lang, id, fields[i+2], r.at(i+2))
		}
	}
}

func (r *reader) noHead(at diag.Position) diag.Finding {
	return diag.Errorf(at, "csv", "the first line must be fact,value,%s", strings.Join(r.languages, ",")).
		Suggest("name the columns in the first line, with commas between them")
}

// head checks the first line.
func (r *reader) head(fields []string) bool {
	before := len(r.found)
	if len(fields) < 3 || fields[0] != "fact" || fields[1] != "value" {
		r.add(r.noHead(r.at(0)))
		return false
	}
	for i, lang := range fields[2:] {
		switch {
		case !slices.Contains(r.languages, lang):
			r.unknown(r.at(i+2), "language", lang, r.languages)
		case slices.Contains(fields[2:i+2], lang):
			r.add(diag.Errorf(r.at(i+2), "duplicate-id", "the language %q has two columns", lang).Suggest("remove one of them"))
		}
	}
	for _, lang := range r.languages {
		if slices.Contains(fields, lang) {
			continue
		}
		if lang == r.fallback {
			r.add(diag.Errorf(r.at(0), "message-missing", "no labels in %q, the default language", lang).
				Suggest("add a column %q", lang))
		} else {
			r.add(diag.Warningf(r.at(0), "message-missing", "no labels in %q: those in %q are shown", lang, r.fallback).
				Suggest("add a column %q", lang))
		}
	}
	return !diag.HasErrors(r.found[before:])
}

// names reports whether some version of the checker has a fact and the value.
func (r *reader) names(fact, value string) bool {
	var facts, values []string
	cells := false
	for _, version := range r.versions {
		for f, has := range version.Facts {
			facts = append(facts, has.ID)
			if has.ID != fact {
				continue
			}
			cells = cells || len(has.Cells) > 0
			values = append(values, has.Named()...)
			for _, group := range version.Groups {
				if group.Fact == f {
					values = append(values, group.ID)
				}
			}
		}
	}
	switch {
	case len(r.versions) == 0 || slices.Contains(values, value):
		return true
	case !slices.Contains(facts, fact):
		r.unknown(r.at(0), "fact", fact, facts)
	case cells:
		r.add(diag.Errorf(r.at(0), "unknown-value", "the ranges of fact %q have no labels of their own", fact).
			Suggest("remove the line: each language has words for them"))
	default:
		r.unknown(r.at(1), "value", value, values)
	}
	return false
}

// label adds the text of a field as a label.
func (r *reader) label(lang, id, text string, at diag.Position) {
	switch {
	case text != strings.TrimSpace(text):
		r.add(diag.Errorf(at, "csv", "spaces around %q", strings.TrimSpace(text)).Suggest("delete them"))
	case text != "":
		r.labels = append(r.labels, locale.Label{Lang: lang, ID: id, Text: text, At: at})
	case lang == r.fallback:
		r.add(diag.Errorf(at, "message-missing", "no label in %q, the default language", lang).Suggest("write one"))
	default:
		r.add(diag.Warningf(at, "message-missing", "no label in %q: that in %q is shown", lang, r.fallback).
			Suggest("write one, the same if it is a name"))
	}
}
