package main

import (
	"context"
	"io/fs"

	"github.com/spf13/pflag"

	"helpcenter/site/edit"
	"helpcenter/site/textedit"
)

var newCommand = command{
	name: "new", args: "PATH", least: 1, most: 1,
	short: "create a draft of an article, in all languages",
	long: `Creates the article PATH, such as product/category/name, with the same sections
in each language. Drafts are checked but not published. To publish one, delete
its line draft = true.`,
	action: func() action { return new(newArticle) },
}

type newArticle struct {
	workDir
	sections []string
}

func (n *newArticle) flags(f *pflag.FlagSet) {
	n.workDir.flags(f)
	f.StringSliceVar(&n.sections, "section", []string{"steps"}, "the `ID` of a section; can be repeated")
}

func (n *newArticle) run(_ context.Context, c console, args []string) error {
	return n.edit(c, "", "", func(content fs.FS) ([]textedit.Change, error) {
		return edit.Scaffold(content, args[0], n.sections, c.now())
	})
}
