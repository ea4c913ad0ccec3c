package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport is who may import whom in this house: imports run one way, cmd →
// site → site/search → content, and content, locales and rules never import one
// another. Every room may import the root, "", which has no room above it.
var mayImport = map[string][]string{
	"":               {},
	"content":        {""},
	"locales":        {""},
	"rules":          {""},
	"site/search":    {"", "content"},
	"site/lint":      {"", "content", "locales", "rules"},
	"site/testdir":   {},
	"site":           {"", "content", "locales", "rules", "site/search"},
	"cmd/helpcenter": {"", "content", "locales", "rules", "site", "site/lint", "site/search"},
}

// onlyIn is where a library may be imported: in rooms, or in single files.
var onlyIn = map[string][]string{
	"github.com/yuin/goldmark":         {"content"},
	"github.com/nicksnyder/go-i18n/v2": {"locales"},
	"github.com/gorilla/mux":           {"site/routes.go"},
	"github.com/hashicorp/golang-lru":  {"site/store.go"},
	"github.com/spf13/pflag":           {"cmd/helpcenter"},
	"github.com/fsnotify/fsnotify":     {"cmd/helpcenter"},
	"github.com/BurntSushi/toml":       {"", "cmd/helpcenter/schema_test.go"},
	"github.com/rogpeppe/go-internal":  {"cmd/helpcenter", "site/lint"},
}

// TestImportsRunOneWay reads the import clauses of every file of the module,
// whatever its build constraints are. Tests may use what they like of the house.
func TestImportsRunOneWay(t *testing.T) {
	house := os.DirFS("../..")
	err := fs.WalkDir(house, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return fs.SkipDir
		case d.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		return checkImports(t, house, name)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// room returns the folder of a file, "" for the root.
func room(file string) string {
	if dir := path.Dir(file); dir != "." {
		return dir
	}
	return ""
}

func checkImports(t *testing.T, house fs.FS, file string) error {
	data, err := fs.ReadFile(house, file)
	if err != nil {
		return err
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), file, data, parser.ImportsOnly)
	if err != nil {
		return err
	}
	allowed, known := mayImport[room(file)]
	if !known {
		t.Errorf("%s: there is no room %q in this house", file, room(file))
	}
	for _, spec := range parsed.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return err
		}
		if imported, ours := ourRoom(name); ours && !strings.HasSuffix(file, "_test.go") && !slices.Contains(allowed, imported) {
			t.Errorf("%s imports %s, against the direction of imports", file, name)
		}
		for library, places := range onlyIn {
			if within(name, library) && !slices.Contains(places, file) && !slices.Contains(places, room(file)) {
				t.Errorf("%s imports %s, which only %q may", file, name, places)
			}
		}
	}
	return nil
}

// ourRoom returns the room that an import names, if it is one of this module.
func ourRoom(name string) (room string, ok bool) {
	if name == "helpcenter" {
		return "", true
	}
	return strings.CutPrefix(name, "helpcenter/")
}

func within(name, module string) bool {
	return name == module || strings.HasPrefix(name, module+"/")
}
