package template

import (
	"bytes"
	"errors"
	"html/template"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"helpcenter/site/diag"
)

// An Error is a template that failed while it was executed.
type Error struct{ diag.Finding }

func (e Error) Error() string { return e.String() }

// Execute writes the result of a template for a view. An error is an [Error].
func Execute(all *template.Template, b *bytes.Buffer, name string, view any) error {
	err := all.ExecuteTemplate(b, name, view)
	var inner Error // of a template that a function of this one executed
	switch {
	case err == nil:
		return nil
	case errors.As(err, &inner):
		return inner
	}
	return Error{Finding(err)}
}

// Escape has html/template escape all templates. A finding reports one that cannot
// be escaped: only the first, since html/template then stops.
func Escape(all *template.Template) []diag.Finding {
	templates := all.Templates()
	slices.SortFunc(templates, func(a, b *template.Template) int { return strings.Compare(a.Name(), b.Name()) })
	for _, t := range templates {
		var unsafe *template.Error
		if errors.As(t.Execute(io.Discard, nil), &unsafe) { // other errors come from the missing data
			return []diag.Finding{Finding(unsafe)}
		}
	}
	return nil
}

// errorPrefix is how the template packages begin their errors.
var errorPrefix = regexp.MustCompile(`^(?:html/)?template: ?([\w.-]+:\d+(?::\d+)?): (.*)$`)

// Finding returns an error of a template package as a finding, at its position as
// far as the error has one.
func Finding(err error) diag.Finding {
	at, text := diag.Position{File: "site/templates"}, err.Error()
	if m := errorPrefix.FindStringSubmatch(text); m != nil {
		at, text = Position(m[1]), m[2]
	}
	return diag.Errorf(at, "template", "%s", text)
}

// Position returns the position that the template packages write as name:line:column,
// with columns from 0, or as name:line.
func Position(s string) diag.Position {
	parts := strings.Split(s+":", ":")
	at := diag.Position{File: "site/templates/" + parts[0]}
	at.Line, _ = strconv.Atoi(parts[1])
	if column, err := strconv.Atoi(parts[2]); err == nil {
		at.Column = column + 1
	}
	return at
}
