package site_test

import (
	"cmp"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"

	"helpcenter/site"
	"helpcenter/site/library"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
)

// A hand writes numbered texts, each with the given ending.
type hand struct {
	ending string
	count  int
}

// harmless and hostile are the endings of the two hands. The second closes whatever it may stand in: HTML, XML,
// JSON, JavaScript or a template.
const (
	harmless = " fine"
	hostile  = " fine\"'`>--></title></script></style></textarea><script>alert(1)</script><x onx=1 style=y>{{.}}" +
		"{{template `x`}}${x}&lt;b&gt;]]>\\"
)

func (h *hand) text() string {
	h.count++
	return fmt.Sprintf("canary%dx%s", h.count, h.ending)
}

// quoted returns a text as a TOML string, and by one in both languages.
func (h *hand) quoted() string { return tomlString(h.text()) }
func (h *hand) by() string     { return fmt.Sprintf("{ en = %s, it = %s }", h.quoted(), h.quoted()) }

func tomlString(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// markdown returns a text with every Markdown mark escaped.
func (h *hand) markdown() string {
	return escaped(h.text())
}

func escaped(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune("\\`*_{}[]()#+-.!|<>&\"'$~:", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// site returns a site.toml with a text wherever one may stand.
func (h *hand) site() string {
	link := func(of string) string { return tomlString("https://" + of + ".test/?q=" + url.QueryEscape(h.ending)) }
	return fmt.Sprintf(`base_url = "https://help.test/base/"
default_language = "en"
timezone = "Europe/Rome"
[[language]]
tag = "it"
name = %s
[[language]]
tag = "en"
name = %s
[[group]]
id = "streets"
name = %s
[[product]]
id = "city"
group = "streets"
name = %s
summary = %s
[[category]]
id = "parking"
name = %s
section = %s
[[notice]]
severity = "outage"
from = 2026-11-20T08:00:00Z
until = 2026-12-22T08:00:00Z
text = %s
link = %s
[[help]]
id = "contact"
name = %s
link = %s
[[link]]
place = "footer"
name = %s
link = %s
[[link]]
place = "header"
name = %s
link = %[13]s
[[link]]
place = "account"
name = %s
link = %[13]s
`, h.quoted(), h.quoted(), h.by(), h.by(), h.by(), h.by(), h.by(), h.by(), link("notice"), h.by(), link("help"), h.by(),
		link("link"), h.by(), h.by())
}

// article returns an article with a text wherever one may stand.
func (h *hand) article() string {
	return fmt.Sprintf("+++\ntitle = %s\ndescription = %s\nupdated = 2025-03-03\naliases = [\"city/parking/old\"]\n"+
		"checker = \"may-i-park\"\n+++\n\n"+
		"%s\n\n## %s {#which}\n\n%s\n\n    %s\n\n```\n%s\n```\n\n> [!NOTE]\n> %s\n\n## %s {#needed}\n\n| %s |\n|---|\n"+
		"| %s |\n\n"+"[%s](https://a.test/?%s \"%s\")\n\n```values may-i-park zone yes\n```\n", h.quoted(), h.quoted(),
		h.markdown(), h.markdown(), h.markdown(), h.text(), h.text(), h.markdown(), h.markdown(), h.markdown(), h.markdown(),
		h.markdown(), url.QueryEscape(h.ending), h.markdown())
}

// words gives every message of the parking site the ending of the hand as far as messages allow: braces are for
// placeholders.
func (h *hand) words(files fstest.MapFS, set *ruleset.Set) {
	markdown := map[string]bool{}
	for _, id := range set.IDs() {
		for _, version := range set.Versions(id) {
			for _, m := range version.Messages() {
				markdown[m.ID] = m.Markdown
			}
		}
	}
	for _, name := range []string{"active.en.toml", "active.it.toml", "interface.en.toml", "interface.it.toml"} {
		var b strings.Builder
		of := "" // the message whose forms follow
		for line := range strings.Lines(string(files[name].Data)) {
			key, value, ok := strings.Cut(strings.TrimSpace(line), " = ")
			if !ok {
				of = strings.Trim(key, `[]"`)
			}
			id := cmp.Or(of, strings.Trim(key, `"`))
			var text string
			ending := strings.NewReplacer("{", "(", "}", ")").Replace(h.ending)
			if markdown[id] {
				ending = escaped(ending)
			}
			switch {
			case key == "hash":
				continue // the hash is of another text now
			case ok && !strings.HasPrefix(id, "date.") && !strings.HasPrefix(id, "list.") &&
				json.Unmarshal([]byte(value), &text) == nil:
				line = key + " = " + tomlString(text+ending) + "\n"
			}
			b.WriteString(line)
		}
		files[name] = &fstest.MapFile{Data: []byte(b.String())}
	}
}

// written returns the parking site with all its texts written by a hand, and how many there are.
func written(t *testing.T, ending string) (*site.Site, int) {
	t.Helper()
	h := &hand{ending: ending}
	files, tables := sitetest.ParkingFiles()
	for name, text := range map[string]func() string{"site.toml": h.site, "en/city/parking/permits.md": h.article} {
		files[name] = &fstest.MapFile{Data: []byte(text())}
	}
	h.count = 100
	files["it/city/parking/permits.md"] = &fstest.MapFile{Data: []byte(h.article())}
	lib, found := library.Load(fs.FS(files))
	sitetest.FailOnFindings(t, found)
	set := sitetest.MustRules(t, tables)
	words := sitetest.ParkingWords(t, set)
	h.words(words, set)
	catalog, found := locale.Load(words, []string{"it", "en"}, "en")
	sitetest.FailOnFindings(t, found)
	s, found := site.New(site.Input{Library: lib, Words: catalog, Rules: set, Now: sitetest.ParkingDay})
	sitetest.FailOnFindings(t, found)
	return s, h.count
}

// skeleton returns everything in an HTML text except what readers read: tags with the names of their attributes,
// comments and the document type. Scripts that hold data are read as JSON, others are kept as they are.
func skeleton(t *testing.T, where, text string) string {
	t.Helper()
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(text))
	for in := ""; ; {
		switch kind, token := z.Next(), z.Token(); kind {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			if in == "script" && !json.Valid([]byte(token.Data)) || in == "style" {
				t.Errorf("%s: a script or a style with %q", where, token.Data)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			in = token.Data
			b.WriteString("<" + token.Data)
			for _, a := range token.Attr {
				b.WriteString(" " + a.Key)
				if a.Key == "href" || a.Key == "src" || a.Key == "action" {
					scheme, _, _ := strings.Cut(a.Val, "/")
					b.WriteString("=" + scheme)
				}
			}
			b.WriteString(">\n")
		default:
			in = ""
			b.WriteString(token.String() + "\n")
		}
	}
}

// xmlSkeleton is like skeleton for XML, which must be well-formed.
func xmlSkeleton(t *testing.T, where, text string) string {
	t.Helper()
	var b strings.Builder
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		token, err := d.Token()
		if err == io.EOF {
			return b.String()
		}
		if err != nil {
			t.Errorf("%s: %v", where, err)
			return ""
		}
		if e, ok := token.(xml.StartElement); ok {
			b.WriteString(e.Name.Local)
			for _, a := range e.Attr {
				b.WriteString(" " + a.Name.Local)
			}
			b.WriteByte('\n')
		}
	}
}

// rendered returns Markdown as HTML, without its front matter.
func rendered(t *testing.T, text string) string {
	t.Helper()
	if front, ok := strings.CutPrefix(text, "---\n"); ok {
		_, text, _ = strings.Cut(front, "\n---\n")
	}
	var b strings.Builder
	if err := goldmark.New(goldmark.WithExtensions(extension.Table)).Convert([]byte(text), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// titles matches the checkers that embed.js lists.
var titles = regexp.MustCompile(`checkers = (.*)`)

// However writers' texts end, no file of the site gets another tag, attribute or script, and every text is
// there as it was written.
func TestWritersInjectNothing(t *testing.T) {
	good, _ := written(t, harmless)
	bad, count := written(t, hostile)
	want := allFiles(t, good)
	var seen strings.Builder
	for name, text := range allFiles(t, bad) {
		switch {
		case strings.HasPrefix(name, site.IndexFolder):
			seen.WriteString(text)
			continue
		case strings.HasSuffix(name, ".html"):
			if is, was := skeleton(t, name, text), skeleton(t, name, want[name]); is != was {
				t.Errorf("%s is another page: %s", name, firstDifference(is, was))
			}
			seen.WriteString(html.UnescapeString(text))
		case strings.HasSuffix(name, ".xml"):
			if is, was := xmlSkeleton(t, name, text), xmlSkeleton(t, name, want[name]); is != was {
				t.Errorf("%s is another file: %s", name, firstDifference(is, was))
			}
		case strings.HasSuffix(name, ".md"), strings.HasSuffix(name, "/llms.txt"), name == "llms.txt":
			if is, was := skeleton(t, name, rendered(t, text)), skeleton(t, name, rendered(t, want[name])); is != was {
				t.Errorf("%s is another text: %s", name, firstDifference(is, was))
			}
		case strings.HasSuffix(name, ".json"):
			if !json.Valid([]byte(text)) {
				t.Errorf("%s is not JSON", name)
			}
		case name == "embed.js": // the titles of checkers, as JSON
			if is, was := titles.ReplaceAllString(text, ""), titles.ReplaceAllString(want[name], ""); is != was {
				t.Errorf("%s is another script: %s", name, firstDifference(is, was))
			}
			if list := titles.FindStringSubmatch(text); list == nil || !json.Valid([]byte(list[1])) {
				t.Errorf("%s does not list checkers as JSON", name)
			}
		case strings.HasSuffix(name, "llms-full.txt"): // the files above
		case text != want[name]:
			t.Errorf("%s depends on what writers write", name)
		}
	}
	shown := 0
	for i := range count {
		mark := fmt.Sprintf("canary%dx", i+1)
		if strings.Contains(seen.String(), mark) {
			shown++
			if !strings.Contains(seen.String(), mark+hostile) {
				t.Errorf("text %d is not there as it was written", i+1)
			}
		}
	}
	if shown < 40 {
		t.Errorf("only %d texts are shown", shown)
	}
}

func allFiles(t *testing.T, s *site.Site) map[string]string {
	t.Helper()
	files := map[string]string{}
	for name, data := range sitetest.PublishedFiles(t, s) {
		if !strings.HasPrefix(name, "assets/") {
			files[name] = string(data)
		}
	}
	for _, l := range s.Library.Site.Languages {
		files[l.Tag+"/failure.html"] = string(s.Failure(l.Tag))
	}
	return files
}

func firstDifference(is, was string) string {
	a, b := strings.Split(is, "\n"), strings.Split(was, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("%q instead of %q", a[i], b[i])
		}
	}
	return fmt.Sprintf("%d tags instead of %d", len(a), len(b))
}

// Whatever a reader sends, the answer contains none of its tags and has the same status as for harmless words.
func TestReadersInjectNothing(t *testing.T) {
	h := server.Handler(sitetest.Parking(t))
	in := url.QueryEscape
	for _, test := range []struct{ name, method, path, body string }{
		{"query", "GET", "/base/it/search/?q=%s", ""},
		{"query that is corrected", "GET", "/base/en/search/?q=permitts+%s", ""},
		{"product", "GET", "/base/it/search/?q=x&product=%s", ""},
		{"kind", "GET", "/base/it/search/?q=x&kind=%s", ""},
		{"name of a parameter", "GET", "/base/it/search/?q=x&%s=1", ""},
		{"query of a page", "GET", "/base/it/?%s", ""},
		{"path", "GET", "/base/it/%s/", ""},
		{"path near an article", "GET", "/base/it/city/parking/permitss%s/", ""},
		{"value of a fact", "GET", "/base/it/may-i-park/permit=%s/", ""},
		{"fact", "GET", "/base/it/may-i-park/%s=none/", ""},
		{"renewal", "GET", "/base/it/may-i-park/permit=visitor/zone=centre/?renewal=%s", ""},
		{"language", "GET", sitetest.ParkingAPI + "?lang=%s", ""},
		{"checker", "GET", sitetest.ParkingAPI + "/%s", ""},
		{"fact of the interface", "GET", sitetest.ParkingAPI + "/may-i-park/decision?%s=x", ""},
		{"value of the interface", "GET", sitetest.ParkingAPI + "/may-i-park/decision?permit=%s", ""},
		{"day", "GET", sitetest.ParkingAPI + "/may-i-park/decision?on=%s", ""},
		{"calendar", "GET", sitetest.ParkingAPI + "/may-i-park/deadline.ics?renewal=%s", ""},
		{"address of the interface", "GET", "/base/api/%s", ""},
		{"batch", "POST", sitetest.ParkingAPI + "/may-i-park/decisions", `[{"permit":%s}]`},
		{"method", "SUBSCRIBE", "/base/it/", ""},
		{"method of the interface", "SUBSCRIBE", sitetest.ParkingAPI, ""},
	} {
		ask := func(text string) *http.Response {
			path, body := test.path, test.body
			if strings.Contains(path, "%s") {
				path = fmt.Sprintf(path, strings.ReplaceAll(in(text), "+", "%20"))
			}
			if body != "" {
				quoted, _ := json.Marshal(text)
				body = fmt.Sprintf(body, quoted)
			}
			lines := []string{
				"Host: " + text,
				"X-Forwarded-Host: " + text,
				"X-Forwarded-Proto: " + text,
				"X-Forwarded-For: " + text,
				"Forwarded: host=" + text,
				"Accept-Language: " + text,
				"Accept: " + text,
				"Accept-Encoding: " + text,
				"Referer: " + text,
				"User-Agent: " + text,
				"Cookie: " + text,
				"Range: " + text,
				"If-None-Match: " + text,
			}
			return sitetest.RequestWith(h, test.method, path, body, text, lines...)
		}
		is, was := ask("zzyzx"+hostile), ask("zzyzx"+harmless)
		body := string(sitetest.Read(t, is))
		if is.StatusCode != was.StatusCode || is.StatusCode >= 500 {
			t.Errorf("%s: status %d instead of %d", test.name, is.StatusCode, was.StatusCode)
		}
		switch mediaType := is.Header.Get("Content-Type"); {
		case strings.HasPrefix(mediaType, "text/html"):
			if tags := skeleton(t, test.name, body); strings.Contains(tags, "<x") || strings.Contains(tags, " onx") ||
				strings.Contains(tags, " style") {
				t.Errorf("%s: the page has tags of the reader's: %s", test.name, tags)
			}
		case strings.Contains(mediaType, "json"):
			if !json.Valid([]byte(body)) || is.Header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("%s: %s", test.name, body)
			}
		case strings.Contains(body, "<x onx"):
			t.Errorf("%s: %s: %s", test.name, mediaType, body)
		}
		for name, values := range is.Header {
			if slices.ContainsFunc(values, func(v string) bool {
				return strings.ContainsAny(v, "<>\r\n") || strings.Contains(v, "zzyzx") && name != "Location"
			}) {
				t.Errorf("%s: the header %s is %q", test.name, name, values)
			}
		}
	}
}
