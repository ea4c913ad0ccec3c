package architecture_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strings"
)

// checkPhrases finds phrases that must not come back: in comments and strings of Go, in Markdown about the project,
// and in whatever else people read or run. A space in a pattern matches any white space, including a line break
// within a comment.
func checkPhrases(m *module, r rules) (found []finding) {
	for _, phrase := range r.phrases {
		pattern := strings.ReplaceAll(phrase.pattern, " ", `[\s/*#>]+`)
		for _, f := range m.files {
			found = append(found, inText(f, r, pattern, phrase.instead)...)
		}
	}
	return found
}

// checkProse finds private words in sentences. In folders of data it looks only at documents: the rest is about its
// own subject, and may well have rooms.
func checkProse(m *module, r rules) (found []finding) {
	for _, w := range r.words {
		pattern := strings.Join(strings.Fields(w.words), "|")
		for _, f := range m.files {
			inData := slices.ContainsFunc(r.data, func(folder string) bool { return within(f.name, folder) })
			if w.where == inProse && !slices.Contains(w.except, f.folder()) &&
				(!inData || f.syntax != nil || isDocument(f, r)) {
				found = append(found, inText(f, r, pattern, w.instead)...)
			}
		}
	}
	return found
}

// inText finds whole words in the prose of a file that match a pattern.
func inText(f *file, r rules, pattern, instead string) (found []finding) {
	words := regexp.MustCompile(`(?i)\b(?:` + pattern + `)\b`)
	for _, text := range prose(f, r) {
		for _, at := range words.FindAllStringIndex(f.text[text.start:text.end], -1) {
			start, end := text.start+at[0], text.start+at[1]
			line := 1 + strings.Count(f.text[:start], "\n")
			found = append(found, finding{f.name, line, "", fmt.Sprintf("%q: say %s", f.text[start:end], instead)})
		}
	}
	return found
}

// A span is a part of a file's text, in bytes.
type span struct{ start, end int }

var proseFiles = []string{".css", ".html", ".js", ".json", ".sh", ".toml", ".yaml", ".yml"}

// prose returns the parts of a file that are written for people.
func prose(f *file, r rules) (spans []span) {
	if f.syntax == nil {
		if isShell(f) || isDocument(f, r) || slices.Contains(proseFiles, path.Ext(f.name)) {
			spans = append(spans, span{0, len(f.text)})
		}
		return spans
	}
	if f.test {
		return nil
	}
	start := f.syntax.FileStart
	add := func(n ast.Node) { spans = append(spans, span{int(n.Pos() - start), int(n.End() - start)}) }
	for _, group := range f.syntax.Comments {
		add(group)
	}
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			add(literal)
		}
		return true
	})
	return spans
}

// checkNames finds private words in names that code declares, and in names of files and folders.
func checkNames(m *module, r rules) (found []finding) {
	report := func(f *file, line int, name string) {
		for _, part := range wordsOf(name) {
			for _, w := range r.words {
				if slices.Contains(strings.Fields(w.words), part) && !slices.Contains(w.except, f.folder()) {
					found = append(found, finding{f.name, line, "", fmt.Sprintf(
						"%s: %q is a word of this project alone; say %s", name, part, w.instead)})
				}
			}
		}
	}
	for _, f := range m.code() {
		report(f, 0, strings.TrimSuffix(f.name, ".go"))
		for _, name := range declaredNames(f.syntax) {
			report(f, m.line(name.Pos()), name.Name)
		}
	}
	return found
}

var wordPattern = regexp.MustCompile(`[A-Z]*[a-z]+|[A-Z]+`)

// wordsOf divides a name such as openThinRoom into its words, in small letters.
func wordsOf(name string) []string {
	words := wordPattern.FindAllString(name, -1)
	for i := range words {
		words[i] = strings.ToLower(words[i])
	}
	return words
}

// declaredNames returns the names that a file declares, including local ones.
func declaredNames(f *ast.File) (names []*ast.Ident) {
	add := func(expressions ...ast.Expr) {
		for _, expression := range expressions {
			if name, ok := expression.(*ast.Ident); ok {
				names = append(names, name)
			}
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			names = append(names, n.Name)
		case *ast.TypeSpec:
			names = append(names, n.Name)
		case *ast.ValueSpec:
			names = append(names, n.Names...)
		case *ast.Field:
			names = append(names, n.Names...)
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				add(n.Lhs...)
			}
		case *ast.RangeStmt:
			if n.Tok == token.DEFINE {
				add(n.Key, n.Value)
			}
		}
		return true
	})
	return names
}
