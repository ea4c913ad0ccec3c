package architecture_test

import (
	"fmt"
	"go/token"
	"go/types"
	"path"
	"regexp"
	"slices"
	"strings"
)

// checkExports finds exported names that no other package uses: neither code nor
// tests of another package, nor an external test of the same one.
//
// A type counts as used if the declaration of a used name contains it: a caller of New uses what New returns. A
// constant counts as used if another of its type is: an enumeration is exported as a whole. A method counts as used
// if it makes its type satisfy an interface through which others call it, or if a template names it.
func checkExports(m *module, _ rules) (found []finding) {
	use := newUsage(m)
	for _, folder := range m.folders() {
		p := m.packages[folder]
		for _, object := range exportedObjects(p) {
			if use.used[object.Pos()] || use.enumerates(object) || use.excused(object) {
				continue
			}
			place := m.fset.Position(object.Pos())
			found = append(found, finding{place.Filename, place.Line, "", fmt.Sprintf(
				"%s is exported, but no other package uses it; start it with a small letter, or delete it",
				nameOf(object),
			)})
		}
	}
	return found
}

// exportedObjects returns the exported names of a package, and the exported methods of all its types.
func exportedObjects(p *pkg) (objects []types.Object) {
	scope := p.types.Scope()
	for _, name := range scope.Names() {
		object := scope.Lookup(name)
		if object.Exported() {
			objects = append(objects, object)
		}
		if named, ok := object.Type().(*types.Named); ok && isType(object) {
			for method := range named.Methods() {
				if method.Exported() {
					objects = append(objects, method)
				}
			}
		}
	}
	return objects
}

func isType(object types.Object) bool {
	name, ok := object.(*types.TypeName)
	return ok && !name.IsAlias()
}

// nameOf returns Name, or Type.Name of a method.
func nameOf(object types.Object) string {
	if named := receiverType(object); named != nil {
		return named.Obj().Name() + "." + object.Name()
	}
	return object.Name()
}

// receiverType returns the type whose method an object is, or nil if it is not a method.
func receiverType(object types.Object) *types.Named {
	function, ok := object.(*types.Func)
	if !ok || function.Signature().Recv() == nil {
		return nil
	}
	return namedOf(function.Signature().Recv().Type())
}

func namedOf(t types.Type) *types.Named {
	if pointer, ok := types.Unalias(t).(*types.Pointer); ok {
		t = pointer.Elem()
	}
	named, _ := types.Unalias(t).(*types.Named)
	return named
}

// usage records which declarations other packages use, by their positions: a position stands for the same object
// however often its package is checked.
type usage struct {
	m          *module
	used       map[token.Pos]bool
	enumerated map[token.Pos]bool // types with a used constant
	interfaces []*types.Interface // interfaces through which others may call methods
	templates  map[string]bool
}

func newUsage(m *module) *usage {
	u := &usage{m: m, used: map[token.Pos]bool{}, enumerated: map[token.Pos]bool{}, templates: templateNames(m)}
	for _, folder := range m.folders() {
		p := m.packages[folder]
		u.collect(append(p.types.Imports(), p.types)...)
	}
	u.collect(m.wellKnown...)
	u.interfaces = append(u.interfaces, types.Universe.Lookup("error").Type().Underlying().(*types.Interface))
	for _, p := range m.packages {
		u.addPackage(p)
	}
	return u
}

// addPackage adds what a package and its tests use. Tests are checked against packages without their tests, and do
// not see what those add. Errors are ignored, since overlooking a use can only cause one finding too many.
func (u *usage) addPackage(p *pkg) {
	outside := slices.DeleteFunc(slices.Clone(p.tests), func(f *file) bool { return !isExternal(f) })
	inside := slices.DeleteFunc(slices.Clone(p.tests), isExternal)
	config := types.Config{Importer: u.m.imports, Error: func(error) {}}
	name := path.Join(u.m.path, p.folder)
	info := newInfo()
	checked, _ := config.Check(name, u.m.fset, syntaxes(slices.Concat(p.files, inside)), info)
	u.add(checked, info, false)
	info = newInfo()
	checked, _ = config.Check(name+"_test", u.m.fset, syntaxes(outside), info)
	u.add(checked, info, true)
}

// add records what a package uses of others. An external test is a package of its own, so the package that it tests
// counts as another.
func (u *usage) add(p *types.Package, info *types.Info, external bool) {
	other := func(object types.Object) bool {
		return object.Pkg() != nil && (external || object.Pkg().Path() != p.Path()) && u.isOurs(object.Pkg())
	}
	for _, object := range info.Uses {
		if other(object) {
			u.used[object.Pos()] = true
			u.mark(object.Type())
			if named := namedOf(object.Type()); named != nil && isConstant(object) {
				u.enumerated[named.Obj().Pos()] = true
			}
		}
	}
}

func (u *usage) isOurs(p *types.Package) bool {
	_, ours := u.m.ours(strings.TrimSuffix(p.Path(), "_test"))
	return ours
}

// mark records the types that a type expression names. It does not look into named types.
func (u *usage) mark(t types.Type) {
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		u.used[t.Obj().Pos()] = true
		for argument := range t.TypeArgs().Types() {
			u.mark(argument)
		}
	case interface{ Elem() types.Type }: // pointers, slices, arrays, maps, channels
		if m, ok := t.(*types.Map); ok {
			u.mark(m.Key())
		}
		u.mark(t.Elem())
	case *types.Signature:
		for _, tuple := range []*types.Tuple{t.Params(), t.Results()} {
			for v := range tuple.Variables() {
				u.mark(v.Type())
			}
		}
	}
}

// collect adds the interfaces that packages export.
func (u *usage) collect(packages ...*types.Package) {
	for _, from := range packages {
		for _, name := range from.Scope().Names() {
			object := from.Scope().Lookup(name)
			if face, ok := object.Type().Underlying().(*types.Interface); ok && isType(object) && object.Exported() {
				u.interfaces = append(u.interfaces, face)
			}
		}
	}
}

// byConvention are methods that the standard library calls through interfaces that it does not export.
var byConvention = []string{"As", "CloseWrite", "Is", "Unwrap"}

func isConstant(object types.Object) bool {
	_, ok := object.(*types.Const)
	return ok
}

// enumerates reports whether an object is one of several constants of a type, one of which others use.
func (u *usage) enumerates(object types.Object) bool {
	named := namedOf(object.Type())
	return named != nil && isConstant(object) && u.enumerated[named.Obj().Pos()]
}

// excused reports whether others call a method without naming it.
func (u *usage) excused(object types.Object) bool {
	named := receiverType(object)
	if named == nil {
		return false
	}
	if u.templates[object.Name()] || slices.Contains(byConvention, object.Name()) {
		return true
	}
	return slices.ContainsFunc(u.interfaces, func(face *types.Interface) bool {
		method, _, _ := types.LookupFieldOrMethod(face, false, nil, object.Name())
		return method != nil && types.Implements(types.NewPointer(named), face)
	})
}

var templateField = regexp.MustCompile(`\.([A-Z]\w*)`)

// templateNames returns the names that templates use of values.
func templateNames(m *module) map[string]bool {
	names := map[string]bool{}
	for _, f := range m.files {
		if path.Base(f.folder()) == "templates" {
			for _, match := range templateField.FindAllStringSubmatch(f.text, -1) {
				names[match[1]] = true
			}
		}
	}
	return names
}
