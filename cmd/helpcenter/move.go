package main

import (
	"context"
	"io/fs"

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
