package library

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/site/article"
	"helpcenter/site/articletest"
)

// typical returns an article of about five kilobytes, like those of this site.
func typical() string {
	var b strings.Builder
	b.WriteString(articletest.Article(""))
	for i := range 5 {
		fmt.Fprintf(&b, "## Come annullare l’abbonamento {#s%d}\n\n", i)
		b.WriteString(strings.Repeat("Quando annulli l’abbonamento, il rinnovo automatico si disattiva; fino ad allora "+
			"resta attivo. ", 4))
		b.WriteString("\n\n1. Apri **Billing** e scegli **Subscriptions**.\n2. Vedi [che cosa succede](other.md#one).\n" +
			"3. Conferma.\n\n" +
			"> [!NOTE]\n> Se *non* lo trovi, leggi [chi può farlo](../../meet/billing/other.md).\n\n" +
			"| Caso | Costo |\n|---|--:|\n| Mensile | 10,00 |\n| Annuale | 100,00 |\n\n")
	}
	return b.String()
}

func BenchmarkParse(b *testing.B) {
	text := []byte(typical())
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, found := article.Parse("content/"+articletest.Page, text); len(found) > 0 {
			b.Fatal(found)
		}
	}
}

// BenchmarkLoad loads and checks a thousand articles.
func BenchmarkLoad(b *testing.B) {
	const count = 1000
	fsys := articletest.Files()
	for i := range count {
		fsys[fmt.Sprintf("it/meet/billing/page-%d.md", i)] = &fstest.MapFile{Data: []byte(typical())}
	}
	b.SetBytes(int64(count * len(typical())))
	b.ReportAllocs()
	for b.Loop() {
		Load(fsys)
	}
}

// BenchmarkProve checks a thousand articles that have already been read.
func BenchmarkProve(b *testing.B) {
	const count = 1000
	fsys := articletest.Files()
	for i := range count {
		fsys[fmt.Sprintf("it/meet/billing/page-%d.md", i)] = &fstest.MapFile{Data: []byte(typical())}
	}
	l, _ := Load(fsys)
	b.SetBytes(int64(count * len(typical())))
	b.ReportAllocs()
	for b.Loop() {
		l.validate(l.Articles, nil)
	}
}

// BenchmarkText extracts the text of every block of an article.
func BenchmarkText(b *testing.B) {
	a, _ := article.Parse("content/"+articletest.Page, []byte(typical()))
	b.SetBytes(int64(len(a.Body.HTML)))
	b.ReportAllocs()
	for b.Loop() {
		for _, block := range a.Blocks {
			a.Text(block)
		}
	}
}
