package edit

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/textedit"
)

// followRelated redirects the related articles. It removes duplicates, and the article itself.
func (f *articleFile) followRelated(r redirection) error {
	for i, path := range f.Related {
		to, ok := r.articles[path]
		if !ok {
			continue
		}
		edit, found := textedit.EditString(f.data, f.Key("related", i), path, to)
		if !found {
			return f.unwritable("related", i, path)
		}
		if to == f.Path || slices.Contains(f.Related, to) {
			edit = f.withoutItem("related", i, len(f.Related))
		}
		f.edits = append(f.edits, edit)
	}
	return nil
}

func (f *articleFile) unwritable(key string, i int, value string) error {
	return fmt.Errorf("%s: %q cannot be changed: write it in quotes, without escapes", f.Key(key, i), value)
}

// withoutItem returns the edit that removes one of n items of a list, with its comma and white space.
func (f *articleFile) withoutItem(key string, i, n int) textedit.Edit {
	from := textedit.Offset(f.data, f.Key(key, i))
	to := endOfString(f.data, from)
	switch {
	case i > 0:
		from = endOfString(f.data, textedit.Offset(f.data, f.Key(key, i-1)))
	case n > 1:
		to = textedit.Offset(f.data, f.Key(key, 1))
	default:
		from = 1 + bytes.LastIndexByte(f.data[:from], '[')
		to += bytes.IndexByte(f.data[to:], ']')
	}
	return textedit.Edit{From: from, To: to}
}

// endOfString returns the offset after the string that begins at from. The string is a path, so it contains no
// quotes.
func endOfString(data []byte, from int) int {
	return from + 2 + bytes.IndexByte(data[from+1:], data[from])
}

// addAliases makes earlier addresses aliases of the article. If now, its own address, is an alias, it is replaced.
func (f *articleFile) addAliases(now string, earlier []string) error {
	earlier = slices.DeleteFunc(slices.Clone(earlier), func(a string) bool {
		return a == now || slices.Contains(f.Aliases, a)
	})
	if i := slices.Index(f.Aliases, now); i >= 0 && len(earlier) > 0 {
		edit, ok := textedit.EditString(f.data, f.Key("aliases", i), now, earlier[0])
		if !ok {
			return f.unwritable("aliases", i, now)
		}
		f.edits = append(f.edits, edit)
		earlier = earlier[1:]
	}
	if len(earlier) > 0 {
		f.edits = append(f.edits, f.insertAliases(earlier))
	}
	return nil
}

// insertAliases returns the edit that inserts aliases before the existing ones, on lines of their own if those are,
// or else in a new line at the end of the front matter.
func (f *articleFile) insertAliases(aliases []string) textedit.Edit {
	newline := "\n"
	if bytes.Contains(f.data, []byte("\r\n")) {
		newline = "\r\n"
	}
	quoted := `"` + strings.Join(aliases, `", "`) + `"`
	if len(f.Aliases) > 0 {
		off := textedit.Offset(f.data, f.Key("aliases", 0))
		indent := f.data[1+bytes.LastIndexByte(f.data[:off], '\n') : off]
		separator := ", "
		switch string(bytes.TrimSpace(indent)) {
		case "":
			separator = "," + newline + string(indent)
		case "-": // a list of YAML
			separator = newline + string(indent)
		}
		return textedit.Edit{From: off, To: off, Text: strings.ReplaceAll(quoted, ", ", separator) + separator}
	}
	key := textedit.Offset(f.data, f.Key("aliases"))
	if open := bytes.IndexByte(f.data[key:], '['); open >= 0 && bytes.HasPrefix(f.data[key:], []byte("aliases")) {
		return textedit.Edit{From: key + open + 1, To: key + open + 1, Text: quoted} // aliases = []
	}
	_, _, line, _ := article.SplitFront(article.Normalize(f.data))
	off := textedit.Offset(f.data, diag.Position{Line: line - 1, Column: 1})
	equals := " = "
	if f.YAML {
		equals = ": "
	}
	return textedit.Edit{From: off, To: off, Text: "aliases" + equals + "[" + quoted + "]" + newline}
}
