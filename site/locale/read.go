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
	"golang.org/x/text/language"

	"helpcenter/site/diag"
	"helpcenter/site/invisible"
	"helpcenter/site/tomlfile"
)

// locale is the content of one language's files.
type locale struct {
	lang     string
	file     string                   // the site's own, with its folder
	messages map[string]*message      // those that can be shown
	places   map[string]diag.Position // of all ids, also of messages with errors; nil if there is no file
	unread   bool                     // a file could not be read
}

// message is a message of go-i18n, and what checks need to know of it.
type message struct {
	i18n.Message
	at     diag.Position // of its key
	plural bool          // has forms other than "other"
	fields []string      // names of the placeholders in any form, sorted
}

// ids returns the ids of all messages that can be shown, sorted.
func (l *locale) ids() []string { return slices.Sorted(maps.Keys(l.messages)) }

// lacks reports whether the file was read and has no message of that id, not even
// one with errors.
func (l *locale) lacks(id string) bool {
	_, ok := l.places[id]
	return l.places != nil && !l.unread && !ok
}

// placeFor returns where in the file a message of that id belongs: before the
// first of a greater id, or at the last.
func (l *locale) placeFor(id string) diag.Position {
	ids := slices.DeleteFunc(slices.Sorted(maps.Keys(l.places)), func(id string) bool { return l.places[id].File != l.file })
	if len(ids) == 0 {
		return diag.Position{File: l.file}
	}
	i, _ := slices.BinarySearch(ids, id)
	return l.places[ids[min(i, len(ids)-1)]]
}

// keys are allowed in the table of a message: those that goi18n merge writes.
var keys = append([]string{"description", "hash"}, forms...)

// reserved are ids that go-i18n would take for keys of a message.
var reserved = append([]string{"id", "leftdelim", "rightdelim", "translation"}, keys...)

var (
	wellFormedID = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)*$`)
	fileName     = regexp.MustCompile(`^(glossary|(active|interface|synonyms|translate)\.[A-Za-z0-9-]+)\.toml$`)
)

// anyValue is what stands under a message's id, of any type: [readMessage] reports
// errors better than the decoder.
type anyValue struct{ v any }

// UnmarshalTOML takes any value.
func (a *anyValue) UnmarshalTOML(v any) error {
	a.v = v
	return nil
}

// checkNames finds TOML files that would not be read, and returns the names that
// they should probably have. The files of translate.<lang>.toml are goi18n's.
func checkNames(fsys fs.FS, languages []string) (found []diag.Finding, meant []string) {
	names := []string{"glossary.toml"}
	for _, lang := range languages {
		for _, kind := range []string{"active", "interface", "synonyms", "translate"} {
			names = append(names, kind+"."+lang+".toml")
		}
	}
	files, _ := fs.ReadDir(fsys, ".") // what cannot be read is reported for each file
	for _, file := range files {
		name := file.Name()
		sameName := func(s string) bool { return strings.EqualFold(s, name) }
		if !strings.EqualFold(path.Ext(name), ".toml") || slices.Contains(names, name) ||
			fileName.MatchString(name) && !slices.ContainsFunc(names, sameName) {
			continue
		}
		f := diag.Errorf(diag.Position{File: path.Join("locales", name)}, "unknown-file",
			"unknown file %q (allowed: active.<lang>.toml, interface.<lang>.toml, synonyms.<lang>.toml, glossary.toml)", name)
		if near := diag.Nearest(name, names); near != "" {
			f = f.Suggest("rename it to %s", near)
			meant = append(meant, near)
		}
		found = append(found, f)
	}
	return found, meant
}

// readTOML reads a file into v. The Locator is nil if there is nothing to go on
// with: an error was found, or the file does not exist.
func readTOML(fsys fs.FS, name string, v any) (*tomlfile.Locator, []diag.Finding) {
	file := path.Join("locales", name)
	data, err := tomlfile.Read(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, []diag.Finding{diag.Errorf(diag.Position{File: file}, "unreadable", "%s", err).
			Suggest("make it a file that this program may read")}
	}
	loc, found := tomlfile.Decode(file, data, 1, v)
	if diag.HasErrors(found) {
		return nil, found
	}
	return loc, found
}

// readLocale reads the messages of a language: those of the interface, and over them those of the site. A file
// is not reported as missing if another one was meant for it.
func readLocale(fsys fs.FS, lang string, fallback bool, meant []string) (*locale, []diag.Finding) {
	name := "active." + lang + ".toml"
	l := &locale{lang: lang, file: path.Join("locales", name), messages: map[string]*message{}}
	if interfaceFile(fsys, "en", false) != "" {
		l.places = map[string]diag.Position{} // what is missing is shown in the default language
	}
	found := l.read(fsys, interfaceFile(fsys, lang, fallback))
	own := l.read(fsys, name)
	found = append(found, own...)
	if l.places == nil && len(found) == 0 && !slices.Contains(meant, name) {
		found = append(found, diag.Errorf(diag.Position{File: l.file}, "message-missing",
			"no messages of %q, which is a language of content/site.toml", lang).
			Suggest("write them, or remove the language from content/site.toml"))
	}
	return l, found
}

// interfaceFile returns the file with the interface messages of a language, or "". The default language takes
// those of English if it has none.
func interfaceFile(fsys fs.FS, lang string, fallback bool) string {
	base, _ := language.Make(lang).Base()
	tags := []string{lang, base.String()}
	if fallback {
		tags = append(tags, "en")
	}
	for _, tag := range tags {
		name := "interface." + tag + ".toml"
		if _, err := fs.Stat(fsys, name); err == nil {
			return name
		}
	}
	return ""
}

// read adds the messages of a file, which replace those of the same id.
func (l *locale) read(fsys fs.FS, name string) []diag.Finding {
	if name == "" {
		return nil
	}
	var raw map[string]anyValue
	loc, found := readTOML(fsys, name, &raw)
	if loc == nil {
		l.unread = l.unread || len(found) > 0
		return found
	}
	if l.places == nil && len(raw) > 0 {
		l.places = map[string]diag.Position{}
	}
	for id, value := range raw {
		l.places[id] = loc.Key(id)
		m, fs := readMessage(loc, id, value.v)
		found = append(found, fs...)
		if delete(l.messages, id); len(fs) == 0 {
			l.messages[id] = m
		}
	}
	return found
}

// owns reports whether a message is the site's own, not one of the interface.
func (l *locale) owns(m *message) bool { return m.at.File == l.file }

// readMessage makes a message of the value of an id: its text, or a table of its
// forms.
func readMessage(loc *tomlfile.Locator, id string, raw any) (*message, []diag.Finding) {
	m := &message{at: loc.Key(id)}
	switch {
	case !wellFormedID.MatchString(id):
		return nil, []diag.Finding{diag.Errorf(m.at, "message-id",
			"invalid id %q (allowed: lower-case letters, digits and hyphens, in parts joined by dots)", id).
			Suggest("did you mean %q?", strings.ToLower(id))}
	case slices.Contains(reserved, id):
		return nil, []diag.Finding{diag.Errorf(m.at, "message-id", "invalid id %q: go-i18n reserves it", id).
			Suggest("write an id of two parts, such as %q", "page."+id)}
	}
	var found []diag.Finding
	switch raw := raw.(type) {
	case string:
		found = m.addForm(loc.Value(id), "other", raw)
	case map[string]any:
		found = m.addTable(loc, id, raw)
	default:
		found = append(found, wrongType(loc.Value(id), id, "text or a table of plural forms"))
	}
	if len(found) > 0 {
		return nil, found
	}
	message, err := i18n.NewMessage(raw)
	if err != nil {
		return nil, []diag.Finding{diag.Errorf(m.at, "toml", "%s: %s", id, err)}
	}
	m.Message = *message
	m.ID = id
	return m, nil
}

// addTable adds what a table of plural forms holds.
func (m *message) addTable(loc *tomlfile.Locator, id string, table map[string]any) []diag.Finding {
	var found []diag.Finding
	for key, value := range table {
		text, isText := value.(string)
		switch {
		case !slices.Contains(keys, key):
			found = append(found, unknownKey(loc.Key(id, key), id, key))
		case !isText:
			found = append(found, wrongType(loc.Value(id, key), id+"."+key, "text"))
		case slices.Contains(forms, key):
			found = append(found, m.addForm(loc.Value(id, key), key, text)...)
		}
	}
	return found
}

// addForm adds what the text of a plural form tells about the message.
func (m *message) addForm(at diag.Position, form, text string) []diag.Finding {
	p, err := parsePattern(text)
	if err != nil {
		return []diag.Finding{diag.Errorf(at, "message-placeholder", "%s", err).
			Suggest("write placeholders as {{.Date}}: a dot, a capital letter, then letters and digits")}
	}
	if r, ok := invisible.Hidden(text); ok {
		return []diag.Finding{diag.Errorf(at, "invisible", "invisible character %U", r).Suggest("delete it")}
	}
	m.plural = m.plural || form != "other"
	for _, piece := range p {
		if piece.field != "" {
			m.fields = append(m.fields, piece.field)
		}
	}
	slices.Sort(m.fields)
	m.fields = slices.Compact(m.fields)
	return nil
}

func wrongType(at diag.Position, what, must string) diag.Finding {
	return diag.Errorf(at, "toml", "%s: must be %s", what, must).Suggest(`write the text in quotes: "..."`)
}

func unknownKey(at diag.Position, id, key string) diag.Finding {
	f := diag.Errorf(at, "unknown-key", "unknown key %q of the message %q (allowed: %s)", key, id, diag.List(keys))
	if near := diag.Nearest(key, keys); near != "" {
		return f.Suggest("did you mean %q?", near)
	}
	return f.Suggest("if another message is meant, write its whole id in quotes: %q", id+"."+key)
}
