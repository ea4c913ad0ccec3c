package architecture_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// rules are the rules that a module must obey.
type rules struct {
	// imports lists what each package may import of this module: the packages of its row, and all that those may
	// import. A row lists only what lies directly below.
	imports map[string][]string
	// data lists the packages that only embed files for others to read.
	data []string
	// places lists where packages from elsewhere may be imported: in packages, in single files, or anywhere. Every
	// required module has a row.
	places map[string][]string
	// notIn lists what a package must not import even if its row or place allows it.
	notIn map[string][]string

	filesInPackage, filesInCycle, methods, functionLines, lineLength int

	phrases []phrase
	words   []word
}

// anywhere is the place of a module that may be imported by all packages.
var anywhere = []string{"*"}

// A phrase is a regular expression for what must not be written, and what to write instead.
type phrase struct{ pattern, instead string }

// A word is a word that must not be used, in its forms, and what to say instead. Some packages may be exempt.
type word struct {
	words, instead string
	where          reach
	except         []string
}

// A reach is where a word is looked for.
type reach int

const (
	inNames reach = iota // in sentences it is an ordinary word
	inProse              // in names and in sentences
)

// A finding is a place that breaks a rule, with what to do about it.
type finding struct {
	file    string // file or folder
	line    int    // 0 if it is about the file as a whole
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

// checks holds all checks by name.
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

// check returns the findings of a check, in the order of their places.
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
