package template

import (
	"bytes"
	"errors"
	"fmt"
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
	var names []string
	for _, t := range all.Templates() {
		if t.Tree != nil { // it has been defined
			names = append(names, t.Name())
		}
	}
	slices.Sort(names)
	var calls strings.Builder // one after another they take twice as long: each escapes what the ones before did again
	for _, name := range names {
		fmt.Fprintf(&calls, "{{template %q}}", name)
	}
	every := template.Must(all.New("every template").Parse(calls.String()))
	var unsafe *template.Error
	if errors.As(every.Execute(io.Discard, nil), &unsafe) { // other errors come from the missing data
		return []diag.Finding{Finding(unsafe)}
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
