package main

import (
	"embed"

	"helpcenter/content"
	"helpcenter/locales"
	"helpcenter/rules"
	"helpcenter/site"
	"helpcenter/site/source"
)

// shippedTemplates are not checked by lint: tests have tried them on every kind of page.
var shippedTemplates = source.Sub(site.Files, "templates")

func builtIn() source.Folders {
	return source.Folders{
		"content":        content.Files,
		"locales":        locales.Files,
		"rules":          rules.Files,
		"site/templates": shippedTemplates,
		"site/assets":    source.Sub(site.Files, "assets"),
		"static":         embed.FS{},
	}
}
