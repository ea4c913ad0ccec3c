package article_test

import (
	"fmt"

	"helpcenter/site/article"
	"helpcenter/site/articletest"
)

func ExampleParse() {
	a, found := article.Parse("content/"+articletest.Page,
		[]byte(articletest.Article("## Steps {#steps}\n\n[Next](other.md)\n")))
	fmt.Println(len(found), a.Path, a.Sections[0].ID)
	fmt.Println(string(a.Body.Fill(nil,
		func(html []byte, p article.Placeholder) []byte { return append(html, p.Ref...) })))
	// Output:
	// 0 meet/billing/page steps
	// <h2 id="steps">Steps</h2>
	// <p><a href="meet/billing/other">Next</a></p>
}
