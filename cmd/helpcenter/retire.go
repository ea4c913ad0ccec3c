package main

import (
	"context"
	"io/fs"

	"github.com/spf13/pflag"

	"helpcenter/site/edit"
	"helpcenter/site/textedit"
)

var retireCommand = command{
	name: "retire", args: "PATH", least: 1, most: 1,
	short: "delete an article, in all languages",
	long: `Deletes the article PATH, such as product/category/name. If other articles link
to it or rules cite it, nothing is written and those places are listed.

With --to, links, citations and old addresses lead to another article instead. A
link to a section requires a section with the same id there.`,
	action: func() action { return new(retire) },
}

type retire struct {
	workDir
	to string
}

func (r *retire) flags(f *pflag.FlagSet) {
	r.workDir.flags(f)
	f.StringVar(&r.to, "to", "", "the `PATH` of the article that replaces it")
}

func (r *retire) run(_ context.Context, c console, args []string) error {
	return r.edit(c, args[0], r.to, func(content fs.FS) ([]textedit.Change, error) {
		return edit.Retire(content, args[0], r.to)
	})
}
