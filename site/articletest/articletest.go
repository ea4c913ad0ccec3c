// Package articletest makes small folders of articles for tests, and compares findings with what a test
// expects. [Files] is such a folder: it has one product and category, and each test adds its own article,
// usually as [Page]. [Expect] compares findings by position, severity and rule, never by their words.
package articletest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/site/diag"
	"helpcenter/site/textedit"
)

// SiteTOML is a site with two languages, one product and one category.
const SiteTOML = `base_url = "https://help.example.com"
default_language = "en"
[[language]]
tag = "en"
name = "English"
[[language]]
tag = "it"
name = "italiano"
[[group]]
id = "all"
name = { en = "Products", it = "Prodotti" }
[[product]]
id = "meet"
group = "all"
name = "Meet"
summary = { en = "Meetings", it = "Riunioni" }
[[category]]
id = "billing"
name = { en = "Billing", it = "Fatturazione" }
`

// Article returns an article with the given text, which begins in line 6.
func Article(text string) string {
	return "+++\ntitle = \"A title\"\ndescription = \"What it is about\"\nupdated = 2025-03-03\n+++\n" + text
}

// Page is the article that most tests are about.
const Page = "en/meet/billing/page.md"

// Files returns a folder with site.toml, one article to link to in each language, one more in English, an image,
// and the given files, which are pairs of name and text.
func Files(files ...string) fstest.MapFS {
	all := append([]string{
		"site.toml", SiteTOML,
		"en/meet/billing/other.md", Article("## One {#one}\n"),
		"it/meet/billing/other.md", Article("## Uno {#uno}\n"),
		"en/meet/billing/source.md", Article("## Two {#two}\n"),
		"images/dot.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"/>`,
	}, files...)
	fsys := fstest.MapFS{}
	for i := 0; i < len(all); i += 2 {
		fsys[all[i]] = &fstest.MapFile{Data: []byte(all[i+1])}
	}
	return fsys
}

// Brief formats findings without their messages: position, severity and rule.
func Brief(found []diag.Finding) []string {
	var lines []string
	for _, f := range found {
		lines = append(lines, fmt.Sprintf("%s %s %s", f.Position, f.Severity, f.Rule))
	}
	return lines
}

// Expect compares findings with want, which omits content/ and, if it is Page, the file's name.
func Expect(t *testing.T, found []diag.Finding, want ...string) {
	t.Helper()
	got := Brief(found)
	for i := range got {
		got[i] = strings.TrimPrefix(strings.TrimPrefix(got[i], "content/"), Page+":")
	}
	if !slices.Equal(got, want) {
		t.Errorf("found\n%q\nwant\n%q", got, want)
		for _, f := range found {
			t.Log(f)
		}
	}
}

// BaselineFile contains the baselines of the translations into Italian.
const BaselineFile = "translations.it.toml"

// An article with sections, a list, an alert and a table, and its translation.
const (
	SourceText = `Intro **one**.

## Steps {#steps}

1. Open the page.
2. Choose 30 days.

> [!NOTE]
> Keep the [receipt](other.md).

## Costs {#costs}

| Plan | Price |
|------|-------|
| A    | 1.50  |

It costs nothing.
`
	TranslatedText = `Introduzione.

## Passaggi {#steps}

1. Apri la pagina.
2. Scegli 30 giorni.

> [!NOTE]
> Conserva la ricevuta.

## Costi {#costs}

| Piano | Prezzo |
|-------|--------|
| A     | 1,50   |

Non costa niente.
`
	TranslatedPage = "it/meet/billing/page.md"
)

// Put applies changes to fsys.
func Put(fsys fstest.MapFS, changes ...textedit.Change) {
	for _, c := range changes {
		name := strings.TrimPrefix(c.File, "content/")
		if c.Is == nil {
			delete(fsys, name)
		} else {
			fsys[name] = &fstest.MapFile{Data: c.Is}
		}
	}
}

// Replace replaces a text in a file.
func Replace(fsys fstest.MapFS, file, old, new string) {
	fsys[file] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(fsys[file].Data), old, new))}
}

// CheckPositions returns an error if a finding is outside the text. For TOML errors it does not check columns,
// which come from the decoder.
func CheckPositions(text string, found []diag.Finding) error {
	lines := strings.Split(text, "\n")
	for _, f := range found {
		if f.Line < 0 || f.Line > len(lines)+1 || f.Column < 0 {
			return fmt.Errorf("%v is outside of %d lines", f, len(lines))
		}
		if f.Rule != "toml" && f.Line > 0 && f.Line <= len(lines) && f.Column > len(lines[f.Line-1])+1 {
			return fmt.Errorf("%v is outside of line %q", f, lines[f.Line-1])
		}
	}
	return nil
}
