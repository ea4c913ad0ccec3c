package ruleset

import "helpcenter/site/civil"

// file is the shape of a rule file, as TOML has it. Where writers may give one
// value or a list, the field is any, and names makes a list of either.
type file struct {
	ID         string           `toml:"id"`
	HitPolicy  string           `toml:"hit_policy"`
	ValidFrom  civil.Date       `toml:"valid_from"`
	Facts      []factTable      `toml:"fact"`
	Groups     []groupTable     `toml:"group"`
	Outcomes   []outcomeTable   `toml:"outcome"`
	Rules      []ruleTable      `toml:"rule"`
	Dates      []dateTable      `toml:"date"`
	Ranking    rankingTable     `toml:"ranking"`
	Examples   []exampleTable   `toml:"example"`
	Invariants []invariantTable `toml:"invariant"`
}

type factTable struct {
	ID         string          `toml:"id"`
	Values     []string        `toml:"values"`
	FindOut    string          `toml:"find_out"`
	Changeable *changeableKeys `toml:"changeable"`
}

type changeableKeys struct {
	From any    `toml:"from"`
	To   string `toml:"to"`
	By   string `toml:"by"`
}

type groupTable struct {
	ID     string   `toml:"id"`
	Fact   string   `toml:"fact"`
	Values []string `toml:"values"`
}

type outcomeTable struct {
	ID     string   `toml:"id"`
	Alone  bool     `toml:"alone"`
	Show   []string `toml:"show"`
	Action string   `toml:"action"`
}

type ruleTable struct {
	ID    string         `toml:"id"`
	When  map[string]any `toml:"when"`
	Then  string         `toml:"then"`
	Cite  string         `toml:"cite"`
	Facts []string       `toml:"facts"`
}

type dateTable struct {
	ID    string         `toml:"id"`
	When  map[string]any `toml:"when"`
	Days  *int           `toml:"days"`
	Facts []string       `toml:"facts"`
}

type rankingTable struct {
	Better []string `toml:"better"`
}

type exampleTable struct {
	Given   map[string]any        `toml:"given"`
	Expect  any                   `toml:"expect"`
	Reasons any                   `toml:"reasons"`
	Asks    *string               `toml:"asks"`
	Renewal civil.Date            `toml:"renewal"`
	On      civil.Date            `toml:"on"`
	Dates   map[string]civil.Date `toml:"dates"`
}

type invariantTable struct {
	ID     string         `toml:"id"`
	Given  map[string]any `toml:"given"`
	Change map[string]any `toml:"change"`
	Never  string         `toml:"never"`
}
