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

// An Error is a failure of a template during execution.
type Error struct{ diag.Finding }

func (e Error) Error() string { return e.String() }

// Execute writes the result of a template for a view. Its errors are of type [Error].
func Execute(all *template.Template, b *bytes.Buffer, name string, view any) error {
	err := all.ExecuteTemplate(b, name, view)
	var inner Error // of a template executed by a function of this one
	switch {
	case err == nil:
		return nil
	case errors.As(err, &inner):
		return inner
	}
	return Error{Finding(err)}
}

// Escape makes html/template escape all templates. It reports one that cannot be escaped, and only the first, since
// html/template then stops.
func Escape(all *template.Template) []diag.Finding {
	var names []string
	for _, t := range all.Templates() {
		if t.Tree != nil { // it is defined
			names = append(names, t.Name())
		}
	}
	slices.Sort(names)
	var calls strings.Builder // one by one would take twice as long: each escapes again what the earlier ones did
	for _, name := range names {
		fmt.Fprintf(&calls, "{{template %q}}", name)
	}
	every := template.Must(all.New("every template").Parse(calls.String()))
	var unsafe *template.Error
	if errors.As(every.Execute(io.Discard, nil), &unsafe) { // other errors come from missing data
		return []diag.Finding{Finding(unsafe)}
	}
	return nil
}

// errorPrefix matches the start of errors of the template packages.
var errorPrefix = regexp.MustCompile(`^(?:html/)?template: ?([\w.-]+:\d+(?::\d+)?): (.*)$`)

// Finding returns an error of a template package as a finding, at the position that the error names, if any.
func Finding(err error) diag.Finding {
	at, text := diag.Position{File: "site/templates"}, err.Error()
	if m := errorPrefix.FindStringSubmatch(text); m != nil {
		at, text = Position(m[1]), m[2]
	}
	return diag.Errorf(at, "template", "%s", text)
}

// Position parses a position as written by the template packages: name:line:column, with columns from 0, or
// name:line.
func Position(s string) diag.Position {
	parts := strings.Split(s+":", ":")
	at := diag.Position{File: "site/templates/" + parts[0]}
	at.Line, _ = strconv.Atoi(parts[1])
	if column, err := strconv.Atoi(parts[2]); err == nil {
		at.Column = column + 1
	}
	return at
}
