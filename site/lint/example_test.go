package lint_test

import (
	"fmt"
	"testing/fstest"

	"helpcenter/site/library"
	"helpcenter/site/lint"
	"helpcenter/site/locale"
)

// A site in memory: an article in Italian that switches to English.
func Example() {
	const file = "content/it/shop/orders/returns.md"
	files := fstest.MapFS{
		"site.toml": {Data: []byte(`base_url = "https://help.example.com"
default_language = "it"
[[language]]
tag = "it"
name = "italiano"
[[language]]
tag = "en"
name = "English"
[[group]]
id = "all"
name = { it = "Prodotti", en = "Products" }
[[product]]
id = "shop"
group = "all"
name = "Shop"
summary = { it = "Un negozio", en = "A shop" }
[[category]]
id = "orders"
name = { it = "Ordini", en = "Orders" }
`)},
		"it/shop/orders/returns.md": {Data: []byte(`+++
title = "Restituire un ordine"
description = "Come restituire un ordine e quando arriva il rimborso."
updated = 2026-03-01
+++

Hai tempo fino al March 3, 2026. This is the last day for it.
`)},
	}
	lib, _ := library.Load(files)
	words, _ := locale.Load(fstest.MapFS{
		"active.en.toml": {Data: []byte("\"date.month.3\" = \"March\"\n")},
		"active.it.toml": {Data: []byte("\"date.month.3\" = \"marzo\"\n")},
	}, []string{"it", "en"}, "it")

	linter := lint.New(lint.Input{Library: lib, Words: words})
	for _, f := range lint.Silence(lib, linter.Run()) {
		if f.File == file {
			fmt.Printf("%d %s\n", f.Line, f.Rule)
		}
	}
	// Output:
	// 2 missing-translation
	// 2 orphan
	// 7 foreign-date
	// 7 wrong-language
}
