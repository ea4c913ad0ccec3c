// Package locales holds every word that a reader sees outside the articles, in
// every language. This is the manual for those who write them; package
// site/locale reads them.
//
// The words of a language stand in active.<lang>.toml, one message an id:
//
//	"search.title" = "Search"
//
// An id is made of lower-case letters, digits and hyphens, in parts joined by
// dots. One of several parts stands in quotes: without them TOML makes nested
// tables of it, and a part named "other" would be read as a plural form. Ids are
// never shown to readers. A message may have placeholders, and nothing else in
// double braces:
//
//	"page.updated" = "Last updated: {{.Date}}"
//
// A date comes without article or preposition, so a sentence must not need one:
// "Ultimo giorno: {{.Date}}", not "entro il {{.Date}}", which 8 March would break.
//
// A message that depends on a number is a table of the plural forms that CLDR
// gives the language. Those of Italian are one, many (for millions) and other:
//
//	["search.count"]
//	many = "{{.Count}} di risultati"
//	one = "{{.Count}} risultato"
//	other = "{{.Count}} risultati"
//
// To add a word, write it in the file of the default language and in the others,
// anywhere, then let go-i18n put the files in order:
//
//	cd locales && go tool goi18n merge active.*.toml
//
// In translations that adds the key hash, which says what text of the default
// language was translated. When that text changes, lint says outdated-translation:
// set the translation right and delete its hash, then merge. Merging first would
// take the translation out. What has no translation, goi18n writes into
// translate.<lang>.toml: translate it there, merge active.*.toml and
// translate.*.toml together, and remove the latter. No message stands in Go code,
// so goi18n extract finds none, and what it writes must not replace these files.
//
// To add a language, name it in content/site.toml and make an empty
// translate.<lang>.toml; merged with active.*.toml it holds all that there is to
// translate.
//
// Dates and lists are messages too: "date.long" is the pattern of a date,
// "date.month.1" to "date.month.12" name the months, and "date.day" is the day, by
// whose plural forms a language can write the first of a month apart (1º, 1er).
// "list.pair" joins two items; in a longer list "list.end" joins the last one and
// "list.middle" those before.
//
// glossary.toml says which word stands for which concept; synonyms.<lang>.toml
// says which words a search takes for one another. Both may be absent.
package locales

import "embed"

// Files are the words as they were when the program was built.
//
//go:embed *.toml
var Files embed.FS
