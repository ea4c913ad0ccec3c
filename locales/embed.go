// Package locales contains every word that readers see outside the articles, in each language. This is the manual
// for those who write them; package site/locale reads them.
//
// The words of the interface are in interface.<lang>.toml. They come with the program in English, French, Italian,
// German, Spanish, Portuguese and Dutch, and every help center uses them. The words of its checkers are in
// active.<lang>.toml; a message there replaces the message of the interface with the same id. In both files there
// is one message for each id:
//
//	"search.title" = "Search"
//
// An id consists of lower-case letters, digits and hyphens, in parts joined by dots. Put an id of several parts in
// quotes: without them, TOML makes nested tables of it, and takes a part such as "other" for a plural form. Readers
// never see ids. A message may have placeholders, but nothing else in double braces:
//
//	"page.updated" = "Last updated: {{.Date}}"
//
// Texts of checkers may also show answers, and are Markdown: see the comment of package rules.
//
// A date comes without an article or preposition, so write sentences that do not need one: "Ultimo giorno:
// {{.Date}}", not "entro il {{.Date}}", which is wrong for 8 March.
//
// A message that depends on a number is a table of the plural forms that CLDR gives the language. Those of Italian
// are one, many (for millions) and other:
//
//	["search.count"]
//	many = "{{.Count}} di risultati"
//	one = "{{.Count}} risultato"
//	other = "{{.Count}} risultati"
//
// To add a message, write it anywhere in the file of the default language and in the others, then let go-i18n sort
// the files:
//
//	cd locales && go tool goi18n merge active.*.toml
//
// This adds the key hash to translations: it identifies the text that was translated. When that text changes, lint
// reports outdated-translation: correct the translation, delete its hash, then merge. Merging first would remove
// the translation. Messages without a translation are written to translate.<lang>.toml: translate them there, merge
// active.*.toml and translate.*.toml together, and delete the latter. Go code contains no messages, so do not use
// goi18n extract: it would replace these files with empty ones.
//
// To add a language, run helpcenter new --language TAG: it writes the messages to translate. If the program has no
// words of the interface in that language, translate those of interface.en.toml in interface.<lang>.toml; until
// then they are shown in the default language, between the characters U+2066 or U+2067 and U+2069 if it is written
// in the other direction. In interface.<lang>.toml, the key hash is that of the English text.
//
// Dates are messages too: "date.long" is the pattern of a date, "date.month.1" to "date.month.12" are the names of
// the months, and "date.day" is the day, whose plural forms can give the first of a month a form of its own (1º,
// 1er).
//
// glossary.toml says which word to use for which concept; synonyms.<lang>.toml says which words a search treats as
// equal. words.<lang>.txt lists words that are spelt right although no dictionary has them, one a line. All three
// are optional.
package locales

import "embed"

// Files contains the words that are built into the program.
//
//go:embed *.toml *.txt
var Files embed.FS
