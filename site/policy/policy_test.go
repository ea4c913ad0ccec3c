package policy_test

import (
	"strings"
	"testing"

	"helpcenter/site/diag"
	"helpcenter/site/policy"
)

func at(...any) diag.Position { return diag.Position{File: "content/site.toml"} }

// The policy allows the site itself and the sources added, which must be valid.
func TestNew(t *testing.T) {
	p, found := policy.New(map[string][]string{
		"script": {"https://stats.example"}, "frame": {"https://*.video.example"}, "img": {"data:"},
		"connect": {"wss://live.example"},
	}, true, at)
	for _, want := range []string{
		"default-src 'none'; ", "script-src 'self' https://stats.example; ", "frame-src https://*.video.example; ",
		"img-src 'self' data:; ", "font-src 'self'; ", "connect-src 'self' wss://live.example; ", "base-uri 'none'",
	} {
		if !strings.Contains(p.String(), want) || len(found) > 0 {
			t.Errorf("%q is not in %q, %v", want, p, found)
		}
	}
	for _, invalid := range []string{
		"*", "'unsafe-inline'", "'unsafe-eval'", "http://a.example", "https:", "a.example", "data:", "https://a.example; x",
		"https://u@a.example", "https://a.*.example", "wss://a.example", "",
	} {
		if _, found := policy.New(map[string][]string{"script": {invalid}}, false, at); len(found) != 1 {
			t.Errorf("%q: %v", invalid, found)
		}
	}
	if _, found := policy.New(map[string][]string{"scripts": nil}, false, at); len(found) != 1 {
		t.Errorf("an unknown directive: %v", found)
	}
}

// What a template loads is found wherever it is, and nothing else is.
func TestCheckHTML(t *testing.T) {
	p, _ := policy.New(map[string][]string{
		"script": {"https://stats.example", "https://cdn.example/lib/"}, "frame": {"https://*.video.example"},
	}, false, at)
	for text, want := range map[string]int{
		`<script src="https://stats.example/js/x.js" defer data-domain="x"></script>`:    0,
		`<script src='//stats.example/x.js'></script>`:                                   0,
		`<script src="https://other.example/x.js"></script>`:                             1,
		`<script src="http://stats.example/x.js"></script>`:                              1,
		`<script src="https://stats.example:444/x.js"></script>`:                         1,
		`<script src="https://cdn.example/lib/a.js"></script>`:                           0,
		`<script src="https://cdn.example/other/a.js"></script>`:                         1,
		`<iframe src="https://www.video.example/1"></iframe>`:                            0,
		`<iframe src="https://video.example/1"></iframe>`:                                1,
		`<iframe src="/own/"></iframe>`:                                                  1,
		`<script src="{{asset "x.js"}}"></script><a href="https://any.example">x</a>`:    0,
		`<script>alert(1)</script>`:                                                      1,
		`<script type="module">import "/x.js"</script>`:                                  1,
		`<script type="application/ld+json">{}</script>`:                                 0,
		`<style>p{}</style>`:                                                             1,
		`<p style="color: red" onclick="x()">`:                                           2,
		`<link rel="stylesheet" href="https://fonts.example/css">`:                       1,
		`<link rel="preconnect" href="https://fonts.example">`:                           0,
		`<link rel="preload" as="font" href="https://fonts.example/a.woff2">`:            1,
		`<link rel="icon" href="data:,">`:                                                1,
		`<img src="/a.png" srcset="/b.png 2x, https://a.example/c.png 3x">`:              1,
		`<video poster="https://a.example/a.png"><source src="https://a.example/a.mp4">`: 2,
		`<svg><use href="#a"/><image href="https://a.example/a.png"/></svg>`:             1,
		`<form action="https://a.example/"></form>`:                                      1,
		`<object data="/a.swf"></object>`:                                                1,
		`{{/* <script src="https://a.example/"> */}}{{"<script>"}}`:                      0,
		`<a href="{{if .A}}x{{end}}"{{with .B}} lang="{{.}}"{{end}}>`:                    0,
	} {
		if found := p.CheckHTML("site/templates/head.html", []byte("\n"+text)); len(found) != want {
			t.Errorf("%s: %v", text, found)
		} else if want > 0 && (found[0].Line != 2 || found[0].Suggestion == "") {
			t.Errorf("%s: %v", text, found[0])
		}
	}
}

// What a style loads must be allowed, and exist if it is a file beside it.
func TestCheckCSS(t *testing.T) {
	var p policy.Policy
	exists := func(name string) bool { return name == "a.svg" }
	for text, want := range map[string]int{
		`a { background: url(a.svg) url("a.svg#x") url( './a.svg' ) url(#b) }`: 0,
		`a { background: url(b.svg) }`:                                         1,
		`a { background: url(https://a.example/a.svg) }`:                       1,
		`a { background: url("data:image/png;base64,x") }`:                     1,
		`@import "b.css"; @import url(https://a.example/a.css);`:               2,
		`@font-face { src: url(/a.woff2) }`:                                    1,
		`/* url(b.svg) */ a { color: red }`:                                    0,
	} {
		if found := p.CheckCSS("site/assets/custom.css", []byte(text), exists); len(found) != want {
			t.Errorf("%s: %v", text, found)
		}
	}
}

func TestRewrite(t *testing.T) {
	names := map[string]string{"a.css": "a.1.css", "a.svg": "a.2.svg", "no.svg": "."}
	got := policy.Rewrite([]byte(`@import "a.css"; b{x:url( 'a.svg?v#p' ) url(/a.svg) url(no.svg)}`),
		func(file string) string { return names[file] })
	if want := `@import "a.1.css"; b{x:url( 'a.2.svg?v#p' ) url(/a.svg) url(no.svg)}`; string(got) != want {
		t.Errorf("%s", got)
	}
}
