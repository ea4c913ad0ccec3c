package ruleset

import "helpcenter/site/civil"

// file mirrors the TOML of a rule file. Where writers may give one value or a list, the field is any, and names
// accepts both.
type file struct {
	ID         string           `toml:"id"`
	HitPolicy  string           `toml:"hit_policy"`
	ValidFrom  civil.Date       `toml:"valid_from"`
	Holidays   []civil.Date     `toml:"holidays"`
	Facts      []factTable      `toml:"fact"`
	Impossible []neverTable     `toml:"impossible"`
	Groups     []groupTable     `toml:"group"`
	Limits     []limitTable     `toml:"limit"`
	Outcomes   []outcomeTable   `toml:"outcome"`
	Rules      []ruleTable      `toml:"rule"`
	Branches   []branchTable    `toml:"branch"`
	Anchors    []anchorTable    `toml:"anchor"`
	Dates      []dateTable      `toml:"date"`
	Ranking    rankingTable     `toml:"ranking"`
	Examples   []exampleTable   `toml:"example"`
	Invariants []invariantTable `toml:"invariant"`
}

type factTable struct {
	ID         string          `toml:"id"`
	Type       string          `toml:"type"`
	From       string          `toml:"from"`
	Values     []string        `toml:"values"`
	Min        any             `toml:"min"`
	Max        any             `toml:"max"`
	Step       any             `toml:"step"`
	OnlyIf     map[string]any  `toml:"only_if"`
	Unknown    any             `toml:"unknown"`
	FindOut    string          `toml:"find_out"`
	Changeable *changeableKeys `toml:"changeable"`
}

type changeableKeys struct {
	From any    `toml:"from"`
	To   any    `toml:"to"`
	By   string `toml:"by"`
}

type neverTable struct {
	When    map[string]any `toml:"when"`
	Because string         `toml:"because"`
}

type branchTable struct {
	When  map[string]any `toml:"when"`
	Rules []ruleTable    `toml:"rule"`
}

type groupTable struct {
	ID     string   `toml:"id"`
	Fact   string   `toml:"fact"`
	Values []string `toml:"values"`
}

type limitTable struct {
	ID     string         `toml:"id"`
	By     string         `toml:"by"`
	Values map[string]any `toml:"values"`
}

type outcomeTable struct {
	ID     string   `toml:"id"`
	Alone  bool     `toml:"alone"`
	Show   []string `toml:"show"`
	Action string   `toml:"action"`
}

type ruleTable struct {
	ID        string         `toml:"id"`
	When      map[string]any `toml:"when"`
	Otherwise *int           `toml:"otherwise"`
	Then      string         `toml:"then"`
	Cite      string         `toml:"cite"`
	Facts     []string       `toml:"facts"`
}

type anchorTable struct {
	ID string `toml:"id"`
}

type dateTable struct {
	ID          string         `toml:"id"`
	When        map[string]any `toml:"when"`
	From        string         `toml:"from"`
	Days        *int           `toml:"days"`
	Months      *int           `toml:"months"`
	WorkingDays *int           `toml:"working_days"`
	Round       string         `toml:"round"`
	Deadline    *bool          `toml:"deadline"`
	Facts       []string       `toml:"facts"`
}

type rankingTable struct {
	Better []string `toml:"better"`
}

type exampleTable struct {
	Given   map[string]any        `toml:"given"`
	Expect  any                   `toml:"expect"`
	Reasons any                   `toml:"reasons"`
	Asks    *string               `toml:"asks"`
	On      civil.Date            `toml:"on"`
	Dates   map[string]civil.Date `toml:"dates"`
}

type invariantTable struct {
	ID     string         `toml:"id"`
	Given  map[string]any `toml:"given"`
	Change map[string]any `toml:"change"`
	Never  string         `toml:"never"`
}
