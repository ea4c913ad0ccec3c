package main

import (
	"context"

	"github.com/spf13/pflag"

	"helpcenter/site/edit"
)

var retireCommand = command{
	name: "retire", args: "PATH", least: 1, most: 1,
	short: "take an article out, in all languages at once",
	long: `PATH is product/category/name. Where an article links to it or a rule cites it,
nothing is written and the places are listed. With --to, its addresses and all
that led to it lead to another article; a link to a section needs a section of
that id there.`,
	action: func() action { return new(retire) },
}

type retire struct {
	workDir
	to string
}

func (r *retire) flags(f *pflag.FlagSet) {
	r.workDir.flags(f)
	f.StringVar(&r.to, "to", "", "the `PATH` of the article that takes its place")
}

func (r *retire) run(_ context.Context, c console, args []string) error {
	rooms, err := r.open(c.err)
	if err != nil {
		return err
	}
	changes, err := edit.Retire(rooms["content"], args[0], r.to)
	if err != nil {
		return err
	}
	if r.to != "" {
		cites, err := recite(rooms, args[0], r.to)
		if err != nil {
			return err
		}
		changes = append(changes, cites...)
	}
	return r.apply(rooms, changes, c)
}
