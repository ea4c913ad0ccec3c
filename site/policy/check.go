package policy

import (
	"bytes"
	"cmp"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"helpcenter/site/diag"
)

// A checker collects what a policy forbids in a file.
type checker struct {
	Policy
	file  string
	text  []byte
	found []diag.Finding
}

func (c *checker) errorf(off int, suggestion, format string, args ...any) {
	line := bytes.Count(c.text[:off], []byte("\n")) + 1
	column := off - bytes.LastIndexByte(c.text[:off], '\n')
	f := diag.Errorf(diag.Position{File: c.file, Line: line, Column: column}, "policy", format, args...)
	c.found = append(c.found, f.Suggest("%s", suggestion))
}

// load checks an address that a page loads under the directive with a key.
func (c *checker) load(off int, key, address string) {
	if c.allows(key, address) {
		return
	}
	source := "data:"
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		source = cmp.Or(u.Scheme, "https") + "://" + u.Host
	}
	c.errorf(off, `allow it in content/site.toml: [csp] `+key+` = ["`+source+`"], or load it from this site`,
		"the Content-Security-Policy blocks %q", address)
}

// action matches an action of a template.
var action = regexp.MustCompile("(?s)\\{\\{(?:/\\*.*?\\*/|\"(?:\\\\.|[^\"\\\\])*\"|`[^`]*`|[^}\"`]|\\}[^}])*\\}\\}")

// made stands for the output of an action, which the program itself provides.
const made = "\x01"

// CheckHTML reports what the policy forbids in a template. The file is named as in findings.
func (p Policy) CheckHTML(file string, text []byte) []diag.Finding {
	c := checker{Policy: p, file: file, text: text}
	plain := action.ReplaceAllFunc(text, func(a []byte) []byte { return bytes.Repeat([]byte(made), len(a)) })
	z := html.NewTokenizer(bytes.NewReader(plain))
	for off := 0; ; {
		kind := z.Next()
		raw := slices.Clone(z.Raw())
		switch kind {
		case html.ErrorToken:
			return c.found
		case html.StartTagToken, html.SelfClosingTagToken:
			c.tag(off, raw, z.Token())
		}
		off += len(raw)
	}
}

// tag checks a tag that begins at an offset.
func (c *checker) tag(off int, raw []byte, t html.Token) {
	attributes := map[string]string{}
	for _, a := range t.Attr {
		value, _, isMade := strings.Cut(a.Val, made)
		at := off + max(0, bytes.Index(raw, []byte(a.Val)))
		switch {
		case strings.HasPrefix(a.Key, "on"):
			c.errorf(off, "save it as a script in site/assets/", "the Content-Security-Policy blocks the attribute %s", a.Key)
		case a.Key == "style":
			c.errorf(off, "save it in site/assets/custom.css", "the Content-Security-Policy blocks the attribute style")
		case value == "" && isMade:
		default:
			for _, address := range addresses(a.Key, value) {
				if key := loads(t, a.Key); key != "" {
					c.load(at, key, address)
				}
			}
		}
		attributes[a.Key] = a.Val
	}
	_, hasSource := attributes["src"]
	switch kind := attributes["type"]; {
	case t.Data == "style":
		c.errorf(off, "save it in site/assets/custom.css", "the Content-Security-Policy blocks styles within a page")
	case t.Data == "script" && !hasSource && !strings.Contains(kind, "json"):
		c.errorf(off, `save it as site/assets/NAME.js and write <script type="module" src="{{asset "NAME.js"}}"></script>`,
			"the Content-Security-Policy blocks scripts within a page")
	}
}

// addresses returns the addresses in the value of an attribute.
func addresses(attribute, value string) []string {
	if attribute != "srcset" {
		return []string{value}
	}
	var list []string
	for candidate := range strings.SplitSeq(value, ",") {
		if fields := strings.Fields(candidate); len(fields) > 0 {
			list = append(list, fields[0])
		}
	}
	return list
}

// loads returns the key of the directive for what an attribute makes a browser load, or "" if it loads nothing.
func loads(t html.Token, attribute string) string {
	value := func(key string) string {
		for _, a := range t.Attr {
			if a.Key == key {
				return strings.ToLower(a.Val)
			}
		}
		return ""
	}
	switch t.Data + " " + attribute {
	case "script src":
		return "script"
	case "img src", "img srcset", "input src", "video poster", "image href", "use href", "source srcset":
		return "img"
	case "video src", "audio src", "source src", "track src":
		return "media"
	case "iframe src":
		return "frame"
	case "embed src", "object data":
		return "object" // never allowed
	case "form action", "button formaction", "input formaction":
		return "form"
	case "link href":
		return linked(strings.Fields(value("rel")), value("as"))
	}
	return ""
}

// linked is like loads for a link with some relations.
func linked(relations []string, as string) string {
	as = map[string]string{
		"script": "script", "style": "style", "image": "img", "font": "font", "fetch": "connect", "video": "media",
		"audio": "media", "track": "media",
	}[as]
	for _, relation := range relations {
		key := map[string]string{
			"stylesheet": "style", "icon": "img", "apple-touch-icon": "img", "mask-icon": "img", "manifest": "manifest",
			"modulepreload": "script", "preload": as, "prefetch": as,
		}[relation]
		if key != "" {
			return key
		}
	}
	return ""
}

// reference matches what a style loads. The address is in one of the groups 2 to 6.
var reference = regexp.MustCompile(`(@import\s+)?(?:url\(\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^"'()\s]*))\s*\))` +
	`|@import\s+(?:"([^"\n]*)"|'([^'\n]*)')`)

var (
	comment  = regexp.MustCompile(`(?s)/\*.*?\*/`)
	fontFace = regexp.MustCompile(`(?is)@font-face\s*\{[^}]*\}`)
)

// CheckCSS reports what the policy forbids in a style, and references to files beside it that do not exist.
func (p Policy) CheckCSS(file string, text []byte, exists func(name string) bool) []diag.Finding {
	c := checker{Policy: p, file: file, text: text}
	plain := comment.ReplaceAllFunc(text, func(b []byte) []byte { return bytes.Repeat([]byte(" "), len(b)) })
	fonts := fontFace.FindAllIndex(plain, -1)
	for _, m := range reference.FindAllSubmatchIndex(plain, -1) {
		key, from, to := "img", 0, 0
		from, to = address(m)
		address := string(plain[from:to])
		switch {
		case bytes.HasPrefix(plain[m[0]:], []byte("@import")):
			key = "style"
		case slices.ContainsFunc(fonts, func(font []int) bool { return font[0] < m[0] && m[0] < font[1] }):
			key = "font"
		}
		name, isFile := localFile(address)
		switch {
		case address == "" || address[0] == '#':
		case isFile && !exists(path.Clean(name)):
			c.errorf(m[0], "save it there, or correct the name", "no file %q", path.Join(path.Dir(file), name))
		default:
			c.load(m[0], key, address)
		}
	}
	return c.found
}

// address returns the range of the address in a reference, given the indexes of its groups.
func address(groups []int) (from, to int) {
	for i := 4; i < len(groups); i += 2 {
		if groups[i] >= 0 {
			from, to = groups[i], groups[i+1]
		}
	}
	return from, to
}

// Rewrite returns a style in which the files beside it have other names. Those for which name returns "." stay.
func Rewrite(text []byte, name func(file string) string) []byte {
	var b bytes.Buffer
	last := 0
	for _, m := range reference.FindAllSubmatchIndex(text, -1) {
		from, to := address(m)
		file, ok := localFile(string(text[from:to]))
		if !ok {
			continue
		}
		if other := name(path.Clean(file)); other != "." {
			b.Write(text[last:from])
			b.WriteString(other)
			last = from + len(file)
		}
	}
	b.Write(text[last:])
	return b.Bytes()
}

// localFile returns the file beside a style to which an address in it refers. It reports false if the address leads
// elsewhere.
func localFile(address string) (name string, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" || u.Path[0] == '/' {
		return "", false
	}
	if i := strings.IndexAny(address, "?#"); i >= 0 {
		address = address[:i]
	}
	return address, true
}
