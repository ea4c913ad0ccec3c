package locale

import (
	"slices"
	"strings"
	"testing"
)

func catalog(languages ...string) *Catalog {
	files := map[string]string{}
	for _, lang := range languages {
		files["active."+lang+".toml"] = ""
	}
	c, _ := Load(folder(files), languages, languages[0])
	return c
}

func TestMatch(t *testing.T) {
	for _, tt := range []struct{ header, chosen, want string }{
		{"", "", "en"},
		{"it", "", "it"},
		{"it-CH", "", "it"},
		{"IT-it,en;q=0.5", "", "it"},
		{"en;q=0.5, it", "", "it"},
		{"en;q=0.8,it;q=0.9", "", "it"},
		{"en; q=0.8 , it ; q=0.9", "", "it"},
		{"de, fr;q=0.9, it;q=0.2", "", "it"},
		{"de, fr", "", "en"},
		{"it;q=0", "", "en"},
		{"en;q=0, *", "", "it"},
		{"en;q=0, *;q=0.1", "", "it"},
		{"it-CH;q=0, it", "", "it"},
		{"*", "", "en"},
		{"it;q=2, en", "", "en"},
		{"it;q=NaN, en", "", "en"},
		{"it;q=x, en", "", "en"},
		{"§§, ;;, it", "", "it"},
		{"xx, it", "", "it"},
		{"it_IT", "", "it"},
		{"en", "it", "it"},
		{"en", "it-CH", "it"},
		{"it", "en", "en"},
		{"it", "de", "it"},
		{"it", "../it", "it"},
		{strings.Repeat("a-", 5000) + ",it", "", "en"},
		{strings.Repeat("de,", 400) + "it", "", "en"},
		{"it," + strings.Repeat("de,", 400), "", "it"},
		{"en", "it-" + strings.Repeat("a-", 5000), "en"},
	} {
		if got := catalog("en", "it").Match(tt.header, tt.chosen); got != tt.want {
			t.Errorf("Match(%.40q, %.40q) = %q, want %q", tt.header, tt.chosen, got, tt.want)
		}
	}
}

func TestMatchRegions(t *testing.T) {
	c := catalog("en", "pt", "pt-PT", "zh-Hans", "zh-Hant")
	for header, want := range map[string]string{
		"pt-BR": "pt", "pt-PT": "pt-PT", "pt-AO": "pt-PT", "zh-TW": "zh-Hant",
		"zh": "zh-Hans", "zh-CN": "zh-Hans", "en-AU": "en",
	} {
		if got := c.Match(header, ""); got != want {
			t.Errorf("Match(%q) = %q, want %q", header, got, want)
		}
	}
}

// With seven languages, each reader gets the one that the header asks for.
func TestMatchSeven(t *testing.T) {
	c := catalog("en", "it", "fr", "de", "es", "pt", "nl")
	for header, want := range map[string]string{
		"de-AT": "de", "de-CH-1996, en;q=0.5": "de", "pt-PT": "pt", "pt-BR,pt;q=0.9,en;q=0.1": "pt", "fr-CA": "fr",
		"es-MX": "es", "es-419": "es", "nl-BE": "nl", "it-CH": "it", "en-AU": "en", "gsw": "de", "DE": "de",
		"fr;q=0.2, nl;q=0.9, de;q=0.5": "nl", "es;q=0.001": "es", "nl;q=1.000,de;q=0.999": "nl",
		"ja": "en", "ja, ko;q=0.9": "en", "ja, pt;q=0.1": "pt", "zh-Hant-TW, fr-CH;q=0.8, de;q=0.7": "fr",
		"de;q=0": "en", "de;q=0, fr;q=0, *": "en", "en;q=0, *": "it", "en;q=0,it;q=0,fr;q=0, *;q=0.5": "de",
		"de;q=0, de-AT": "en", "ja, *;q=0.1": "en", "*, de;q=0.5": "en", "es;q=0.4, *;q=0.3": "es",
		"de;;q=1": "en", "fr;q=, nl": "nl", "fr;q=-1, nl;q=0.1": "nl", "fr;q=1.5, es;q=0.1": "es",
		"de fr": "en", ",,,pt,,": "pt", "\x00, es": "es", "d, q=1, nl;q=0.5": "nl", "fr_FR": "fr",
	} {
		if got := c.Match(header, ""); got != want {
			t.Errorf("Match(%q) = %q, want %q", header, got, want)
		}
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("it-CH, en;q=0.5, *;q=0", "it")
	c := catalog("en", "it")
	f.Fuzz(func(t *testing.T, header, chosen string) {
		if got := c.Match(header, chosen); !slices.Contains(c.languages, got) {
			t.Errorf("Match(%q, %q) = %q, which the site does not have", header, chosen, got)
		}
	})
}
