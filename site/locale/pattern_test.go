package locale

import (
	"strings"
	"testing"
	"text/template"
)

func TestPattern(t *testing.T) {
	given := values{"Date": "3 March", "X2": "b"}
	for _, tt := range []struct{ src, want, err string }{
		{"", "", ""},
		{"plain } { text", "plain } { text", ""},
		{"{{.Date}}", "3 March", ""},
		{"on {{ .Date }}: {{.X2}}{{.Date}}.", "on 3 March: b3 March.", ""},
		{"{{.Time}}", "", "no value"},
		{"{{.date}}", "", "invalid placeholder"},
		{"{{Date}}", "", "invalid placeholder"},
		{"{{.Date.Year}}", "", "invalid placeholder"},
		{"{{- .Date}}", "", "invalid placeholder"},
		{"{{.Date | html}}", "", "invalid placeholder"},
		{"{{/* x */}}", "", "invalid placeholder"},
		{"{{}}", "", "invalid placeholder"},
		{"a {{.Date", "", "not closed"},
	} {
		var got string
		p, err := parsePattern(tt.src)
		if err == nil {
			got, err = p.Execute(given)
		}
		switch {
		case tt.err == "" && err != nil || tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)):
			t.Errorf("%q: error %v, want %q", tt.src, err, tt.err)
		case got != tt.want:
			t.Errorf("%q gives %q, want %q", tt.src, got, tt.want)
		}
	}
}

// Every accepted message means the same to Go's templates, which other programs that use go-i18n apply.
func FuzzPattern(f *testing.F) {
	f.Add("on {{ .Date }}: {{.X2}}")
	f.Add("}} {{.Date}} {{{.Date}}}")
	f.Fuzz(func(t *testing.T, src string) {
		p, err := parsePattern(src)
		if err != nil {
			return
		}
		given := values{}
		for _, piece := range p {
			given[piece.field] = "<" + piece.field + ">"
		}
		got, err := p.Execute(given)
		if err != nil {
			t.Fatal(err)
		}
		tmpl, err := template.New("").Parse(src)
		if err != nil {
			t.Fatalf("Go's templates refuse %q: %v", src, err)
		}
		var want strings.Builder
		if err := tmpl.Execute(&want, given); err != nil || got != want.String() {
			t.Errorf("%q gives %q, Go's templates say %q, %v", src, got, want.String(), err)
		}
	})
}
