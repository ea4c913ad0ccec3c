package main

import (
	"context"
	"errors"
	"io/fs"

	"github.com/spf13/pflag"

	"helpcenter/site/edit"
	"helpcenter/site/library"
	"helpcenter/site/source"
	"helpcenter/site/starter"
	"helpcenter/site/textedit"
)

var newCommand = command{
	name: "new", args: "[PATH]", most: 1,
	short: "create a draft of an article in all languages, a language, or a checker",
	long: `Creates the article PATH, such as product/category/name, with the same sections
in each language. Drafts are checked but not published. To publish one, delete
its line draft = true.

--language adds a language instead: its row and its texts in content/site.toml, and
a file with the messages to translate. --checker adds a checker that works, for you
to change: rules/ID.toml and its words.`,
	action: func() action { return new(newArticle) },
}

type newArticle struct {
	workDir
	sections          []string
	language, checker string
}

func (n *newArticle) flags(f *pflag.FlagSet) {
	n.workDir.flags(f)
	f.StringSliceVar(&n.sections, "section", []string{"steps"}, "the `ID` of a section; can be repeated")
	f.StringVar(&n.language, "language", "", "add the language `TAG`, such as fr")
	f.StringVar(&n.checker, "checker", "", "add the checker `ID`")
}

func (n *newArticle) run(_ context.Context, c console, args []string) error {
	asked := len(args)
	for _, flag := range []string{n.language, n.checker} {
		asked += min(1, len(flag))
	}
	if asked != 1 {
		return usagef("give the PATH of an article, or --language, or --checker")
	}
	if len(args) == 1 {
		return n.edit(c, "", "", func(content fs.FS) ([]textedit.Change, error) {
			return edit.Scaffold(content, args[0], n.sections, c.now())
		})
	}
	folders, err := n.open(c.err)
	if err != nil {
		return err
	}
	changes, err := n.begin(folders)
	if err != nil {
		return err
	}
	return n.apply(folders, changes, c)
}

// begin returns the files of a new language or checker.
func (n *newArticle) begin(folders source.Folders) ([]textedit.Change, error) {
	if n.language != "" {
		return starter.Language(folders, n.language)
	}
	articles, _ := library.Load(folders["content"])
	section := firstSection(articles)
	if section == "" {
		return nil, errors.New("a checker cites a section of an article, and no article has one; write one first")
	}
	return starter.Checker(folders, n.checker, section, articles.Site)
}

// firstSection returns a section of an article in the default language, in the form in which rules cite it, or "".
func firstSection(l *library.Library) string {
	for _, a := range l.Articles {
		if a.Lang != l.Site.DefaultLanguage {
			continue
		}
		if sections := a.Read().Sections; len(sections) > 0 {
			return a.Path + "#" + sections[0].ID
		}
	}
	return ""
}
