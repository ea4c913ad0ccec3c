package exchange

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"strings"
)

var escapePO = strings.NewReplacer("\\", "\\\\", `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`)

// escapedPO matches an escaped character.
var escapedPO = regexp.MustCompile(`\\.`)

// WritePO writes a document in the format of gettext.
func WritePO(w io.Writer, doc Document) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "msgid \"\"\nmsgstr \"\"\n\"Language: %s\\n\"\n\"X-Source-Language: %s\\n\"\n"+
		"\"MIME-Version: 1.0\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Content-Transfer-Encoding: 8bit\\n\"\n",
		doc.To, doc.From)
	for _, u := range doc.Units {
		fmt.Fprintf(b, "\n#: %s:%d\n", u.File, u.Line)
		if u.Fuzzy {
			b.WriteString("#, fuzzy\n")
		}
		if u.Fuzzy && u.Previous != "" {
			writePO(b, "#| msgid", u.Previous, "#| ")
		}
		writePO(b, "msgctxt", u.ID, "")
		writePO(b, "msgid", u.Source, "")
		writePO(b, "msgstr", u.Target, "")
	}
	return b.Flush()
}

// writePO writes a keyword and a string, with one line for each line of the string.
func writePO(b *bufio.Writer, keyword, text, prefix string) {
	lines := strings.SplitAfter(text, "\n")
	if len(lines) == 1 {
		fmt.Fprintf(b, "%s \"%s\"\n", keyword, escapePO.Replace(text))
		return
	}
	fmt.Fprintf(b, "%s \"\"\n", keyword)
	for _, line := range lines {
		if line != "" {
			fmt.Fprintf(b, "%s\"%s\"\n", prefix, escapePO.Replace(line))
		}
	}
}

// readPO reads the format of gettext. It skips plural forms and obsolete entries.
func readPO(data []byte) (doc Document, err error) {
	var fields map[string]string
	var fuzzy bool
	keyword := ""
	finish := func() {
		switch {
		case fields["msgctxt"] != "":
			doc.Units = append(doc.Units, Unit{
				ID: fields["msgctxt"], Source: fields["msgid"], Target: fields["msgstr"], Fuzzy: fuzzy,
			})
		case fields["msgid"] == "" && fields["msgstr"] != "":
			doc.To, doc.From = header(fields["msgstr"], "Language"), header(fields["msgstr"], "X-Source-Language")
		}
		fields, fuzzy, keyword = map[string]string{}, false, ""
	}
	finish()
	for i, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "#,"):
			fuzzy = fuzzy || strings.Contains(line, "fuzzy")
			continue
		case line == "":
			finish()
			continue
		case line[0] == '#':
			continue
		case line[0] != '"':
			name, rest, _ := strings.Cut(line, " ")
			if _, again := fields[name]; again || name == "msgctxt" && len(fields) > 0 {
				was := fuzzy
				finish()
				fuzzy = was && name != "msgctxt"
			}
			keyword, line = name, strings.TrimSpace(rest)
		}
		text, ok := unquotePO(line)
		if !ok || keyword == "" {
			return doc, fmt.Errorf("line %d: not a string of a PO file: %s", i+1, line)
		}
		fields[keyword] += text
	}
	finish()
	return doc, nil
}

// header returns a field of the header.
func header(text, name string) string {
	for line := range strings.Lines(text) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// unquotePO returns the text of a string in quotes. It returns false if s is something else.
func unquotePO(s string) (text string, ok bool) {
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return "", false
	}
	return escapedPO.ReplaceAllStringFunc(s[1:len(s)-1], func(escaped string) string {
		switch escaped {
		case `\n`:
			return "\n"
		case `\t`:
			return "\t"
		case `\r`:
			return "\r"
		}
		return escaped[1:]
	}), true
}
