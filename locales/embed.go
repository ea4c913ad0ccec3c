// Package locales holds every word that readers see outside the articles, in each
// language. This is the manual for those who write them; package site/locale reads
// them.
//
// The words of a language are in active.<lang>.toml, one message for each id:
//
//	"search.title" = "Search"
//
// An id consists of lower-case letters, digits and hyphens, in parts joined by dots.
// Put an id of several parts in quotes: without them TOML makes nested tables of it,
// and takes a part such as "other" for a plural form. Readers never see ids. A
// message may have placeholders, and nothing else in double braces:
//
//	"page.updated" = "Last updated: {{.Date}}"
//
// A date comes without article or preposition, so write sentences that need none:
// "Ultimo giorno: {{.Date}}", not "entro il {{.Date}}", which is wrong for 8 March.
//
// A message that depends on a number is a table of the plural forms that CLDR gives
// the language. Those of Italian are one, many (for millions) and other:
//
//	["search.count"]
//	many = "{{.Count}} di risultati"
//	one = "{{.Count}} risultato"
//	other = "{{.Count}} risultati"
//
// To add a message, write it anywhere in the file of the default language and in the
// others, then let go-i18n sort the files:
//
//	cd locales && go tool goi18n merge active.*.toml
//
// This adds the key hash to translations: it identifies the text that was translated.
// When that text changes, lint reports outdated-translation: correct the translation,
// delete its hash, then merge. Merging first would remove the translation. Messages
// without a translation are written to translate.<lang>.toml: translate them there,
// merge active.*.toml and translate.*.toml together, and delete the latter. Go code
// contains no messages, so do not use goi18n extract: it would replace these files
// with empty ones.
//
// To add a language, name it in content/site.toml and create an empty
// translate.<lang>.toml; merged with active.*.toml it holds all messages to translate.
//
// Dates are messages too: "date.long" is the pattern of a date, "date.month.1" to
// "date.month.12" are the names of the months, and "date.day" is the day, whose plural
// forms can give the first of a month a form of its own (1º, 1er).
//
// glossary.toml says which word to use for which concept; synonyms.<lang>.toml says
// which words a search treats as equal. words.<lang>.txt lists words that are spelt
// right although no dictionary has them, one a line. All three are optional.
package locales

import "embed"

// Files are the words that are built into the program.
//
//go:embed *.toml *.txt
var Files embed.FS
