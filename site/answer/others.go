package answer

import (
	"helpcenter/site/civil"
	"helpcenter/site/ruleset"
)

// asked is what a reader has answered, and when.
type asked struct {
	answers ruleset.Answers
	typed   ruleset.Typed
	on      civil.Date
}

// After returns the checker after some answers, which the links to other checkers take along.
func (c Checker) After(a ruleset.Answers, typed ruleset.Typed, on civil.Date) Checker {
	c.asked = asked{a, typed, on}
	return c
}

// Refer returns the section or the checker that a reference of the rules names; nil for "".
func (c Checker) Refer(ref string) *Citation {
	if !ruleset.NamesChecker(ref) {
		return c.Cite(ref)
	}
	if url := c.onward(ref); url != "" {
		return &Citation{Title: c.Words.Text(ref + ".title"), URL: url}
	}
	return nil
}

// action returns the link of site.toml of some id, or else the checker, nil if there is none.
func (c Checker) action(id string) *Action {
	if id == "" {
		return nil
	}
	if c.Act != nil {
		if action := c.Act(id); action != nil {
			return action
		}
	}
	if url := c.onward(id); url != "" {
		return &Action{ID: id, Name: c.Words.Text(id + ".start"), URL: url}
	}
	return nil
}

// onward returns the address of another checker with the answers that it shares.
func (c Checker) onward(id string) string {
	if c.Onward == nil {
		return ""
	}
	return c.Onward(id, func(to *ruleset.Ruleset) ruleset.Answers {
		return ruleset.Carry(c.Set, to, c.asked.answers, c.asked.typed, c.asked.on)
	})
}
