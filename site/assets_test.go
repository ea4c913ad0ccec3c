package site_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"helpcenter/site"
	"helpcenter/site/sitetest"
)

// Writers' files are published unchanged, except that a style refers to other files by their published names.
func TestAssetsOfWriters(t *testing.T) {
	const script = "const help = `\n  indented\n// see https://example.com\n`\n// a comment\n"
	files := map[string]string{
		"own.js":    script,
		"site.js":   script,
		"plain.css": "/* a comment */\n  p { color: red }\n",
		"site.css": "/* a comment */\n@import url(loop.css);\n  a { background: url(other.svg) }\n" +
			"b { background: url( 'dot.svg' ) } i { background: url(\"dot.svg\") }\n" +
			"u { background: url(#part), url(dot.svg#part) }\n",
		"loop.css": "@import url(loop.css);\n", // a mistake, which must not hang
		"dot.svg":  "<svg/>", "other.svg": "<svg></svg>",
	}
	over := map[string][]byte{}
	for name, text := range files {
		over["assets/"+name] = []byte(text)
	}
	in := sitetest.ParkingInput(t)
	in.Files = sitetest.Overlay(t, site.Files, over)
	s, found := site.New(in)
	sitetest.FailOnFindings(t, found)
	name := func(asset string) string { return strings.TrimPrefix(s.AssetLink(asset), "/base/assets/") }
	replace := strings.NewReplacer(
		"other.svg", name("other.svg"), "dot.svg", name("dot.svg"), "loop.css", name("loop.css"),
	)
	for asset, text := range files {
		if asset == "site.css" {
			text = replace.Replace(text)
		}
		f, ok := s.File(strings.TrimPrefix(s.AssetLink(asset), "/base/"))
		if !ok {
			t.Fatalf("%s is not published", asset)
		}
		if got, _ := f.Bytes(new(bytes.Buffer)); string(got) != text {
			t.Errorf("%s is published as %q, want %q", asset, got, text)
		}
	}
}

// The names of assets contain enough of a hash that no two versions share one.
func TestAssetNames(t *testing.T) {
	hashed, count := regexp.MustCompile(`^assets/.*\.[0-9a-f]{16}\.[a-z]+$`), 0
	for name := range publishedFiles(t).files {
		if strings.HasPrefix(name, "assets/") {
			count++
			if !hashed.MatchString(name) {
				t.Errorf("%s has no hash of 8 bytes", name)
			}
		}
	}
	if count == 0 {
		t.Error("there are no assets")
	}
}
