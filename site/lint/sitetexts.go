package lint

import "helpcenter/site/library"

// siteTexts calls each with the texts of site.toml, in all languages, and their paths in the file.
func (l *Linter) siteTexts(each func(text library.Text, path ...any)) {
	site := l.Library.Site
	for i, v := range site.Groups {
		each(v.Name, "group", i, "name")
	}
	for i, v := range site.Products {
		each(v.Summary, "product", i, "summary")
	}
	for i, v := range site.Categories {
		each(v.Section, "category", i, "section")
		each(v.Name, "category", i, "name")
	}
	for i, v := range site.Notices {
		each(v.Text, "notice", i, "text")
	}
	for i, v := range site.Help {
		each(v.Name, "help", i, "name")
	}
	for i, v := range site.Links {
		each(v.Name, "link", i, "name")
	}
}
