package history_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"helpcenter/site/history"
)

func TestHistory(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	dir := t.TempDir()
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.com"}, args...)...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GIT_COMMITTER_DATE=2026-01-02T12:00:00Z", "GIT_AUTHOR_DATE=2026-01-02T12:00:00Z")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	commit := func(files map[string]string) {
		t.Helper()
		for name, text := range files {
			if err := os.WriteFile(filepath.Join(dir, "sub", name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		git("add", "-A")
		git("commit", "-q", "-m", "change")
	}
	sub := filepath.Join(dir, "sub")
	if err := os.Mkdir(sub, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := history.Open(sub); err == nil {
		t.Error("a folder outside a repository has a history")
	}
	git("init", "-q")
	if _, err := history.Open(sub); err == nil {
		t.Error("a folder without commits has a history")
	}
	commit(map[string]string{"source": "one\n", "translation": "uno\n"})
	commit(map[string]string{"source": "two\n"})
	past, err := history.Open(sub)
	if err != nil {
		t.Fatal(err)
	}
	if day, ok := past.Changed("source"); !ok || day.String() != "2026-01-02" {
		t.Errorf("changed on %s, %v", day, ok)
	}
	if data, ok := past.Beside("translation", "source"); !ok || string(data) != "one\n" {
		t.Errorf("the source was %q, %v", data, ok)
	}
	if _, ok := past.Changed("none"); ok {
		t.Error("a file without commits was changed")
	}
	if _, ok := past.Beside("translation", "none"); ok {
		t.Error("a file was there that is not")
	}
}
