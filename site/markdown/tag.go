package markdown

import (
	"bytes"
	"html"
)

// A tag is a start tag or end tag, with the attributes that matter.
type tag struct {
	*element
	name []byte
	ends bool
	attributes
}

type attributes struct {
	any                        bool // whether the tag has any attribute, even one that does not matter
	address, alt, class, start []byte
	hidden, checked            bool
}

// other is the element for names that have no meaning here: only its contents are written.
var other = &element{}

// A named is an element with its name.
type named struct {
	name string
	*element
}

// byEnds holds the elements by a hash of the first and last letters and the length of their names. It distinguishes
// most of them and is cheaper than a map.
var byEnds = func() (list [256][]named) {
	for name, e := range elements {
		at := &list[ends([]byte(name))]
		*at = append(*at, named{name, e})
	}
	return list
}()

func ends(name []byte) uint8 { return name[0] + name[len(name)-1]<<3 + uint8(len(name))<<5 }

func elementOf(name []byte) *element {
	for _, e := range byEnds[ends(name)] {
		if e.name == string(name) {
			return e.element
		}
	}
	return other
}

// tagAt returns the offset of the next tag or comment, or the length of s.
func tagAt(s []byte) int {
	for at := 0; ; at++ {
		next := bytes.IndexByte(s[at:], '<')
		if next < 0 || at+next+1 == len(s) {
			return len(s)
		}
		if at += next; beginsTag(s[at:]) {
			return at
		}
	}
}

// beginsTag reports whether s begins with a tag or comment.
func beginsTag(s []byte) bool {
	return len(s) > 1 && s[0] == '<' && (isLetter(s[1]) || s[1] == '/' || s[1] == '!' || s[1] == '?')
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// read reads the tag or comment at the start of s and returns what follows it.
func (t *tag) read(s []byte) (rest []byte) {
	t.element, t.name = other, nil
	if t.any { // most tags have no attributes
		t.attributes = attributes{}
	}
	s = s[1:]
	if t.ends = s[0] == '/'; t.ends {
		s = s[1:]
	}
	switch {
	case len(s) > 0 && isLetter(s[0]):
	case !t.ends && bytes.HasPrefix(s, []byte("!--")):
		_, rest, _ = bytes.Cut(s[len("!--"):], []byte("-->"))
		return rest
	default: // <!doctype> and similar
		_, rest, _ = bytes.Cut(s, []byte(">"))
		return rest
	}
	t.name, s = cutName(s)
	t.element = elementOf(t.name)
	if len(s) > 0 && s[0] == '>' {
		s = s[1:]
	} else {
		s = t.readAttributes(s)
	}
	if t.raw && !t.ends { // there are no tags up to its end
		end := bytes.Index(s, append([]byte("</"), t.name...))
		return s[max(end, 0):]
	}
	return s
}

// readAttributes reads the rest of a tag and returns what follows it.
func (t *tag) readAttributes(s []byte) []byte {
	for {
		for len(s) > 0 && (isWhite(s[0]) || s[0] == '/') {
			s = s[1:]
		}
		if len(s) == 0 || s[0] == '>' {
			return s[min(1, len(s)):]
		}
		var name, value []byte
		name, s = cutName(s)
		s = trimWhite(s)
		if len(s) > 0 && s[0] == '=' {
			value, s = cutValue(trimWhite(s[1:]))
		}
		t.set(name, value)
	}
}

func (t *tag) set(name, value []byte) {
	t.any = true
	switch string(name) {
	case "href", "src":
		t.address = unescape(value)
	case "alt":
		t.alt = unescape(value)
	case "class":
		t.class = unescape(value)
		t.hidden = t.hidden || string(t.class) == "edit" // something to press, as in a form
	case "start":
		t.start = unescape(value)
	case "hidden":
		t.hidden = true
	case "checked":
		t.checked = true
	}
}

// inNames says which bytes end the name of an element or attribute, and which are capital letters.
var inNames = func() (list [256]uint8) {
	for _, c := range []byte(" \t\r\n\f>/=") {
		list[c] = endsName
	}
	for c := 'A'; c <= 'Z'; c++ {
		list[c] = capital
	}
	return list
}()

const (
	endsName = 1 + iota
	capital
)

// cutName returns the name of an element or attribute at the start of s, in lower case, and what follows it.
func cutName(s []byte) (name, rest []byte) {
	end, upper := 0, false
	for end < len(s) {
		if what := inNames[s[end]]; what == capital {
			upper = true
		} else if what == endsName && (s[end] != '=' || end > 0) {
			break
		}
		end++
	}
	if upper {
		return bytes.ToLower(s[:end]), s[end:]
	}
	return s[:end], s[end:]
}

// cutValue returns the value of an attribute at the start of s, quoted or not, and what follows it.
func cutValue(s []byte) (value, rest []byte) {
	if len(s) > 0 && (s[0] == '"' || s[0] == '\'') {
		value, rest, _ = bytes.Cut(s[1:], s[:1])
		return value, rest
	}
	end := 0
	for end < len(s) && !isWhite(s[end]) && s[end] != '>' {
		end++
	}
	return s[:end], s[end:]
}

func isWhite(c byte) bool { return classes[c] == white }

func trimWhite(s []byte) []byte {
	for len(s) > 0 && isWhite(s[0]) {
		s = s[1:]
	}
	return s
}

// unescape replaces the character references of HTML.
func unescape(s []byte) []byte {
	if bytes.IndexByte(s, '&') < 0 {
		return s
	}
	return []byte(html.UnescapeString(string(s)))
}
