package ruleset

// parking is a small checker without mistakes, for tests that break it. proof_test.go counts its lines.
const parking = `id = "parking"
hit_policy = "output order"
[[fact]]
id = "permit"
values = ["resident", "visitor", "none"]
changeable = { from = "none", to = "visitor", by = "buy" }
[[fact]]
id = "day"
values = ["weekday", "sunday"]
[[group]]
id = "holders"
fact = "permit"
values = ["resident", "visitor"]
[[outcome]]
id = "no"
[[outcome]]
id = "pay"
[[outcome]]
id = "yes"
alone = true
[[rule]]
id = "nobody-without"
when = { permit = "none", day = "weekday" }
then = "no"
cite = "a#b"
[[rule]]
id = "visitors-pay"
when = { permit = "visitor", day = "weekday" }
then = "pay"
cite = "a#b"
[[rule]]
id = "residents"
when = { permit = "resident", day = "weekday" }
then = "yes"
cite = "a#b"
[[rule]]
id = "sundays"
when = { day = "sunday" }
then = "yes"
cite = "a#b"
[ranking]
better = ["yes", "pay", "no"]
[[date]]
id = "pay-by"
from = "renewal"
when = { permit = "visitor" }
days = -10
[[example]]
given = { permit = "holders", day = "sunday" }
expect = "yes"
[[invariant]]
id = "buying-helps"
change = { permit = ["none", "visitor"] }
never = "worse"
[[anchor]]
id = "renewal"
`
