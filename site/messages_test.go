package site_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"helpcenter/site"
	"helpcenter/site/sitetest"
)

// Every message named in the code is on the list, and everything on the list is named in the code, by its id or by
// the beginning of its id.
func TestProgramMessages(t *testing.T) {
	listed, named := map[string]bool{}, map[string]bool{}
	for _, n := range site.ProgramMessages {
		listed[n.ID] = true
	}
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	worded, err := filepath.Glob("answer/*.go")
	if err != nil || len(worded) == 0 {
		t.Fatalf("the files of the package answer: %v, %v", worded, err)
	}
	names = append(names, worded...)
	inspect := func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		selector, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || selector.Sel.Name != "Text" && selector.Sel.Name != "Format" && selector.Sel.Name != "Plural" {
			return true
		}
		arg := call.Args[0]
		prefix := false
		if sum, ok := arg.(*ast.BinaryExpr); ok {
			arg, prefix = sum.X, true
		}
		lit, ok := arg.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return true
		}
		id, _ := strconv.Unquote(lit.Value)
		found := listed[id]
		for other := range listed {
			if prefix && strings.HasPrefix(other, id) {
				found, named[other] = true, true
			}
		}
		named[id] = true
		if !found {
			t.Errorf("the code shows the message %q, which is not listed", id)
		}
		return true
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || name == "messages.go" {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, inspect)
	}
	for id := range listed {
		if !named[id] {
			t.Errorf("the message %q is listed, and the code does not name it", id)
		}
	}
}

// Every shipped message is shown somewhere.
func TestNoUnusedMessages(t *testing.T) {
	s := sitetest.Shipped(t)
	for _, f := range s.Words.Unused(s.Uses) {
		t.Error(f)
	}
}
