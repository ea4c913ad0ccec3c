package architecture_test

import (
	"fmt"
	"go/token"
	"path"
	"slices"
	"strings"
)

// below returns what a package may import: the packages of its row, and what those may import.
func (r rules) below(folder string) map[string]bool {
	allowed := map[string]bool{}
	var add func(string)
	add = func(folder string) {
		for _, lower := range r.imports[folder] {
			if !allowed[lower] {
				allowed[lower] = true
				add(lower)
			}
		}
	}
	add(folder)
	return allowed
}

// eachImport calls do for each import of a file.
func eachImport(f *file, do func(name string, pos token.Pos)) {
	for _, spec := range f.syntax.Imports {
		do(strings.Trim(spec.Path.Value, "`\""), spec.Pos())
	}
}

// checkDirection finds imports that run up or across, and rows that allow it.
func checkDirection(m *module, r rules) (found []finding) {
	for folder := range r.imports {
		if r.below(folder)[folder] {
			found = append(found,
				finding{file: folder,
					message: "its row in the table of imports leads back to itself; take one of the imports out"})
		}
	}
	for _, f := range m.code() {
		if m.packages[f.folder()].forTests() {
			continue
		}
		allowed := r.below(f.folder())
		eachImport(f, func(name string, pos token.Pos) {
			if folder, ours := m.ours(name); ours && !allowed[folder] && !m.isHelper(folder) {
				found = append(found, finding{f.name, m.line(pos), "", fmt.Sprintf(
					"%s must not import %s: imports run down only; move what both need into a package below them",
					f.folder(), folder)})
			}
		})
	}
	return found
}

// isHelper reports whether a folder holds a package that is only for tests.
func (m *module) isHelper(folder string) bool {
	p := m.packages[folder]
	return p != nil && p.forTests()
}

// checkHelpers finds code that imports packages for tests.
func checkHelpers(m *module, _ rules) (found []finding) {
	for _, f := range m.code() {
		eachImport(f, func(name string, pos token.Pos) {
			folder, ours := m.ours(name)
			if ours && m.isHelper(folder) && !m.packages[f.folder()].forTests() {
				found = append(found, finding{f.name, m.line(pos), "", folder + " is for tests; code must not import it"})
			}
		})
	}
	return found
}

// checkTable finds packages without a row, and rows without a package.
func checkTable(m *module, r rules) (found []finding) {
	for _, folder := range m.folders() {
		if _, ok := r.imports[folder]; !ok && !m.packages[folder].forTests() {
			found = append(found, finding{file: folder, message: "no row in the table of imports; " +
				"add one that says what this package may import, or move its files"})
		}
	}
	for folder, row := range r.imports {
		for _, lower := range row {
			if _, ok := r.imports[lower]; !ok {
				found = append(found, finding{file: folder, message: "its row in the table of imports names " + lower +
					", which has none; add or correct it"})
			}
		}
		if p := m.packages[folder]; p == nil || len(p.files) == 0 {
			found = append(found, finding{file: folder, message: "a row in the table of imports without a package; " +
				"delete the row"})
		}
	}
	return found
}

// within reports whether an imported package is the given package, or is below it.
func within(imported, of string) bool {
	return imported == of || strings.HasPrefix(imported, of+"/")
}

// checkPlaces finds imports outside their place, third-party modules without a place, and places of modules that
// are no longer imported.
func checkPlaces(m *module, r rules) (found []finding) {
	seen := map[string]bool{}
	for _, f := range m.code() {
		if m.packages[f.folder()].forTests() {
			continue
		}
		eachImport(f, func(name string, pos token.Pos) {
			row := r.placeOf(name)
			seen[row] = true
			places, listed := r.places[row]
			switch _, ours := m.ours(name); {
			case slices.Contains(r.notIn[f.folder()], name):
				found = append(found, finding{f.name, m.line(pos), "", fmt.Sprintf(
					"%s must not import %s; take what it needs as an argument", f.folder(), name)})
			case listed && !isIn(f, places):
				found = append(found, finding{f.name, m.line(pos), "", fmt.Sprintf(
					"%s may be imported only in %s; use what that offers", name, strings.Join(places, ", "))})
			case !listed && !ours && strings.Contains(strings.Split(name, "/")[0], "."):
				found = append(found, finding{f.name, m.line(pos), "", name +
					" has no row in the table of places; add one that names the package that may import it"})
			}
		})
	}
	for row := range r.places {
		if !seen[row] {
			found = append(found, finding{file: row, message: "a row in the table of places that no code imports; " +
				"delete the row"})
		}
	}
	return found
}

// isIn reports whether a file or its package is one of the places.
func isIn(f *file, places []string) bool {
	return slices.ContainsFunc(places, func(place string) bool {
		return place == f.name || place == f.folder() || place == "*"
	})
}

// placeOf returns the most specific row for an imported package, or "" if there is none.
func (r rules) placeOf(imported string) (row string) {
	for name := range r.places {
		if within(imported, name) && len(name) > len(row) {
			row = name
		}
	}
	return row
}

// checkData finds what a folder of data must not hold: Go files other than one embed.go, and test data. Writers'
// folders stay free of what writers need not know.
func checkData(m *module, r rules) (found []finding) {
	for _, folder := range r.data {
		p := m.packages[folder]
		if p == nil || !slices.ContainsFunc(p.files, func(f *file) bool { return path.Base(f.name) == "embed.go" }) {
			found = append(found, finding{file: folder, message: "no embed.go; add one that embeds the files of this folder"})
		}
	}
	for _, f := range m.files {
		for _, folder := range r.data {
			if within(f.name, folder) && f.syntax != nil && f.name != folder+"/embed.go" {
				found = append(found, finding{file: f.name, message: "the only Go file in " + folder +
					" is embed.go; move this into the package that reads the folder"})
			}
		}
	}
	for _, folder := range m.testdata {
		for _, data := range r.data {
			if within(folder, data) {
				found = append(found, finding{file: folder, message: "no test data beside the files of writers; " +
					"move it to the package that reads them"})
			}
		}
	}
	return found
}
