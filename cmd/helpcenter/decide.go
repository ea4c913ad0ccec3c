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
	"helpcenter/site/civil"
	"helpcenter/site/ruleset"
)

var decideCommand = command{
	name: "decide", args: "CHECKER [FACT=VALUE]...", least: 1, most: -1,
	short: "print one decision, its reasons and the trace of every rule",
	long: `Decides CHECKER for the facts you give. FACT=unknown means that the reader does not
know; a fact you leave out has not been asked yet. If every value of the open facts
leads to the same outcome, that is the decision. Before the rules take effect nothing
is decided, and the exit status is 1.

Give the day from which dates are counted like a fact: renewal=2027-01-31.`,
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
	f.StringVar(&d.lang, "lang", "", "the `LANGUAGE` of the answer (default: that of the site)")
	f.BoolVar(&d.json, "json", false, "print the decision as JSON, like the API")
	f.Var(&d.renewal, "renewal", "the same as the argument renewal=`DAY`")
	f.Var(&d.on, "on", "the day of the question (default: today)")
}

func (d *decide) run(_ context.Context, c console, args []string) error {
	s, err := d.mustLoad(c)
	if err != nil {
		return err
	}
	return d.print(c.out, s, args)
}

// print prints the decision for a site.
func (d *decide) print(w io.Writer, s *site.Site, args []string) error {
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
	facts := args[1:]
	if !d.renewal.IsZero() {
		facts = append(slices.Clone(facts), "renewal="+d.renewal.String())
	}
	answers, typed, err := readAnswers(set, facts, on)
	if err != nil {
		return err
	}
	words := s.Checker(set, lang)
	decision := words.Decide(answers, typed, on)
	if d.json {
		err = printJSON(w, decision)
	} else {
		err = printDecision(w, decision, words.With(answers, typed, on).Trace(), s.Origin())
	}
	if err == nil && decision.Status == answer.NotInForce {
		err = errReported
	}
	return err
}

// pickLanguage checks that the site has a language. It returns the default language for "".
func pickLanguage(s *site.Site, lang string) (string, error) {
	if lang == "" {
		return s.Library.Site.DefaultLanguage, nil
	}
	if tags := s.Library.Site.Tags(); !slices.Contains(tags, lang) {
		return "", usageError{unknown("language", lang, tags)}
	}
	return lang, nil
}

func readAnswers(set *ruleset.Ruleset, args []string, on civil.Date) (ruleset.Answers, ruleset.Typed, error) {
	answers, typed, err := ruleset.Read(set, args, on)
	var refused *ruleset.AnswerError
	if errors.As(err, &refused) && refused.Nearest != "" {
		err = fmt.Errorf("%w; did you mean %q?", err, refused.Nearest)
	}
	return answers, typed, err
}

// decisionText is the template of a decision as text.
//
//go:embed decide.txt
var decisionText string

// printDecision prints a decision and the trace of each rule. origin is the scheme and host of the site.
func printDecision(w io.Writer, d answer.Decision, trace []answer.Trace, origin string) error {
	functions := template.FuncMap{"join": strings.Join, "address": func(address string) string {
		if strings.HasPrefix(address, "/") {
			return origin + address
		}
		return address
	}}
	return template.Must(template.New("decide.txt").Funcs(functions).Parse(decisionText)).Execute(w, struct {
		answer.Decision
		Settled []string
		Trace   []answer.Trace
	}{d, settled(d.Given), trace})
}

// settled returns the answers that sufficed for the decision, or nil if all were needed.
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
