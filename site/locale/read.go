package locale

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"helpcenter/site/diag"
	"helpcenter/site/invisible"
	"helpcenter/site/tomlfile"
)

// locale is what the file of one language says.
type locale struct {
	lang     string
	file     string                   // as findings name it
	messages map[string]*message      // those that can be shown
	places   map[string]diag.Position // of all ids, also of messages with errors; nil where the file could not be read
}

// message is one message as go-i18n has it, with what proofs need to know of it.
type message struct {
	i18n.Message
	at     diag.Position // its key
	plural bool          // has forms other than "other"
	fields []string      // names of its placeholders in any form, sorted
}

// ids returns the ids of all messages that can be shown, sorted.
func (l *locale) ids() []string { return slices.Sorted(maps.Keys(l.messages)) }

// lacks reports whether the file could be read and has no message of that id. One
// with errors is there: it has been found already.
func (l *locale) lacks(id string) bool {
	_, ok := l.places[id]
	return l.places != nil && !ok
}

// placeFor returns where in the file a message of that id belongs: before the
// first of a greater id, or at the last.
func (l *locale) placeFor(id string) diag.Position {
	ids := slices.Sorted(maps.Keys(l.places))
	if len(ids) == 0 {
		return diag.Position{File: l.file}
	}
	i, _ := slices.BinarySearch(ids, id)
	return l.places[ids[min(i, len(ids)-1)]]
}

// keys are what the table of a message may hold: what goi18n merge writes.
var keys = []string{"description", "few", "hash", "many", "one", "other", "two", "zero"}

// reserved are the ids that go-i18n would take for keys of a message.
var reserved = append([]string{"id", "leftdelim", "rightdelim", "translation"}, keys...)

var wellFormedID = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)*$`)

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
func checkNames(fsys fs.FS) []diag.Finding {
	names, _ := fs.Glob(fsys, "*.toml")
	var found []diag.Finding
	for _, name := range names {
		if !fileName.MatchString(name) {
			at := diag.Position{File: roomFile(name)}
			found = append(found, diag.Errorf(at, "unknown-file", "%q is not read: files here are active.<lang>.toml, glossary.toml and synonyms.<lang>.toml", name))
		}
	}
	return found
}

// readTOML reads a file of the room into v. The Locator is nil where there is
// nothing to go on with: an error was found, or there is no such file.
func readTOML(fsys fs.FS, name string, v any) (*tomlfile.Locator, []diag.Finding) {
	data, err := tomlfile.Read(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, []diag.Finding{diag.Errorf(diag.Position{File: roomFile(name)}, "unreadable", "%s", err)}
	}
	loc, found := tomlfile.Decode(roomFile(name), data, 1, v)
	if diag.HasErrors(found) {
		return nil, found
	}
	return loc, found
}

// readLocale reads the messages of a language.
func readLocale(fsys fs.FS, lang string) (*locale, []diag.Finding) {
	name := "active." + lang + ".toml"
	l := &locale{lang: lang, file: roomFile(name), messages: map[string]*message{}}
	var raw map[string]shape
	loc, found := readTOML(fsys, name, &raw)
	if loc == nil {
		if len(found) == 0 {
			found = append(found, diag.Errorf(diag.Position{File: l.file}, "message-missing", "no file with the words of %q, which is a language of content/site.toml", lang).
				Suggest("write the file, or take the language out of content/site.toml"))
		}
		return l, found
	}
	l.places = map[string]diag.Position{}
	for id, value := range raw {
		l.places[id] = loc.Key(id)
		m, fs := readMessage(loc, id, value.value)
		found = append(found, fs...)
		if len(fs) == 0 {
			l.messages[id] = m
		}
	}
	return l, found
}

// readMessage makes a message of what stands under an id: its text, or a table of
// its forms.
func readMessage(loc *tomlfile.Locator, id string, raw any) (*message, []diag.Finding) {
	m := &message{at: loc.Key(id)}
	switch {
	case !wellFormedID.MatchString(id):
		return nil, []diag.Finding{diag.Errorf(m.at, "message-id", "%q is not the id of a message, which is made of lower-case letters, digits and hyphens in parts joined by dots", id)}
	case slices.Contains(reserved, id):
		return nil, []diag.Finding{diag.Errorf(m.at, "message-id", "%q is a word of go-i18n's and cannot be the id of a message", id)}
	}
	var found []diag.Finding
	switch raw := raw.(type) {
	case string:
		found = m.addForm(loc.Value(id), "other", raw)
	case map[string]any:
		found = m.addTable(loc, id, raw)
	default:
		found = append(found, diag.Errorf(loc.Value(id), "toml", "%s: a message is a text or a table of plural forms", id))
	}
	if len(found) > 0 {
		return nil, found
	}
	m.Message = *i18n.MustNewMessage(raw) // refuses only what is no text
	m.ID = id
	return m, nil
}

// addTable notes what a table of plural forms says about its message.
func (m *message) addTable(loc *tomlfile.Locator, id string, table map[string]any) []diag.Finding {
	var found []diag.Finding
	for key, value := range table {
		text, isText := value.(string)
		switch {
		case !slices.Contains(keys, key):
			found = append(found, unknownKey(loc.Key(id, key), id, key))
		case !isText:
			found = append(found, diag.Errorf(loc.Value(id, key), "toml", "%s: wanted is a text", key))
		case key != "description" && key != "hash":
			found = append(found, m.addForm(loc.Value(id, key), key, text)...)
		}
	}
	return found
}

// addForm notes what the text of a form says about its message.
func (m *message) addForm(at diag.Position, form, text string) []diag.Finding {
	p, err := parsePattern(text)
	if err != nil {
		return []diag.Finding{diag.Errorf(at, "message-placeholder", "%s", err)}
	}
	if r, ok := invisible.Hidden(text); ok {
		return []diag.Finding{diag.Errorf(at, "invisible", "invisible character %U", r).Suggest("delete it")}
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

func unknownKey(at diag.Position, id, key string) diag.Finding {
	f := diag.Errorf(at, "unknown-key", "unknown key %q, allowed in the message %q: %s", key, id, strings.Join(keys, ", "))
	if near := diag.Nearest(key, keys); near != "" {
		return f.Suggest("did you mean %q?", near)
	}
	return f.Suggest("if another message is meant, write its whole id in quotes: %q", id+"."+key)
}
