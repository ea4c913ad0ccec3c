package architecture_test

import (
	"go/ast"
	"go/doc"
	"slices"
	"strings"
)

// checkComments finds packages whose comment has fewer than two sentences.
func checkComments(m *module, _ rules) (found []finding) {
	for _, folder := range m.folders() {
		var comment strings.Builder
		for _, f := range m.packages[folder].files {
			comment.WriteString(f.syntax.Doc.Text())
		}
		text := strings.Join(strings.Fields(comment.String()), " ")
		rest := strings.TrimPrefix(text, new(doc.Package).Synopsis(comment.String()))
		if !strings.ContainsAny(rest, ".!?") {
			found = append(found, finding{file: folder, message: "the package comment has less than two sentences; " +
				"say what the package is for, and what its user has to know"})
		}
	}
	return found
}

// checkTests finds packages that do not show how they are used: by an Example, or by tests that see only what is
// exported. Commands and data are exempt: they are run and read.
func checkTests(m *module, r rules) (found []finding) {
	for _, folder := range m.folders() {
		p := m.packages[folder]
		if p.types.Name() == "main" || slices.Contains(r.data, folder) || p.forTests() {
			continue
		}
		if !slices.ContainsFunc(p.tests, isExternal) && !slices.ContainsFunc(p.tests, hasExample) {
			found = append(found, finding{file: folder, message: "neither an Example nor an external test; " +
				"add a test in package " + p.types.Name() + "_test"})
		}
	}
	return found
}

// isExternal reports whether a test file is in an external test package.
func isExternal(f *file) bool { return strings.HasSuffix(f.syntax.Name.Name, "_test") }

func hasExample(f *file) bool {
	return slices.ContainsFunc(f.syntax.Decls, func(declaration ast.Decl) bool {
		function, ok := declaration.(*ast.FuncDecl)
		return ok && function.Recv == nil && strings.HasPrefix(function.Name.Name, "Example")
	})
}
