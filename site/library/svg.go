package library

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"helpcenter/site/diag"
)

const (
	svgSpace   = "http://www.w3.org/2000/svg"
	xhtmlSpace = "http://www.w3.org/1999/xhtml"
)

// readSVG checks that a drawing is safe to open at an address of the site, where a browser would run it: it must
// have no script, no HTML and no reference to anything outside. It returns the drawing's width and height, or those
// of its viewBox.
func readSVG(file string, data []byte) (width, height int, found []diag.Finding) {
	r := svgReader{file: file, dec: xml.NewDecoder(bytes.NewReader(data))}
	token, err := r.dec.Token()
	for ; err == nil; token, err = r.dec.Token() {
		r.token(token)
	}
	switch {
	case !errors.Is(err, io.EOF):
		r.errorf("not well-formed: %v", err)
	case !r.root:
		r.errorf("not a drawing: it has no <svg xmlns=%q>", svgSpace)
	}
	return r.width, r.height, r.found
}

// svgReader collects what is wrong with a drawing.
type svgReader struct {
	file          string
	dec           *xml.Decoder
	root          bool // whether the root has been seen
	width, height int
	style         *strings.Builder // of the <style> being read, if any
	found         []diag.Finding
}

func (r *svgReader) errorf(format string, args ...any) {
	line, column := r.dec.InputPos()
	at := diag.Position{File: r.file, Line: line, Column: column}
	r.found = append(r.found, diag.Errorf(at, "asset", format, args...))
}

func (r *svgReader) token(token xml.Token) {
	switch t := token.(type) {
	case xml.StartElement:
		r.element(t)
	case xml.EndElement:
		if t.Name.Local == "style" && r.style != nil {
			if unsafeStyle(r.style.String()) {
				r.errorf("the style loads something from elsewhere")
			}
			r.style = nil
		}
	case xml.CharData:
		if r.style != nil {
			r.style.Write(t) // comments may split what a browser joins
		}
	case xml.ProcInst:
		if t.Target != "xml" {
			r.errorf("the instruction <?%s?> is not allowed", t.Target)
		}
	case xml.Directive:
		if bytes.ContainsRune(t, '[') {
			r.errorf("a document type with declarations of its own is not allowed")
		}
	}
}

func (r *svgReader) element(e xml.StartElement) {
	if !r.root && e.Name == (xml.Name{Space: svgSpace, Local: "svg"}) {
		r.root = true
		r.width, r.height = svgSize(e.Attr)
	}
	if e.Name.Local == "style" {
		r.style = new(strings.Builder)
	}
	if why := unsafeElement(e); why != "" {
		r.errorf("%s", why)
	}
}

// activeElements run scripts, embed documents or load something.
var activeElements = []string{
	"script", "foreignobject", "handler", "listener", "iframe", "object", "embed", "audio", "video",
}

// unsafeElement returns why an element is not allowed, or "".
func unsafeElement(e xml.StartElement) string {
	if e.Name.Space == xhtmlSpace || slices.Contains(activeElements, strings.ToLower(e.Name.Local)) {
		return fmt.Sprintf("<%s> is not allowed in an image", e.Name.Local)
	}
	for _, attr := range e.Attr {
		name, value := strings.ToLower(attr.Name.Local), strings.TrimSpace(attr.Value)
		animated := name == "attributename" && strings.HasPrefix(strings.ToLower(value), "on")
		switch {
		case strings.HasPrefix(name, "on") || animated:
			return fmt.Sprintf("the attribute %q runs a script", attr.Name.Local)
		case (name == "href" || name == "src") && !inside(value):
			return fmt.Sprintf("the reference %q leads elsewhere", value)
		case unsafeStyle(value):
			return fmt.Sprintf("the attribute %q loads something from elsewhere", attr.Name.Local)
		}
	}
	return ""
}

// inside reports whether a reference stays in the drawing: to a part of it, or to an embedded image.
func inside(ref string) bool {
	for _, prefix := range []string{"#", "data:image/png;", "data:image/jpeg;", "data:image/gif;", "data:image/webp;"} {
		if strings.HasPrefix(ref, prefix) {
			return true
		}
	}
	return ref == ""
}

// unsafeStyle reports whether CSS or an attribute loads something or may be a script. Escapes are unsafe, since
// they can hide either.
func unsafeStyle(css string) bool {
	css = strings.ToLower(css)
	for rest := css; ; {
		_, after, ok := strings.Cut(rest, "url(")
		if !ok {
			break
		}
		if rest = strings.TrimLeft(after, ` '"`); !inside(rest) {
			return true
		}
	}
	return strings.Contains(css, "@import") || strings.Contains(css, "javascript:") || strings.Contains(css, `\`)
}

// svgSize returns a drawing's size in CSS pixels, or 0 if it has none.
func svgSize(attrs []xml.Attr) (width, height int) {
	value := map[string]string{}
	for _, a := range attrs {
		value[a.Name.Local] = a.Value
	}
	width, height = pixels(value["width"]), pixels(value["height"])
	box := strings.Fields(strings.ReplaceAll(value["viewBox"], ",", " "))
	if (width == 0 || height == 0) && len(box) == 4 {
		return pixels(box[2]), pixels(box[3])
	}
	return width, height
}

// pixels parses a length without a unit, or in px.
func pixels(s string) int {
	v, err := strconv.ParseFloat(strings.TrimSuffix(s, "px"), 64)
	if err != nil || !(v > 0 && v < 1<<20) {
		return 0
	}
	return int(math.Round(v))
}
