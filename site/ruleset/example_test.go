package ruleset_test

import (
	"fmt"

	"helpcenter/site/civil"

	"helpcenter/site/ruleset"
)

// A ruleset decides as soon as all values of the open facts lead to the same outcome.
func ExampleRuleset_Decide() {
	r, found := ruleset.Compile(nil, "rules/swim.toml", []byte(`
id = "may-i-swim"
hit_policy = "output order"
[[fact]]
id = "flag"
values = ["red", "yellow", "green"]
[[fact]]
id = "swimmer"
values = ["good", "weak"]
[[outcome]]
id = "no"
[[outcome]]
id = "yes"
alone = true
[[rule]]
id = "danger"
when = { flag = "red" }
then = "no"
cite = "beach/rules#flags"
[[rule]]
id = "waves"
when = { flag = "yellow", swimmer = "weak" }
then = "no"
cite = "beach/rules#flags"
[[rule]]
id = "calm"
when = { flag = "green" }
then = "yes"
cite = "beach/rules#flags"
[[rule]]
id = "strong"
when = { flag = "yellow", swimmer = "good" }
then = "yes"
cite = "beach/rules#flags"
`))
	fmt.Println(found)
	for _, given := range []string{"flag=red", "flag=yellow", "swimmer=unknown"} {
		a, err := r.ParsePath([]string{given}, civil.Date{})
		if err != nil {
			fmt.Println(err)
			continue
		}
		d := r.Decide(a)
		if d.Decided() {
			fmt.Printf("%s: %s\n", given, r.Outcomes[d.Outcome].ID)
		} else {
			fmt.Printf("%s: ask %s\n", given, r.Facts[d.Ask].ID)
		}
	}
	// Output:
	// []
	// flag=red: no
	// flag=yellow: ask swimmer
	// swimmer=unknown: ask flag
}
