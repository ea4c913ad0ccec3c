package lint

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/tomlfile"
)

// A message is a text of the interface in one of its forms.
type message struct {
	id, text string
	at       diag.Position
}

// readMessages reads the messages of a language, sorted by id. What is wrong
// with their file, locales has found.
func readMessages(files fs.FS, lang string) []message {
	name := path.Join("locales", "active."+lang+".toml")
	data, err := readFile(files, name)
	if err != nil {
		return nil
	}
	var raw map[string]any
	loc, _ := tomlfile.Decode(name, data, 1, &raw)
	var all []message
	for _, id := range slices.Sorted(maps.Keys(raw)) {
		switch v := raw[id].(type) {
		case string:
			all = append(all, message{id, v, loc.Value(id)})
		case map[string]any:
			for _, form := range slices.Sorted(maps.Keys(v)) {
				if text, ok := v[form].(string); ok && form != "hash" && form != "description" {
					all = append(all, message{id, text, loc.Value(id, form)})
				}
			}
		}
	}
	return all
}

// find returns the text of the first form of a message, or "".
func find(all []message, id string) string {
	i, ok := slices.BinarySearchFunc(all, id, func(m message, id string) int { return strings.Compare(m.id, id) })
	if !ok {
		return ""
	}
	return all[i].text
}

// messages judges the words of the interface.
func (l *Linter) messages() []diag.Finding {
	var found []diag.Finding
	for _, lang := range l.Library.Site.Languages {
		v := l.languages[lang.Tag]
		for _, m := range v.texts {
			found = append(found, l.words(v, m.text, m.at)...)
		}
	}
	return found
}

// siteTexts judges the texts of site.toml.
func (l *Linter) siteTexts() []diag.Finding {
	var found []diag.Finding
	s := l.Library.Site
	texts := func(t library.Text, key ...any) {
		for _, lang := range s.Languages {
			if text := t[lang.Tag]; text != "" {
				found = append(found, l.words(l.languages[lang.Tag], text, s.Locator.Value(append(key, lang.Tag)...))...)
			}
		}
	}
	for i, v := range s.Groups {
		texts(v.Name, "group", i, "name")
	}
	for i, v := range s.Products {
		texts(v.Summary, "product", i, "summary")
	}
	for i, v := range s.Categories {
		texts(v.Section, "category", i, "section")
		texts(v.Name, "category", i, "name")
	}
	for i, v := range s.Notices {
		texts(v.Text, "notice", i, "text")
	}
	for i, v := range s.Help {
		texts(v.Name, "help", i, "name")
	}
	for i, v := range s.Links {
		texts(v.Name, "link", i, "name")
	}
	return found
}

// words judges a text that stands as one value in a file.
func (l *Linter) words(lang *language, text string, at diag.Position) []diag.Finding {
	v := value{at: at}
	t := newPassage(blank(text), lang, markup{})
	t.placer = &v
	l.text(t)
	return v.found
}

// blank fills the placeholders of a message with zeros, which no rule about
// words looks at.
func blank(text string) string {
	b := []byte(text)
	for i := 0; i < len(b); i++ {
		if i+1 < len(b) && b[i] == '{' && b[i+1] == '{' {
			for ; i < len(b); i++ {
				end := b[i] == '}' && i+1 < len(b) && b[i+1] == '}'
				b[i] = '0'
				if end {
					b[i+1] = '0'
					break
				}
			}
		}
	}
	return string(b)
}

// A value of a TOML file is the place of all that is found in it.
type value struct {
	at    diag.Position
	found []diag.Finding
}

func (v *value) position(*passage, int) diag.Position { return v.at }

func (v *value) report(f diag.Finding) *diag.Finding {
	v.found = append(v.found, f)
	return &v.found[len(v.found)-1]
}
