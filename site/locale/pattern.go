package locale

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n/template"
)

// parser parses the template language of messages: text with placeholders such as {{.Date}}. go-i18n's own parser
// accepts all of Go's templates and writes "<no value>" for a missing value.
type parser struct{}

// Cacheable reports that a message needs to be parsed only once.
func (parser) Cacheable() bool { return true }

// Parse parses a message. The delimiters are always {{ and }}.
func (parser) Parse(src, _, _ string) (template.ParsedTemplate, error) { return parsePattern(src) }

// pattern is the text of a message, divided at its placeholders.
type pattern []piece

// piece is text, followed by the placeholder named field, unless that is "".
type piece struct{ text, field string }

// values are the values of placeholders, by name.
type values map[string]string

var placeholder = regexp.MustCompile(`^[ \t\r\n]*\.([A-Z][A-Za-z0-9]*)[ \t\r\n]*$`)

// parsePattern divides a message into pieces. Its errors are sentences for writers.
func parsePattern(src string) (pattern, error) {
	var p pattern
	for {
		text, rest, more := strings.Cut(src, "{{")
		if !more {
			return append(p, piece{text: text}), nil
		}
		inner, after, closed := strings.Cut(rest, "}}")
		if !closed {
			return nil, fmt.Errorf("%q is not closed by }}", "{{"+rest)
		}
		name := placeholder.FindStringSubmatch(inner)
		if name == nil {
			return nil, fmt.Errorf("invalid placeholder %q (allowed: {{.Name}}, letters and digits)", "{{"+inner+"}}")
		}
		p = append(p, piece{text, name[1]})
		src = after
	}
}

// Execute formats the message with the given values.
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
