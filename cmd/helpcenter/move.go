package main

import (
	"context"

	"helpcenter/site/edit"
)

var moveCommand = command{
	name: "move", args: "OLD NEW", least: 2, most: 2,
	short: "give an article another path, in all languages at once",
	long: `Both are product/category/name. The addresses of old lead to the new ones from
now on; links to the article and from it are rewritten, in articles and in rules,
and so is the record of what its translations were made from. Pictures that stand
beside it and that no other article uses go with it. Nothing is written unless
the whole help center is in order afterwards.`,
	action: func() action { return new(move) },
}

type move struct{ workDir }

func (m *move) run(_ context.Context, c console, args []string) error {
	rooms, err := m.open(c.err)
	if err != nil {
		return err
	}
	changes, err := edit.Move(rooms["content"], args[0], args[1])
	if err != nil {
		return err
	}
	cites, err := recite(rooms, args[0], args[1])
	if err != nil {
		return err
	}
	return m.apply(rooms, append(changes, cites...), c)
}
