package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/template"

	"github.com/spf13/pflag"

	"helpcenter/site"
	"helpcenter/site/answer"
	"helpcenter/site/diag"
	"helpcenter/site/ruleset"
)

var decideCommand = command{
	name: "decide", args: "CHECKER [fact=value ...]", least: 1, most: -1,
	short: "give one decision, with its reasons and the trace of every rule",
	long: `A fact that is not given has not been asked yet; fact=unknown means that the
reader does not know. If all their values lead to one outcome, it is decided all
the same. Before the first day of the rules nothing is decided, and the exit
status is 1. --json prints what the API answers.`,
	action: func() action { return new(decide) },
}

type decide struct {
	dirFlag
	lang        string
	json        bool
	renewal, on day
}

func (d *decide) flags(f *pflag.FlagSet) {
	d.dirFlag.flags(f)
	f.StringVar(&d.lang, "lang", "", "the `LANGUAGE` of the answer, the site's default unless given")
	f.BoolVar(&d.json, "json", false, "print the decision as JSON")
	f.Var(&d.renewal, "renewal", "the renewal date, or the end of the current period, that dates are counted from")
	f.Var(&d.on, "on", "the day of asking, today unless given")
}

func (d *decide) run(_ context.Context, c console, args []string) error {
	rooms, err := d.open(c.err)
	if err != nil {
		return err
	}
	s, err := mustLoad(rooms, c.err)
	if err != nil {
		return err
	}
	lang, err := pickLanguage(s, d.lang)
	if err != nil {
		return err
	}
	on := d.on.Date
	if on.IsZero() {
		on = s.Day(s.Now)
	}
	set, err := checker(s.Rules, args[0], on)
	if err != nil {
		return err
	}
	answers, err := readAnswers(set, args[1:])
	if err != nil {
		return err
	}
	words := s.Checker(set, lang)
	decision := words.Decide(answers, d.renewal.Date, on)
	if d.json {
		err = printJSON(c.out, decision)
	} else {
		err = printDecision(c.out, decision, words.Trace(answers), s.Origin())
	}
	if err == nil && decision.Status == answer.NotInForce {
		err = errReported
	}
	return err
}

// pickLanguage returns the language asked for, if the site has it.
func pickLanguage(s *site.Site, lang string) (string, error) {
	if lang == "" {
		return s.Library.Site.DefaultLanguage, nil
	}
	tags := languages(s.Library.Site)
	if !slices.Contains(tags, lang) {
		return "", usagef("there is no language %q, there are: %s", lang, diag.List(tags))
	}
	return lang, nil
}

func readAnswers(set *ruleset.Ruleset, args []string) (ruleset.Answers, error) {
	answers, err := set.ParsePath(args)
	var refused *ruleset.AnswerError
	if errors.As(err, &refused) && refused.Nearest != "" {
		return answers, fmt.Errorf("%w; did you mean %q?", err, refused.Nearest)
	}
	return answers, err
}

// decisionText is the template of a decision for people.
//
//go:embed decide.txt
var decisionText string

// printDecision prints a decision and how each rule fared. Origin is scheme and
// host of the site.
func printDecision(w io.Writer, d answer.Decision, trace []answer.Trace, origin string) error {
	functions := template.FuncMap{"join": strings.Join, "origin": func() string { return origin }}
	return template.Must(template.New("decide.txt").Funcs(functions).Parse(decisionText)).Execute(w, struct {
		answer.Decision
		Settled []string
		Trace   []answer.Trace
	}{d, settled(d.Given), trace})
}

// settled returns the answers that would have been enough, if some were not needed.
func settled(given []answer.Given) (enough []string) {
	for _, g := range given {
		if g.Settles {
			enough = append(enough, g.Fact+"="+g.Value)
		}
	}
	if len(enough) == len(given) {
		return nil
	}
	return enough
}
