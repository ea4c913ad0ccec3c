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

// reader reads the folder locales into a catalog.
type reader struct {
	*Catalog
	findings
	fsys fs.FS
}

// locale is the content of the files of one language.
type locale struct {
	lang     string
	file     string                   // the site's own, with its folder
	messages map[string]*message      // messages that can be shown
	places   map[string]diag.Position // of all ids, including messages with errors; nil if there is no file
	unread   bool                     // a file could not be read
}

// message is a go-i18n message, with what checks need to know about it.
type message struct {
	i18n.Message
	at     diag.Position // of its key
	plural bool          // has forms other than "other"
	fields []string      // names of the placeholders in any form, sorted
	texts  []Form        // its forms, by name
	label  bool          // see [Label]
}

// A Label is a message from a file outside locales/.
type Label struct {
	Lang, ID, Text string
	At             diag.Position
}

// A Form is the text of one plural form of a message.
type Form struct {
	ID, Text string
	At       diag.Position // of the text
}

// Forms returns the forms of all messages of a language, sorted by id.
func (c *Catalog) Forms(lang string) (all []Form) {
	messages := c.locales[lang].messages
	for _, id := range slices.Sorted(maps.Keys(messages)) {
		all = append(all, messages[id].texts...)
	}
	return all
}

// lacks reports whether the file was read and has no message with this id, not even one with errors.
func (l *locale) lacks(id string) bool {
	_, ok := l.places[id]
	return l.places != nil && !l.unread && !ok
}

// placeFor returns where in the file a message with this id belongs: before the first greater id, or at the last
// one.
func (l *locale) placeFor(id string) diag.Position {
	elsewhere := func(id string) bool { return l.places[id].File != l.file }
	ids := slices.DeleteFunc(slices.Sorted(maps.Keys(l.places)), elsewhere)
	if len(ids) == 0 {
		return diag.Position{File: l.file}
	}
	i, _ := slices.BinarySearch(ids, id)
	return l.places[ids[min(i, len(ids)-1)]]
}

// keys are the keys allowed in the table of a message, which are those that goi18n merge writes.
var keys = append([]string{"description", "hash"}, forms...)

// reserved are the ids that go-i18n would take for keys of a message.
var reserved = append([]string{"id", "leftdelim", "rightdelim", "translation"}, keys...)

var (
	wellFormedID = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)*$`)
	fileName     = regexp.MustCompile(`^(glossary|(active|interface|synonyms|translate)\.[A-Za-z0-9-]+)\.toml$`)
)

// checkNames finds TOML files that would not be read, and returns the names that they probably should have. The
// files translate.<lang>.toml belong to goi18n.
func (r *reader) checkNames() (meant []string) {
	names := []string{"glossary.toml"}
	for _, lang := range r.languages {
		for _, kind := range []string{"active", "interface", "synonyms", "translate"} {
			names = append(names, kind+"."+lang+".toml")
		}
	}
	files, _ := fs.ReadDir(r.fsys, ".") // unreadable files are reported one by one
	for _, file := range files {
		name := file.Name()
		sameName := func(s string) bool { return strings.EqualFold(s, name) }
		if !strings.EqualFold(path.Ext(name), ".toml") || slices.Contains(names, name) ||
			fileName.MatchString(name) && !slices.ContainsFunc(names, sameName) {
			continue
		}
		f := r.errorf(diag.Position{File: path.Join("locales", name)}, "unknown-file",
			"unknown file %q (allowed: active.<lang>.toml, interface.<lang>.toml, synonyms.<lang>.toml, glossary.toml)", name)
		if near := diag.Nearest(name, names); near != "" {
			*f = f.Suggest("rename it to %s", near)
			meant = append(meant, near)
		}
	}
	return meant
}

// readTOML reads a file into v. The Locator is nil if there is nothing to continue with: an error was found, or the
// file does not exist.
func (r *reader) readTOML(name string, v any) *tomlfile.Locator {
	file := path.Join("locales", name)
	data, err := tomlfile.Read(r.fsys, name)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			r.errorf(diag.Position{File: file}, "unreadable", "%s", err).Suggestion = "make it a file that this program may read"
		}
		return nil
	}
	loc, found := tomlfile.Decode(file, data, 1, v)
	r.findings = append(r.findings, found...)
	if diag.HasErrors(found) {
		return nil
	}
	return loc
}

// readLocale reads the messages of a language: first those of the interface, then those of the site, which replace
// them. A file is not reported as missing if a misnamed one was probably meant for it.
func (r *reader) readLocale(lang, fallback string, meant []string) *locale {
	name := "active." + lang + ".toml"
	l := &locale{lang: lang, file: path.Join("locales", name), messages: map[string]*message{}}
	if r.interfaceFile("en", "") != "" {
		l.places = map[string]diag.Position{} // what is missing is shown in the default language
	}
	before := len(r.findings)
	r.addFile(l, r.interfaceFile(lang, fallback))
	r.addFile(l, name)
	if l.places == nil && len(r.findings) == before && !slices.Contains(meant, name) {
		r.errorf(diag.Position{File: l.file}, "message-missing",
			"no messages of %q, which is a language of content/site.toml", lang).
			Suggestion = "write them, or remove the language from content/site.toml"
	}
	return l
}

// interfaceFile returns the file with the interface messages of a language, or "". The default language uses those
// of English if it has none.
func (r *reader) interfaceFile(lang, fallback string) string {
	base, _ := language.Make(lang).Base()
	tags := []string{lang, base.String()}
	if lang == fallback {
		tags = append(tags, "en")
	}
	for _, tag := range tags {
		name := "interface." + tag + ".toml"
		if _, err := fs.Stat(r.fsys, name); err == nil {
			return name
		}
	}
	return ""
}

// addFile adds the messages of a file, replacing those with the same ids.
func (r *reader) addFile(l *locale, name string) {
	if name == "" {
		return
	}
	var raw map[string]any
	before := len(r.findings)
	loc := r.readTOML(name, &raw)
	l.unread = l.unread || loc == nil && len(r.findings) > before
	if loc == nil {
		return
	}
	if l.places == nil && len(raw) > 0 {
		l.places = map[string]diag.Position{}
	}
	for id, value := range raw {
		l.places[id] = loc.Key(id)
		delete(l.messages, id)
		if m := r.readMessage(loc, id, value); m != nil {
			l.messages[id] = m
		}
	}
}

// addLabels adds the labels that are in the language of a locale.
func (r *reader) addLabels(l *locale, labels []Label) {
	for _, label := range labels {
		if label.Lang != l.lang || l.places == nil {
			continue
		}
		if at, twice := l.places[label.ID]; twice {
			r.errorf(label.At, "duplicate-id", "the message %q stands in %s too", label.ID, at).
				Suggestion = "remove one of them"
			continue
		}
		l.places[label.ID] = label.At
		m := &message{Message: i18n.Message{ID: label.ID, Other: label.Text}, at: label.At, label: true}
		before := len(r.findings)
		if r.addForm(m, label.At, label.ID, "other", label.Text); len(r.findings) == before {
			l.messages[label.ID] = m
		}
	}
}

// owns reports whether a message is the site's own rather than one of the interface.
func (l *locale) owns(m *message) bool { return m.at.File == l.file }

// readMessage makes a message from the value of an id: its text, or a table of its forms. It returns nil if there
// are errors.
func (r *reader) readMessage(loc *tomlfile.Locator, id string, raw any) *message {
	m := &message{at: loc.Key(id)}
	before := len(r.findings)
	text, isText := raw.(string)
	table, isTable := raw.(map[string]any)
	switch {
	case !wellFormedID.MatchString(id):
		r.errorf(m.at, "message-id",
			"invalid id %q (allowed: lower-case letters, digits and hyphens, in parts joined by dots)", id).
			Suggestion = `did you mean "` + strings.ToLower(id) + `"?`
	case slices.Contains(reserved, id):
		r.errorf(m.at, "message-id", "invalid id %q: go-i18n reserves it", id).
			Suggestion = `write an id of two parts, such as "page.` + id + `"`
	case isText:
		r.addForm(m, loc.Value(id), id, "other", text)
	case isTable:
		r.addTable(m, loc, id, table)
	default:
		r.wrongType(loc.Value(id), id, "text or a table of plural forms")
	}
	if len(r.findings) > before {
		return nil
	}
	parsed, err := i18n.NewMessage(raw)
	if err != nil {
		r.errorf(m.at, "toml", "%s: %s", id, err)
		return nil
	}
	m.Message = *parsed
	m.ID = id
	return m
}

// addTable adds the contents of a table of plural forms.
func (r *reader) addTable(m *message, loc *tomlfile.Locator, id string, table map[string]any) {
	for _, key := range slices.Sorted(maps.Keys(table)) {
		text, isText := table[key].(string)
		switch {
		case !slices.Contains(keys, key):
			f := r.errorf(loc.Key(id, key), "unknown-key", "unknown key %q of the message %q (allowed: %s)",
				key, id, diag.List(keys))
			if near := diag.Nearest(key, keys); near != "" {
				*f = f.Suggest("did you mean %q?", near)
			} else {
				*f = f.Suggest("if another message is meant, write its whole id in quotes: %q", id+"."+key)
			}
		case !isText:
			r.wrongType(loc.Value(id, key), id+"."+key, "text")
		case slices.Contains(forms, key):
			r.addForm(m, loc.Value(id, key), id, key, text)
		}
	}
}

func (r *reader) wrongType(at diag.Position, what, must string) {
	r.errorf(at, "toml", "%s: must be %s", what, must).Suggestion = `write the text in quotes: "..."`
}

// addForm adds what the text of a plural form tells about its message.
func (r *reader) addForm(m *message, at diag.Position, id, form, text string) {
	p, err := parsePattern(text)
	if err != nil {
		r.errorf(at, "message-placeholder", "%s", err).
			Suggestion = "write placeholders as {{.Date}}: a dot, a capital letter, then letters and digits"
	}
	if char, ok := invisible.Hidden(text); ok && err == nil {
		r.errorf(at, "invisible", "invisible character %U", char).Suggestion = "delete it"
	}
	m.plural = m.plural || form != "other"
	m.texts = append(m.texts, Form{id, text, at})
	for _, piece := range p {
		if piece.field != "" {
			m.fields = append(m.fields, piece.field)
		}
	}
	slices.Sort(m.fields)
	m.fields = slices.Compact(m.fields)
}
