package architecture_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// example are the rules of the small modules in testdata. good.txtar obeys all of them, and comes up to each limit.
// Every other file replaces files of it, deletes those without text, and lists the findings to expect in "want", as
// lines "place: check".
var example = rules{
	imports: map[string][]string{
		"cmd/app": {"data", "page"},
		"page":    {"low"},
		"low":     {"lowest"},
		"lowest":  {},
		"side":    {},
		"data":    {},
	},
	data: []string{"data"},
	places: map[string][]string{
		"encoding":     {"side"},
		"encoding/hex": {"side/hex.go"},
		"slices":       anywhere,
	},
	notIn:          map[string][]string{"page": {"os"}},
	filesInPackage: 3,
	filesInCycle:   2,
	methods:        2,
	functionLines:  5,
	lineLength:     60,
	phrases:        []phrase{{"wante[d] is", "must be"}, {"(?:is|are) no [a-z]+ of", "invalid"}},
	words:          []word{{"room rooms", "folder", inProse, nil}, {"proof", "check", inNames, []string{"low"}}},
}

// TestChecks checks that each check finds what it is for, and nothing else.
func TestChecks(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			m, want := readFixture(t, name)
			var got []string
			for _, check := range allChecks() {
				for _, place := range places(check, m, example) {
					got = append(got, place+": "+check)
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("found:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			for _, line := range want {
				_, check, _ := strings.Cut(line, ": ")
				seen[check] = true
			}
		})
	}
	for _, check := range allChecks() {
		if !seen[check] {
			t.Errorf("no file in testdata shows a fault that the check %q finds", check)
		}
	}
}

// TestTableFaults checks the module of good.txtar against tables that contradict themselves.
func TestTableFaults(t *testing.T) {
	m, _ := readFixture(t, "testdata/good.txtar")
	faulty := example
	faulty.imports = maps.Clone(example.imports)
	faulty.imports["lowest"] = []string{"page"}
	faulty.imports["side"] = []string{"nowhere"}
	for check, want := range map[string][]string{
		"direction":     {"low", "lowest", "page"},
		"package table": {"side"},
	} {
		if got := places(check, m, faulty); !slices.Equal(got, want) {
			t.Errorf("%s finds faults in %q, want %q", check, got, want)
		}
	}
}

// places returns the places of a check's findings.
func places(name string, m *module, r rules) (places []string) {
	for _, f := range check(name, m, r) {
		places = append(places, f.place())
	}
	return places
}

// readFixture returns the module of a file in testdata, and the findings to expect in it.
func readFixture(t *testing.T, name string) (m *module, want []string) {
	files := map[string][]byte{}
	for _, from := range []string{"testdata/good.txtar", name} {
		archive, err := txtar.ParseFile(from)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range archive.Files {
			files[file.Name] = file.Data
		}
	}
	for line := range strings.Lines(string(files["want"])) {
		want = append(want, strings.TrimSpace(line))
	}
	slices.Sort(want)
	delete(files, "want")
	made := &txtar.Archive{}
	for name, data := range files {
		if len(data) > 0 {
			made.Files = append(made.Files, txtar.File{Name: name, Data: data})
		}
	}
	root := t.TempDir()
	if err := txtar.Write(made, root); err != nil {
		t.Fatal(err)
	}
	m, err := readModule(root)
	if err != nil {
		t.Fatal(err)
	}
	return m, want
}
