package main

import (
	"context"

	"github.com/spf13/pflag"

	"helpcenter/site/edit"
)

var newCommand = command{
	name: "new", args: "PATH", least: 1, most: 1,
	short: "begin an article in all languages at once",
	long: `PATH is product/category/name. The files have the same sections under the same
ids in each language. They are drafts: they are checked, but nobody sees them
until the line draft = true is taken out.`,
	action: func() action { return new(newArticle) },
}

type newArticle struct {
	workDir
	sections []string
}

func (n *newArticle) flags(f *pflag.FlagSet) {
	n.workDir.flags(f)
	f.StringSliceVar(&n.sections, "section", []string{"steps"}, "the `ID` of a section; may be given several times")
}

func (n *newArticle) run(_ context.Context, c console, args []string) error {
	rooms, err := n.open(c.err)
	if err != nil {
		return err
	}
	now, err := clock()
	if err != nil {
		return err
	}
	changes, err := edit.Scaffold(rooms["content"], args[0], n.sections, now())
	if err != nil {
		return err
	}
	return n.apply(rooms, changes, c)
}
