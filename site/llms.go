package site

import (
	"bytes"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"helpcenter/site/library"
	"helpcenter/site/markdown"
)

// maxList is the length of the longest llms.txt, and maxFull of the longest
// llms-full.txt, in bytes.
const (
	maxList = 50_000
	maxFull = 5 << 20
)

const listIntroduction = `Each page is also Markdown: put .md in place of the last slash of its address.
Do not guess the answer to a case from prose. It follows from rules: follow the questions below, or read decision.json
in the folder of a state. What cannot be known is answered with "unknown". A decision names its reasons and sources.
Where this host runs the service, /api/openapi.json below the site's root describes an API of decisions, search and
articles, and /mcp offers it as tools, by the Model Context Protocol: decide and explain answer a case.
`

// listFiles are llms.txt for the site and for each language.
func listFiles(s *Site) (files []File) {
	if s.PagesOnly {
		return nil
	}
	text := func(path string, write func(b *bytes.Buffer)) {
		files = append(files, plainFile(path, textType, write))
	}
	text("llms.txt", func(b *bytes.Buffer) {
		listHead(s.source(), b)
		b.WriteString("\n## Languages\n\n")
		for _, l := range s.langs {
			b.WriteString("- [" + markdown.Escape(l.Name) + "](" + s.Absolute(l.listPath()) + ")\n")
		}
	})
	for _, l := range s.langs {
		text(l.listPath(), l.writeList)
		for i := range s.Library.Site.Products {
			if p := &s.Library.Site.Products[i]; isLarge(s) {
				text(productList(l, p.ID), func(b *bytes.Buffer) { writeProductList(l, b, p) })
			}
		}
	}
	return files
}

// productList is the file that lists the articles on a product of a large site.
func productList(l *language, product string) string { return path.Join(l.Tag, product, "llms.txt") }

func listHead(l *language, b *bytes.Buffer) {
	listTitle(b, l.about["name"], l.about["description"])
	b.WriteString(listIntroduction)
	for i, c := range l.site.checkers {
		if i == 0 {
			b.WriteString("\n## " + markdown.Escape(l.Text("home.tasks")) + "\n\n")
		}
		title := l.Text(c.ID + ".title")
		listItem(l, b, title, l.path(c.ID), l.Text(c.ID+".description"))
		all := l.Format("checker.all.title", "Checker", title)
		listItem(l, b, all, l.path(c.ID, "all"), l.Text("checker.all.description"))
	}
}

func listTitle(b *bytes.Buffer, name, about string) {
	b.WriteString("# " + markdown.Escape(name) + "\n\n")
	if about != "" {
		b.WriteString("> " + markdown.Escape(about) + "\n\n")
	}
}

func listItem(l *language, b *bytes.Buffer, title, page, about string) {
	listFile(l, b, title, l.site.markdownPath(page), about)
}

func listFile(l *language, b *bytes.Buffer, title, file, about string) {
	b.WriteString("- [" + markdown.Escape(title) + "](" + l.site.Absolute(file) + ")")
	if about != "" {
		b.WriteString(": " + markdown.Escape(about))
	}
	b.WriteString("\n")
}

// writeList lists the articles of a language by product, or only the categories if
// that takes too long, or only the products.
func (l *language) writeList(b *bytes.Buffer) {
	listHead(l, b)
	b.WriteString("\n## Optional\n\n") // llmstxt.org: what may be left out
	listFile(l, b, fullName, path.Join(l.Tag, fullName), l.Text("articles.all"))
	head := b.Len()
	for _, list := range []func(b *bytes.Buffer, product, category string){l.listArticles, l.listCategory, nil} {
		b.Truncate(head)
		b.WriteString("\n## " + markdown.Escape(l.Text("articles.title")) + "\n\n")
		listItem(l, b, l.Text("home"), l.path(), l.about["description"])
		listItem(l, b, l.Text("articles.all"), l.path("articles"), l.Text("articles.description"))
		for _, p := range l.site.Library.Site.Products {
			if list == nil && isLarge(l.site) {
				listFile(l, b, p.Name[l.Tag], productList(l, p.ID), p.Summary[l.Tag])
				continue
			}
			listItem(l, b, p.Name[l.Tag], l.path(p.ID), p.Summary[l.Tag])
			listProduct(l, b, p.ID, list)
			if b.Len() > maxList {
				break
			}
		}
		listProduct(l, b, "", list)
		if list != nil {
			l.listArticles(b, "", "") // pages of their own
		}
		if b.Len() <= maxList {
			return
		}
	}
	b.Truncate(bytes.LastIndexByte(b.Bytes()[:maxList], '\n') + 1)
}

// writeProductList lists the articles on a product of a large site, or only its categories if that takes too long.
func writeProductList(l *language, b *bytes.Buffer, p *library.Product) {
	listTitle(b, p.Name[l.Tag], p.Summary[l.Tag])
	head := b.Len()
	if listProduct(l, b, p.ID, l.listArticles); b.Len() > maxList {
		b.Truncate(head)
		listProduct(l, b, p.ID, l.listCategory)
	}
}

// listProduct lists the categories in which a product, or none, has articles.
func listProduct(l *language, b *bytes.Buffer, product string, list func(b *bytes.Buffer, product, category string)) {
	for _, c := range categoriesOf(l.site, product) {
		if list != nil && b.Len() <= maxList { // what is longer is cut or replaced
			list(b, product, c.ID)
		}
	}
}

func (l *language) listCategory(b *bytes.Buffer, product, category string) {
	name := l.site.category(category).Name[l.Tag]
	listItem(l, b, name, l.path(product, category), aboutCategory(l, product, name))
}

func (l *language) listArticles(b *bytes.Buffer, product, category string) {
	if product != "" { // others have no page of their category
		l.listCategory(b, product, category)
	}
	for _, articlePath := range l.site.byCategory[path.Join(".", product, category)] {
		a := l.site.Article(l.Tag, articlePath)
		listItem(l, b, a.Title, l.site.articleFile(l.Tag, articlePath), a.Description)
	}
}

// A fullText is llms-full.txt of a language. If that would be too long there is one for each product; the one of the
// language lists them, and has the articles about no product. While a site is published, the pages of its articles are
// made before it, and it keeps their Markdown.
type fullText struct {
	lang     *language
	folder   string   // of the file
	head     string   // what stands before the articles
	articles []string // their paths

	mu    sync.Mutex
	text  []byte            // head and the first articles
	next  int               // how many these are
	early map[string][]byte // articles that were made before their turn, by path; nil until the first is made
	size  int               // of all articles that were made, in bytes
	spare chan []byte       // buffers of texts already written, for the next ones
}

const fullName = "llms-full.txt"

// fullTexts returns those of a language, sorted by where the pages of their folders end.
func fullTexts(l *language) (list []*fullText) {
	if l.site.PagesOnly {
		return nil
	}
	size, ofProduct := 0, map[string][]string{"": nil}
	for _, path := range l.site.paths {
		a := l.site.Article(l.Tag, path)
		size += a.Size
		ofProduct[a.Product] = append(ofProduct[a.Product], path)
	}
	if size <= maxFull {
		ofProduct = map[string][]string{"": l.site.paths}
	}
	spare := make(chan []byte, runtime.GOMAXPROCS(0))
	for product, articles := range ofProduct {
		t := &fullText{lang: l, folder: path.Join(l.Tag, product) + "/", articles: articles, spare: spare}
		if product == "" && len(ofProduct) > 1 {
			t.head = productTexts(l, ofProduct)
		}
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b *fullText) int { return strings.Compare(a.end(), b.end()) })
	return list
}

// productTexts lists the full texts of products.
func productTexts(l *language, ofProduct map[string][]string) string {
	var b bytes.Buffer
	b.WriteString("The articles on each product are in a file of its own:\n\n")
	for _, p := range l.site.Library.Site.Products {
		if ofProduct[p.ID] != nil {
			listFile(l, &b, p.Name[l.Tag], path.Join(l.Tag, p.ID, fullName), "")
		}
	}
	b.WriteByte('\n')
	return b.String()
}

// end follows every path in the folder.
func (t *fullText) end() string { return t.folder + "\xff" }

// keep keeps the Markdown of an article, as far as the limit goes.
func (t *fullText) keep(path string, markdown []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.size += len(markdown); t.size > maxFull {
		return
	}
	t.begin()
	if t.next == len(t.articles) || path != t.articles[t.next] {
		t.early[path] = bytes.Clone(markdown)
		return
	}
	for ok := true; ok && t.add(markdown) && t.next < len(t.articles); {
		markdown, ok = t.early[t.articles[t.next]]
	}
}

// begin writes the head, unless that is done.
func (t *fullText) begin() {
	if t.early != nil {
		return
	}
	select {
	case t.text = <-t.spare:
	default:
	}
	t.text, t.early = append(t.text, t.head...), map[string][]byte{}
}

// add adds the next article, unless the text would be too long then.
func (t *fullText) add(markdown []byte) bool {
	if len(t.text)+len(markdown)+len(cutNote) > maxFull {
		return false
	}
	t.text = append(append(t.text, markdown...), '\n')
	t.next++
	return true
}

// cutNote ends a text that lacks articles.
const cutNote = "This file ends here, as it would be too long. Further articles are listed in llms.txt.\n"

// file is every article, as far as the limit goes.
func (t *fullText) file() File {
	return File{Path: t.folder + fullName, Type: textType, Write: func(b *bytes.Buffer) error {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.begin()
		for t.next < len(t.articles) {
			path := t.articles[t.next]
			markdown, ok := t.early[path]
			if !ok {
				b.Reset()
				if err := articlePage(t.lang, path).writeMarkdown(b); err != nil {
					return err
				}
				markdown = b.Bytes()
			}
			if !t.add(markdown) {
				t.text = append(t.text, cutNote...)
				break
			}
		}
		b.Reset()
		select {
		case t.spare <- b.AvailableBuffer():
		default:
		}
		*b = *bytes.NewBuffer(t.text) // a copy would take longer than all else here
		t.text, t.next, t.early, t.size = nil, 0, nil, 0
		return nil
	}}
}
