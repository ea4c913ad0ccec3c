package architecture_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"sync"
)

// checkTypes type-checks each package. Everything outside this module comes from the compiler's export data, so
// that only the module's own source is read.
func (m *module) checkTypes(root string) error {
	foreign, err := importForeign(m, root)
	if err != nil {
		return err
	}
	m.imports = &moduleImporter{m, foreign}
	for _, name := range wellKnown {
		p, err := foreign.Import(name)
		if err != nil {
			return err
		}
		m.wellKnown = append(m.wellKnown, p)
	}
	for _, folder := range m.folders() {
		if _, err := m.imports.check(m.packages[folder]); err != nil {
			return err
		}
	}
	return nil
}

type moduleImporter struct {
	m       *module
	foreign types.Importer
}

func (i *moduleImporter) Import(name string) (*types.Package, error) {
	folder, ours := i.m.ours(name)
	if !ours {
		return i.foreign.Import(name)
	}
	p := i.m.packages[folder]
	if p == nil {
		return nil, fmt.Errorf("no package %s", name)
	}
	return i.check(p)
}

func (i *moduleImporter) check(p *pkg) (*types.Package, error) {
	if p.types != nil {
		return p.types, nil
	}
	if p.open {
		return nil, fmt.Errorf("%s imports itself through others", p.folder)
	}
	p.open = true
	info := newInfo()
	config := types.Config{Importer: i}
	checked, err := config.Check(path.Join(i.m.path, p.folder), i.m.fset, syntaxes(p.files), info)
	if err != nil {
		return nil, err
	}
	p.types, p.info = checked, info
	return checked, nil
}

func newInfo() *types.Info {
	return &types.Info{Uses: map[*ast.Ident]types.Object{}}
}

func syntaxes(files []*file) []*ast.File {
	var parsed []*ast.File
	for _, f := range files {
		if f.built {
			parsed = append(parsed, f.syntax)
		}
	}
	return parsed
}

// exported holds the files with export data, by import path. They are the same for all modules of this test, and
// listing them is most of its cost.
var exported = struct {
	sync.Mutex
	files map[string]string
}{files: map[string]string{}}

// wellKnown are packages whose interfaces count even if they are not imported.
var wellKnown = []string{"encoding", "encoding/json", "errors", "flag", "fmt", "io", "sort"}

// importForeign returns an importer for what the code of m imports from elsewhere.
func importForeign(m *module, root string) (types.Importer, error) {
	exported.Lock()
	defer exported.Unlock()
	var missing []string
	for _, name := range m.foreignImports() {
		if _, ok := exported.files[name]; !ok && name != "unsafe" {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		arguments := []string{"list", "-export", "-f", "{{.ImportPath}} {{.Export}}", "--"}
		list := exec.Command("go", append(arguments, missing...)...)
		list.Dir = root
		out, err := list.Output()
		if failed := (*exec.ExitError)(nil); errors.As(err, &failed) {
			return nil, fmt.Errorf("go list: %w: %s", err, failed.Stderr)
		} else if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(out)) {
			name, file, _ := strings.Cut(strings.TrimSpace(line), " ")
			exported.files[name] = file
		}
	}
	return importer.ForCompiler(m.fset, "gc", openExported), nil
}

func openExported(name string) (io.ReadCloser, error) {
	exported.Lock()
	defer exported.Unlock()
	if exported.files[name] == "" {
		return nil, fmt.Errorf("no export data of %s", name)
	}
	return os.Open(exported.files[name])
}

// foreignImports returns what code and tests import from outside this module.
func (m *module) foreignImports() []string {
	names := slices.Clone(wellKnown)
	for _, p := range m.packages {
		for _, f := range slices.Concat(p.files, p.tests) {
			for _, spec := range f.syntax.Imports {
				name := strings.Trim(spec.Path.Value, "`\"")
				if _, ours := m.ours(name); !ours && f.built {
					names = append(names, name)
				}
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
