package site

import (
	"fmt"
	"html"
)

// A failure is what a reader sees of a defect of the program: a plain page in
// the reader's language, made before anything can fail.

// The messages of that page.
const (
	failureTitle = "failure.title"
	failureText  = "failure.text"
)

// Failure returns that page in a language.
func (s *Site) Failure(lang string) []byte {
	l := s.Language(lang)
	text := func(id string) string { return html.EscapeString(l.Text(id)) }
	return fmt.Appendf(nil, `<!doctype html>
<html lang="%s">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>%s</title></head>
<body><main><h1>%[2]s</h1><p>%s</p><p><a href="%s">%s</a></p></main></body>
</html>
`, l.Tag, text(failureTitle), text(failureText), s.Link(PagePath(l.Tag)), text("home"))
}
