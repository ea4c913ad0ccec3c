package library

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"helpcenter/site/articletest"
	"helpcenter/site/diag"
)

func FuzzSite(f *testing.F) {
	f.Add(articletest.SiteTOML)
	f.Add(articletest.SiteTOML + notice("", "") + "[[help]]\nid = \"a\"\nlink = \"x\"\n[[link]]\nplace = 1\n")
	f.Add("[[product]]\nname = { en = [] }\n[[notice]]\nfrom = 07:00:00\nuntil = 2026-01-01\n[[language]]\n" +
		"tag = \"x-y\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		site, found, ok := readSite([]byte(text))
		if site.Location == nil || !ok && !diag.HasErrors(found) {
			t.Errorf("site is %+v, found %v", site, found)
		}
		if err := articletest.CheckPositions(text, found); err != nil {
			t.Error(err)
		}
		for _, p := range site.Products {
			if _, ok := p.Name[""]; ok && !diag.HasErrors(found) {
				t.Errorf("the name %v has kept its form", p.Name)
			}
		}
	})
}

func FuzzSVG(f *testing.F) {
	f.Add(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 2"><style>a{fill:url(#b)}</style></svg>`)
	f.Add(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><a href="&#106;avascript:x"/></svg>`)
	f.Fuzz(func(t *testing.T, text string) {
		width, height, found := readSVG("content/images/x.svg", []byte(text))
		if width < 0 || height < 0 {
			t.Errorf("size is %d by %d", width, height)
		}
		if len(found) == 0 && strings.Contains(strings.ToLower(text), "<script") {
			z := html.NewTokenizer(strings.NewReader(text))
			for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
				if name, _ := z.TagName(); string(name) == "script" && kind == html.StartTagToken {
					t.Errorf("a script was accepted")
				}
			}
		}
	})
}
