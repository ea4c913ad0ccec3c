package article_test

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"helpcenter/site/article"
	"helpcenter/site/articletest"
	"helpcenter/site/diag"
	"helpcenter/site/testsample"
)

// repeat returns a text of about n bytes.
func repeat(s string, n int) string { return strings.Repeat(s, n/len(s)) }

// shapes are texts of about n bytes that cost a Markdown parser more than their look suggests: those known to have
// taken implementations of CommonMark quadratic time, and those that produce much from little.
var shapes = map[string]func(n int) string{
	"quotations":             func(n int) string { return repeat("> ", n) + "a" },
	"quotations, no blanks":  func(n int) string { return repeat(">", n) + "a" },
	"quotations in lines":    func(n int) string { return repeat(strings.Repeat("> ", 30)+"a\n", n) },
	"quotations left":        func(n int) string { return strings.Repeat("> ", 30) + "a\n" + repeat("b\n", n) },
	"lists in a line":        func(n int) string { return repeat("- ", n) + "a" },
	"numbers in a line":      func(n int) string { return repeat("1. ", n) + "a" },
	"lists by tabs":          func(n int) string { return repeat("-\t", n) + "a" },
	"lists by indentation":   stairs,
	"items":                  func(n int) string { return repeat("- a\n", n) },
	"an item left":           func(n int) string { return "- a\n" + repeat("b\n", n) },
	"stars and words":        func(n int) string { return repeat("*a _b ", n) },
	"opened and closed":      func(n int) string { return repeat("*a ", n/3) + repeat("b* ", n/3) + repeat("c** ", n/3) },
	"stars within words":     func(n int) string { return repeat("a**b", n/2) + repeat("c* ", n/2) },
	"stars and underscores":  func(n int) string { return "x" + repeat("*_", n/2) + "a" + repeat("_*", n/2) },
	"stars":                  func(n int) string { return repeat("*", n) + "a" },
	"doubled stars":          func(n int) string { return repeat("**x ", n) },
	"accents between":        func(n int) string { return repeat("è*è_", n) },
	"brackets":               func(n int) string { return repeat("[", n) },
	"brackets, closed":       func(n int) string { return repeat("[", n/2) + repeat("]", n/2) },
	"brackets and words":     func(n int) string { return repeat("[a", n) },
	"links begun":            func(n int) string { return repeat("[a](", n) },
	"links begun at <":       func(n int) string { return repeat("[a](<b", n) },
	"titles begun":           func(n int) string { return repeat(`[a](b "`, n) },
	"links in links":         func(n int) string { return repeat("[", n/4) + "a" + repeat("](b)", n*3/4) },
	"pictures begun":         func(n int) string { return repeat("![", n) },
	"pictures in pictures":   func(n int) string { return repeat("![", n/3) + "a" + repeat("](b)", n*2/3) },
	"definitions":            definitions,
	"definitions, not ended": func(n int) string { return repeat("[a]: b \"c\n", n) },
	"a long label":           func(n int) string { return "[" + repeat("a", n) + "]: b" },
	"columns": func(n int) string {
		return repeat("|", n/3) + "\n" + repeat("|-", n/3) + "\n" + repeat("|", n/3)
	},
	"rows": func(n int) string {
		return strings.Repeat("a|", 60) + "\n" + strings.Repeat("-|", 60) + "\n" + repeat("a\n", n-240)
	},
	"nearly tables":          func(n int) string { return repeat("a|b\n", n) },
	"rules of tables":        func(n int) string { return repeat("-|-\n", n) },
	"longer backticks":       backticks,
	"backticks":              func(n int) string { return repeat("`a``b", n) },
	"comments begun":         func(n int) string { return repeat("a <!-- b ", n) },
	"instructions begun":     func(n int) string { return repeat("a <? ", n) },
	"declarations begun":     func(n int) string { return repeat("a <!A ", n) },
	"CDATA begun":            func(n int) string { return repeat("a <![CDATA[ ", n) },
	"attributes begun":       func(n int) string { return repeat(`a <b c="`, n) },
	"tags begun":             func(n int) string { return repeat("a <b ", n) },
	"addresses begun":        func(n int) string { return repeat("<a:", n) },
	"mailboxes begun":        func(n int) string { return repeat("<a@", n) },
	"references":             func(n int) string { return repeat("&amp;", n) },
	"references begun":       func(n int) string { return repeat("&", n) },
	"numbers begun":          func(n int) string { return repeat("&#", n) },
	"backslashes":            func(n int) string { return repeat(`\`, n) },
	"underlined":             func(n int) string { return repeat("a\n", n) + "===" },
	"underlines":             func(n int) string { return repeat("a\n==\n", n) },
	"headings":               func(n int) string { return repeat("## a\n", n) },
	"attributes of headings": func(n int) string { return "## a " + repeat("{#a}", n) },
	"attributes not ended":   func(n int) string { return "## a " + repeat("{#a ", n) },
	"braces":                 func(n int) string { return "## a " + repeat("{", n) },
	"closing hashes":         func(n int) string { return "## " + repeat("# ", n) },
	"blanks":                 func(n int) string { return "a" + repeat(" ", n) + "b" },
	"tabs":                   func(n int) string { return repeat("\t", n) + "b" },
	"fences":                 func(n int) string { return repeat("```\n", n) },
	"fences in lists":        func(n int) string { return repeat("- ```\n", n) },
	"alerts":                 func(n int) string { return repeat("> [!NOTE]\n", n) },
	"of all":                 func(n int) string { return repeat("* [`<![a*_&", n) },
	"invisible":              func(n int) string { return repeat("\u202e", n) },
}

func stairs(n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		b.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return b.String()
}

func definitions(n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n/2; i++ {
		fmt.Fprintf(&b, "[a%d]: b.md\n", i)
	}
	return b.String() + repeat("[a9] ", n/2)
}

func backticks(n int) string {
	var b strings.Builder
	for i := 1; b.Len() < n; i++ {
		b.WriteString("e" + strings.Repeat("`", i))
	}
	return b.String()
}

// parseTime returns the CPU time that parsing a text takes, the least of several runs. It stops early once that is
// at most enough.
func parseTime(text string, times int, enough time.Duration) (best time.Duration, found []diag.Finding) {
	best = math.MaxInt64
	for ; times > 0 && best > enough; times-- {
		began := cpuTime()
		_, found = parse(text)
		best = min(best, cpuTime()-began)
	}
	return best, found
}

// cpuTime returns the CPU time that this process has used, whatever else the machine was doing.
func cpuTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// Whatever its shape, a text within the limits parses in at most some times what as much prose takes: no shape
// takes time quadratic in its whole length.
func TestNoShapeIsSlow(t *testing.T) {
	const length, block, limit = article.MaxArticle - 4096, article.MaxBlock - 1024, 200
	prose, _ := parseTime(repeat("The quick brown fox jumps over the lazy dog.\n\n", length), 20, 0)
	for _, name := range testsample.Of(slices.Sorted(maps.Keys(shapes)), 8) {
		shape := shapes[name]
		for _, text := range []string{shape(length), repeat(shape(block)+"\n\n", length)} {
			took, found := parseTime(text, 5, limit*prose)
			if took > limit*prose {
				t.Errorf("%s: %d bytes take %s, prose %s: %.0f times as long", name, len(text), took, prose,
					float64(took)/float64(prose))
			}
			if len(found) > 0 && found[0].Line == 0 {
				t.Errorf("%s: %v does not say where", name, found[0])
			}
		}
	}
}

// Texts that are too large are refused with a finding at their place.
func TestTooLarge(t *testing.T) {
	lines := func(n int, line string) string { return strings.Repeat(line+"\n", n) }
	for name, test := range map[string]struct {
		text string
		line int // of the finding, not counting the five before the text
	}{
		"a quotation":        {"Text.\n\n" + strings.Repeat(">", article.MaxNesting+1) + " a", 3},
		"a list":             {strings.Repeat("- ", article.MaxNesting+1) + "a", 1},
		"a mixture":          {strings.Repeat("> 1. * ", article.MaxNesting/2) + "a", 1},
		"a block":            {"Text.\n\n" + lines(article.MaxBlock/10+1, "text text"), 3},
		"a table":            {"a|b|c\n-|-|-\n" + lines(article.MaxCells/3, "||"), 1},
		"columns":            {strings.Repeat("|a", article.MaxCells/2) + "\n" + strings.Repeat("|-", article.MaxCells/2), 1},
		"brackets":           {"Text.\n\n" + lines(article.MaxBrackets/10+1, strings.Repeat("[a]", 10)), 3},
		"headings":           {strings.Repeat("## A\n\n", article.MaxHeadings+1), 0},
		"a destination":      {"[a](https://x.test/" + strings.Repeat("b", article.MaxAddress) + ")", 1},
		"one from reference": {"Text.\n\n[a]\n\n[a]: https://x.test/" + strings.Repeat("b", article.MaxAddress), 3},
	} {
		_, found := parse(test.text)
		if !article.HasRule(found, "too-large") || test.line > 0 && found[0].Line != test.line+5 {
			t.Errorf("%s: found %.200v", name, found)
		}
	}
	at := map[string]string{
		"an article":    articletest.Article(strings.Repeat("a\n\n", article.MaxArticle/3)),
		"front matter":  "+++\ntitle = \"" + strings.Repeat("a", article.MaxFront) + "\"\n+++\n",
		"a front array": "+++\nrelated = [" + strings.Repeat("\"a/b/c\",", article.MaxFront/8) + "]\n+++\n",
	}
	for name, text := range at {
		if _, found := article.Parse("content/"+articletest.Page, []byte(text)); !article.HasRule(found, "too-large") {
			t.Errorf("%s: found %.200v", name, found)
		}
	}
}

// What is written once and shown in thousands of places does not exceed the limit on HTML. Only reference
// definitions could.
func TestNothingExpands(t *testing.T) {
	for name, text := range map[string]string{
		"a destination": "[a]: https://x.test/" + strings.Repeat("&", article.MaxAddress-100) + "\n\n" +
			repeat("[a]\n\n", article.MaxArticle-8192),
		"a title": "[a]: https://x.test/ '" + repeat("&amp;&quot;", article.MaxBlock-100) + "'\n\n" +
			repeat("[a]\n\n", article.MaxArticle/2),
		"a section's name": "[a]: #" + strings.Repeat("b", article.MaxAddress-100) + "\n\n" +
			repeat("[a]\n\n", article.MaxArticle-8192),
		"a refused destination": "[a]: javascript:" + strings.Repeat("b", article.MaxAddress-100) + "\n\n" +
			repeat("[a]\n\n", article.MaxArticle-8192),
		"a picture": "[a]: x.svg '" + strings.Repeat("b", article.MaxBlock-100) + "'\n\n" +
			repeat("![a]\n\n", article.MaxArticle/2),
		"all in one block's size": "[a]: https://x.test/ '" + strings.Repeat("b", article.MaxBlock-100) + "'\n\n" +
			repeat("[a] ", 4*article.MaxBrackets),
	} {
		a, found := parse(text)
		size := 0
		for _, l := range a.Links {
			size += len(l.Dest)
		}
		for _, f := range found {
			size += len(f.Message)
		}
		if len(a.Body.HTML) > article.MaxHTML+article.MaxArticle || size > 4*article.MaxHTML {
			t.Errorf("%s: %d bytes of HTML, %d of links and findings, of %d", name, len(a.Body.HTML), size, len(text))
		}
		if !article.HasRule(found, "too-large") {
			t.Errorf("%s: found %.200v", name, found)
		}
	}
}
