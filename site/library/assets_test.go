package library

import (
	"bytes"
	"image"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"

	"helpcenter/site/articletest"
)

// encoded returns a picture of three by two pixels.
func encoded(encode func(io.Writer, image.Image) error) string {
	var b bytes.Buffer
	if err := encode(&b, image.NewPaletted(image.Rect(0, 0, 3, 2), palette.WebSafe)); err != nil {
		panic(err)
	}
	return b.String()
}

func TestAssets(t *testing.T) {
	pngData := encoded(png.Encode)
	jpegData := encoded(func(w io.Writer, m image.Image) error { return jpeg.Encode(w, m, nil) })
	for _, tt := range []struct {
		file, data    string
		width, height int
		want          string
	}{
		{"a.png", pngData, 3, 2, ""},
		{"a.PNG", pngData, 3, 2, ""},
		{"a.jpg", jpegData, 3, 2, ""},
		{"a.jpeg", jpegData, 3, 2, ""},
		{"a.gif", encoded(func(w io.Writer, m image.Image) error { return gif.Encode(w, m, nil) }), 3, 2, ""},
		{"lossy.webp", "RIFF....WEBPVP8 ....\x00\x00\x00\x9d\x01\x2a\x03\x00\x02\x00", 3, 2, ""},
		{"lossless.webp", "RIFF....WEBPVP8L....\x2f\x02\x40\x00\x00.....", 3, 2, ""},
		{"extended.webp", "RIFF....WEBPVP8X....\x10\x00\x00\x00\x02\x00\x00\x01\x00\x00", 3, 2, ""},
		{"a.pdf", "%PDF-1.7\n", 0, 0, ""},
		{"a.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="3px" height="2"/>`, 3, 2, ""},
		{"box.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0,0 3 2.4" width="100%"/>`, 3, 2, ""},
		{"no-size.svg", `<svg xmlns="http://www.w3.org/2000/svg"/>`, 0, 0, ""},
		{"wrong.png", jpegData, 3, 2, "images/wrong.png error asset"},
		{"wrong.webp", pngData, 0, 0, "images/wrong.webp error asset"},
		{"wrong.pdf", "<html>", 0, 0, "images/wrong.pdf error asset"},
		{"empty.gif", "", 0, 0, "images/empty.gif error asset"},
		{"empty.svg", "", 0, 0, "images/empty.svg:1:1 error asset"},
		{"large.png", pngData + strings.Repeat("\x00", maxAsset), 0, 0, "images/large.png error too-large"},
	} {
		t.Run(tt.file, func(t *testing.T) {
			l, found := Load(articletest.Files("images/"+tt.file, tt.data))
			if tt.want != "" {
				articletest.Expect(t, found, tt.want)
				return
			}
			articletest.Expect(t, found)
			if a := l.Asset("images/" + tt.file); a.Width != tt.width || a.Height != tt.height ||
				string(a.Data) != tt.data {
				t.Errorf("asset is %s, %d by %d; want %d by %d", a.File, a.Width, a.Height, tt.width, tt.height)
			}
		})
	}
}

func TestSVG(t *testing.T) {
	for _, tt := range []struct {
		name, inner string
		refused     bool
	}{
		{"a drawing",
			`<title>a &amp; b</title><style>/* c */ .d { fill: url(#e); background: url('data:image/png;base64,x') }</style>` +
				`<defs><linearGradient id="e"/></defs><use href="#f"/><path d="M0 0" fill="url(#e)"/>`, false},
		{"a declaration and a document type", "", false},
		{"script", `<script>alert(1)</script>`, true},
		{"script in capitals", `<SCRIPT>alert(1)</SCRIPT>`, true},
		{"script under a prefix", `<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>`, true},
		{"HTML", `<foreignObject/>`, true},
		{"HTML under a prefix", `<h:b xmlns:h="http://www.w3.org/1999/xhtml"/>`, true},
		{"a handler", `<g onload="alert(1)"/>`, true},
		{"an animated handler", `<set attributeName="onclick" to="alert(1)"/>`, true},
		{"a link to a script", `<a href="javascript:alert(1)"/>`, true},
		{"an animated link to a script", `<animate attributeName="href" values="javascript:alert(1)"/>`, true},
		{"a picture from elsewhere",
			`<image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="https://example.com/x.png"/>`, true},
		{"a drawing in a drawing", `<image href="data:image/svg+xml;base64,xx"/>`, true},
		{"a style from elsewhere", `<style>@import "https://example.com/x.css"</style>`, true},
		{"a style in pieces", `<style>@im<!-- -->port "x.css"</style>`, true},
		{"a style with escapes", `<style>a { fill: u\72l(x) }</style>`, true},
		{"a fill from elsewhere", `<g style="fill: URL( 'https://example.com/x' )"/>`, true},
		{"not well-formed", `<g>`, true},
		{"an entity", `&evil;`, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			svg := `<svg xmlns="http://www.w3.org/2000/svg" id="root">` + tt.inner + `</svg>`
			if tt.inner == "" {
				svg = `<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">` + svg
			}
			_, _, found := readSVG("f.svg", []byte(svg))
			if refused := len(found) > 0; refused != tt.refused {
				t.Errorf("found %v, want refused to be %v", found, tt.refused)
			}
		})
	}
	for _, whole := range []string{
		`<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>`,
		`<?xml-stylesheet href="x.css"?><svg xmlns="http://www.w3.org/2000/svg"/>`,
		`<svg/>`, `<html xmlns="http://www.w3.org/1999/xhtml"/>`,
	} {
		if _, _, found := readSVG("f.svg", []byte(whole)); len(found) == 0 {
			t.Errorf("%s was accepted", whole)
		}
	}
}

func TestAssetNames(t *testing.T) {
	const dot = `<svg xmlns="http://www.w3.org/2000/svg"/>`
	l, found := Load(articletest.Files("en/meet/billing/dot.svg", dot, "it/meet/billing/dot.svg", dot,
		"it/meet/billing/other.svg", dot))
	articletest.Expect(t, found)
	var names []string
	for _, a := range l.Assets {
		names = append(names, a.Name)
	}
	if len(names) != 4 || names[0] != names[2] || names[0] == names[1] || names[0] == names[3] {
		t.Errorf("published names are %q", names)
	}
	if !strings.HasPrefix(names[0], "dot.") || !strings.HasSuffix(names[0], ".svg") ||
		len(names[0]) != len("dot.0123456789abcdef.svg") {
		t.Errorf("published name is %q", names[0])
	}
}
