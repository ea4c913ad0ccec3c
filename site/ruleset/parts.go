package ruleset

import (
	"cmp"
	"helpcenter/site/diag"
	"slices"
)

// hitPolicy is the one there is. In DMN's words: all rules that match are hits,
// in the order of the outcomes that they give.
const hitPolicy = "output order"

// reserved are the parameters that the service takes beside the facts.
var reserved = []string{"lang", "on", "renewal"}

func (b *builder) head() {
	b.rs.ID, b.rs.ValidFrom = b.src.ID, b.src.ValidFrom
	b.rs.Position = b.loc.Value("id")
	b.ident("checker", b.src.ID, "id")
	if b.src.HitPolicy != hitPolicy && !b.loc.Misspelt("hit_policy") {
		b.add(diag.Errorf(b.loc.Value("hit_policy"), "hit-policy", "unknown hit policy %q", b.src.HitPolicy).
			Suggest(`write hit_policy = "output order"`))
	}
}

func (b *builder) facts() {
	for i, src := range b.src.Facts {
		b.ident("fact", src.ID, "fact", i, "id")
		if slices.Contains(reserved, src.ID) {
			b.add(diag.Errorf(b.loc.Value("fact", i, "id"), "reserved-name", "%q is a parameter of the service", src.ID).
				Suggest("rename the fact"))
		}
		for j, value := range src.Values {
			b.ident("value of "+src.ID, value, "fact", i, "values", j)
			if value == unknown {
				b.add(diag.Errorf(b.loc.Value("fact", i, "values", j), "reserved-name", "%q is an answer to any fact", value).
					Suggest("remove it: every fact may be unknown"))
			}
		}
		if len(src.Values) < 2 && !b.loc.Misspelt("fact", i, "values") {
			b.add(diag.Errorf(b.loc.Value("fact", i, "values"), "dead-fact", "fact %q has fewer than two values", src.ID).
				Suggest("remove the fact, or give it all its values"))
		}
		at := b.loc.Key("fact", i)
		b.rs.Facts = append(b.rs.Facts, Fact{ID: src.ID, Values: src.Values, FindOut: src.FindOut, Position: at})
		b.refer(src.FindOut, `fact "`+src.ID+`"`, "fact", i, "find_out")
	}
	if len(b.src.Facts) == 0 && !b.loc.Misspelt("fact") {
		b.add(diag.Errorf(b.rs.Position, "missing-fact", "a checker needs at least one fact").
			Suggest("add a [[fact]]"))
	}
}

// withinLimits is asked before anything of the size of the table is made.
func (b *builder) withinLimits() bool {
	before, cases := len(b.found), 1
	limit := func(at diag.Position, n int, what string, most int, advice string) {
		if n > most {
			b.add(diag.Errorf(at, "table-limit", "%d %s, and at most %d are allowed", n, what, most).Suggest("%s", advice))
		}
	}
	for i, f := range b.rs.Facts {
		limit(b.loc.Value("fact", i, "values"), len(f.Values), "values", maxValues, "merge values, or ask in two steps")
		if cases <= maxCases {
			cases *= max(1, len(f.Values))
		}
	}
	at := b.rs.Position
	if cases > maxCases {
		b.add(diag.Errorf(at, "table-limit", "the facts make more cases than the %d that are allowed", maxCases).
			Suggest("leave out a fact, merge values, or make two checkers of it"))
	}
	limit(at, len(b.src.Rules), "rules", maxRules, "merge rules, or make two checkers of it")
	limit(at, len(b.src.Outcomes), "outcomes", maxRules, "merge outcomes, or make two checkers of it")
	limit(at, len(b.src.Groups), "groups", maxRules, "merge values, or name them in the rules")
	return len(b.found) == before && len(b.rs.Facts) <= maxFacts
}

func (b *builder) groups() {
	for i, src := range b.src.Groups {
		b.ident("group of "+src.Fact, src.ID, "group", i, "id")
		f := b.index("fact", src.Fact, b.rs.factIDs(), "group", i, "fact")
		if f < 0 {
			continue
		}
		if slices.Contains(b.rs.Facts[f].Values, src.ID) {
			b.add(diag.Errorf(b.loc.Value("group", i, "id"), "duplicate-id", "%q is a value of the fact", src.ID).
				Suggest("rename the group"))
		}
		raw := make([]any, len(src.Values))
		for j, v := range src.Values {
			raw[j] = v
		}
		values := b.values(f, raw, "group", i, "values")
		b.rs.Groups = append(b.rs.Groups, Group{src.ID, f, values})
	}
}

func (b *builder) changeable() {
	for i, src := range b.src.Facts {
		if src.Changeable == nil {
			continue
		}
		at := func(key string) []any { return []any{"fact", i, "changeable", key} }
		c := changeable{
			From: b.values(i, src.Changeable.From, at("from")...),
			To:   b.index("value", src.Changeable.To, src.Values, at("to")...),
			By:   src.Changeable.By,
		}
		if !idForm.MatchString(c.By) {
			b.add(diag.Errorf(b.loc.Value(at("by")...), "bad-id", "%q does not say how the fact can be changed", c.By).
				Suggest(`name a message, as in by = "pay"`))
		}
		if c.To >= 0 && c.From.Has(c.To) {
			b.add(diag.Errorf(b.loc.Value(at("to")...), "dead-value", "%q is in `from` too", src.Changeable.To).
				Suggest("remove it from `from`"))
		}
		b.rs.Facts[i].Changeable = &c
	}
}

func (b *builder) outcomes() {
	for i, src := range b.src.Outcomes {
		b.ident("outcome", src.ID, "outcome", i, "id")
		if src.ID == neverWorse || src.ID == neverDifferent {
			b.add(diag.Errorf(b.loc.Value("outcome", i, "id"), "reserved-name", "%q is a word of invariants", src.ID).
				Suggest("rename the outcome"))
		}
		b.rs.Outcomes = append(b.rs.Outcomes, Outcome{src.ID, src.Alone, src.Show, src.Action, b.loc.Key("outcome", i)})
		for j, ref := range src.Show {
			b.refer(ref, `outcome "`+src.ID+`"`, "outcome", i, "show", j)
		}
	}
}

func (b *builder) rules() {
	for i, src := range b.src.Rules {
		b.ident("rule", src.ID, "rule", i, "id")
		rule := Rule{ID: src.ID, Cite: src.Cite, Facts: src.Facts, Position: b.loc.Key("rule", i)}
		rule.When = b.box(src.When, "rule", i, "when")
		rule.Then = b.index("outcome", src.Then, b.rs.outcomeIDs(), "rule", i, "then")
		b.rs.Rules = append(b.rs.Rules, rule)
		b.refer(src.Cite, `rule "`+src.ID+`"`, "rule", i, "cite")
		if src.Cite == "" && !b.loc.Misspelt("rule", i, "cite") {
			b.add(diag.Warningf(rule.Position, "uncited-rule", "rule %q cites no section", src.ID).
				Suggest(`add a line such as cite = "product/category/article#section"`))
		}
	}
	slices.SortStableFunc(b.rs.Rules, func(x, y Rule) int { return cmp.Compare(x.Then, y.Then) })
}

func (b *builder) dates() {
	for i, src := range b.src.Dates {
		b.ident("date", src.ID, "date", i, "id")
		date := Date{ID: src.ID, Facts: src.Facts, Position: b.loc.Key("date", i)}
		date.When = b.box(src.When, "date", i, "when")
		if src.Days != nil {
			date.Days = *src.Days
		} else if !b.loc.Misspelt("date", i, "days") {
			b.add(diag.Errorf(date.Position, "missing-days", "date %q has no days", src.ID).
				Suggest("add a line such as days = -30"))
		}
		b.rs.Dates = append(b.rs.Dates, date)
	}
}

// ranking ranks all outcomes or none.
func (b *builder) ranking() {
	if len(b.src.Ranking.Better) == 0 {
		return
	}
	ranks, before := make([]int, len(b.rs.Outcomes)), len(b.found)
	var ranked Bits
	for i, id := range b.src.Ranking.Better {
		o := b.index("outcome", id, b.rs.outcomeIDs(), "ranking", "better", i)
		if o >= 0 && ranked.Has(o) {
			b.add(diag.Errorf(b.loc.Value("ranking", "better", i), "duplicate-id", "outcome %q is ranked twice", id).
				Suggest("rank each outcome once"))
		}
		if o >= 0 {
			ranks[o], ranked = i, ranked.with(o)
		}
	}
	if left := firstBits(len(ranks)).minus(ranked); !left.Empty() && len(b.found) == before {
		b.add(diag.Errorf(b.loc.Key("ranking", "better"), "unranked-outcome",
			"the ranking lacks %s", words{b.rs}.outcomeWords(left)).
			Suggest("put every outcome in its place, the best first"))
	}
	b.rs.rank = ranks
}
