package locale

import (
	"slices"

	"golang.org/x/text/language"
)

// rightToLeft are the scripts that are written from right to left (UAX #9).
var rightToLeft = []string{"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"}

// Direction returns the direction in which a language is written, rtl or ltr, by the script of its tag.
func Direction(tag string) string {
	script, _ := language.Make(tag).Script()
	if slices.Contains(rightToLeft, script.String()) {
		return "rtl"
	}
	return "ltr"
}
