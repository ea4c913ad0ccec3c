package locale_test

import (
	"fmt"
	"time"

	"helpcenter/locales"
	"helpcenter/site/civil"
	"helpcenter/site/diag"
	"helpcenter/site/locale"
)

func Example() {
	catalog, found := locale.Load(locales.Files, []string{"en", "it"}, "en")
	fmt.Println(diag.HasErrors(found))

	words := catalog.Words(catalog.Match("it-CH, en;q=0.8", ""))
	fmt.Println(words.Date(civil.Date{Year: 2027, Month: time.January, Day: 1}))
	fmt.Println(words.Number(20000))
	// Output:
	// false
	// 1º gennaio 2027
	// 20.000
}
