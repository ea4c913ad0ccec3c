package lint

import (
	"regexp"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/library"
)

// values judges texts that are single values in files: messages and the texts of site.toml.
func (l *Linter) values(counts *wordCounts) (found []diag.Finding) {
	judge := func(lang, text string, at diag.Position, m markup) {
		v := value{at: at}
		t := newPassage(blank(text), l.languages[lang], m)
		t.placer = &v
		t.judge()
		counts.add(t.language, []*passage{t})
		found = append(found, v.found...)
	}
	site := l.Library.Site
	for _, lang := range site.Languages {
		marked := map[diag.Position]*article.Content{}
		for _, p := range l.languages[lang.Tag].phrases {
			marked[p.At] = p.Content
		}
		for _, m := range l.languages[lang.Tag].forms {
			if l.Lent != nil && l.Lent(m.At.File) {
				continue
			}
			if a := marked[m.At]; a != nil {
				text := article.Plain(a.Body.HTML)
				judge(lang.Tag, text, m.At, readMarkup([]byte("<p>"+string(a.Body.HTML)+"</p>"), []string{text})[0])
			} else {
				judge(lang.Tag, m.Text, m.At, markup{})
			}
		}
	}
	l.siteTexts(func(text library.Text, path ...any) {
		for _, lang := range site.Languages {
			if text[lang.Tag] != "" {
				judge(lang.Tag, text[lang.Tag], site.Locator.Value(append(path, lang.Tag)...), markup{})
			}
		}
	})
	return found
}

var placeholder = regexp.MustCompile(`\{\{[^}]*(\}\})?`)

// blank replaces each byte of a message's placeholders with a zero, which rules about words ignore.
func blank(text string) string {
	return placeholder.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat("0", len(s)) })
}
