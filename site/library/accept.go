package library

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/drift"
	"helpcenter/site/textedit"
)

// Accept makes today's sources the baselines of their translations. Each target is the path of an article, or a
// section as path#section; path# is what precedes the first heading. fsys is the folder that l was loaded from.
//
// Accept writes nothing: it returns the change to the file of baselines. The error joins everything that is wrong
// with the targets.
func (l *Library) Accept(fsys fs.FS, lang string, targets ...string) (textedit.Change, error) {
	file, err := drift.OpenBaselines(fsys, lang)
	if err != nil {
		return textedit.Change{}, err
	}
	var errs []error
	for _, target := range targets {
		path, section, part := strings.Cut(target, "#")
		source, err := l.sourceOf(lang, path)
		if err == nil && part {
			err = file.AcceptSection(source, section)
		} else if err == nil {
			file.Accept(source)
		}
		errs = append(errs, err)
	}
	change, _ := file.Change()
	return change, errors.Join(errs...)
}

// AcceptAll is [Library.Accept] for all translations into a language. Baselines of articles that neither
// language has are dropped.
func (l *Library) AcceptAll(fsys fs.FS, lang string) (textedit.Change, error) {
	file, err := drift.OpenBaselines(fsys, lang)
	if err != nil {
		return textedit.Change{}, err
	}
	file.Baselines = slices.DeleteFunc(file.Baselines, func(b drift.Baseline) bool { return l.gone(lang, b.Path) })
	for _, a := range l.Articles {
		if source, err := l.sourceOf(lang, a.Path); err == nil && a.Lang == lang {
			file.Accept(source)
		}
	}
	change, _ := file.Change()
	return change, nil
}

// AcceptSources makes the given sources, which may be older than today's, the baselines of their translations into
// a language.
func (l *Library) AcceptSources(fsys fs.FS, lang string, sources []*article.Article) (textedit.Change, error) {
	file, err := drift.OpenBaselines(fsys, lang)
	if err != nil {
		return textedit.Change{}, err
	}
	for _, source := range sources {
		file.Accept(source)
	}
	change, _ := file.Change()
	return change, nil
}

// gone reports whether neither the language nor the default language has an article, not even as a draft.
func (l *Library) gone(lang, path string) bool {
	for _, tag := range []string{lang, l.Site.DefaultLanguage} {
		if l.Article(tag, path) != nil || l.hidden[name{tag, path}] != nil {
			return false
		}
	}
	return true
}

// sourceOf returns the source of a translation.
func (l *Library) sourceOf(lang, path string) (*article.Article, error) {
	source := l.Article(l.Site.DefaultLanguage, path)
	switch {
	case lang == l.Site.DefaultLanguage:
		return nil, fmt.Errorf("%q is the default language, so it has no translations", lang)
	case source == nil && l.hidden[name{l.Site.DefaultLanguage, path}] != nil:
		return nil, fmt.Errorf("article %q is a draft", path)
	case source == nil:
		return nil, NoArticle(path, l.Articles)
	case l.Article(lang, path) == nil:
		return nil, fmt.Errorf("article %q has no published translation in %q", path, lang)
	}
	return source, nil
}

// NoArticle returns the error for a path that none of the articles has.
func NoArticle(path string, articles []*article.Article) error {
	if near := newPathIndex(articles, articlePath).nearest(path); near != "" {
		return fmt.Errorf("no article %q; did you mean %q?", path, near)
	}
	return fmt.Errorf("no article %q; an article is named product/category/name, category/name or name", path)
}
