package locale

import "testing"

func TestDirection(t *testing.T) {
	for tag, want := range map[string]string{
		"ar": "rtl", "he": "rtl", "fa": "rtl", "ur-PK": "rtl", "az-Arab": "rtl", "pa-Arab-PK": "rtl", "yi": "rtl",
		"en": "ltr", "az": "ltr", "pa": "ltr", "zh-Hant": "ltr", "ar-Latn": "ltr", "und": "ltr",
	} {
		if got := Direction(tag); got != want {
			t.Errorf("%s is written %s, want %s", tag, got, want)
		}
	}
}
