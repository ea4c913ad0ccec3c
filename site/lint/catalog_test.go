package lint

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"helpcenter/site/tomlfile"
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

// The embedded files are valid.
func TestData(t *testing.T) {
	var groups map[string][]Rule
	_, found := tomlfile.Decode("rules.toml", rulesFile, 1, &groups)
	var all map[string]*lexicon
	_, more := tomlfile.Decode("lexicons.toml", lexiconsFile, 1, &all)
	for _, f := range append(found, more...) {
		t.Error(f)
	}
	for tag, l := range all {
		if len(l.Common) == 0 {
			t.Errorf("%s has no common words", tag)
		}
		for ending := range l.Endings {
			if len(ending) > longestEnding {
				t.Errorf("%s: the ending %q is too long", tag, ending)
			}
		}
		if _, ok := easeFormulas[l.ReadingEase]; !ok && l.ReadingEase != "" {
			t.Errorf("%s: unknown formula %q", tag, l.ReadingEase)
		}
	}
}

// notOfLint are rules whose findings lint never reports.
var notOfLint = []string{
	"reload-hangs", // of /readyz
}

// Every rule that a package names in a finding is in the catalog, and every rule of the catalog is named by a
// package.
func TestCatalogIsComplete(t *testing.T) {
	named := map[string]string{}
	for _, root := range []string{"..", "../../cmd"} {
		err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
			if err == nil && d.IsDir() && d.Name() == "testdata" {
				return fs.SkipDir
			}
			if err == nil && strings.HasSuffix(file, ".go") && !strings.HasSuffix(file, "_test.go") {
				rulesNamed(t, file, named)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	ids := append(ruleIDs(), notOfLint...)
	for id, file := range named {
		if !slices.Contains(ids, id) {
			t.Errorf("%s names the rule %q, which is not in the catalog", file, id)
		}
	}
	for _, id := range ids {
		if named[id] == "" && !strings.HasPrefix(id, "unknown-") { // composed of "unknown-" and a kind
			t.Errorf("no package names the rule %q", id)
		}
	}
}

var (
	reports = regexp.MustCompile(`(?i)(errorf|warningf|warnf|warn|^report|^missing|^checkword)$`)
	idForm  = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
)

// rulesNamed collects the ids among the first two or three arguments of calls that make findings, and those of
// refused links.
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
