package importer

import (
	"cmp"
	"html"
	"regexp"
	"slices"
	"strings"

	tomarkdown "github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	nethtml "golang.org/x/net/html"
)

// toMarkdown converts HTML that contains no Markdown.
func (c *converter) toMarkdown(text string) string {
	text = frames.ReplaceAllStringFunc(text, func(frame string) string {
		if m := srcForm.FindStringSubmatch(frame); m != nil {
			c.changed(c.page, frame, "embedded page, now a link")
			return `<p><a href="` + m[1] + `">` + m[1] + `</a></p>`
		}
		return ""
	})
	conv := tomarkdown.NewConverter(tomarkdown.WithPlugins(base.NewBasePlugin(), commonmark.NewCommonmarkPlugin(),
		table.NewTablePlugin(table.WithHeaderPromotion(true), table.WithSpanCellBehavior(table.SpanBehaviorMirror)),
		strikethrough.NewStrikethroughPlugin()))
	out, err := conv.ConvertString(text)
	if err != nil {
		c.leftOut(c.page, text, "HTML that could not be read: %s", short(text))
		return ""
	}
	return out
}

var (
	frames  = regexp.MustCompile(`(?is)<iframe\b[^>]*>(?:.*?</iframe>)?`)
	srcForm = regexp.MustCompile(`(?i)\bsrc=["']([^"']+)["']`)
)

// How elements are converted: those in whole by toMarkdown; those in gone are left out with their content; of the
// others only the tags are converted or left out.
var (
	whole  = []string{"table", "ul", "ol", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6"}
	gone   = []string{"script", "style", "template", "select", "textarea", "svg", "object", "embed", "noscript", "audio"}
	inline = []string{
		"span", "font", "u", "small", "big", "abbr", "ins", "time", "label", "button", "tt", "var", "samp", "cite", "dfn",
		"a", "ruby", "rt", "rp", "wbr", "bdi", "q",
	}
	block = []string{
		"p", "div", "section", "article", "header", "footer", "main", "nav", "center", "form", "fieldset", "address",
		"legend",
		"figcaption", "thead", "tbody", "tr", "td", "th", "li", "dt", "dd", "hr", "picture", "source", "link", "meta", "col",
	}
	kept   = []string{"br", "kbd", "sub", "sup", "mark"}
	signs  = map[string]string{"b": "**", "strong": "**", "em": "*", "i": "*", "del": "~~", "s": "~~", "strike": "~~"}
	others = []string{"summary", "img", "input"}
	isHTML = func(name string) bool {
		return slices.Contains(slices.Concat(whole, gone, inline, block, kept, captured, others), name) || signs[name] != ""
	}
)

// tags converts the HTML in a text to Markdown, or leaves it out.
func (c *converter) tags(text string) string {
	if !strings.Contains(text, "<") {
		return text
	}
	c.depth++
	defer func() { c.depth-- }()
	var out strings.Builder
	z := nethtml.NewTokenizer(strings.NewReader(text))
	z.AllowCDATA(true)
	rest, ends := text, elementEnds(text)
	depth := 0
	var links []string
	for {
		kind := z.Next()
		raw := string(z.Raw())
		if kind == nethtml.ErrorToken {
			out.WriteString(rest)
			return out.String()
		}
		rest = strings.TrimPrefix(rest, raw)
		switch kind {
		case nethtml.TextToken:
			if depth > 0 {
				raw = unindent(raw)
			}
			out.WriteString(raw)
			continue
		case nethtml.CommentToken, nethtml.DoctypeToken:
			continue
		}
		t := z.Token()
		name := t.Data
		end, isPair := ends[len(text)-len(rest)]
		isPair = isPair && c.depth <= maxNested && slices.Contains(slices.Concat(whole, gone, captured), name)
		switch original := tagName.FindString(raw[1:]); {
		case !isHTML(name):
			c.unknownTag(&out, raw, original)
		case isPair:
			element := text[len(text)-len(rest) : end]
			rest = text[end:]
			out.WriteString(c.element(name, t, raw, strings.TrimSuffix(element, closing(name, element))))
			z = nethtml.NewTokenizer(strings.NewReader(rest))
		default:
			if slices.Contains(block, name) && !slices.Contains(void, name) {
				depth = max(0, depth+map[nethtml.TokenType]int{nethtml.StartTagToken: 1, nethtml.EndTagToken: -1}[kind])
			}
			out.WriteString(c.tag(kind, t, raw, &links))
		}
	}
}

var (
	captured = []string{"aside", "blockquote", "details", "code", "pre", "iframe", "video"}
	void     = []string{"hr", "source", "link", "meta", "col"}
	tagName  = regexp.MustCompile(`^/?[A-Za-z][\w.:-]*`)
)

// unknownTag drops a component, and writes any other tag as text.
func (c *converter) unknownTag(out *strings.Builder, raw, name string) {
	name = strings.TrimPrefix(name, "/")
	isComponent := name != strings.ToUpper(name) && strings.ToUpper(name[:1]) == name[:1]
	if !isComponent {
		out.WriteString(`\` + raw)
		return
	}
	if !strings.HasPrefix(raw, "</") {
		c.leftOut(c.page, raw, "component: %s", short(raw))
		if m := label.FindStringSubmatch(raw); m != nil {
			out.WriteString("\n\n**" + m[1] + "**\n\n")
		}
	}
}

var label = regexp.MustCompile(`\b(?:label|title)=["']([^"']+)["']`)

// elementEnds maps the offset after the start tag of an element to that after its end tag.
func elementEnds(text string) map[int]int {
	ends, open := map[int]int{}, map[string][]int{}
	z := nethtml.NewTokenizer(strings.NewReader(text))
	for off := 0; ; {
		kind := z.Next()
		if kind == nethtml.ErrorToken {
			return ends
		}
		off += len(z.Raw())
		tag, _ := z.TagName()
		name := string(tag)
		if kind == nethtml.StartTagToken {
			open[name] = append(open[name], off)
		} else if last := len(open[name]) - 1; kind == nethtml.EndTagToken && last >= 0 {
			ends[open[name][last]] = off
			open[name] = open[name][:last]
		}
	}
}

func closing(name, element string) string {
	return element[strings.LastIndex(strings.ToLower(element), "</"+name):]
}

// element converts an element with its content.
func (c *converter) element(name string, t nethtml.Token, raw, inner string) string {
	switch {
	case slices.Contains(gone, name):
		c.leftOut(c.page, raw, "<%s>: %s", name, short(inner))
		return ""
	case name == "iframe" || name == "video":
		address := attribute(t, "src")
		if m := srcForm.FindStringSubmatch(inner); address == "" && m != nil {
			address = m[1]
		}
		if address == "" {
			c.leftOut(c.page, raw, "<%s> without an address", name)
			return ""
		}
		c.changed(c.page, raw, "<%s>, now a link", name)
		return "\n\n[" + cmp.Or(attribute(t, "title"), address) + "](" + address + ")\n\n"
	case name == "code":
		return c.hide("`" + html.UnescapeString(c.unmask(inner)) + "`")
	case name == "pre":
		text := html.UnescapeString(anyTag.ReplaceAllString(c.unmask(inner), ""))
		return "\n\n" + c.hide("```\n"+strings.Trim(text, "\n")+"\n```") + "\n\n"
	case name == "details":
		return c.details(inner)
	case name == "aside" || name == "blockquote":
		c.changed(c.page, raw, "<%s>, now a quotation", name)
		text := strings.TrimSpace(blanks.ReplaceAllString(unindent(c.tags(inner)), "\n\n"))
		return "\n\n" + quote(text) + "\n\n"
	}
	c.changed(c.page, raw, "<%s>, now Markdown", name)
	return "\n\n" + c.toMarkdown(raw+inner+"</"+name+">") + "\n\n"
}

var (
	anyTag  = regexp.MustCompile(`<[^>]*>`)
	summary = regexp.MustCompile(`(?is)<summary\b[^>]*>(.*?)</summary>`)
)

func (c *converter) details(inner string) string {
	heading := "…"
	if m := summary.FindStringSubmatch(inner); m != nil {
		heading = plainText(anyTag.ReplaceAllString(m[1], ""))
		inner = strings.Replace(inner, m[0], "", 1)
	}
	text := blanks.ReplaceAllString(unindent(c.tags(inner)), "\n\n")
	return "\n\n" + c.hide("<details><summary>"+heading+"</summary>") + "\n\n" + strings.TrimSpace(text) + "\n\n" +
		c.hide("</details>") + "\n\n"
}

// tag converts a single tag.
func (c *converter) tag(kind nethtml.TokenType, t nethtml.Token, raw string, links *[]string) string {
	end := kind == nethtml.EndTagToken
	switch name := t.Data; {
	case slices.Contains(kept, name) && end:
		return "</" + name + ">"
	case slices.Contains(kept, name):
		return "<" + name + ">"
	case signs[name] != "":
		return signs[name]
	case name == "a" && end:
		if n := len(*links); n > 0 {
			address := (*links)[n-1]
			*links = (*links)[:n-1]
			if address != "" {
				return "](" + address + ")"
			}
		}
		return ""
	case name == "a":
		address := strings.ReplaceAll(strings.TrimSpace(attribute(t, "href")), " ", "%20")
		*links = append(*links, address)
		if address != "" {
			return "["
		}
		return ""
	case name == "img" && strings.HasPrefix(attribute(t, "src"), "http") && saysNothing.MatchString(attribute(t, "alt")):
		c.leftOut(c.page, raw, "a picture of another site: %s", attribute(t, "src"))
		return ""
	case name == "img" && attribute(t, "src") != "":
		return "![" + attribute(t, "alt") + "](" + strings.ReplaceAll(attribute(t, "src"), " ", "%20") + ")"
	case name == "input" && attribute(t, "type") == "checkbox":
		c.changed(c.page, raw, "a box to tick, now an item of a list of tasks")
		return "\n- [ ] "
	case name == "hr":
		return "\n\n---\n\n"
	case slices.Contains(inline, name):
		return ""
	}
	return "\n\n"
}

func attribute(t nethtml.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// unindent removes the indentation of text within HTML, except that of list items.
func unindent(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if i > 0 && !item.MatchString(line) {
			lines[i] = strings.TrimLeft(line, " \t")
		}
	}
	return strings.Join(lines, "\n")
}

var item = regexp.MustCompile(`^[ \t]*(?:[-*+]|\d+[.)])[ \t]`)

var (
	shortcode = regexp.MustCompile(`\{\{[<%]\s*(/?)([\w./-]+)((?:[^}"]|"[^"]*"|\}[^}])*?)(/?)\s*[>%]\}\}`)
	parameter = regexp.MustCompile(`(?:([\w-]+)=)?(?:"([^"]*)"|` + "`([^`]*)`" + `|([^\s"]+))`)
)

// maxNested is how deep elements and pairs of shortcodes may be nested, since each makes the text longer.
const maxNested = 8

// A coded is a text with shortcodes.
type coded struct {
	*converter
	text  string
	codes [][]int     // results of shortcode.FindAllStringSubmatchIndex
	ends  map[int]int // index of the end by that of the start
}

// shortcodes converts the shortcodes of Hugo, or leaves them out.
func (c *converter) shortcodes(text string) string {
	all := coded{c, text, shortcode.FindAllStringSubmatchIndex(text, -1), map[int]int{}}
	var open []int
	for i, m := range all.codes {
		if m[2] == m[3] {
			open = append(open, i)
			continue
		}
		for n, start := range slices.Backward(open) {
			if was := all.codes[start]; text[was[4]:was[5]] == text[m[4]:m[5]] {
				all.ends[start] = i
				open = open[:n]
				break
			}
		}
	}
	return all.write(0, len(all.codes), 0, len(text), 0)
}

// write converts the text between two offsets, which contains the shortcodes from first up to last.
func (c coded) write(first, last, from, to, depth int) string {
	var out strings.Builder
	for i := first; i < last; i++ {
		m := c.codes[i]
		out.WriteString(c.text[from:m[0]])
		from = m[1]
		code, name := c.text[m[0]:m[1]], c.text[m[4]:m[5]]
		named, listed := parameters(c.text[m[6]:m[7]])
		if end, ok := c.ends[i]; ok && depth < maxNested {
			inner := c.write(i+1, end, m[1], c.codes[end][0], depth+1)
			out.WriteString(c.pair(code, name, named, listed, inner))
			i, from = end, c.codes[end][1]
			continue
		}
		out.WriteString(c.single(code, name, named, append(listed, "")))
	}
	out.WriteString(c.text[from:to])
	return out.String()
}

// parameters returns the named parameters of a shortcode, and the others.
func parameters(text string) (named map[string]string, listed []string) {
	named = map[string]string{}
	for _, a := range parameter.FindAllStringSubmatch(text, -1) {
		if value := a[2] + a[3] + a[4]; a[1] == "" {
			listed = append(listed, value)
		} else {
			named[a[1]] = value
		}
	}
	return named, listed
}

// pair converts a pair of shortcodes with the text between them.
func (c *converter) pair(code, name string, named map[string]string, listed []string, inner string) string {
	kind := cmp.Or(named["type"], strings.Join(listed[:min(1, len(listed))], ""))
	switch {
	case name == "highlight":
		return c.hide("```" + kind + "\n" + strings.Trim(inner, "\n") + "\n```")
	case name == "details" || name == "expand" || name == "spoiler":
		return "\n\n" + details(cmp.Or(named["title"], named["summary"], kind, "…"), inner) + "\n\n"
	case slices.Contains([]string{"notice", "alert", "callout", "admonition", "hint"}, name):
		c.changed(c.page, code, "shortcode %s, now an alert", name)
		return alert(cmp.Or(kind, named["color"], named["context"]), named["title"], inner)
	case alerts[name] != "":
		c.changed(c.page, code, "shortcode %s, now an alert", name)
		return alert(name, named["title"], inner)
	case named["id"] != "" && cmp.Or(named["name"], named["title"]) != "":
		c.changed(c.page, code, "shortcode %s, now a section", name)
		return "\n\n### " + cmp.Or(named["name"], named["title"]) + " {#" + slug(name+"-"+named["id"]) + "}\n\n" +
			strings.TrimSpace(inner) + "\n\n"
	}
	heading := cmp.Or(named["name"], named["title"], named["header"])
	c.leftOut(c.page, code, "shortcode %s around a text, which stays", name)
	if heading != "" {
		return "\n\n**" + heading + "**\n\n" + strings.TrimSpace(inner) + "\n\n"
	}
	return inner
}

// single converts a shortcode without content.
func (c *converter) single(code, name string, named map[string]string, listed []string) string {
	switch name {
	case "ref", "relref":
		return listed[0]
	case "figure", "img", "image":
		if address := cmp.Or(named["src"], named["url"], listed[0]); address != "" {
			image := "![" + cmp.Or(named["alt"], named["title"], named["caption"]) + "](" + address
			if named["caption"] != "" {
				image += ` "` + strings.ReplaceAll(named["caption"], `"`, "'") + `"`
			}
			return "\n\n" + image + ")\n\n"
		}
	case "youtube", "vimeo":
		base := map[string]string{"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}[name]
		c.changed(c.page, code, "video, now a link")
		address := base + cmp.Or(named["id"], listed[0])
		return "[" + cmp.Or(named["title"], address) + "](" + address + ")"
	}
	c.leftOut(c.page, code, "shortcode: %s", short(code))
	return ""
}
