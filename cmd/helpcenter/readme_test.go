package main

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"helpcenter/site/sitetest"
	"helpcenter/site/testsample"
)

// A docCommand is a command line in the documentation, without its comment.
type docCommand struct {
	file string
	args []string // as sh splits them
}

var comment = regexp.MustCompile(`\s+# .*`)

// docCommands returns the lines of indented code in a document that begin with one of the programs.
func docCommands(t *testing.T, file string, programs ...string) (list []docCommand) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(file)))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		code, ok := strings.CutPrefix(line, "    ")
		for command := range strings.SplitSeq(comment.ReplaceAllString(strings.TrimSpace(code), ""), " && ") {
			for _, program := range programs {
				if rest, is := strings.CutPrefix(command, program+" "); ok && is {
					list = append(list, docCommand{file, words(rest)})
				}
			}
		}
	}
	return list
}

// words splits a command line as a shell does. The documents use only single quotes.
func words(line string) (list []string) {
	for i, part := range strings.Split(line, "'") {
		if i%2 == 1 {
			list = append(list, part)
		} else {
			list = append(list, strings.Fields(part)...)
		}
	}
	return list
}

// Every command in the README does what it says, starting in an empty folder.
func TestReadmeCommands(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds all that ships, and runs processes of its own")
	}
	testsample.Skip(t)
	commands := docCommands(t, "README.md", "go run ./cmd/helpcenter", "helpcenter")
	requests := docCommands(t, "README.md", "curl")
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Chdir(t.TempDir())
	for folder, files := range bilingual() {
		if err := os.CopyFS(filepath.Join("DIR", filepath.FromSlash(folder)), files); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.CopyFS("OLDSITE", os.DirFS(filepath.Join("DIR", "content", "en"))); err != nil { // Markdown
		t.Fatal(err)
	}
	served := 0
	for _, c := range commands {
		t.Run(strings.Join(c.args, " "), func(t *testing.T) {
			if c.args[0] != "serve" {
				var out, log bytes.Buffer
				if code := run(t.Context(), c.args, testConsole(&out, &log)); code != exitFine {
					t.Errorf("exit %d: %s", code, &log)
				}
				return
			}
			served++
			p := startProcess(t, nil, append(c.args[1:], "--addr", "127.0.0.1:0")...)
			if page := p.read("en/"); !strings.Contains(page, "<h1>") {
				t.Errorf("it answers %s", page)
			}
			if slices.Contains(c.args, "--dir") { // the requests are for the built-in help center
				p.stop()
				return
			}
			for _, r := range requests {
				path := strings.TrimPrefix(r.args[0], "http://127.0.0.1:8080/")
				answer, err := http.Get(p.base + path)
				if err != nil {
					t.Fatal(err)
				}
				if answer.Body.Close(); answer.StatusCode != http.StatusOK {
					t.Errorf("curl %s: %s", r.args[0], answer.Status)
				}
			}
			p.stop()
		})
	}
	if served == 0 || len(commands) < 5 || len(requests) == 0 {
		t.Errorf("the README has %d commands, of which %d serve, and %d requests", len(commands), served, len(requests))
	}
}

// The program has the commands and flags that the documents name.
func TestDocumentedFlags(t *testing.T) {
	sitetest.WithoutRaces(t)
	for _, file := range []string{
		"README.md", "content/README.md", "rules/README.md", "cmd/helpcenter/deploy/README.md", ".github/CONTRIBUTING.md",
		".github/PERFORMANCE.md",
	} {
		for _, c := range docCommands(t, file, "go run ./cmd/helpcenter", "helpcenter") {
			var out, log bytes.Buffer
			if code := run(t.Context(), append(c.args, "--help"), testConsole(&out, &log)); code != exitFine {
				t.Errorf("%s: helpcenter %s: exit %d: %s", file, strings.Join(c.args, " "), code, &log)
			}
		}
		for _, c := range docCommands(t, file, "go test") {
			checkGoTest(t, c)
		}
	}
}

var testName = regexp.MustCompile(`(?m)^func ((?:Test|Benchmark|Fuzz|Example)\w*)\(|flag\.\w+\("(\w+)"`)

// checkGoTest checks that the packages in a "go test" command have the tests and flags that it names.
func checkGoTest(t *testing.T, c docCommand) {
	t.Helper()
	var names []string
	flags := map[string]bool{
		"run":     true,
		"bench":   true,
		"v":       true,
		"count":   true,
		"timeout": true,
		"short":   true,
		"race":    true,
	}
	for _, arg := range c.args {
		files, _ := filepath.Glob(filepath.Join("..", "..", arg, "*_test.go"))
		if strings.HasPrefix(arg, "./") && arg != "./..." && len(files) == 0 {
			t.Errorf("%s: %s has no tests", c.file, arg)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range testName.FindAllStringSubmatch(string(text), -1) {
				names, flags[found[2]] = append(names, found[1]), true
			}
		}
	}
	for i, arg := range c.args {
		name, isFlag := strings.CutPrefix(arg, "-")
		if isFlag && !flags[name] {
			t.Errorf("%s: go test %s: unknown flag %s", c.file, strings.Join(c.args, " "), arg)
		}
		if !isFlag || name != "run" && name != "bench" || c.args[i+1] == "^$" || c.args[i+1] == "." {
			continue
		}
		for pattern := range strings.SplitSeq(c.args[i+1], "|") {
			matches := regexp.MustCompile(pattern).MatchString
			found := false
			for _, name := range names {
				found = found || name != "" && matches(name)
			}
			if !found {
				t.Errorf("%s: go test %s: no test matches %q", c.file, strings.Join(c.args, " "), pattern)
			}
		}
	}
}
