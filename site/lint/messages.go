package lint

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"helpcenter/site/library"
	"helpcenter/site/tomlfile"
)

// readMessages reads the messages of a language. Package locale has reported errors in the file.
func readMessages(files fs.FS, lang string) (all []message) {
	name := path.Join("locales", "active."+lang+".toml")
	data, err := readFile(files, name)
	if err != nil {
		return nil
	}
	var raw map[string]any
	loc, _ := tomlfile.Decode(name, data, 1, &raw)
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

// message returns the text of the first form of a message, or "".
func (l *language) message(id string) string {
	i, ok := slices.BinarySearchFunc(l.messages, id, func(m message, id string) int { return strings.Compare(m.id, id) })
	if !ok {
		return ""
	}
	return l.messages[i].text
}

// siteText is a text of site.toml in all languages and its path in the file.
type siteText struct {
	text library.Text
	path []any
}

func siteTexts(s *library.Site) (all []siteText) {
	add := func(text library.Text, path ...any) { all = append(all, siteText{text, path}) }
	for i, v := range s.Groups {
		add(v.Name, "group", i, "name")
	}
	for i, v := range s.Products {
		add(v.Summary, "product", i, "summary")
	}
	for i, v := range s.Categories {
		add(v.Section, "category", i, "section")
		add(v.Name, "category", i, "name")
	}
	for i, v := range s.Notices {
		add(v.Text, "notice", i, "text")
	}
	for i, v := range s.Help {
		add(v.Name, "help", i, "name")
	}
	for i, v := range s.Links {
		add(v.Name, "link", i, "name")
	}
	return all
}

// blank replaces each byte of the placeholders of a message by a zero, which no rule about words considers.
func blank(text string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		inside, after, closed := strings.Cut(rest, "}}")
		b.WriteString(strings.Repeat("0", len("{{")+len(inside)))
		if closed {
			b.WriteString(strings.Repeat("0", len("}}")))
		}
		text = after
	}
}
