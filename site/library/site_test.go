package library

import (
	"strings"
	"testing"
	"time"

	"helpcenter/site/articletest"
)

func TestSite(t *testing.T) {
	lines := strings.Count(articletest.SiteTOML, "\n")
	if lines != 19 {
		t.Fatalf("siteToml has %d lines; the tests count on 19", lines)
	}
	for _, tt := range []struct {
		name     string
		old, new string // replaced in siteToml, or added if old is ""
		want     []string
	}{
		{"whole", "", "", nil},
		{"unknown key", "base_url", "base_ulr", []string{"site.toml:1:1 error unknown-key"}},
		{"a key of other case", "base_url", "Base_url", []string{"site.toml:1:1 error unknown-key"}},
		{"a key of a product in two spellings", "group = \"all\"", "group = \"all\"\nGroup = \"none\"",
			[]string{"site.toml:15:1 error unknown-key"}},
		{"a language of a text in two spellings", "en = \"Meetings\"", "en = \"Meetings\", EN = \"Calls\"",
			[]string{"site.toml:16:30 error toml"}},
		{"a name of two wrong types", "name = \"Meet\"", "name = { en = 1, it = 2 }", []string{"site.toml:15:8 error toml"}},
		{"default_language, misspelt", "default_language", "defalt_language", []string{"site.toml:2:1 error unknown-key"}},
		{"the tag of a language, misspelt", `tag = "en"`, `tga = "en"`, []string{"site.toml:4:1 error unknown-key"}},
		{"the tag of a language, in capitals", `tag = "en"`, `tag = "EN"`, []string{"site.toml:4:7 error site"}},
		{"a table of a language, misspelt", "[[language]]", "[[lanuage]]", []string{"site.toml:3:1 error unknown-key"}},
		{"a table of a product, misspelt", "[[product]]", "[[prodct]]", []string{"site.toml:12:1 error unknown-key"}},
		{"the name of a category, misspelt", "name = { en = \"Billing\"", "nme = { en = \"Billing\"",
			[]string{"site.toml:19:1 error unknown-key"}},
		{"no default language", `default_language = "en"`, ``, []string{"site.toml:1 error site"}},
		{"another default language", `default_language = "en"`, `default_language = "fr"`,
			[]string{"site.toml:2:20 error site"}},
		{"a tag that is none", `tag = "it"`, `tag = "italian!"`, []string{"site.toml:7:7 error site"}},
		{"a tag in capitals", `name = "italiano"`, "name = \"italiano\"\n[[language]]\ntag = \"PT-br\"\nname = \"português\"",
			[]string{"site.toml:10:7 error site"}},
		{"a language twice", `name = "italiano"`, "name = \"italiano\"\n[[language]]\ntag = \"it\"\nname = \"x\"",
			[]string{"site.toml:10:7 error site"}},
		{"a language without name", `name = "italiano"`, ``, []string{"site.toml:6:1 error site"}},
		{"a timezone", `default_language = "en"`, "default_language = \"en\"\ntimezone = \"Rome\"",
			[]string{"site.toml:3:12 error site"}},
		{"an id", `id = "billing"`, `id = "Billing"`, []string{
			"en/meet/billing error layout", "it/meet/billing error layout", "site.toml:18:6 error site"}},
		{"a product twice", "", "[[product]]\nid = \"meet\"\nname = \"Meet\"\n", []string{"site.toml:21:6 error site"}},
		{"a reserved product", "", "[[product]]\nid = \"search\"\nname = \"Search\"\n",
			[]string{"site.toml:21:6 error site"}},
		{"a product without group", "",
			"[[product]]\nid = \"account\"\nname = { en = \"Account\", it = \"Account\" }\n", nil},
		{"an unknown group", `group = "all"`, `group = "al"`, []string{"site.toml:14:9 error site"}},
		{"a group without products' summary", `summary = { en = "Meetings", it = "Riunioni" }`, ``,
			[]string{"site.toml:12:1 error site", "site.toml:12:1 error site"}},
		{"a name in one language", `name = { en = "Billing", it = "Fatturazione" }`, `name = { en = "Billing" }`,
			[]string{"site.toml:19:8 error site"}},
		{"a name in an unknown language", `name = { en = "Billing", it = "Fatturazione" }`,
			`name = { en = "Billing", it = "F", fr = "F" }`, []string{"site.toml:19:41 error site"}},
		{"a name that is no text", `name = "Meet"`, `name = 7`, []string{"site.toml:15:8 error toml"}},
		{"origins", "", "[api]\norigins = [\"https://app.example\", \"http://localhost:3000\"]\n", nil},
		{"an origin with a path", "", "[embed]\nancestors = [\"https://app.example/\"]\n",
			[]string{"site.toml:21:14 error site"}},
		{"any origin", "", "[api]\norigins = [\"*\"]\n", []string{"site.toml:21:12 error site"}},
		{"an origin with another policy", "", "[embed]\nancestors = [\"https://a.example; script-src *\"]\n",
			[]string{"site.toml:21:14 error site"}},
		{"an origin in capitals", "", "[api]\norigins = [\"https://App.example\"]\n",
			[]string{"site.toml:21:12 error site"}},
		{"an origin with its usual port", "", "[api]\norigins = [\"https://app.example:443\"]\n",
			[]string{"site.toml:21:12 error site"}},
		{"an origin twice", "", "[api]\norigins = [\"https://a.example\", \"https://a.example\"]\n",
			[]string{"site.toml:21:33 error site"}},
		{"half a section", "", "section = { en = \"Account\" }\n", []string{"site.toml:20:11 error site"}},
		{"an invisible name", `"Meetings"`, "\"Meet\u200bings\"", []string{"site.toml:16:23 error invisible"}},
		{"an invisible name, escaped", `"Meetings"`, `"Meet\u2066ings"`, []string{"site.toml:16:18 error invisible"}},
		{"a NUL in a name, escaped", `"Meetings"`, `"Meet\u0000ings"`, []string{"site.toml:16:18 error invisible"}},

		{"a notice", "", notice("", ""), nil},
		{"a notice for a product", "", notice("", "") + "product = \"meet\"\n", nil},
		{"a notice for an unknown product", "", notice("", "") + "product = \"met\"\n",
			[]string{"site.toml:25:11 error site"}},
		{"a notice's severity", "", notice(`"info"`, `"bad"`), []string{"site.toml:21:12 error site"}},
		{"a notice that ends before it begins", "", notice("2026-11-22T08:00:00Z", "2026-11-20T07:00:00Z"),
			[]string{"site.toml:23:9 error site"}},
		{"a time of a notice, misspelt", "", notice("until", "untl"), []string{"site.toml:23:1 error unknown-key"}},
		{"the text of a notice, misspelt", "", notice("text", "txt"), []string{"site.toml:24:1 error unknown-key"}},
		{"the severity of a notice, misspelt", "", notice("severity", "sevrity"),
			[]string{"site.toml:21:1 error unknown-key"}},
		{"a notice without end", "", notice("until = 2026-11-22T08:00:00Z", ""), []string{"site.toml:20:1 error site"}},
		{"a notice's link", "", notice("", "") + "link = \"javascript:alert(1)\"\n",
			[]string{"site.toml:25:8 error unsafe-link"}},
		{"a card", "",
			"[[help]]\nid = \"contact\"\nlink = \"https://example.com\"\nname = { en = \"a\", it = \"b\" }\n", nil},
		{"a card's link", "", "[[help]]\nid = \"contact\"\nlink = \"support.html\"\nname = { en = \"a\", it = \"b\" }\n",
			[]string{"site.toml:22:8 error broken-link"}},
		{"a link", "",
			"[[link]]\nplace = \"footer\"\nlink = \"mailto:a@example.com\"\nname = { en = \"a\", it = \"b\" }\n", nil},
		{"a link with an id that stands nowhere", "",
			"[[link]]\nid = \"admin\"\nplace = \"none\"\nlink = \"https://example.com\"\nname = { en = \"a\", it = \"b\" }\n",
			nil},
		{"a link that stands nowhere without an id", "",
			"[[link]]\nplace = \"none\"\nlink = \"https://example.com\"\nname = { en = \"a\", it = \"b\" }\n",
			[]string{"site.toml:20:1 error site"}},
		{"a card and a link of one id", "",
			"[[help]]\nid = \"a\"\nlink = \"https://example.com\"\nname = { en = \"a\", it = \"b\" }\n[[link]]\nid = \"a\"\n" +
				"place = \"none\"\nlink = \"https://example.com\"\nname = { en = \"a\", it = \"b\" }\n",
			[]string{"site.toml:25:6 error site"}},
		{"a link's place", "",
			"[[link]]\nplace = \"side\"\nlink = \"https://example.com\"\nname = { en = \"a\", it = \"b\" }\n",
			[]string{"site.toml:21:9 error site"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := articletest.SiteTOML + tt.new
			if tt.old != "" {
				text = strings.Replace(articletest.SiteTOML, tt.old, tt.new, 1)
			}
			_, found := Load(articletest.Files("site.toml", text))
			articletest.Expect(t, found, tt.want...)
		})
	}
}

// notice returns a notice with one of its words replaced.
func notice(old, new string) string {
	const text = "[[notice]]\nseverity = \"info\"\nfrom = 2026-11-20T07:00:00Z\nuntil = 2026-11-22T08:00:00Z\n" +
		"text = { en = \"a\", it = \"b\" }\n"
	if old == "" {
		return text
	}
	return strings.Replace(text, old, new, 1)
}

func TestSiteValues(t *testing.T) {
	text := strings.Replace(articletest.SiteTOML, "default_language", "timezone = \"Europe/Rome\"\ndefault_language", 1) +
		notice("2026-11-20T07:00:00Z", "2026-11-20T07:00:00") + notice("until = 2026-11-22T08:00:00Z", "until = 2026-11-23")
	l, found := Load(articletest.Files("site.toml", text))
	articletest.Expect(t, found)
	site := l.Site
	if name := site.Products[0].Name; name["en"] != "Meet" || name["it"] != "Meet" || len(name) != 2 {
		t.Errorf("the product's name is %v", name)
	}
	for _, tt := range []struct {
		got  time.Time
		want string
	}{
		{site.Notices[0].From, "2026-11-20T07:00:00+01:00"},
		{site.Notices[0].Until, "2026-11-22T08:00:00Z"},
		{site.Notices[1].Until, "2026-11-23T00:00:00+01:00"},
	} {
		if got := tt.got.Format(time.RFC3339); got != tt.want {
			t.Errorf("moment is %s, want %s", got, tt.want)
		}
	}
}

// A folder that site.toml does not name, or a misnamed file beside the articles, is reported itself; links to its
// articles are not reported as broken. Names that begin with a dot are not content.
func TestArticlesThatStandElsewhere(t *testing.T) {
	text := articletest.Article("[a](../../meet/billing/there.md#one), [b](nowhere.md)\n")
	for _, tt := range []struct {
		file string
		want []string
	}{
		{"en/meet/billing/.old/there.md", []string{"6:1 error broken-link", "6:39 error broken-link"}},
		{"en/met/billing/there.md", []string{"6:39 error broken-link", "en/met error layout"}},
		{"en/meet/bills/there.md", []string{"6:39 error broken-link", "en/meet/bills error layout"}},
		{"eng/meet/billing/there.md", []string{"6:39 error broken-link", "eng error layout"}},
		{"en/meet/there.md", []string{"6:39 error broken-link", "en/meet/there.md error layout"}},
	} {
		l, found := Load(articletest.Files(articletest.Page, text, tt.file, articletest.Article("## One {#one}\n")))
		articletest.Expect(t, found, tt.want...)
		if !l.Lacks("en", "meet/billing/nowhere") || l.Lacks("en", "meet/billing/other") {
			t.Errorf("%s: the library does not know what it lacks", tt.file)
		}
	}
}

// If the headings of an article cannot be determined, none is reported as missing.
func TestTornArticles(t *testing.T) {
	link := articletest.Article("[a](other.md#one), [b](other.md#none)\n")
	for _, tt := range []struct {
		name, other string
		want        []string
	}{
		{"whole", articletest.Article("## One {#one}\n"), []string{"6:20 error broken-anchor"}},
		{"a bad id", articletest.Article("## One {#One}\n"), []string{"en/meet/billing/other.md:6:8 error heading-id"}},
		{"HTML", articletest.Article("<h2 id=\"one\">One</h2>\n"), []string{"en/meet/billing/other.md:6:1 error raw-html"}},
		{"an unsafe link", articletest.Article("## One {#one}\n\n[x](/)\n"),
			[]string{"en/meet/billing/other.md:8:1 error unsafe-link", "6:20 error broken-anchor"}},
		{"no front matter", "## One {#one}\n", []string{"en/meet/billing/other.md:1:1 error front-matter"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l, found := Load(articletest.Files(articletest.Page, link, "en/meet/billing/other.md", tt.other))
			articletest.Expect(t, found, tt.want...)
			if a := l.Article("en", "meet/billing/other"); a.Incomplete() == (tt.name == "whole") {
				t.Errorf("it is torn: %t", a.Incomplete())
			}
		})
	}
}
