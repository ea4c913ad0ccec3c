package locale

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n/template"
)

// parser is the template language of messages: text with placeholders such as
// {{.Date}}, and nothing else of Go's templates. go-i18n would take all of them,
// and write "<no value>" for a value that nobody gave.
type parser struct{}

// Cacheable says that a message needs parsing only once.
func (parser) Cacheable() bool { return true }

// Parse reads a message. Delimiters other than {{ and }} are refused on reading
// the file, so none are given here.
func (parser) Parse(src, _, _ string) (template.ParsedTemplate, error) { return parsePattern(src) }

// pattern is a message's text, cut where values belong.
type pattern []piece

// piece is text, or a field where that is not "".
type piece struct{ text, field string }

// values are what a message is told, by the names of its placeholders.
type values map[string]string

var placeholder = regexp.MustCompile(`^\.([A-Z][A-Za-z0-9]*)$`)

// parsePattern cuts a message into pieces; its errors are sentences for writers.
func parsePattern(src string) (pattern, error) {
	var p pattern
	for {
		text, rest, more := strings.Cut(src, "{{")
		if text != "" {
			p = append(p, piece{text: text})
		}
		if !more {
			return p, nil
		}
		inner, after, closed := strings.Cut(rest, "}}")
		if !closed {
			return nil, fmt.Errorf("the braces of %q are never closed", "{{"+rest)
		}
		name := placeholder.FindStringSubmatch(strings.Trim(inner, " \t\r\n"))
		if name == nil {
			return nil, fmt.Errorf("%q is no placeholder, which is a name that begins with a dot and a capital letter, such as {{.Date}}", "{{"+inner+"}}")
		}
		p = append(p, piece{field: name[1]})
		src = after
	}
}

// Execute writes the message with the given values.
func (p pattern) Execute(data any) (string, error) {
	given, _ := data.(values)
	var b strings.Builder
	for _, piece := range p {
		b.WriteString(piece.text)
		if piece.field == "" {
			continue
		}
		v, ok := given[piece.field]
		if !ok {
			return "", fmt.Errorf("no value for {{.%s}}", piece.field)
		}
		b.WriteString(v)
	}
	return b.String(), nil
}
