package answer

import (
	"helpcenter/site/ruleset"
)

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
		return c.carry(to)
	})
}

func (c Checker) carry(to *ruleset.Ruleset) ruleset.Answers {
	return ruleset.Carry(c.Set, to, c.reader.answers, c.reader.typed, c.reader.on)
}

// outcome returns what the outcome of another checker is called there, after the answers that it
// shares.
func (c Checker) outcome(checker, id string) (title string) {
	if c.Onward == nil {
		return c.Words.Text(checker + ".outcome." + id)
	}
	c.Onward(checker, func(to *ruleset.Ruleset) ruleset.Answers {
		other := c.With(c.carry(to), nil, c.reader.on)
		other.Set = to
		title = other.text("outcome." + id).Plain
		return ruleset.Answers{}
	})
	return title
}
