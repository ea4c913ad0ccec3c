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

// Accept records that translations are right about their sources as these are
// today. Each target is the path of an article, or one of its sections as
// path#section; what stands before the first heading is path#. fsys is the room
// that l was loaded from.
//
// Nothing is written: the change says what the file of records is to be. All
// that is wrong with the targets is in the error.
func (l *Library) Accept(fsys fs.FS, lang string, targets ...string) (textedit.Change, error) {
	file, err := drift.OpenBaselines(fsys, lang)
	if err != nil {
		return textedit.Change{}, err
	}
	var wrong []error
	for _, target := range targets {
		path, section, part := strings.Cut(target, "#")
		source, err := l.sourceOf(lang, path)
		if err == nil && part {
			err = file.AcceptSection(source, section)
		} else if err == nil {
			file.Set(path, drift.AppendBaseline(nil, path, drift.Passages(source)))
		}
		wrong = append(wrong, err)
	}
	return textedit.Change{File: file.Name, Was: file.Raw, Is: file.Bytes()}, errors.Join(wrong...)
}

// AcceptAll records that all translations into a language are right. Records of
// articles that are gone in both languages are dropped.
func (l *Library) AcceptAll(fsys fs.FS, lang string) (textedit.Change, error) {
	file, err := drift.OpenBaselines(fsys, lang)
	if err != nil {
		return textedit.Change{}, err
	}
	file.Baselines = slices.DeleteFunc(file.Baselines, func(r drift.Baseline) bool { return l.gone(lang, r.Path) })
	for _, a := range l.Articles {
		if source, err := l.sourceOf(lang, a.Path); err == nil && a.Lang == lang {
			file.Set(a.Path, drift.AppendBaseline(nil, a.Path, drift.Passages(source)))
		}
	}
	return textedit.Change{File: file.Name, Was: file.Raw, Is: file.Bytes()}, nil
}

// gone reports whether an article is neither in the language nor in that of its
// source, not even as a draft.
func (l *Library) gone(lang, path string) bool {
	for _, tag := range []string{lang, l.Site.DefaultLanguage} {
		if l.Article(tag, path) != nil || l.drafts[name{tag, path}] != nil {
			return false
		}
	}
	return true
}

// sourceOf returns what the translation of an article is to be compared with.
func (l *Library) sourceOf(lang, path string) (*article.Article, error) {
	source := l.Article(l.Site.DefaultLanguage, path)
	switch {
	case lang == l.Site.DefaultLanguage:
		return nil, fmt.Errorf("%q is the language of the sources: it has no translations", lang)
	case source == nil && l.drafts[name{l.Site.DefaultLanguage, path}] != nil:
		return nil, fmt.Errorf("article %q is a draft", path)
	case source == nil:
		return nil, l.NoArticle(path)
	case l.Article(lang, path) == nil:
		return nil, fmt.Errorf("article %q has no translation in %q, or only a draft of one", path, lang)
	}
	return source, nil
}

// NoArticle says that there is no article of a path, and which may be meant.
func (l *Library) NoArticle(path string) error {
	p := validator{Library: l}
	if near := p.nearest(path); near != "" {
		return fmt.Errorf("no article %q; did you mean %q?", path, near)
	}
	return fmt.Errorf("no article %q; an article is named product/category/name", path)
}
