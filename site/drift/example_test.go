package drift_test

import (
	"fmt"

	"helpcenter/site/article"
	"helpcenter/site/articletest"
	"helpcenter/site/drift"
)

func Example() {
	parse := func(file, text string) *article.Article {
		a, _ := article.Parse("content/"+file, []byte(articletest.Article(text)))
		return a.Article
	}
	translation := parse(articletest.TranslatedPage, "## Costi {#costs}\n\nNon costa niente.\n")
	var file drift.BaselineFile
	file.Accept(parse(articletest.Page, "## Costs {#costs}\n\nIt costs nothing.\n"))

	source := parse(articletest.Page, "## Costs {#costs}\n\nIt costs 1.50.\n")
	was, _ := file.Get(source.Path).Passages(file.Name)
	for _, d := range drift.Compare(source, translation, was) {
		fmt.Println(d.Section, d.At, d.Diff(), d.OfSubstance())
	}
	// Output:
	// costs content/it/meet/billing/page.md:8:1 It costs [-nothing.-] {+1.50.+} true
}
