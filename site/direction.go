package site

import (
	"slices"

	tags "golang.org/x/text/language"
)

// rightToLeft are the scripts that are written from right to left (UAX #9), of languages that are written today.
var rightToLeft = []string{"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"}

// direction returns the direction in which a language is written, rtl or ltr, by the script of its tag.
func direction(tag string) string {
	script, _ := tags.Make(tag).Script()
	if slices.Contains(rightToLeft, script.String()) {
		return "rtl"
	}
	return "ltr"
}

// Dir returns the direction of the pages, "" for the one that browsers assume.
func (l *language) Dir() string {
	if direction(l.Tag) == "rtl" {
		return "rtl"
	}
	return ""
}

// dirOf returns the direction of a text in another language, "" for that of the page.
func (l *language) dirOf(tag string) string {
	if d := direction(tag); d != direction(l.Tag) {
		return d
	}
	return ""
}
