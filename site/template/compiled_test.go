package template

import (
	"bytes"
	"errors"
	"html/template"
	"testing"
)

// testView has a field of every kind that a plain view may have.
type testView struct {
	Text, Empty, Link, ID string
	Trusted               template.HTML
	Script                template.JS
	Yes, No               bool
	List                  []testItem
	One, None             *testItem
	Extra                 map[string]string
}

type testItem struct{ Name, Link string }

func newTestView(text, link, id string) *testView {
	return &testView{
		Text: text, Link: link, ID: id, Trusted: "<b>" + template.HTML(template.HTMLEscapeString(text)) + "</b>",
		Script: `{"a": "<b>&"}`,
		Yes:    true, List: []testItem{{text, link}, {id, ""}}, One: &testItem{"one", "/one/"},
		Extra: map[string]string{"who": text, "where": link},
	}
}

func parsePage(t testing.TB, text string) *template.Template {
	t.Helper()
	all := template.Must(template.New("").Parse(`{{define "page"}}` + text +
		`{{end}}{{define "item"}}<b>{{.Name}}</b>{{end}}{{define "loop"}}{{template "loop" .}}{{end}}`))
	all.ExecuteTemplate(new(bytes.Buffer), "page", newTestView("a", "b", "c")) // escapes it
	return all
}

// TestCompiled checks that compiled pages equal those of html/template, and when there is no variant: if a template
// depends on more of a string than whether it is empty, or escapes it in another way.
func TestCompiled(t *testing.T) {
	tests := map[string]struct {
		text        string
		simple, cut bool
	}{
		"text and attributes": {
			`<p title="{{.Text}}" lang='{{.ID}}'>{{.Text}}</p><title>{{.Text}} – {{.ID}}</title>`,
			true,
			true,
		},
		"addresses": {
			`<a href="{{.Link}}">{{.Link}}</a><a href="#{{.ID}}"></a><img src="/{{.Link}}">`,
			true,
			true,
		},
		"trusted": {`{{.Trusted}}<script type="application/ld+json">{{.Script}}</script>`, true, true},
		"parts": {
			`{{if .Empty}}a{{else}}b{{end}}{{with .One}}{{.Name}}{{end}}{{with .None}}{{.Name}}{{end}}` +
				`{{if and .Yes (not .No)}}y{{end}}`,
			true,
			true,
		},
		"lists": {
			`{{range $i, $x := .List}}{{if $i}}, {{end}}<a href="{{$x.Link}}">{{.Name}}{{$.Text}}</a>{{end}}`,
			true,
			true,
		},
		"maps":                {`{{.Extra.who}}{{with .Extra.where}}<a href="{{.}}"></a>{{end}}{{.Extra.none}}`, true, true},
		"other templates":     {`{{range .List}}{{template "item" .}}{{end}}{{template "item" .One}}`, true, true},
		"no string":           {`<hr>`, true, true},
		"comparison":          {`{{if eq .Text "a"}}a{{end}}`, false, false},
		"length":              {`{{len .Text}}`, false, false},
		"format":              {`{{printf "%q" .Text}}`, false, false},
		"comparison within":   {`{{range .List}}{{if gt (len .Name) 3}}long{{end}}{{end}}`, false, false},
		"recursion":           {`{{if .No}}{{template "loop" .}}{{end}}`, false, false},
		"string in a script":  {`<script>let a = {{.Text}}</script>`, true, false},
		"attribute, no quote": {`<p title={{.Text}}>`, true, false},
		"query":               {`<a href="/?q={{.Text}}">`, true, true}, // in the way of fragments
		"trusted attribute":   {`<p title="{{.Trusted}}">`, true, false},
		"style":               {`<p style="color: {{.Text}}">`, true, false},
	}
	views := []*testView{
		newTestView("plain", "/it/a/", "section-1"),
		newTestView("other", "/it/b/", "section-2"),
		newTestView(`<"it's"> 1 + 1 & é`+"\x00\xff", "https://example.com/?a=b", "è"),
		newTestView("javascript:alert(1)", "javascript:alert(1)", "a&b"),
		newTestView("string0fromamark", "/string1frombmark", "%41 b"),
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			all := parsePage(t, test.text)
			if simple := isSimple(all, "page"); simple != test.simple {
				t.Fatalf("simple: %v, want %v", simple, test.simple)
			}
			if !test.simple {
				return
			}
			s := Compile(all, "page", &testView{})
			for _, view := range views {
				var got, want bytes.Buffer
				if err := errors.Join(s.Write(&got, view), Execute(all, &want, "page", view)); err != nil {
					t.Fatal(err)
				}
				if got.String() != want.String() {
					t.Errorf("compiled: %s\nexecuted: %s", &got, &want)
				}
			}
			for _, st := range s.variants {
				if cut := st != impossible; cut != test.cut {
					t.Errorf("cut: %v, want %v", cut, test.cut)
				}
			}
		})
	}
}

func FuzzCompiled(f *testing.F) {
	all := parsePage(f,
		`<p title="{{.Text}}">{{.Text}}</p><a href="{{.Link}}">{{.ID}}</a><a href="#{{.ID}}">{{.Trusted}}`+
			`</a>{{range .List}}{{.Link}}{{end}}`)
	s := Compile(all, "page", &testView{})
	f.Add("text", "/link/", "id")
	f.Add("\x00'\"<>&+`", "https://a.example/?q=%20", "a b")
	f.Add("", "", "")
	f.Add("string2fromamark", "javascript:x", "è")
	f.Fuzz(func(t *testing.T, text, link, id string) {
		view := newTestView(text, link, id)
		var want bytes.Buffer
		if err := Execute(all, &want, "page", view); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			var got bytes.Buffer
			if err := s.Write(&got, view); err != nil || !bytes.Equal(got.Bytes(), want.Bytes()) {
				t.Fatalf("compiled: %s, %v\nexecuted: %s", &got, err, &want)
			}
		}
	})
}
