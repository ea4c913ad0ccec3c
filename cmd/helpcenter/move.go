package main

import (
	"context"
	"io/fs"

	"github.com/spf13/pflag"

	"helpcenter/site/edit"
	"helpcenter/site/textedit"
)

var moveCommand = command{
	name: "move", args: "OLD NEW", least: 2, most: 2,
	short: "move an article to another path, in all languages",
	long: `Moves the article OLD to NEW; both are paths such as product/category/name. The
old addresses redirect to the new ones. Links to and from the article, in
articles and rules, are rewritten, and so are the baselines of its translations.
Pictures that only this article uses move with it.

Nothing is written if the change would leave an error anywhere.`,
	action: func() action { return new(move) },
}

type move struct{ workDir }

func (m *move) run(_ context.Context, c console, args []string) error {
	return m.edit(c, args[0], args[1], func(content fs.FS) ([]textedit.Change, error) {
		return edit.Move(content, args[0], args[1])
	})
}

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
