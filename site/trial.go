package site

import (
	"bytes"
	"context"
	"errors"
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"sync"

	"helpcenter"
)

// Writers may bring templates of their own. What can be said of one by itself is
// said by [New]: it can be parsed, it is there, html/template can escape it. What
// only its execution shows, such as a field that a view has not, ends the making
// of a page.

// mains are the templates of the main parts of pages.
var mains = []string{"article", "articles", "cases", "category", "choice", "home", "notfound", "product", "search", "state"}

// missingTemplates finds the templates that pages need and that are not there.
func missingTemplates(all *template.Template) []helpcenter.Finding {
	var missing []string
	for _, name := range slices.Concat([]string{"layout", "head", "top", "switch"}, mains) {
		if all.Lookup(name) == nil {
			missing = append(missing, name)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	at := helpcenter.Position{File: "site/templates"}
	return []helpcenter.Finding{helpcenter.Errorf(at, "template", "no file here defines what pages are made by: %s", helpcenter.List(missing))}
}

// A templateError is a template that fails in execution.
type templateError struct{ helpcenter.Finding }

// Error says where and why.
func (e templateError) Error() string { return e.String() }

// execute writes what a template makes of a view. An error is a templateError. The
// templates that ship return none: the tests execute every one.
func execute(all *template.Template, b *bytes.Buffer, name string, view any) error {
	err := all.ExecuteTemplate(b, name, view)
	var inner templateError // of a template that {{each}} executes
	switch {
	case err == nil:
		return nil
	case errors.As(err, &inner):
		return inner
	}
	return templateError{templateFinding(err)}
}

// Try makes every file and returns what is wrong with the templates, sorted.
func (s *Site) Try() []helpcenter.Finding {
	var mu sync.Mutex
	var found []helpcenter.Finding
	s.eachPart(context.Background(), func(p part, buf *bytes.Buffer) error {
		for f := range p.files {
			var failed templateError
			if _, err := f.Bytes(buf); errors.As(err, &failed) {
				mu.Lock()
				found = append(found, failed.Finding)
				mu.Unlock()
			}
		}
		return nil
	})
	return helpcenter.SortFindings(found)
}

// inTemplate is how the template packages begin their errors.
var inTemplate = regexp.MustCompile(`^(?:html/)?template: ?([\w.-]+):(\d+)(?::(\d+))?: (.*)$`)

// templateFinding returns the finding for an error of a template package, at its
// place as far as the error says it. Columns are counted from 0 there.
func templateFinding(err error) helpcenter.Finding {
	at, text := helpcenter.Position{File: "site/templates"}, err.Error()
	if m := inTemplate.FindStringSubmatch(text); m != nil {
		at.File += "/" + m[1]
		at.Line, _ = strconv.Atoi(m[2])
		if column, err := strconv.Atoi(m[3]); err == nil {
			at.Column = column + 1
		}
		text = m[4]
	}
	return helpcenter.Errorf(at, "template", "%s", text)
}
