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

// followRelated changes the related articles of a manuscript as a redirection
// says; one that is named already, or is the article itself, is taken out.
func (m *articleFile) followRelated(r redirection) error {
	for i, path := range m.Related {
		to, ok := r.articles[path]
		if !ok {
			continue
		}
		edit, found := textedit.EditString(m.data, m.Key("related", i), path, to)
		if !found {
			return m.unwritable("related", i, path)
		}
		if to == m.Path || slices.Contains(m.Related, to) {
			edit = m.withoutItem("related", i, len(m.Related))
		}
		m.edits = append(m.edits, edit)
	}
	return nil
}

func (m *articleFile) unwritable(key string, i int, value string) error {
	return fmt.Errorf("%s: %q cannot be changed; write it in simple quotes", m.Key(key, i), value)
}

// withoutItem returns the edit that takes one of n items out of a list, and the
// comma and white space that part it from another.
func (m *articleFile) withoutItem(key string, i, n int) textedit.Edit {
	from := textedit.Offset(m.data, m.Key(key, i))
	to := endOfString(m.data, from)
	switch {
	case i > 0:
		from = endOfString(m.data, textedit.Offset(m.data, m.Key(key, i-1)))
	case n > 1:
		to = textedit.Offset(m.data, m.Key(key, 1))
	default:
		from = 1 + bytes.LastIndexByte(m.data[:from], '[')
		to += bytes.IndexByte(m.data[to:], ']')
	}
	return textedit.Edit{From: from, To: to}
}

// endOfString returns the offset after the string that begins at an offset. Its
// value is a path, so no quote is in it.
func endOfString(data []byte, from int) int {
	return from + 2 + bytes.IndexByte(data[from+1:], data[from])
}

// addAliases makes earlier addresses lead to the article, whose own address is
// now. One that was earlier is so no more.
func (m *articleFile) addAliases(now string, earlier []string) error {
	earlier = slices.DeleteFunc(slices.Clone(earlier), func(a string) bool { return a == now || slices.Contains(m.Aliases, a) })
	if i := slices.Index(m.Aliases, now); i >= 0 && len(earlier) > 0 {
		edit, ok := textedit.EditString(m.data, m.Key("aliases", i), now, earlier[0])
		if !ok {
			return m.unwritable("aliases", i, now)
		}
		m.edits = append(m.edits, edit)
		earlier = earlier[1:]
	}
	if len(earlier) > 0 {
		m.edits = append(m.edits, m.insertAliases(earlier))
	}
	return nil
}

// insertAliases returns the edit that puts aliases before those that there are,
// on lines of their own if these are so, or in a line that ends the front
// matter.
func (m *articleFile) insertAliases(aliases []string) textedit.Edit {
	newline := "\n"
	if bytes.Contains(m.data, []byte("\r\n")) {
		newline = "\r\n"
	}
	quoted := `"` + strings.Join(aliases, `", "`) + `"`
	if len(m.Aliases) > 0 {
		off := textedit.Offset(m.data, m.Key("aliases", 0))
		indent := m.data[1+bytes.LastIndexByte(m.data[:off], '\n') : off]
		part := ", "
		if len(bytes.TrimSpace(indent)) == 0 {
			part = "," + newline + string(indent)
		}
		return textedit.Edit{From: off, To: off, Text: strings.ReplaceAll(quoted, ", ", part) + part}
	}
	key := textedit.Offset(m.data, m.Key("aliases"))
	if open := bytes.IndexByte(m.data[key:], '['); open >= 0 && bytes.HasPrefix(m.data[key:], []byte("aliases")) {
		return textedit.Edit{From: key + open + 1, To: key + open + 1, Text: quoted} // aliases = []
	}
	_, _, line, _ := article.SplitFront(article.Normalize(m.data))
	off := textedit.Offset(m.data, diag.Position{Line: line - 1, Column: 1})
	return textedit.Edit{From: off, To: off, Text: "aliases = [" + quoted + "]" + newline}
}
