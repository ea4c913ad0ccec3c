package lint

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestCatalog(t *testing.T) {
	all := Rules()
	if !slices.IsSortedFunc(all, func(a, b Rule) int { return strings.Compare(a.ID, b.ID) }) {
		t.Error("the rules are not sorted")
	}
	for i, r := range all {
		if i > 0 && all[i-1].ID == r.ID {
			t.Errorf("%s stands twice", r.ID)
		}
		if r.Summary == "" || r.Bad == "" || r.Severity == "" || strings.HasSuffix(r.Summary, ".") {
			t.Errorf("%s is not documented: %+v", r.ID, r)
		}
	}
}

// Every rule that some room names in a finding is in the catalog, and every rule
// of the catalog is named by a room.
func TestCatalogIsComplete(t *testing.T) {
	named := map[string]string{}
	files, err := filepath.Glob("../../*.go")
	for _, dir := range []string{"../../content", "../../locales", "../../rules", "../../cmd/helpcenter", "..", "."} {
		more, _ := filepath.Glob(dir + "/*.go")
		files = append(files, more...)
	}
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		if !strings.HasSuffix(file, "_test.go") {
			rulesNamed(t, file, named)
		}
	}
	for id, file := range named {
		if _, ok := ruleOf(id); !ok {
			t.Errorf("%s names the rule %q, which is not in the catalog", file, id)
		}
	}
	for _, r := range catalog {
		if named[r.ID] == "" && !strings.HasPrefix(r.ID, "unknown-") { // made of "unknown-" and a kind
			t.Errorf("no room names the rule %q", r.ID)
		}
	}
}

var (
	reports = regexp.MustCompile(`(?i)(errorf|warningf|warnf|warn|^report|^missing|^checkword)$`)
	idForm  = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
)

// rulesNamed collects the ids that calls which make findings name, as one of
// their first two or three arguments, and those of refused links.
func rulesNamed(t *testing.T, file string, named map[string]string) {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	note := func(list []ast.Expr) {
		for _, e := range list {
			if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if id, _ := strconv.Unquote(lit.Value); idForm.MatchString(id) {
					named[id] = file
				}
				return
			}
		}
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			name := ""
			switch f := n.Fun.(type) {
			case *ast.Ident:
				name = f.Name
			case *ast.SelectorExpr:
				name = f.Sel.Name
			}
			if reports.MatchString(name) && len(n.Args) > 1 {
				args := n.Args[:2]
				if name == "warn" && len(n.Args) > 2 { // of an article: key, rule; of a passage: offset, rule
					args = n.Args[1:2]
				}
				note(args)
			}
		case *ast.CompositeLit:
			if id, ok := n.Type.(*ast.Ident); ok && id.Name == "refusal" {
				note(n.Elts)
			}
		}
		return true
	})
}
