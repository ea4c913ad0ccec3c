package library_test

import (
	"fmt"

	"helpcenter/site/articletest"
	"helpcenter/site/library"
)

func ExampleLoad() {
	l, found := library.Load(articletest.Files(articletest.Page, articletest.Article("See [the other](oter.md).\n")))
	for _, f := range found {
		fmt.Println(f.Position, f.Message, f.Suggestion)
	}
	fmt.Println(l.Shown("it", "meet/billing/source").Lang)
	// Output:
	// content/en/meet/billing/page.md:6:5 no article "meet/billing/oter" did you mean "meet/billing/other"?
	// en
}
