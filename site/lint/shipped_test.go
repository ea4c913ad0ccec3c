package lint

import (
	"io/fs"
	"strings"
	"testing"
	"time"

	"helpcenter/content"
	"helpcenter/locales"
	"helpcenter/rules"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
)

// folders is a file system composed of several, by the names of their folders.
type folders map[string]fs.FS

func (f folders) Open(name string) (fs.File, error) {
	folder, below, _ := strings.Cut(name, "/")
	if f[folder] == nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return f[folder].Open(below)
}

// shipped holds the shipped folders of writers.
var shipped = folders{"content": content.Files, "locales": locales.Files, "rules": rules.Files}

// load loads a site, and returns the linter's input and the findings.
func load(files folders) (Input, []diag.Finding) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	lib, found := library.LoadWith(files["content"], nil, library.View{Now: now})
	var tags []string
	for _, l := range lib.Site.Languages {
		tags = append(tags, l.Tag)
	}
	words, more := locale.Load(files["locales"], tags, lib.Site.DefaultLanguage)
	found = append(found, more...)
	in := Input{Library: lib, Words: words, Files: files}
	if files["rules"] != nil {
		in.Rules, more = ruleset.Load(files["rules"])
		found = append(found, more...)
	}
	return in, found
}

// The shipped site has no findings, and silences none.
func TestShipped(t *testing.T) {
	in, found := load(shipped)
	found = Silence(in.Library, append(found, New(in).Run()...))
	for _, f := range found {
		t.Error(f)
	}
	for _, a := range in.Library.Articles {
		if len(a.Silences) > 0 {
			t.Errorf("%s:%d silences %s", a.File, a.Silences[0].Line, a.Silences[0].Rule)
		}
	}
}
