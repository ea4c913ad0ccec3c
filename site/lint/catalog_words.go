package lint

import (
	"helpcenter/site/diag"
)

// wordRules are those of package locales.
var wordRules = []Rule{
	{"message-id", diag.Error, "ids of messages are lowercase letters, digits and hyphens in parts joined by dots",
		`"Search Title" = "Search"`, `"search.title" = "Search"`},
	{"message-missing", diag.Error, "the default language has every message that is needed, and the others have those of the default language",
		`{{t "search.titel"}}`, `{{t "search.title"}}`},
	{"message-placeholder", diag.Error, "a message has placeholders such as {{.Date}} for which values are given",
		`"updated" = "Updated: {{.Day}}"`, `"updated" = "Updated: {{.Date}}"`},
	{"message-plural", diag.Error, "a message that counts has every plural form of its language, Italian many included",
		"one = \"{{.Count}} risultato\"", "one, many and other"},
	{"synonym", diag.Error, "a group of synonyms has two words or more, and no word is in two",
		`words = ["cancel"]`, `words = ["cancel", "terminate"]`},
	{"unknown-file", diag.Error, "the folder of words holds the files that are read",
		"locales/activ.it.toml", "locales/active.it.toml"},
	{"unreadable", diag.Error, "files can be read",
		"a file without permission", "chmod a+r"},
}

// siteRules are those of package site, about what holds between the rooms.
var siteRules = []Rule{
	{"base-url", diag.Error, "the base URL is an http or https address",
		`base_url = "help.example.com"`, `base_url = "https://help.example.com"`},
	{"broken-cite", diag.Error, "sections that rules cite or show exist, in each language that has the article",
		`cite = "goto-meeting/billing/cancel#setps"`, `cite = "goto-meeting/billing/cancel#steps"`},
	{"checker", diag.Error, "checkers, facts and outcomes that articles name exist",
		`checker = "cancel-onlin"`, `checker = "cancel-online"`},
	{"service", diag.Error, "the service can show what was read",
		"a site that cannot be rendered", ""},
	{"template", diag.Error, "templates can be parsed and executed",
		"{{if .Title}", "{{if .Title}}"},
}
