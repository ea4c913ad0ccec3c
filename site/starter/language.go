package starter

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"golang.org/x/text/language"

	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/textedit"
	"helpcenter/site/tomlfile"
)

// Language returns the changes that add a language: its row in site.toml, each text there copied from the default
// language until somebody translates it, and a file with the messages to translate. Files has content/ and locales/.
func Language(files fs.FS, tag string) ([]textedit.Change, error) {
	if t, err := language.Raw.Parse(tag); err != nil || t.String() != tag {
		return nil, fmt.Errorf("%q is not a language tag such as fr or pt-BR", tag)
	}
	data, err := fs.ReadFile(files, library.SiteFile)
	if err != nil {
		return nil, err
	}
	var config map[string]any
	loc, found := tomlfile.Decode(library.SiteFile, data, 1, &config)
	if diag.HasErrors(found) {
		return nil, fmt.Errorf("%s", found[0])
	}
	source, _ := config["default_language"].(string)
	rows, _ := config["language"].([]any)
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s has no language", library.SiteFile)
	}
	for _, row := range rows {
		if row, _ := row.(map[string]any); row["tag"] == tag {
			return nil, fmt.Errorf("%s has the language %q already", library.SiteFile, tag)
		}
	}
	a := adder{data: data, loc: loc, source: source, tag: tag}
	a.walk(config)
	a.row(len(rows) - 1)
	changes := []textedit.Change{{File: library.SiteFile, Was: data, Is: textedit.Apply(data, a.edits)}}
	if words, err := fs.ReadFile(files, "locales/active."+source+".toml"); err == nil {
		changes = append(changes, textedit.Change{File: "locales/active." + tag + ".toml", Is: toTranslate(words)})
	}
	return changes, nil
}

// toTranslate returns messages as comments.
func toTranslate(words []byte) []byte {
	var b bytes.Buffer
	b.WriteString("# Translate each text, and remove the # before its line. Until then the original is shown.\n\n")
	for line := range bytes.Lines(words) {
		if len(bytes.TrimSpace(line)) > 0 {
			b.WriteString("# ")
		}
		b.Write(line)
	}
	return b.Bytes()
}

// An adder adds a language to site.toml.
type adder struct {
	data        []byte
	loc         *tomlfile.Locator
	source, tag string
	edits       []textedit.Edit
}

// walk adds the language to every text in a value, given the path of the value.
func (a *adder) walk(v any, path ...any) {
	switch v := v.(type) {
	case []any:
		for i, item := range v {
			a.walk(item, append(slices.Clone(path), i)...)
		}
	case map[string]any:
		if text, ok := v[a.source].(string); ok {
			a.add(text, append(slices.Clone(path), a.source))
			return
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			a.walk(v[key], append(slices.Clone(path), key)...)
		}
	}
}

// add adds a text beside that of the source language, whose path is given.
func (a *adder) add(text string, path []any) {
	end := a.endOfString(textedit.Offset(a.data, a.loc.Value(path...)))
	separator := ", "
	if rest := bytes.TrimLeft(a.data[end:], " \t"); len(rest) == 0 || bytes.ContainsRune([]byte("\r\n#"), rune(rest[0])) {
		separator = "\n" // a table with one line per language
	}
	a.edits = append(a.edits, textedit.Edit{From: end, To: end, Text: fmt.Sprintf("%s%s = %q", separator, a.tag, text)})
}

// row adds the row of the language after the i-th.
func (a *adder) row(i int) {
	end := 0
	for _, key := range []string{"tag", "name"} {
		end = max(end, a.endOfString(textedit.Offset(a.data, a.loc.Value("language", i, key))))
	}
	a.edits = append(a.edits, textedit.Edit{From: end, To: end,
		Text: fmt.Sprintf("\n\n[[language]]\ntag = %q\nname = %q", a.tag, languageName(a.tag))})
}

// endOfString returns the offset after the single-line string that begins at from.
func (a *adder) endOfString(from int) int {
	if from < 0 || from >= len(a.data) {
		return max(0, from)
	}
	quote := a.data[from]
	for i := from + 1; i < len(a.data); i++ {
		switch {
		case a.data[i] == '\\' && quote == '"':
			i++
		case a.data[i] == quote:
			return i + 1
		}
	}
	return len(a.data)
}

// languageName returns the name of a language in that language, or its tag if the name is unknown.
func languageName(tag string) string {
	t, err := textsOf(base(tag))
	if err != nil {
		return tag
	}
	return t.Language
}
