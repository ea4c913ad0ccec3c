package architecture_test

import (
	"bytes"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// A module is the source of a Go module: its files, its packages, and the types of the packages built on this
// platform.
type module struct {
	path      string // from go.mod
	files     []*file
	packages  map[string]*pkg // by folder, "." for the root
	testdata  []string        // folders of test data, which are not read
	fset      *token.FileSet
	imports   *moduleImporter
	wellKnown []*types.Package
}

// A file is a text file of the module. Names are relative to its root.
type file struct {
	name   string
	text   string
	syntax *ast.File // Go files only
	test   bool
	built  bool // on this platform
}

// A pkg is a package: the Go files of a folder.
type pkg struct {
	folder string
	files  []*file // without tests
	tests  []*file
	types  *types.Package
	info   *types.Info
	open   bool // it is being checked
}

func (f *file) folder() string { return path.Dir(f.name) }

// forTests reports whether a package is only for tests, like httptest.
func (p *pkg) forTests() bool {
	base := path.Base(p.folder)
	return strings.HasPrefix(base, "test") || strings.HasSuffix(base, "test") || len(p.files) == 0
}

// folders returns the folders of packages that have code other than tests, in order.
func (m *module) folders() []string {
	var folders []string
	for folder, p := range m.packages {
		if len(p.files) > 0 {
			folders = append(folders, folder)
		}
	}
	slices.Sort(folders)
	return folders
}

// code returns all Go files except tests.
func (m *module) code() []*file {
	var files []*file
	for _, folder := range m.folders() {
		files = append(files, m.packages[folder].files...)
	}
	return files
}

// ours returns the folder of an imported package, if it belongs to this module.
func (m *module) ours(imported string) (folder string, ok bool) {
	if imported == m.path {
		return ".", true
	}
	return strings.CutPrefix(imported, m.path+"/")
}

func (m *module) line(pos token.Pos) int { return m.fset.Position(pos).Line }

// readModule reads and type-checks the module whose go.mod is in root.
func readModule(root string) (*module, error) {
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return nil, err
	}
	first, _, _ := strings.Cut(string(mod), "\n")
	m := &module{
		path:     strings.TrimSpace(strings.TrimPrefix(first, "module")),
		packages: map[string]*pkg{},
		fset:     token.NewFileSet(),
	}
	if err := m.readFiles(root); err != nil {
		return nil, err
	}
	return m, m.checkTypes(root)
}

// skipped reports whether a folder is not read. Of folders whose names begin with a dot, only those with checks and
// documents of the project are.
func skipped(name string) bool {
	base := path.Base(name)
	hidden := strings.HasPrefix(base, ".") && name != "." && base != ".ci" && base != ".github"
	return hidden || base == "testdata" || base == "node_modules" || base == "vendor"
}

// isModule reports whether a folder is a module of its own.
func isModule(files fs.FS, name string) bool {
	_, err := fs.Stat(files, path.Join(name, "go.mod"))
	return err == nil && name != "."
}

func (m *module) readFiles(root string) error {
	files := os.DirFS(root)
	return fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (skipped(name) || isModule(files, name)):
			if path.Base(name) == "testdata" {
				m.testdata = append(m.testdata, name)
			}
			return fs.SkipDir
		case !entry.Type().IsRegular():
			return nil
		}
		text, err := fs.ReadFile(files, name)
		if err != nil || bytes.IndexByte(text, 0) >= 0 {
			return err
		}
		f := &file{name: name, text: string(text), test: strings.HasSuffix(name, "_test.go")}
		m.files = append(m.files, f)
		if path.Ext(name) != ".go" {
			return nil
		}
		return m.addGo(root, f)
	})
}

func (m *module) addGo(root string, f *file) (err error) {
	const mode = parser.ParseComments | parser.SkipObjectResolution
	if f.syntax, err = parser.ParseFile(m.fset, f.name, f.text, mode); err != nil {
		return err
	}
	folder, base := filepath.Split(filepath.Join(root, filepath.FromSlash(f.name)))
	if f.built, err = build.Default.MatchFile(folder, base); err != nil {
		return err
	}
	p := m.packages[f.folder()]
	if p == nil {
		p = &pkg{folder: f.folder()}
		m.packages[p.folder] = p
	}
	if f.test {
		p.tests = append(p.tests, f)
	} else {
		p.files = append(p.files, f)
	}
	return nil
}
