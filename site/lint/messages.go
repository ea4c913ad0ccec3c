package lint

import (
	"regexp"
	"strings"

	"helpcenter/site/diag"
	"helpcenter/site/library"
)

// values judges the texts that are single values in files: messages and the texts of site.toml.
func (l *Linter) values() (found []diag.Finding) {
	judge := func(lang, text string, at diag.Position) {
		v := value{at: at}
		t := newPassage(blank(text), l.languages[lang], markup{})
		t.placer = &v
		t.judge()
		found = append(found, v.found...)
	}
	site := l.Library.Site
	for _, lang := range site.Languages {
		for _, m := range l.languages[lang.Tag].forms {
			judge(lang.Tag, m.Text, m.At)
		}
	}
	l.siteTexts(func(text library.Text, path ...any) {
		for _, lang := range site.Languages {
			if text[lang.Tag] != "" {
				judge(lang.Tag, text[lang.Tag], site.Locator.Value(append(path, lang.Tag)...))
			}
		}
	})
	return found
}

// unread are the placeholders of a message, and where its links lead.
var unread = regexp.MustCompile(`\{\{[^}]*(\}\})?|\]\([^()\s]*\)`)

// blank replaces each byte of that by a zero, which no rule about words considers.
func blank(text string) string {
	return unread.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat("0", len(s)) })
}
