package lint

import (
	"io/fs"
	"strings"
	"testing"

	"helpcenter/content"
	"helpcenter/locales"
	"helpcenter/rules"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
)

// rooms is a file system of several, by their folders.
type rooms map[string]fs.FS

func (r rooms) Open(name string) (fs.File, error) {
	room, below, _ := strings.Cut(name, "/")
	if r[room] == nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return r[room].Open(below)
}

// shipped are the rooms as they ship.
var shipped = rooms{"content": content.Files, "locales": locales.Files, "rules": rules.Files}

// load reads rooms and returns what they found beside the linter's input.
func load(files rooms) (Input, []diag.Finding) {
	lib, found := library.Load(files["content"])
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

// What ships has nothing to find, and nothing silenced.
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
