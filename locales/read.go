package locales

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"helpcenter"
)

// keys are what the table of a message may hold: what goi18n merge writes.
var keys = []string{"description", "few", "hash", "many", "one", "other", "two", "zero"}

var wellFormedID = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)+$`)

// fileName is what files of this room are called. Those of goi18n's unfinished
// work, translate.<lang>.toml, are left alone.
var fileName = regexp.MustCompile(`^(glossary|(active|synonyms|translate)\.[A-Za-z0-9-]+)\.toml$`)

// shape takes whatever stands under a message's id, so that what is wrong with it
// is found by [readMessage], at its place, and not by the decoder.
type shape struct{ value any }

// UnmarshalTOML takes any value.
func (s *shape) UnmarshalTOML(v any) error {
	s.value = v
	return nil
}

// roomFile returns how findings name a file of this room.
func roomFile(name string) string { return path.Join("locales", name) }

// checkNames finds files that nobody would read.
func checkNames(fsys fs.FS) []helpcenter.Finding {
	names, _ := fs.Glob(fsys, "*.toml")
	slices.Sort(names)
	var found []helpcenter.Finding
	for _, name := range names {
		if !fileName.MatchString(name) {
			at := helpcenter.Position{File: roomFile(name)}
			found = append(found, helpcenter.Errorf(at, "unknown-file", "%q is not read: files here are active.<lang>.toml, glossary.toml and synonyms.<lang>.toml", name))
		}
	}
	return found
}

// readTOML reads a file of the room into v. The Locator is nil where there is
// nothing to go on with.
func readTOML(fsys fs.FS, name string, v any) (*helpcenter.Locator, []helpcenter.Finding) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return nil, []helpcenter.Finding{helpcenter.Errorf(helpcenter.Position{File: roomFile(name)}, "unreadable", "%s", err)}
	}
	loc, found := helpcenter.DecodeTOML(roomFile(name), data, 1, v)
	if helpcenter.HasErrors(found) {
		return nil, found
	}
	return loc, nil
}

// readLocale reads the messages of a language. Those with errors are left out.
func readLocale(fsys fs.FS, lang string) (*locale, []helpcenter.Finding) {
	name := "active." + lang + ".toml"
	l := &locale{lang: lang, file: roomFile(name), messages: map[string]*message{}}
	var raw map[string]shape
	loc, found := readTOML(fsys, name, &raw)
	if loc == nil {
		if len(found) == 0 {
			found = append(found, helpcenter.Errorf(helpcenter.Position{File: l.file}, "message-missing", "no file with the words of %q, which is a language of content/site.toml", lang).
				Suggest("write the file, or take the language out of content/site.toml"))
		}
		return l, found
	}
	for _, id := range slices.Sorted(maps.Keys(raw)) {
		m, fs := readMessage(loc, id, raw[id].value)
		found = append(found, fs...)
		if len(fs) == 0 {
			l.messages[id] = m
		}
	}
	return l, found
}

// readMessage makes a message of what stands under an id: its text, or a table
// of its forms.
func readMessage(loc *helpcenter.Locator, id string, raw any) (*message, []helpcenter.Finding) {
	if !wellFormedID.MatchString(id) {
		return nil, []helpcenter.Finding{helpcenter.Errorf(loc.Key(id), "message-id", "%q is not the id of a message, which is made of lower-case letters, digits and hyphens in two or more parts joined by dots", id).
			Suggest("write the whole id in quotes, such as \"page.title\"")}
	}
	text, fixed := raw.(string)
	table, ok := raw.(map[string]any)
	switch {
	case fixed:
		table = map[string]any{"other": text}
	case !ok:
		return nil, []helpcenter.Finding{wrongType(loc.Value(id), id, "a text or a table of plural forms", raw)}
	}
	var found []helpcenter.Finding
	place := func(key string) helpcenter.Position {
		if fixed {
			return loc.Value(id)
		}
		return loc.Key(id, key)
	}
	m := &message{at: loc.Key(id)}
	for _, key := range slices.Sorted(maps.Keys(table)) {
		text, ok := table[key].(string)
		switch {
		case !slices.Contains(keys, key):
			found = append(found, unknownKey(place(key), id, key))
		case !ok:
			found = append(found, wrongType(loc.Value(id, key), key, "a text", table[key]))
		case key != "description" && key != "hash":
			if err := m.addForm(key, text); err != nil {
				found = append(found, helpcenter.Errorf(place(key), "message-placeholder", "%s", err))
			}
		}
	}
	if len(found) > 0 {
		return nil, found
	}
	parsed, err := i18n.NewMessage(table)
	if err != nil {
		return nil, []helpcenter.Finding{helpcenter.Errorf(m.at, "toml", "%s", err)}
	}
	m.Message, m.ID = *parsed, id
	return m, nil
}

// addForm notes what the text of a form says about its message.
func (m *message) addForm(form, text string) error {
	p, err := parsePattern(text)
	if err != nil {
		return err
	}
	m.plural = m.plural || form != "other"
	for _, piece := range p {
		if piece.field != "" && !slices.Contains(m.fields, piece.field) {
			m.fields = append(m.fields, piece.field)
		}
	}
	slices.Sort(m.fields)
	return nil
}

func unknownKey(at helpcenter.Position, id, key string) helpcenter.Finding {
	f := helpcenter.Errorf(at, "unknown-key", "unknown key %q, allowed in the message %q: %s", key, id, strings.Join(keys, ", "))
	if near := helpcenter.Nearest(key, keys); near != "" {
		return f.Suggest("did you mean %q?", near)
	}
	return f.Suggest("if another message is meant, write its whole id in quotes: %q", id+"."+key)
}

func wrongType(at helpcenter.Position, key, want string, got any) helpcenter.Finding {
	kind := map[reflect.Kind]string{reflect.Map: "table", reflect.Slice: "list", reflect.Bool: "boolean", reflect.Int64: "integer", reflect.Float64: "float"}[reflect.TypeOf(got).Kind()]
	if kind == "" {
		kind = "date or time"
	}
	return helpcenter.Errorf(at, "toml", "%s: this is of type %s, wanted is %s", key, kind, want)
}
