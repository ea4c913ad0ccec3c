// Package history reads earlier versions of files from a Git repository, for states of translation and dates that
// writers have not recorded. It runs the command git, which must be installed.
package history

import (
	"bytes"
	"fmt"
	"os/exec"
	"strings"

	"helpcenter/site/civil"
)

// A Git is the history of a folder. File names are relative to it.
type Git struct{ dir string }

// Open returns the history of a folder. It returns an error if no commit of a repository has changed the folder.
func Open(dir string) (*Git, error) {
	g := &Git{dir}
	_, err := g.last("%H", ".")
	return g, err
}

// Changed returns the day of the last commit of a file.
func (g *Git) Changed(file string) (civil.Date, bool) {
	out, err := g.last("%cs", file)
	if err != nil {
		return civil.Date{}, false
	}
	day, err := civil.ParseDate(out)
	return day, err == nil
}

// Beside returns the content of other at the time when file was last committed.
func (g *Git) Beside(file, other string) ([]byte, bool) {
	commit, err := g.last("%H", file)
	if err != nil {
		return nil, false
	}
	data, err := g.run("show", commit+":./"+other)
	return data, err == nil
}

// last formats the last commit of a file.
func (g *Git) last(format, file string) (string, error) {
	out, err := g.run("log", "-1", "--format="+format, "--", file)
	text := strings.TrimSpace(string(out))
	if err == nil && text == "" {
		err = fmt.Errorf("no commit has %s", file)
	}
	return text, err
}

// run runs git in the folder and returns its output.
func (g *Git) run(args ...string) ([]byte, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir = g.dir
	var failed bytes.Buffer
	cmd.Stderr = &failed
	out, err := cmd.Output()
	if message := strings.TrimSpace(failed.String()); err != nil && message != "" {
		err = fmt.Errorf("%w: %s", err, message)
	}
	return out, err
}
