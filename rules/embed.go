// Package rules holds the rule files of the help center, one TOML file a checker.
// This is the manual for those who write them; package site/ruleset reads them.
//
// A rule file is a decision table in TOML; the terms are those of DMN, the
// standard for decision tables. A writer edits the file and the words in
// locales/, never Go, and cannot publish a table that is wrong in form.
//
//	id = "may-i-park"                    # the checker's address, and the start of its message ids
//	hit_policy = "output order"          # see below; there is no other
//	valid_from = 2027-01-01              # optional: the first day on which this version holds
//
//	[[fact]]                             # a question; facts are asked in the order of the file
//	id = "permit"
//	values = ["resident", "visitor", "none"]
//	find_out = "city/parking/permits#which"                    # optional: a section for those who do not know
//	changeable = { from = "none", to = "visitor", by = "buy" } # optional: what a person can do about it
//
//	[[group]]                            # a name for some values of a fact; it may stand wherever values may
//	id = "holders"
//	fact = "permit"
//	values = ["resident", "visitor"]
//
//	[[outcome]]                          # an answer; outcomes stand in order, the highest first
//	id = "no"
//	show = ["city/parking/fines#how-much"]                     # optional: sections of articles that the answer shows
//	action = "contact"                                         # optional: a link of site.toml, by its id: the button
//
//	[[outcome]]
//	id = "yes"
//	alone = true                         # optional: no other rule may hit where this one stands
//
//	[[rule]]
//	id = "needs-a-permit"                # the id of its reason in locales/
//	when = { permit = "none" }           # a list means any of these; a missing fact means any value
//	then = "no"
//	cite = "city/parking/permits#needed" # the section that says so
//	facts = ["P4"]                       # optional: what the rule rests on
//
//	[[rule]]
//	id = "has-one"
//	when = { permit = "holders" }
//	then = "yes"
//	cite = "city/parking/permits#needed"
//
//	[[date]]                             # optional: a day counted from the renewal date that the reader gives
//	id = "renew-by"
//	when = { permit = "visitor" }        # stands where all that is answered lies in here
//	days = -10                           # before the renewal: a deadline, past which no other date stands
//
//	[ranking]                            # optional; needed by `changeable` and by `never = "worse"`
//	better = ["yes", "no"]               # all outcomes, the best for the reader first
//
//	[[example]]                          # a decision that is expected; tried on every load
//	given = { permit = "none" }          # values, lists, groups or "unknown"; facts left out are not answered
//	expect = "no"                        # a list where several outcomes remain possible
//	reasons = ["needs-a-permit"]         # optional: exactly these hold
//	asks = ""                            # optional: the fact asked next, "" for none
//	renewal = 2027-01-31                 # optional, with `on` and `dates`: exactly these dates are given
//
//	[[invariant]]                        # proven on all cases
//	id = "buying-never-makes-it-worse"
//	given = { permit = "none" }          # optional: only in these cases
//	change = { permit = ["none", "visitor"] }
//	never = "worse"                      # or "different" (in outcome or reasons), or an outcome
//
// There is no "not" and no "else": each rule says by itself what it takes. Every
// rule that matches a case is a hit and gives a reason, so that a reader sees
// all that stands in the way at once; the outcome is that of the hit whose
// outcome stands highest. A file of the same id and a later valid_from is the
// next version; which one holds is chosen by the day. Before the first day of the
// earliest version nothing is decided: pages, API and command say from which day.
//
// What is refused, each with its place, the cases in words and what to do: a
// case that no rule decides (gap); a rule whose outcome stands alone and that
// shares a case with another (conflict); a rule, fact, value or outcome that
// can never matter (dead); two rules that say the same (redundant); a name that
// does not exist; an example or an invariant that fails; more than 4,194,304 cases,
// or more than 20,000 states of the questions without "unknown": the message says how
// many there are, and which fact multiplies them most. Each state is a page, and so are
// those with "unknown", the fewest first, as long as there are no more than 20,000. A
// rule that cites no section is a warning.
//
// A value is dead when no rule names it and another of its fact is not named
// either: no rule can tell the two apart, so nobody should have to. A rule is
// dead when a higher outcome hits wherever it does; its reason may be wanted
// all the same, and then it should give the outcome that stands there.
package rules

import "embed"

// Files are the rule files as they were when the program was built.
//
//go:embed *.toml
var Files embed.FS
