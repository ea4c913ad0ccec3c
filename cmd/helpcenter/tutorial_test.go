package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"helpcenter/site/sitetest"
)

// The tutorial for rules works as written: each command ends as it should, and prints the lines shown below it.
func TestTutorial(t *testing.T) {
	sitetest.WithoutRaces(t)
	text, err := os.ReadFile("../../rules/README.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Chdir(t.TempDir())
	var printed, block string
	var lines []string // of the block being read
	commands, shown := 0, 0
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\n")
		info, fence := strings.CutPrefix(line, "```")
		command, isCommand := strings.CutPrefix(line, "    helpcenter ")
		switch {
		case fence && block == "":
			block, lines = info, nil
		case fence && block == "text":
			for _, want := range lines {
				shown++
				if !strings.Contains(printed, want) {
					t.Errorf("the last command does not print %q, but\n%s", want, printed)
				}
			}
			block = ""
		case fence:
			_, name, _ := strings.Cut(block, " ")
			appendTo(t, filepath.Join("shop", filepath.FromSlash(name)), strings.Join(lines, "\n")+"\n")
			block = ""
		case block != "":
			lines = append(lines, line)
		case isCommand:
			commands++
			printed = follow(t, command)
		}
	}
	if commands < 10 || shown < 3 {
		t.Errorf("%d commands and %d lines of what they print", commands, shown)
	}
}

func appendTo(t *testing.T, name, text string) {
	t.Helper()
	old, err := os.ReadFile(name)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, append(old, text...), 0o666); err != nil {
		t.Fatal(err)
	}
}

// follow runs a command of the tutorial, and returns its output. A comment says if it is refused.
func follow(t *testing.T, command string) string {
	t.Helper()
	command, comment, _ := strings.Cut(command, "#")
	args := words(strings.TrimSpace(command))
	if args[0] == "serve" {
		p := startProcess(t, nil, append(args[1:], "--addr", "127.0.0.1:0")...)
		if page := p.read("en/withdrawal/"); !strings.Contains(page, "Was it made for you?") {
			t.Errorf("%s answers %s", command, page)
		}
		p.stop()
		return ""
	}
	want := exitFine
	if strings.TrimSpace(comment) == "refused" {
		want = exitFindings
	}
	var out, log bytes.Buffer
	if code := run(t.Context(), args, testConsole(&out, &log)); code != want {
		t.Errorf("helpcenter %s: exit %d, want %d\n%s%s", command, code, want, &out, &log)
	}
	return out.String() + log.String()
}
