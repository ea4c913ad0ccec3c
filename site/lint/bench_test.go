package lint

import (
	"strings"
	"testing"
)

// BenchmarkRun judges the shipped site.
func BenchmarkRun(b *testing.B) {
	in, _ := load(shipped)
	l := New(in)
	size := 0
	for _, a := range in.Library.Articles {
		size += len(a.Read().Body.HTML)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		l.Run()
	}
}

// BenchmarkArticle judges the longest article in both languages, as the preview does on every save.
func BenchmarkArticle(b *testing.B) {
	in, _ := load(shipped)
	l := New(in)
	for b.Loop() {
		l.Article("goto-meeting/billing/cancel-subscription")
	}
}

// FuzzArticle judges arbitrary Markdown as an article, beside a translation with the same bytes: no text stops the
// linter, and all findings are within the file.
func FuzzArticle(f *testing.F) {
	s := base(f)
	for name, text := range s {
		if _, body, ok := cut(name, text); ok {
			f.Add(body)
		}
	}
	for _, seed := range []string{"**a **__b__** c** > d", "1. Apri\n   1. Si sceglie\n2. Aprire",
		"![a](../../../images/page.svg \"b\")", "| a |\n|--|\n| 3/4/25 |",
		"> [!NOTE]\n> - a\n>   1. b [c](#d)",
		"March 3, 2025 3 marzo", "a\xff\xfe\u0130\u212a", "<!-- lint: term because x -->\n\n# a"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		files := base(t)
		for _, lang := range []string{"en", "it"} {
			name := "content/" + lang + "/meet/billing/dates.md"
			head, _, _ := cut(name, files[name])
			files[name] = head + body
		}
		in, found := load(files.folders())
		found = Silence(in.Library, append(found, New(in).Run()...))
		for _, x := range found {
			lines := strings.Split(files[x.File], "\n")
			if x.Line > len(lines) || x.Line > 0 && x.Column > len(lines[x.Line-1])+1 {
				t.Errorf("%s is outside its file", x)
			}
		}
	})
}

// cut divides an article into front matter, with its fences, and text.
func cut(name, text string) (head, body string, ok bool) {
	if !strings.HasSuffix(name, ".md") {
		return "", "", false
	}
	i := strings.LastIndex(text, "+++\n") + len("+++\n")
	return text[:i], text[i:], true
}
