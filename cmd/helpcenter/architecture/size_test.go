package architecture_test

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// checkPackageSize counts the files of each package, for all platforms.
func checkPackageSize(m *module, r rules) (found []finding) {
	for _, folder := range m.folders() {
		if n := len(m.packages[folder].files); n > r.filesInPackage {
			found = append(found, finding{file: folder, message: fmt.Sprintf(
				"%d code files, at most %d; make a package of those that serve one idea", n, r.filesInPackage)})
		}
	}
	return found
}

// checkCycles finds files of a package that can only be understood together: each needs a declaration of the next,
// and the last one a declaration of the first.
func checkCycles(m *module, r rules) (found []finding) {
	for _, folder := range m.folders() {
		needs := m.references(m.packages[folder])
		for _, cycle := range components(needs) {
			if len(cycle) > r.filesInCycle {
				found = append(found, finding{file: folder, message: fmt.Sprintf(
					"a cycle of %d files, at most %d; move the types that all of them need into one file without methods: %s",
					len(cycle),
					r.filesInCycle,
					strings.Join(cycle, " "),
				)})
			}
		}
	}
	return found
}

// references returns, for each file of a package, the files whose declarations it uses: package-level names,
// methods and fields. A method belongs to the file that declares it, not to that of its type.
func (m *module) references(p *pkg) map[string][]string {
	needs := map[string][]string{}
	for _, f := range p.files {
		if f.built {
			needs[path.Base(f.name)] = nil
		}
	}
	for use, object := range p.info.Uses {
		if object.Pkg() != p.types {
			continue
		}
		from := path.Base(m.fset.Position(use.Pos()).Filename)
		to := path.Base(m.fset.Position(object.Pos()).Filename)
		if from != to && !slices.Contains(needs[from], to) {
			needs[from] = append(needs[from], to)
		}
	}
	return needs
}

// components returns the strongly connected components with more than one node, sorted, by Tarjan's algorithm.
func components(edges map[string][]string) (all [][]string) {
	index, low := map[string]int{}, map[string]int{}
	var stack []string
	var visit func(string)
	visit = func(node string) {
		index[node] = len(index) + 1
		low[node] = index[node]
		stack = append(stack, node)
		for _, next := range edges[node] {
			if index[next] == 0 {
				visit(next)
				low[node] = min(low[node], low[next])
			} else if slices.Contains(stack, next) {
				low[node] = min(low[node], index[next])
			}
		}
		if low[node] == index[node] {
			start := slices.Index(stack, node)
			if members := slices.Sorted(slices.Values(stack[start:])); len(members) > 1 {
				all = append(all, members)
			}
			stack = stack[:start]
		}
	}
	for node := range edges {
		if index[node] == 0 {
			visit(node)
		}
	}
	return all
}

// checkMethods counts the methods of each type.
func checkMethods(m *module, r rules) (found []finding) {
	for _, folder := range m.folders() {
		count := map[string]int{}
		for _, f := range m.packages[folder].files {
			for _, declaration := range f.syntax.Decls {
				if function, ok := declaration.(*ast.FuncDecl); ok && function.Recv != nil {
					count[receiver(function)]++
				}
			}
		}
		for name, n := range count {
			if n > r.methods {
				found = append(found, finding{file: folder, message: fmt.Sprintf(
					"%s has %d methods, at most %d; give each group of them a type, or make functions of them",
					name,
					n,
					r.methods,
				)})
			}
		}
	}
	return found
}

// receiver returns the name of the type that a method belongs to.
func receiver(function *ast.FuncDecl) (name string) {
	ast.Inspect(function.Recv.List[0].Type, func(n ast.Node) bool {
		if ident, ok := n.(*ast.Ident); ok && name == "" {
			name = ident.Name
		}
		return name == ""
	})
	return name
}

// checkFunctions measures functions from func to the closing brace. A literal is part of the function around it.
func checkFunctions(m *module, r rules) (found []finding) {
	for _, f := range m.code() {
		for _, declaration := range f.syntax.Decls {
			ast.Inspect(declaration, func(n ast.Node) bool {
				name := "function literal"
				switch n := n.(type) {
				case *ast.FuncDecl:
					name = n.Name.Name
				case *ast.FuncLit:
				default:
					return true
				}
				first := m.line(n.Pos())
				if lines := m.line(n.End()) - first + 1; lines > r.functionLines {
					found = append(found, finding{f.name, first, "", fmt.Sprintf(
						"%s has %d lines, at most %d; give its steps names", name, lines, r.functionLines)})
				}
				return false
			})
		}
	}
	return found
}

// checkLines measures lines of Go, shell and Markdown in characters. What writers write in folders of data is
// exempt, except for the README.
func checkLines(m *module, r rules) (found []finding) {
	for _, f := range m.files {
		if !(f.syntax != nil || isShell(f) || isDocument(f, r)) {
			continue
		}
		number := 0
		for line := range strings.Lines(f.text) {
			number++
			line = strings.TrimRight(line, "\r\n")
			if n := utf8.RuneCountInString(line); n > r.lineLength && !unbreakable(f, line, r.lineLength) {
				found = append(found, finding{f.name, number, "", fmt.Sprintf(
					"%d characters, at most %d; break the line", n, r.lineLength)})
			}
		}
	}
	return found
}

// unbreakable reports whether a long line of Markdown cannot be shortened: a row of a table must be one line, and
// the address of a link has no spaces.
func unbreakable(f *file, line string, limit int) bool {
	if path.Ext(f.name) != ".md" {
		return false
	}
	text := strings.TrimLeft(line, " \t")
	indent := utf8.RuneCountInString(line) - utf8.RuneCountInString(text)
	return strings.HasPrefix(text, "|") || slices.ContainsFunc(strings.Fields(text), func(word string) bool {
		return strings.Contains(word, "://") && indent+utf8.RuneCountInString(word) > limit
	})
}

func isShell(f *file) bool {
	first, _, _ := strings.Cut(f.text, "\n")
	return path.Ext(f.name) == ".sh" || strings.HasPrefix(first, "#!") && strings.HasSuffix(first, "sh")
}

// isDocument reports whether a file is Markdown about the project rather than an article.
func isDocument(f *file, r rules) bool {
	if path.Ext(f.name) != ".md" {
		return false
	}
	return !slices.ContainsFunc(r.data, func(folder string) bool {
		return within(f.name, folder) && f.folder() != folder
	})
}
