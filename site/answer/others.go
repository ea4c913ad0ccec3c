package answer

import "helpcenter/site/ruleset"

// Refer returns the section or the checker that a reference in the rules names; nil for "".
func (c Checker) Refer(ref string) *Citation {
	if !ruleset.NamesChecker(ref) {
		return c.Cite(ref)
	}
	if url := c.onward(ref); url != "" {
		return &Citation{Title: c.Words.Text(ref + ".title"), URL: url}
	}
	return nil
}

// action returns the link with this id in site.toml, or else the checker with this id, or nil if there is neither.
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

// onward returns the address of another checker, with the answers that the two share.
func (c Checker) onward(id string) string {
	if c.Other == nil {
		return ""
	}
	to, address := c.Other(id)
	if to == nil {
		return ""
	}
	return address(c.reader.carry(c.Set, to))
}

// carry returns the reader's answers to one ruleset that also answer facts of another.
func (r reader) carry(from, to *ruleset.Ruleset) ruleset.Answers {
	return ruleset.Carry(from, to, r.answers, r.typed, r.on)
}

// outcome returns the title of an outcome of another checker, given the answers that the two share.
func (c Checker) outcome(checker, id string) string {
	if c.Other == nil {
		return c.Words.Text(checker + ".outcome." + id)
	}
	to, _ := c.Other(checker)
	if to == nil {
		return ""
	}
	other := c.With(c.reader.carry(c.Set, to), nil, c.reader.on)
	other.Set = to
	return other.text("outcome." + id).Plain
}
