package template_test

import (
	"bytes"
	"fmt"
	htmltemplate "html/template"

	"helpcenter/site/template"
)

func ExampleCompile() {
	type link struct{ Name, Address string }
	page := htmltemplate.New("").Funcs(htmltemplate.FuncMap{"t": func(id string) string { return "Read <" + id + ">" }})
	htmltemplate.Must(page.Parse(`{{define "link"}}{{t "more"}}: <a href="{{.Address}}">{{.Name}}</a>{{end}}`))
	fmt.Println(len(template.Escape(page)))
	compiled := template.Compile(page, "link", link{})
	for _, name := range []string{"Refunds", "Trials", "Fees & taxes"} {
		var b bytes.Buffer
		err := compiled.Write(&b, link{name, "/en/"})
		fmt.Println(b.String(), err)
	}
	// Output:
	// 0
	// Read &lt;more&gt;: <a href="/en/">Refunds</a> <nil>
	// Read &lt;more&gt;: <a href="/en/">Trials</a> <nil>
	// Read &lt;more&gt;: <a href="/en/">Fees &amp; taxes</a> <nil>
}
