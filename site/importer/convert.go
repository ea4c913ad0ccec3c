package importer

import (
	"cmp"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/civil"
	"helpcenter/site/diag"
	"helpcenter/site/invisible"
	"helpcenter/site/lint"
)

// A converter converts the text of a page into the Markdown of articles.
type converter struct {
	*importer
	*page
	depth int // nesting depth of the element being converted
}

// A heading is a heading of a converted text.
type heading struct {
	line  int
	level int
	text  string
	id    string
}

// convert sets the text of a page and its headings, with ids of their own.
func (im *importer) convert(p *page) {
	c := converter{importer: im, page: p}
	text := p.body
	if p.html {
		text = c.toMarkdown(text)
	}
	text = c.mask(text)
	text = c.shortcodes(text)
	text = c.admonitions(text)
	text = c.tags(text)
	p.text = c.headings(c.dropTitle(text))
	p.setIDs(nil)
}

// The characters around the number of a masked piece. No keyboard types them.
const maskStart, maskEnd = "\ue000", "\ue001"

var (
	comment   = regexp.MustCompile(`(?s)<!--.*?-->|\{/\*.*?\*/\}`)
	autolink  = regexp.MustCompile(`<(?:https?://[^\s<>]+|mailto:[^\s<>]+|[\w.+-]+@[\w-]+\.[\w.-]+)>`)
	codeSpan  = regexp.MustCompile("``[^\n]*?[^`]``|`[^`]+`")
	fence     = regexp.MustCompile("^[ \t>]*(```+|~~~+)")
	fenceInfo = regexp.MustCompile("^([ \t>]*(?:```+|~~~+)[ \t]*)([\\w+#-]*)[^\n]*")
	maskForm  = regexp.MustCompile(maskStart + `(\d+)` + maskEnd)
)

// hide returns a mark that stands for a piece until unmask.
func (c *converter) hide(piece string) string {
	c.masked = append(c.masked, piece)
	return fmt.Sprintf("%s%d%s", maskStart, len(c.masked)-1, maskEnd)
}

// mask hides code and automatic links, and removes comments.
func (c *converter) mask(text string) string {
	var out, block strings.Builder
	open := ""
	for line := range strings.Lines(text) {
		m := fence.FindStringSubmatch(line)
		switch {
		case open == "" && m != nil:
			open = m[1]
			block.WriteString(fenceInfo.ReplaceAllString(line, "$1$2")) // without titles and marked lines
		case open != "" && m != nil && strings.HasPrefix(m[1], open) && strings.Trim(strings.TrimSpace(line), "`~> ") == "":
			block.WriteString(line)
			out.WriteString(c.hide(strings.TrimSuffix(block.String(), "\n")) + "\n")
			block.Reset()
			open = ""
		case open != "":
			block.WriteString(line)
		default:
			out.WriteString(line)
		}
	}
	if open != "" { // not closed: the block goes on to the end
		out.WriteString(c.hide(block.String()+strings.Trim(open, " \t>")) + "\n")
	}
	text = comment.ReplaceAllString(out.String(), "")
	text = codeSpan.ReplaceAllStringFunc(text, c.hide)
	return autolink.ReplaceAllStringFunc(text, c.hide)
}

func (p *page) unmask(text string) string {
	for maskForm.MatchString(text) {
		text = maskForm.ReplaceAllStringFunc(text, func(sign string) string {
			var n int
			fmt.Sscanf(maskForm.FindStringSubmatch(sign)[1], "%d", &n)
			return p.masked[n]
		})
	}
	return text
}

// alerts maps the alerts of other tools to those of this program.
var alerts = map[string]string{
	"note": "NOTE", "info": "NOTE", "seealso": "NOTE", "abstract": "NOTE", "summary": "NOTE", "todo": "NOTE",
	"quote": "NOTE",
	"tip":   "TIP", "hint": "TIP", "success": "TIP", "check": "TIP", "example": "EXAMPLE", "important": "IMPORTANT",
	"warning": "WARNING", "attention": "WARNING", "question": "NOTE", "bug": "WARNING", "caution": "CAUTION",
	"danger": "CAUTION", "error": "CAUTION", "failure": "CAUTION", "secondary": "NOTE", "alert": "WARNING",
	"notice": "NOTE", "callout": "NOTE", "admonition": "NOTE", "primary": "NOTE",
}

// alert returns an alert, given its kind in another tool.
func alert(kind, title, text string) string {
	text = strings.TrimSpace(dedent(text))
	if title = strings.TrimSpace(title); title != "" {
		text = "**" + title + "**\n\n" + text
	}
	return "\n\n" + quote("[!"+cmp.Or(alerts[strings.ToLower(kind)], "NOTE")+"]\n"+text) + "\n\n"
}

// quote puts > before each line.
func quote(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight("> "+line, " ")
	}
	return strings.Join(lines, "\n")
}

// dedent removes the indentation that all lines share.
func dedent(text string) string {
	lines, least := strings.Split(text, "\n"), -1
	for _, line := range lines {
		indent := len(line) - len(strings.TrimLeft(line, " "))
		if strings.TrimSpace(line) != "" && (least < 0 || indent < least) {
			least = indent
		}
	}
	for i, line := range lines {
		lines[i] = line[min(max(least, 0), len(line)-len(strings.TrimLeft(line, " "))):]
	}
	return strings.Join(lines, "\n")
}

var (
	colons = regexp.MustCompile(`(?ms)^([ \t]*):::+ *(\w+)` +
		`(?:\[([^\]\n]*)\]|[ \t]+([^\n]*))?[ \t]*\n(.*?)^[ \t]*:::+[ \t]*$`)
	bangs = regexp.MustCompile(`(?m)^(!!!|\?\?\?\+?)[ \t]+([\w-]+)(?:[ \t]+"([^"\n]*)")?[^\n]*\n` +
		`((?:(?: {4}|\t)[^\n]*\n?|[ \t]*\n)*)`)
	jsx    = regexp.MustCompile(`(?m)^(?:import|export)\s[^\n]*(?:from\s*['"]|=)[^\n]*\n`)
	liquid = regexp.MustCompile(`\{%[^\n]*?%\}|\{:[^\n}]*\}`)
)

// admonitions converts the alerts of Docusaurus (:::) and of MkDocs (!!!, ???).
func (c *converter) admonitions(text string) string {
	for range 4 { // they may be nested
		text = colons.ReplaceAllStringFunc(text, func(block string) string {
			m := colons.FindStringSubmatch(block)
			c.changed(c.page, block, "admonition :::%s, now an alert", m[2])
			return alert(m[2], m[3]+m[4], m[5])
		})
	}
	text = bangs.ReplaceAllStringFunc(text, func(block string) string {
		m := bangs.FindStringSubmatch(block)
		inner := dedent(strings.ReplaceAll(m[4], "\t", "    "))
		if strings.HasPrefix(m[1], "???") {
			c.changed(c.page, block, "block %s, now <details>", m[1])
			return "\n\n" + details(cmp.Or(m[3], title(m[2])), inner) + "\n\n"
		}
		c.changed(c.page, block, "admonition !!! %s, now an alert", m[2])
		return alert(m[2], m[3], inner)
	})
	drop := func(what string) func(string) string {
		return func(piece string) string {
			c.leftOut(c.page, piece, "%s: %s", what, short(piece))
			return ""
		}
	}
	text = jsx.ReplaceAllStringFunc(text, drop("a line of a script"))
	return liquid.ReplaceAllStringFunc(text, drop("a tag of a template language"))
}

func details(title, text string) string {
	return "<details><summary>" + title + "</summary>\n\n" + strings.TrimSpace(text) + "\n\n</details>"
}

var (
	atx      = regexp.MustCompile(`^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$`)
	setext   = regexp.MustCompile(`^ {0,3}(=+|-{2,})[ \t]*$`)
	ownID    = regexp.MustCompile(`[ \t]*\\?\{ *#([\w.:-]+)[^}\n]*\}[ \t]*$`)
	notTitle = regexp.MustCompile(`^[ \t]*$|^[ \t]*(?:[-*+>|#]|\d+[.)][ \t])|^ {4}|` + maskStart)
)

// dropTitle removes the first heading if it is the title, which pages show themselves.
func (c *converter) dropTitle(text string) string {
	c.title, _ = c.front["title"].(string)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		m := atx.FindStringSubmatch(line)
		if m == nil && strings.TrimSpace(line) == "" {
			continue
		}
		if m != nil && len(m[1]) == 1 {
			own := plainText(c.unmask(ownID.ReplaceAllString(m[2], "")))
			if c.title == "" || strings.EqualFold(own, c.title) {
				c.title = own
				return strings.Join(lines[i+1:], "\n")
			}
		}
		break
	}
	if c.title == "" {
		c.title = title(c.name)
		c.changed(c.page, "", "no title; it is made of the file's name")
	}
	return text
}

// headings finds the headings of a text and writes them in one form, with the highest at level two.
func (c *converter) headings(text string) string {
	var lines []string
	c.page.headings = nil
	add := func(level int, text string) {
		h := heading{line: len(lines), level: level, text: strings.TrimSpace(text)}
		if m := ownID.FindStringSubmatch(h.text); m != nil {
			h.id, h.text = m[1], strings.TrimSpace(strings.TrimSuffix(h.text, m[0]))
		}
		c.page.headings = append(c.page.headings, h)
		lines = append(lines, "")
	}
	for line := range strings.SplitSeq(text, "\n") {
		last := len(lines) - 1
		m := setext.FindStringSubmatch(line)
		isTitle := m != nil && last >= 0 && !notTitle.MatchString(lines[last]) && lines[last] != "" &&
			(last == 0 || strings.TrimSpace(lines[last-1]) == "")
		switch h := atx.FindStringSubmatch(line); {
		case isTitle:
			title := lines[last]
			lines = lines[:last]
			add(map[byte]int{'=': 1, '-': 2}[m[1][0]], title)
		case h != nil && strings.TrimSpace(h[2]) != "":
			add(len(h[1]), h[2])
		case h != nil: // an empty heading
		default:
			lines = append(lines, line)
		}
	}
	highest := 6
	for _, h := range c.page.headings {
		highest = min(highest, h.level)
	}
	for i := range c.page.headings {
		h := &c.page.headings[i]
		h.level = min(6, h.level+2-highest)
		h.text = c.unmask(h.text)
	}
	return strings.Join(lines, "\n")
}

// setIDs writes the headings into the text. Their ids are those given, by index, and otherwise the page's own.
func (p *page) setIDs(given map[int]string) {
	taken := map[string]bool{}
	for _, id := range given {
		taken[id] = true
	}
	p.anchors = map[string]string{}
	lines := strings.Split(p.text, "\n")
	seen := map[string]int{}
	for i := range p.headings {
		h := &p.headings[i]
		plain := plainText(h.text)
		anchor := anchorOf(plain)
		if seen[anchor]++; seen[anchor] > 1 {
			anchor = fmt.Sprintf("%s-%d", anchor, seen[anchor]-1)
		}
		id := given[i]
		if id == "" {
			id = free(taken, slug(cmp.Or(h.id, plain)))
		}
		for _, old := range []string{anchor, strings.ToLower(h.id), slug(plain)} {
			if old != "" && p.anchors[old] == "" {
				p.anchors[old] = id
			}
		}
		lines[h.line] = fmt.Sprintf("%s %s {#%s}", strings.Repeat("#", h.level), h.text, id)
	}
	p.text = strings.Join(lines, "\n")
}

// anchorOf returns the anchor that most tools make from a heading.
func anchorOf(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case r == ' ' || r == '-':
			b.WriteByte('-')
		case r == '_' || r > 0x7f && r != '’' && r != '“' && r != '”' && r != '–' && r != '—':
			b.WriteRune(r)
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		}
	}
	return b.String()
}

var (
	markLink = regexp.MustCompile(`!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])`)
	marks    = strings.NewReplacer("*", "", "`", "", "~~", "", "\\", "", "<br>", " ", "<sup>", "", "</sup>", "",
		"<sub>", "", "</sub>", "", "<kbd>", "", "</kbd>", "", "<mark>", "", "</mark>", "")
)

// plainText returns a line of Markdown without its markup.
func plainText(line string) string {
	return strings.Join(strings.Fields(html.UnescapeString(marks.Replace(markLink.ReplaceAllString(line, "$1")))), " ")
}

// align gives the sections of translations the ids of their source's.
func (im *importer) align() {
	for _, p := range im.pages {
		source := im.other(p, im.site.language)
		if p.stub || source == nil || source.stub || source == p {
			continue
		}
		mine, theirs := im.parse(p), im.parse(source)
		given := map[int]string{}
		if len(mine.Sections) == len(p.headings) && len(theirs.Sections) == len(source.headings) {
			for _, pair := range lint.Align(mine, theirs) {
				given[pair[0]] = theirs.Sections[pair[1]].ID
			}
		}
		if n := len(p.headings) - len(given); n > 0 {
			im.report.Changed = append(im.report.Changed, note{p.file, 0,
				fmt.Sprintf("%d of %d sections have no sure counterpart in the original, so they keep ids of their own",
					n, len(p.headings))})
		}
		p.setIDs(given)
	}
}

// parse reads a converted page as an article.
func (im *importer) parse(p *page) *article.Content {
	a, _ := article.Parse("content/"+p.target(), im.article(p))
	return a
}

// article returns the text of the article made from a page.
func (im *importer) article(p *page) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = %s\ndescription = %s\nupdated = %s\n", tomlString(p.title),
		tomlString(im.description(p)), im.updated(p))
	if p.slug != p.name {
		fmt.Fprintf(&b, "slug = %q\n", p.slug)
	}
	if draft, _ := p.front["draft"].(bool); draft {
		b.WriteString("draft = true\n")
	}
	b.WriteString("+++\n\n" + blanks.ReplaceAllString(strings.TrimSpace(p.unmask(p.text)), "\n\n") + "\n")
	return []byte(b.String())
}

var blanks = regexp.MustCompile(`\n(?:[ \t]*\n){2,}`)

// tomlString returns a text as a TOML string on one line.
func tomlString(text string) string {
	text = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || invisible.Invisible(r) {
			return ' '
		}
		return r
	}, text)), " ")
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// description returns the description in the front matter, or else the first sentence.
func (im *importer) description(p *page) string {
	for _, key := range []string{"description", "summary", "excerpt"} {
		if own, _ := p.front[key].(string); strings.TrimSpace(own) != "" {
			return own
		}
	}
	for paragraph := range strings.SplitSeq(p.text, "\n\n") {
		text := plainText(strings.TrimSpace(paragraph))
		if text == "" || strings.ContainsAny(text[:1], "#>|-!<{[(0123456789:") {
			continue
		}
		for _, m := range sentenceEnd.FindAllStringIndex(text, -1) {
			if m[0] > 8 && m[0] < 200 {
				return text[:m[0]+1]
			}
		}
		if runes := []rune(text); len(runes) > 160 {
			return string(runes[:160]) + "…"
		}
		return text
	}
	return p.title
}

var sentenceEnd = regexp.MustCompile(`[.!?](?:\s|$)`)

// updated returns the day in the front matter, or that of the last change in the history, or today.
func (im *importer) updated(p *page) civil.Date {
	last, _ := p.front["last_update"].(map[string]any)
	for _, value := range []any{p.front["lastmod"], last["date"], p.front["updated"], p.front["date"]} {
		text := fmt.Sprint(value)
		if day, err := civil.ParseDate(text[:min(len(text), len("2006-01-02"))]); err == nil {
			return day
		}
	}
	if im.History != nil {
		if day, ok := im.History.Changed(p.file); ok {
			return day
		}
	}
	return im.Day
}

// known lists the keys of front matter that an import understands.
var known = []string{
	"title", "description", "summary", "excerpt", "slug", "url", "permalink", "aliases", "redirect_from", "draft", "date",
	"lastmod", "last_update", "updated", "lang", "untranslated", "id", "html", "layout",
}

// frontLeftOut reports the keys of front matter that are left out.
func (im *importer) frontLeftOut(p *page) {
	var keys []string
	for key := range p.front {
		if !slices.Contains(known, key) {
			keys = append(keys, key)
		}
	}
	if slices.Sort(keys); len(keys) > 0 {
		im.report.LeftOut = append(im.report.LeftOut, note{p.file, 1, "front matter: " + diag.List(keys)})
	}
}
