package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"helpcenter"
	"helpcenter/locales"
	"helpcenter/rules"
	"helpcenter/site"
)

var decideCommand = command{
	name: "decide", args: "CHECKER [fact=value ...]", least: 1, most: -1,
	short: "give one decision, with its reasons and the trace of every rule",
	long: `A fact that is not given has not been asked yet; fact=unknown is one that the
reader does not know. What can be decided all the same is decided. The JSON is
the object with which the service answers.`,
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
	s, err := rooms.mustLoad(c.err)
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
	decision := s.Decide(set, lang, answers, d.renewal.Date, on)
	if d.json {
		return printJSON(c.out, decision)
	}
	p := printer{c.out, s, set, s.Words.Words(lang)}
	p.decision(decision, set.Decide(answers))
	p.trace(answers)
	return nil
}

// pickLanguage returns the language asked for, if the site has it.
func pickLanguage(s *site.Site, lang string) (string, error) {
	if lang == "" {
		return s.Library.Site.DefaultLanguage, nil
	}
	tags := languages(s.Library.Site)
	if !slices.Contains(tags, lang) {
		return "", usagef("there is no language %q, there are: %s", lang, helpcenter.List(tags))
	}
	return lang, nil
}

func readAnswers(set *rules.Ruleset, args []string) (rules.Answers, error) {
	answers, err := set.ParsePath(args)
	var refused *rules.AnswerError
	if errors.As(err, &refused) && refused.Nearest != "" {
		return answers, fmt.Errorf("%w; did you mean %q?", err, refused.Nearest)
	}
	return answers, err
}

// printer writes decisions for people. Its headings are English as the program
// is, the answer itself is in the words of a language.
type printer struct {
	io.Writer
	site  *site.Site
	set   *rules.Ruleset
	words *locales.Words
}

func (p printer) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

func (p printer) decision(d site.Decision, r rules.Decision) {
	if d.Outcome != nil {
		p.line("%s [%s]", d.Outcome.Title, d.Outcome.ID)
		p.settled(r)
	} else {
		p.open(d, r)
	}
	p.reasons(d.Reasons)
	p.changes(r.Changes)
	p.dates(d.Dates)
	if d.Ask != nil {
		p.ask(d.Ask)
	}
}

// settled says which of several answers would have been enough.
func (p printer) settled(r rules.Decision) {
	if given := p.set.Segments(r.Answers); r.Settles.Len() < len(given) && !r.Settles.Empty() {
		p.line("Settled by %s alone.", strings.Join(p.answers(r.Answers, r.Settles), ", "))
	}
}

// open says what is still possible, and what decides.
func (p printer) open(d site.Decision, r rules.Decision) {
	p.line("Not decided yet. Still possible:")
	for _, id := range d.Possible {
		p.line("  - %s [%s]", p.text("outcome.%s", id), id)
	}
	p.line("\nWhat decides:")
	for f := range r.Deciding.All() {
		fact := p.set.Facts[f]
		p.line("  - %s [%s]", p.text("fact.%s.question", fact.ID), fact.ID)
		if fact.FindOut != "" {
			p.line("    see %s", fact.FindOut)
		}
	}
}

func (p printer) reasons(list []site.Reason) {
	if len(list) == 0 {
		return
	}
	p.line("\nWhy:")
	for _, reason := range list {
		p.line("  - %s [%s]", reason.Text, reason.Rule)
		p.cite(reason.Cite)
	}
}

func (p printer) cite(c *site.Citation) {
	if c != nil {
		p.line("    see %q %s", c.Title, p.address(c.URL))
	}
}

// address returns a link of the site with scheme and host.
func (p printer) address(link string) string {
	base, err := url.Parse(p.site.BaseURL)
	if err != nil {
		return link
	}
	at, err := base.Parse(link)
	if err != nil {
		return link
	}
	return at.String()
}

func (p printer) changes(list []rules.Remedy) {
	if len(list) == 0 {
		return
	}
	p.line("\nWhat would help:")
	for _, remedy := range list {
		var how []string
		for _, s := range remedy.Set {
			how = append(how, p.text("change.%s", s.By))
		}
		outcome := p.set.Outcomes[remedy.Outcome].ID
		p.line("  - %s: %s [%s]", strings.Join(how, "; "), p.text("outcome.%s", outcome), outcome)
	}
}

func (p printer) dates(list []site.DateAnswer) {
	if len(list) == 0 {
		return
	}
	p.line("\nDates:")
	for _, d := range list {
		p.line("  - %s (%s) [%s]", d.Text, d.Date, d.ID)
	}
}

// ask prints the question that comes next, and how to answer it.
func (p printer) ask(q *site.Question) {
	p.line("\nTo be asked next: %s", q.Question)
	for _, v := range q.Values {
		p.line("  %s=%s: %s", q.Fact, v.ID, v.Label)
	}
	p.cite(q.FindOut)
}

// trace prints how every rule fared, in the order in which they stand.
func (p printer) trace(a rules.Answers) {
	p.line("\nRules:")
	for _, t := range p.set.Trace(a) {
		rule := p.set.Rules[t.Rule].ID
		switch {
		case t.Hit():
			p.line("  hit    %s", rule)
		case !t.Out.Empty():
			p.line("  out    %s: %s", rule, strings.Join(p.answers(a, t.Out), ", "))
		default:
			p.line("  waits  %s: %s", rule, strings.Join(p.facts(t.Waits), ", "))
		}
	}
}

// answers returns what has been answered to some facts.
func (p printer) answers(a rules.Answers, facts rules.Bits) (list []string) {
	for f := range facts.All() {
		fact := p.set.Facts[f]
		list = append(list, fact.ID+"="+fact.Values[a.At(f)])
	}
	return list
}

func (p printer) facts(set rules.Bits) (list []string) {
	for f := range set.All() {
		list = append(list, p.set.Facts[f].ID)
	}
	return list
}

// text returns a message of the checker.
func (p printer) text(format, id string) string {
	return p.words.Text(p.set.ID + "." + fmt.Sprintf(format, id))
}
