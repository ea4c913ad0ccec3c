package template

import (
	"html/template"
	"strings"
	"testing"
)

// TestResolve shows that a page is the same whether its fixed actions were
// executed before or with it, whatever the place they stand in asks for.
func TestResolve(t *testing.T) {
	const text = `{{define "page"}}<title>{{t "a&b"}}</title>
<a href="{{link "x y"}}?q={{t "ü"}}" title="{{t "\"q\""}}" title={{t "bare word"}}>{{t "<i>"}}</a>
<script>var x = {{t "it's"}}</script>
{{if .Yes}}{{t "yes"}}{{else}}{{t "no"}}{{end}}{{range .List}}<b>{{t "each"}} {{.}}</b>{{end}}
{{with $x := t "held"}}{{$x}}{{end}}{{template "inner" .}}{{end}}
{{define "inner"}}{{t "in&ner"}} {{.Yes}}{{end}}`
	calls := 0
	tmpl := template.Must(template.New("").Funcs(template.FuncMap{
		"t":    func(s string) string { calls++; return s },
		"link": func(s string) string { calls++; return "/" + s },
	}).Parse(text))
	data := map[string]any{"Yes": true, "List": []string{"<1>", "2"}}
	execute := func(tmpl *template.Template) string {
		var b strings.Builder
		if err := tmpl.ExecuteTemplate(&b, "page", data); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}

	plain := template.Must(tmpl.Clone())
	resolved, unsafe := Resolve(template.Must(tmpl.Clone()))
	if len(unsafe) > 0 {
		t.Fatal(unsafe)
	}
	want := execute(plain)
	calls = 0
	if got := execute(resolved); got != want {
		t.Errorf("resolved:\n%s\nas it was:\n%s", got, want)
	}
	if calls != 1 { // a variable's value is not on the page
		t.Errorf("%d calls of functions are left for the page, want 1", calls)
	}
}
