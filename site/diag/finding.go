// Package diag describes errors and warnings in the files of writers.
//
// A [Finding] says where something is wrong, by which rule, what is allowed and what to do. Errors stop
// publication, warnings do not. Every package that reads files reports findings; commands print them sorted and
// without duplicates.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity says whether a finding stops publication.
type Severity string

const (
	// Error is a finding that would break a page or an answer: build and serve stop.
	Error Severity = "error"
	// Warning is a judgement, mostly about language: only lint shows it.
	Warning Severity = "warning"
)

// A Position is a place in a writer's file. Line and Column count from 1, Column in bytes, as in compilers; 0
// stands for the whole file or line.
type Position struct {
	File   string `json:"file"` // below the folder of --dir, such as content/it/account/x.md
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// String returns file:line:column, without the parts that are 0.
func (p Position) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// A Finding is an error or a warning, for a person to read.
type Finding struct {
	Position
	Rule       string   `json:"rule"` // stable id, such as broken-link
	Severity   Severity `json:"severity"`
	Message    string   `json:"message"`    // what is wrong and what is allowed: one sentence, no full stop
	Suggestion string   `json:"suggestion"` // what to do or to write instead; may be empty
}

// Errorf returns an error. The rule is its stable id.
func Errorf(at Position, rule, format string, args ...any) Finding {
	return Finding{Position: at, Rule: rule, Severity: Error, Message: fmt.Sprintf(format, args...)}
}

// Warningf returns a warning. The rule is its stable id.
func Warningf(at Position, rule, format string, args ...any) Finding {
	return Finding{Position: at, Rule: rule, Severity: Warning, Message: fmt.Sprintf(format, args...)}
}

// Suggest returns f with a suggestion.
func (f Finding) Suggest(format string, args ...any) Finding {
	f.Suggestion = fmt.Sprintf(format, args...)
	return f
}

// String returns the finding on one line, with the suggestion, if any, on a second.
func (f Finding) String() string {
	s := fmt.Sprintf("%s: %s: %s [%s]", f.Position, f.Severity, f.Message, f.Rule)
	if f.Suggestion != "" {
		s += "\n\t" + strings.ReplaceAll(f.Suggestion, "\n", "\n\t")
	}
	return s
}

// Sort sorts findings by file, line and column and removes duplicates.
func Sort(fs []Finding) []Finding {
	slices.SortFunc(fs, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Message, b.Message), cmp.Compare(a.Suggestion, b.Suggestion))
	})
	return slices.Compact(fs)
}

// HasErrors reports whether any finding is an error.
func HasErrors(fs []Finding) bool {
	return slices.ContainsFunc(fs, func(f Finding) bool { return f.Severity == Error })
}
