package site_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/sitetest"
)

func TestBaseURL(t *testing.T) {
	for address, ok := range map[string]bool{
		"https://help.test":                 true,
		"http://help.test:8080/a/b/":        true,
		"":                                  false,
		"help.test":                         false,
		"/help/":                            false,
		"ftp://help.test/":                  false,
		"https:///help/":                    false,
		"https://help.test/?a=b":            false,
		"https://help.test/#a":              false,
		"https://help.test/%zz":             false,
		"https://writer:secret@help.test/":  false,
		"https://secret@help.test/":         false,
		"ftp://writer:secret@help.test/":    false,
		"https://writer:secret@help.test:x": false,
	} {
		in := sitetest.ParkingInput(t)
		in.Library.Site.BaseURL = address
		s, found := site.New(in)
		if ok != (s != nil) || ok == diag.HasErrors(found) {
			t.Errorf("%q: the findings are %v, want one: %t", address, found, !ok)
		}
		for _, f := range found {
			if f.Rule != "base-url" || strings.Contains(f.String(), "secret") {
				t.Errorf("%q: %s", address, f)
			}
		}
	}
}

// An international host name is in ASCII in every address.
func TestInternationalHost(t *testing.T) {
	for written, ascii := range map[string]string{
		"https://München.test/help/":      "https://xn--mnchen-3ya.test/help/",
		"https://münchen.test:8443/":      "https://xn--mnchen-3ya.test:8443/",
		"https://xn--mnchen-3ya.test/":    "https://xn--mnchen-3ya.test/",
		"https://MY_HOST.test/":           "https://MY_HOST.test/",
		"http://[2001:db8::1]:8080/help/": "http://[2001:db8::1]:8080/help/",
	} {
		in := sitetest.ParkingInput(t)
		in.BaseURL = written
		s, found := site.New(in)
		sitetest.FailOnErrors(t, found)
		files := sitetest.PublishedFiles(t, s)
		for _, name := range []string{"en/city/parking/permits/index.html", "sitemap.xml", "robots.txt", "en/feed.xml"} {
			if data := string(files[name]); !strings.Contains(data, ascii) ||
				written != ascii && strings.Contains(strings.ToLower(data), "nchen.test") {
				t.Errorf("%s: %s does not have the address %s", written, name, ascii)
			}
		}
	}
	if u, err := site.ParseBaseURL("https://mün chen.test/"); err == nil {
		t.Errorf("parsed as %s", u)
	}
}

// An alias leads to the page in its language. If that page shows the text in another language, the canonical page
// is the one in the language of the text.
func TestRedirectsAreCanonical(t *testing.T) {
	in := sitetest.ParkingInput(t)
	articles, _ := sitetest.ParkingFiles()
	text := strings.Replace(strings.ReplaceAll(sitetest.ParkingArticle, "%[1]s", "A"), `"%s"`, `"A"`, 1)
	text = strings.Replace(text, "updated", "aliases = [\"city/parking/old\"]\nupdated", 1)
	articles["en/city/parking/a.md"] = &fstest.MapFile{Data: []byte(text)}
	in.Library, _ = library.Load(articles)
	s, found := site.New(in)
	sitetest.FailOnErrors(t, found)
	for _, lang := range []string{"en", "it"} {
		f, ok := s.File(lang + "/city/parking/old/")
		if !ok {
			t.Fatalf("%s: the former address is not published", lang)
		}
		page, _ := f.Bytes(new(bytes.Buffer))
		for _, want := range []string{
			`url=/base/` + lang + `/city/parking/a/"`, `rel="canonical" href="https://help.test/base/en/city/parking/a/"`,
		} {
			if !strings.Contains(string(page), want) {
				t.Errorf("%s: the page lacks %s: %s", lang, want, page)
			}
		}
	}
}
