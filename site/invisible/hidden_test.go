package invisible_test

import (
	"fmt"
	"testing"

	"helpcenter/site/invisible"
)

func Example() {
	r, found := invisible.Hidden("Can I \u202ecancel?")
	fmt.Printf("%U %t\n", r, found)
	// Output: U+202E true
}

func TestHidden(t *testing.T) {
	for _, r := range "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff" +
		"\u00ad\u061c\u180e\u2028\u2029\u034f\u3164\uffa0\U000e0041\x00\x1b\x7f\u0085" {
		if found, ok := invisible.Hidden("a" + string(r) + "b"); !ok || found != r {
			t.Errorf("%U is not found", r)
		}
	}
	for _, text := range []string{
		"", "Perché\tno?\r\n", "l’abbonamento\u00a0… «1 €»", "می\u200cخواهم", "👩\u200d🔧 ☎\ufe0f",
	} {
		if r, ok := invisible.Hidden(text); ok {
			t.Errorf("%U in %q", r, text)
		}
	}
}
