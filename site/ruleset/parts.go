package ruleset

import (
	"cmp"
	"slices"

	"helpcenter/site/diag"
)

// hitPolicy is the only one supported. In DMN's terms: all matching rules are hits, in the order of their outcomes.
const hitPolicy = "output order"

// Parameters of the service besides facts and anchors.
const (
	FieldLang = "lang"
	FieldOn   = "on"
)

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
		reserve(b, "fact", src.ID, b.loc.Value("fact", i, "id"))
		if src.From != "" {
			src.Type = ""
		}
		fact := Fact{
			ID: src.ID, Type: src.Type, From: src.From, FindOut: src.FindOut, Position: b.loc.Key("fact", i), unknownAs: -1,
			sometimes: src.OnlyIf != nil,
		}
		switch src.Type {
		case Number, Days:
			fact.Domain = b.domain(src, i)
		case SetOf:
			b.factValues(src, i, 1, maxElements)
			fact.Elements, fact.Values = src.Values, subsetNames(src.Values)
		case "":
			if src.From == "" {
				b.factValues(src, i, 2, maxValues)
				fact.Values = src.Values
			}
		default:
			b.index("type", src.Type, []string{Number, Days, SetOf}, "fact", i, "type")
		}
		b.rs.Facts = append(b.rs.Facts, fact)
		b.refer(src.FindOut, `fact "`+src.ID+`"`, "fact", i, "find_out")
	}
	if len(b.src.Facts) == 0 && !b.loc.Misspelt("fact") {
		b.add(diag.Errorf(b.rs.Position, "missing-fact", "a checker needs at least one fact").
			Suggest("add a [[fact]]"))
	}
}

// reserve refuses ids that are parameters of the service.
func reserve(b *builder, kind, id string, at diag.Position) {
	if id == FieldLang || id == FieldOn {
		b.add(diag.Errorf(at, "reserved-name", "%q is a parameter of the service", id).Suggest("rename the %s", kind))
	}
}

// factValues checks the values of a fact and that their number is between least and most.
func (b *builder) factValues(src factTable, i, least, most int) {
	at := b.loc.Value("fact", i, "values")
	for j, value := range src.Values {
		b.ident("value of "+src.ID, value, "fact", i, "values", j)
		if value == unknown {
			b.add(diag.Errorf(b.loc.Value("fact", i, "values", j), "reserved-name", "%q is an answer to any fact", value).
				Suggest("remove it: every fact may be unknown"))
		}
	}
	if len(src.Values) < least && !b.loc.Misspelt("fact", i, "values") {
		b.add(diag.Errorf(at, "dead-fact", "fact %q has fewer than %s values", src.ID, []string{"", "one", "two"}[least]).
			Suggest("remove the fact, or give it all its values"))
	}
	b.limit(at, len(src.Values), "values", most, "merge values, or ask in two steps")
}

// limit adds a finding if n exceeds most.
func (b *builder) limit(at diag.Position, n int, what string, most int, advice string) {
	if n > most {
		b.add(diag.Errorf(at, "table-limit", "%d %s, and at most %d are allowed", n, what, most).Suggest("%s", advice))
	}
}

// withinLimits reports whether the file is within its limits. It is called before anything as large as the table is
// built.
func (b *builder) withinLimits() bool {
	at, cases := b.rs.Position, 1.0
	for i, f := range b.rs.Facts {
		if f.numeric() {
			b.limit(b.loc.Key("fact", i), len(f.Values), "cells", maxValues, "name fewer thresholds in the rules")
		}
		cases *= float64(max(1, len(f.Values)))
	}
	if cases > maxProduct {
		b.add(words{b.rs}.tooManyCases(cases))
	}
	rules := len(b.src.Rules)
	for _, branch := range b.src.Branches {
		rules += len(branch.Rules)
	}
	b.limit(at, len(b.src.Facts), "facts", maxFacts, "leave out a fact, or make two checkers of it")
	b.limit(at, rules, "rules", maxRules, "merge rules, or make two checkers of it")
	b.limit(at, len(b.src.Outcomes), "outcomes", maxRules, "merge outcomes, or make two checkers of it")
	b.limit(at, len(b.src.Groups), "groups", maxRules, "merge values, or name them in the rules")
	b.limit(at, len(b.src.Limits), "limits", maxRules, "merge limits, or make two checkers of it")
	for i, src := range b.src.Limits {
		b.limit(b.loc.Key("limit", i), len(src.Values), "numbers of a limit", maxValues, "name groups of values")
	}
	b.limit(at, b.numbers, "numbers in the place of limits", maxNumbers, "name fewer limits in one test")
	return !slices.ContainsFunc(b.found, func(f diag.Finding) bool { return f.Rule == "table-limit" })
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
		b.rs.Groups = append(b.rs.Groups, Group{src.ID, f, values, b.loc.Value("group", i, "id")})
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
			By:   src.Changeable.By,
		}
		c.To = b.single(i, src.Changeable.To, at("to")...)
		if !idForm.MatchString(c.By) {
			b.add(diag.Errorf(b.loc.Value(at("by")...), "bad-id", "%q does not say how the fact can be changed", c.By).
				Suggest(`name a message, as in by = "pay"`))
		}
		if c.To >= 0 && c.From.Has(c.To) {
			b.add(diag.Errorf(b.loc.Value(at("to")...), "dead-value", "%q is in `from` too", b.rs.Facts[i].Values[c.To]).
				Suggest("remove it from `from`"))
		}
		b.rs.Facts[i].Changeable = &c
	}
}

// single reads one value of a fact.
func (b *builder) single(fact int, raw any, path ...any) int {
	before := len(b.found)
	values := b.values(fact, raw, path...)
	if values.Len() != 1 && len(b.found) == before {
		b.add(diag.Errorf(b.loc.Value(path...), "wrong-type", "not one value").Suggest("name one value"))
	}
	return values.first()
}

// unknowns reads what "unknown" means for each fact, and where facts are asked.
func (b *builder) unknowns() {
	for i, src := range b.src.Facts {
		f := &b.rs.Facts[i]
		switch v := src.Unknown.(type) {
		case nil:
		case bool:
			f.NoUnknown = !v
		default:
			f.unknownAs = b.single(i, v, "fact", i, "unknown")
		}
	}
	for i, src := range b.src.Facts {
		if src.OnlyIf == nil {
			continue
		}
		for id := range src.OnlyIf {
			if f := b.rs.Fact(id); f >= i {
				b.add(diag.Errorf(b.loc.Key("fact", i, "only_if", id), "circle",
					"fact %q depends on %q, which is not asked before it", src.ID, id).Suggest("move the fact below %q", id))
			}
		}
		b.rs.Facts[i].onlyIf = b.box(src.OnlyIf, "fact", i, "only_if")
	}
}

func (b *builder) impossible() {
	for i, src := range b.src.Impossible {
		if len(src.When) == 0 && !b.loc.Misspelt("impossible", i, "when") {
			b.add(diag.Errorf(b.loc.Key("impossible", i), "missing-when", "nothing says what is impossible").
				Suggest(`add a line such as when = { age = "< 18", retired = "yes" }`))
		}
		for _, box := range (limits{b}).boxes(src.When, "impossible", i, "when") {
			b.rs.impossible = append(b.rs.impossible, impossible{box, src.Because})
		}
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
		b.refer(src.Action, `outcome "`+src.ID+`"`, "outcome", i, "action")
		for j, ref := range src.Show {
			b.refer(ref, `outcome "`+src.ID+`"`, "outcome", i, "show", j)
		}
	}
}

func (b *builder) rules() {
	for i, src := range b.src.Rules {
		b.rule(src, []Box{b.rs.anything()}, nil, "rule", i)
	}
	for i, branch := range b.src.Branches {
		boxes := limits{b}.boxes(branch.When, "branch", i, "when")
		for j, src := range branch.Rules {
			b.rule(src, boxes, branch.When, "branch", i, "rule", j)
		}
	}
	parts := 0
	for _, rule := range b.rs.Rules {
		parts += len(rule.boxes())
	}
	at := b.rs.Position
	b.limit(at, parts, "rules, one for each value of a limit,", maxRules, "merge rules, or values of limits")
	b.limit(at, len(b.rs.neverBoxes()), "conditions of impossible cases and of facts that are not always asked", maxNever,
		"merge some of them, or make two checkers of it")
	b.limit(at, b.numbers, "numbers in the place of limits", maxNumbers, "name fewer limits in one `when`")
	slices.SortStableFunc(b.rs.Rules, func(x, y Rule) int {
		return cmp.Or(cmp.Compare(x.Then, y.Then), cmp.Compare(x.Position.Line, y.Position.Line))
	})
}

// rule reads a rule inside a branch, or outside branches if inBranch is nil.
func (b *builder) rule(src ruleTable, branch []Box, inBranch map[string]any, path ...any) {
	at := func(key string) []any { return append(slices.Clone(path), key) }
	b.ident("rule", src.ID, at("id")...)
	rule := Rule{ID: src.ID, Cite: src.Cite, Facts: src.Facts, Position: b.loc.Key(path...), otherwise: -1}
	for id := range src.When {
		if _, twice := inBranch[id]; twice {
			b.add(diag.Errorf(b.loc.Key(append(at("when"), id)...), "duplicate-id", "the branch tests %q too", id).
				Suggest("test it in the branch or in the rule"))
		}
	}
	rule.parts = intersections(limits{b}.boxes(src.When, at("when")...), branch)
	rule.When = hull(rule.parts, len(b.rs.Facts))
	switch {
	case src.Otherwise != nil:
		rule.otherwise = *src.Otherwise
		other := slices.ContainsFunc(b.rs.Rules, func(r Rule) bool { return r.otherwise >= 0 })
		if src.When != nil || inBranch != nil || other {
			b.add(diag.Errorf(b.loc.Key(at("otherwise")...), "otherwise",
				"a rule for all other cases stands alone: without `when`, outside branches, and once").
				Suggest("remove the line, or what it contradicts"))
		}
	case src.When == nil && !b.loc.Misspelt(at("when")...):
		b.add(diag.Errorf(rule.Position, "missing-when", "rule %q does not say when it hits", src.ID).
			Suggest("add a `when`; to hit in every case, write when = {}"))
	}
	rule.Then = b.index("outcome", src.Then, b.rs.outcomeIDs(), at("then")...)
	b.rs.Rules = append(b.rs.Rules, rule)
	b.refer(src.Cite, `rule "`+src.ID+`"`, at("cite")...)
	if src.Cite == "" && !b.loc.Misspelt(at("cite")...) {
		b.add(diag.Warningf(rule.Position, "uncited-rule", "rule %q cites no section", src.ID).
			Suggest(`add a line such as cite = "product/category/article#section"`))
	}
}

// ranking ranks either all outcomes or none.
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
