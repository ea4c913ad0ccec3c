package tomlfile_test

import (
	"fmt"

	"helpcenter/site/tomlfile"
)

func ExampleDecode() {
	var v struct {
		Title string `toml:"title"`
		Rule  []struct{ Days int }
	}
	text := "titel = \"x\"\n[[rule]]\ndays = 30\n[[rule]]\ndays = \"14\"\n"
	loc, found := tomlfile.Decode("rules/x.toml", []byte(text), 1, &v)
	for _, f := range found {
		fmt.Println(f)
	}
	fmt.Println(loc.Value("rule", 0, "days"))
	// Output:
	// rules/x.toml:1:1: error: unknown key "titel" (allowed: title, rule) [unknown-key]
	// 	did you mean "title"?
	// rules/x.toml:5:1: error: rule.days: must be a whole number, not a string [toml]
	// 	write it without quotes
	// rules/x.toml:3:8
}
