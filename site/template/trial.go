package template

import (
	"bytes"
	"errors"
	"html/template"
	"regexp"
	"strconv"

	"helpcenter/site/diag"
)

// Writers may bring templates of their own. What can be said of one by itself is
// said by [New]: it can be parsed, it is there, html/template can escape it. What
// only its execution shows, such as a field that a view has not, ends the making
// of a page.

// A templateError is a template that fails in execution.
type TemplateError struct{ diag.Finding }

// Error says where and why.
func (e TemplateError) Error() string { return e.String() }

// Execute writes what a template makes of a view. An error is a templateError. The
// templates that ship return none: the tests execute every one.
func Execute(all *template.Template, b *bytes.Buffer, name string, view any) error {
	err := all.ExecuteTemplate(b, name, view)
	var inner TemplateError // of a template that {{each}} executes
	switch {
	case err == nil:
		return nil
	case errors.As(err, &inner):
		return inner
	}
	return TemplateError{TemplateFinding(err)}
}

// inTemplate is how the template packages begin their errors.
var inTemplate = regexp.MustCompile(`^(?:html/)?template: ?([\w.-]+):(\d+)(?::(\d+))?: (.*)$`)

// TemplateFinding returns the finding for an error of a template package, at its
// place as far as the error says it. Columns are counted from 0 there.
func TemplateFinding(err error) diag.Finding {
	at, text := diag.Position{File: "site/templates"}, err.Error()
	if m := inTemplate.FindStringSubmatch(text); m != nil {
		at.File += "/" + m[1]
		at.Line, _ = strconv.Atoi(m[2])
		if column, err := strconv.Atoi(m[3]); err == nil {
			at.Column = column + 1
		}
		text = m[4]
	}
	return diag.Errorf(at, "template", "%s", text)
}
