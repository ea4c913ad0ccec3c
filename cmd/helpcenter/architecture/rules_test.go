package architecture_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// rules are what a module is held to.
type rules struct {
	// imports is what each package may import of this module: the packages of
	// its row and all that those may import. A row lists what lies directly below.
	imports map[string][]string
	// data are the packages that only embed files for others to read.
	data []string
	// places is where what comes from elsewhere may be imported: in packages, in
	// single files, or anywhere. Every module that is required has a row.
	places map[string][]string
	// notIn is what a package must not import, although its row or place allow it.
	notIn map[string][]string

	filesInPackage, filesInCycle, methods, functionLines, lineLength int

	phrases []phrase
	words   []word
}

// anywhere is the place of a module that may be imported everywhere.
var anywhere = []string{"*"}

// A phrase is what no sentence says, as a regular expression, and what to say.
type phrase struct{ pattern, instead string }

// A word is what no name holds, in its forms, and what to say instead. In some
// packages it may be right.
type word struct {
	words, instead string
	where          reach
	except         []string
}

// A reach is where a word is looked for.
type reach int

const (
	inNames reach = iota // since in sentences it is an ordinary word
	inProse              // in names and in sentences
)

// A finding is a place that breaks a rule, and what to do about it.
type finding struct {
	file    string // or folder
	line    int    // 0 if it is about the whole
	check   string
	message string
}

func (f finding) place() string {
	if f.line == 0 {
		return f.file
	}
	return fmt.Sprintf("%s:%d", f.file, f.line)
}

func (f finding) String() string { return fmt.Sprintf("%s: %s: %s", f.place(), f.check, f.message) }

// checks are all checks by name.
var checks = map[string]func(*module, rules) []finding{
	"direction":        checkDirection,
	"package table":    checkTable,
	"module place":     checkPlaces,
	"data folder":      checkData,
	"package size":     checkPackageSize,
	"file cycle":       checkCycles,
	"methods":          checkMethods,
	"function length":  checkFunctions,
	"line length":      checkLines,
	"unused export":    checkExports,
	"phrase":           checkPhrases,
	"word in names":    checkNames,
	"word in prose":    checkProse,
	"package comment":  checkComments,
	"external test":    checkTests,
	"test helper used": checkHelpers,
}

// check returns what a check finds, in order of place.
func check(name string, m *module, r rules) []finding {
	findings := checks[name](m, r)
	for i := range findings {
		findings[i].check = name
	}
	slices.SortFunc(findings, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.file, b.file), a.line-b.line, cmp.Compare(a.message, b.message))
	})
	return findings
}

func allChecks() []string { return slices.Sorted(maps.Keys(checks)) }
