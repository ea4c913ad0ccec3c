package main

import (
	"helpcenter/content"
	"helpcenter/locales"
	"helpcenter/rules"
	"helpcenter/site"
)

// shippedTemplates are those that tests have tried on every kind of page.
var shippedTemplates = sub(site.Files, "templates")

func builtIn() rooms {
	return rooms{
		"content":        content.Files,
		"locales":        locales.Files,
		"rules":          rules.Files,
		"site/templates": shippedTemplates,
		"site/assets":    sub(site.Files, "assets"),
	}
}
