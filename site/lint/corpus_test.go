package lint

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"helpcenter/site/diag"
)

// site is the files of testdata/base.txtar with changes.
type site map[string]string

// base returns the small site, which has no faults.
func base(t testing.TB) site {
	archive, err := txtar.ParseFile("testdata/base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	s := site{}
	for _, f := range archive.Files {
		s[f.Name] = string(f.Data)
	}
	return s
}

// change applies a file of an archive: a whole file, or lines of an existing one, each "< " and the line as it is,
// followed by any number of "> " and a line that replaces it. An empty file is removed. \x and \u are as in Go.
func (s site) change(t testing.TB, name, text string) {
	switch {
	case text == "":
		delete(s, name)
	case !strings.HasPrefix(text, "< "):
		s[name] = text
	default:
		s[name] = edit(t, s[name], strings.Split(strings.TrimSuffix(text, "\n"), "\n"))
	}
}

// apply makes the changes of a case and returns the comment of the archive.
func (s site) apply(t testing.TB, name string) string {
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		s.change(t, f.Name, string(f.Data))
	}
	return string(archive.Comment)
}

func edit(t testing.TB, text string, script []string) string {
	for len(script) > 0 {
		old, ok := strings.CutPrefix(script[0], "< ")
		if !ok || strings.Count("\n"+text, "\n"+old+"\n") != 1 {
			t.Fatalf("the line %q does not stand once in the file", script[0])
		}
		var lines []string
		for script = script[1:]; len(script) > 0 && strings.HasPrefix(script[0], ">"); script = script[1:] {
			lines = append(lines, strings.TrimPrefix(strings.TrimPrefix(script[0], ">"), " ")+"\n")
		}
		before, after, _ := strings.Cut("\n"+text, "\n"+old+"\n")
		text = strings.TrimPrefix(before+"\n"+strings.Join(lines, "")+after, "\n")
	}
	return strings.NewReplacer(`\x00`, "\x00", `\xe9`, "\xe9", `\u200b`, "\u200b").Replace(text)
}

// folders returns the site in the form that packages load.
func (s site) folders() folders {
	parts := folders{"content": fstest.MapFS{}, "locales": fstest.MapFS{}}
	for name, text := range s {
		folder, below, _ := strings.Cut(name, "/")
		parts[folder].(fstest.MapFS)[below] = &fstest.MapFile{Data: []byte(text)}
	}
	return parts
}

// lint returns all findings in the site.
func (s site) lint() []diag.Finding {
	in, found := load(s.folders())
	return Silence(in.Library, append(found, New(in).Run()...))
}

func brief(found []diag.Finding) (list []string) {
	for _, f := range found {
		list = append(list, fmt.Sprintf("%s %s", f.Position, f.Rule))
	}
	return list
}

func TestBase(t *testing.T) {
	for _, f := range base(t).lint() {
		t.Error(f)
	}
}

// cases returns the file names of the broken copies.
func cases(t testing.TB) []string {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(names, func(name string) bool { return name == "testdata/base.txtar" })
}

// In each broken copy, exactly what is wrong is found, where it is. The comment of a case ends with the expected
// findings, one a line: place and rule.
func TestBrokenCopies(t *testing.T) {
	for _, name := range cases(t) {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			s := base(t)
			comment := s.apply(t, name)
			found := s.lint()
			if got, want := brief(found), wanted(comment); !slices.Equal(got, want) {
				t.Errorf("found\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
				for _, f := range found {
					t.Log(f)
				}
			}
		})
	}
}

// wanted returns the findings listed in a comment.
func wanted(comment string) (list []string) {
	for line := range strings.Lines(comment) {
		if strings.HasPrefix(line, "content/") || strings.HasPrefix(line, "locales/") {
			list = append(list, strings.TrimSpace(line))
		}
	}
	return list
}

// Every rule that an article can break has a broken copy, except those whose fault does not fit into a small text:
// they have tests of their own.
func TestEveryRuleHasACopy(t *testing.T) {
	elsewhere := strings.Fields("too-large page-weight message-unused outdated-translation spelling site toml " +
		"translations")
	var broken []string
	for _, name := range cases(t) {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range wanted(string(archive.Comment)) {
			_, rule, _ := strings.Cut(line, " ")
			broken = append(broken, rule)
		}
	}
	for _, r := range slices.Concat(ruleGroups()["articles"], ruleGroups()["language"]) {
		if !slices.Contains(broken, r.ID) && !slices.Contains(elsewhere, r.ID) {
			t.Errorf("no broken copy for %s", r.ID)
		}
	}
}
