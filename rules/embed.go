// Package rules holds the rule files of the help center, one TOML file a checker.
// This is the manual for those who write them; package site/ruleset reads them. Those who
// begin follow README.md in this folder, from a leaflet to a proven checker.
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
//	find_out = "city/parking/permits#which"                    # optional: for those who do not know; see below
//	changeable = { from = "none", to = "visitor", by = "buy" } # optional: what a person can do about it
//
//	[[fact]]                             # a number, or with type = "days" a day; see below
//	id = "spaces"
//	type = "number"
//	min = 1
//	max = 500
//	only_if = { permit = "visitor" }     # optional: elsewhere not asked, without a value, and no test on it holds
//	unknown = false                      # optional: "I don't know" is no answer; unknown = "none" counts it as that one
//
//	[[group]]                            # a name for some values of a fact; it may stand wherever values may
//	id = "holders"
//	fact = "permit"
//	values = ["resident", "visitor"]
//
//	[[outcome]]                          # an answer; outcomes stand in order, the highest first
//	id = "no"
//	show = ["city/parking/fines#how-much"]                     # optional: sections of articles that the answer shows
//	action = "contact"                                         # optional: a link of site.toml, by its id, or a checker
//
//	[[outcome]]
//	id = "yes"
//	alone = true                         # optional: no other rule may hit where this one stands
//
//	[[rule]]
//	id = "needs-a-permit"                # the id of its reason in locales/
//	when = { permit = "none" }           # a list means any of these; a missing fact means any value
//	then = "no"
//	cite = "city/parking/permits#needed" # the section that says so, or an address; see below
//	facts = ["P4"]                       # optional: what the rule rests on
//
//	[[branch]]                           # rules that share cases: joined by "and" to the `when` of each
//	when = { permit = "visitor" }
//
//	[[branch.rule]]
//	id = "too-many"
//	when = { spaces = "> 20" }           # or "< 10", "[10..50)", "(1..2]", 7, or a list of these
//	then = "no"
//	cite = "city/parking/permits#needed"
//
//	[[rule]]
//	id = "has-one"
//	otherwise = 2                        # in place of `when`: every case that no other rule hits, and how many there are
//	then = "yes"
//	cite = "city/parking/permits#needed"
//
//	[[anchor]]                           # optional: a day that is asked beside the answer, and decides nothing
//	id = "renewal"
//
//	[[date]]                             # optional: a day counted from another
//	id = "renew-by"
//	when = { permit = "visitor" }        # optional: stands where all that is answered lies in here
//	from = "renewal"                     # an anchor, a fact of days, or a date that stands above
//	days = -10                           # or months = 1, or working_days = 3
//	round = "working-day-before"         # optional: then to that; or "working-day-after", "end-of-month"
//	deadline = true                      # optional: something must be done by then; left out: where the step is negative
//
//	[ranking]                            # optional; needed by `changeable` and by `never = "worse"`
//	better = ["yes", "no"]               # all outcomes, the best for the reader first
//
//	[[example]]                          # a decision that is expected; tried on every load
//	given = { permit = "none" }          # values, lists, groups, "unknown", days of anchors; facts left out are open
//	expect = "no"                        # a list where several outcomes remain possible
//	reasons = ["needs-a-permit"]         # optional: exactly these hold
//	asks = ""                            # optional: the fact asked next, "" for none
//	on = 2027-01-31                      # optional: the day of asking
//	dates = {}                           # optional: exactly these dates stand, as in { renew-by = 2027-01-21 }
//
//	[[invariant]]                        # proven on all cases
//	id = "buying-never-makes-it-worse"
//	given = { permit = "none" }          # optional: only in these cases
//	change = { permit = ["none", "visitor"] }
//	never = "worse"                      # or "different" (in outcome or reasons), or an outcome
//
// A number has whole steps of step, which is 1 if it is left out. The value of a day
// (type = "days") is its distance from the day of the decision, so that past days are
// negative; readers give the day, as 2027-01-31. Numbers and days are cut at every
// threshold that a test names, so that all cases are still gone through one by one: a
// cell is LOW..HIGH, both included, in addresses and in the API. A threshold that
// changes nothing is refused, and `rules test --boundaries` lists what is next to each.
// A fact of type = "set" has any number of its values, seven
// at most, and is tested by any, all, none and count:
// when = { addons = { any = ["a", "b"], count = ">= 2" } }. In examples a number or a day
// stands for its cell, a day with `on`, and a list of a set for these values.
//
// A fact may be the outcome of another checker: from = "is-a-fine-due" in the place of values.
// Its values are the outcomes, in their order; they are called what they are called there,
// unless a message names them as values; and readers who do not know are led to that checker. Where both ask
// for a fact of the same id, what was answered there is as good here: outcomes that it excludes
// are impossible, and one that it settles is not asked, as far as 64 conditions can say so
// and one version of the other checker holds. An outcome that is renamed or removed there
// makes the rules here that name it errors.
//
// Where a section may stand in find_out and show, the id of a checker may too, and in
// action in the place of a link. Links to a checker take along the answers to facts of the
// same id, type and value, as far as its questions come to them one after the other, and the
// outcome that a fact is from.
//
// A limit that depends on another fact is a [[limit]] with an id, `by`, which is that fact,
// and a number for each value of it, or for groups of values:
// values = { one = 1580, families = 2694 }. Tests of numbers in rules, branches and
// impossible cases name it: when = { income = "<= gross" }.
//
// A date is counted in days, in months (the same day, or the month's last), or in working
// days, which are those that are neither Saturday nor Sunday nor in the list `holidays` at
// the top of the file: holidays = [2027-01-01, 2027-12-25]. The days that it is counted
// from are asked beside the answer, and given by id like facts: renewal=2027-01-31. A
// deadline has words for when it is past; of the dates with the same source only deadlines
// stand then. The last day itself is not past.
//
// An [[impossible]] table with a `when`, and `because` in words, says which answers
// cannot be together: they are refused, and are no case.
//
// There is no "not": each rule says by itself what it takes, or takes the rest. Every
// rule that matches a case is a hit and gives a reason, so that a reader sees
// all that stands in the way at once; the outcome is that of the hit whose
// outcome stands highest. A file of the same id and a later valid_from is the
// next version; which one holds is chosen by the day. Before the first day of the
// earliest version nothing is decided: pages, API and command say from which day.
//
// What a fact, a value, a reason or an answer is called stands in locales/, as messages
// whose id begins with that of the checker: may-i-park.value.permit.none. Many names are
// better kept as a table beside the rules, may-i-park.labels.csv. Its first line is
// fact,value,en,it with the languages of the site, and a line such as
// permit,visitor,A visitor's permit,Un permesso per visitatori names a value. A name
// stands there or in locales/, not in both.
//
// The texts of outcomes, reasons, dates, hints and what to do, and the questions, may show answers that have been
// given by then: {{.Permit}}, and {{.MonthsLeft}} for the fact months-left. A number or a day stands there as it was
// typed, written as the language does, and else the label of the answer. Of a fact that is open it is what the rule
// says of it, in the text of the rule; else the optional message may-i-park.fact.permit.open, or the fact's name. A
// text with one number may have plural forms, which that number chooses. All of these texts but the questions are
// Markdown within a paragraph: *emphasis*, **strong**, `code` and links, as articles write them: to link:ID, to
// https://…, or to city/parking/permits.md#needed, a path below content/<lang>/. HTML, headings and lists are text as
// they stand. Titles, JSON and the terminal have the words alone.
//
// What a rule cites, an outcome shows and find_out names is a section, PATH#ID, or an address that begins with
// https://. The words for an address are a message: may-i-park.cite.www-gov-uk-parking for https://www.gov.uk/parking.
// Lint names those that are missing.
//
// A group of values that has a name, in either place, as may-i-park.value.permit.holders,
// is a heading in the question, over its values; other groups are for rules alone. Groups
// of one fact that have names share no values. A question of more than 12 values has a box
// to filter them, and without headings letters, if each name begins with one: it is then in
// the order of the alphabet.
//
// What is refused, each with its place, the cases in words and what to do: a
// case that no rule decides (gap); a rule whose outcome stands alone and that
// shares a case with another (conflict); a rule, fact, value or outcome that
// can never matter (dead); two rules that say the same (redundant); a name that
// does not exist; an example or an invariant that fails; more than 4,194,304 cases,
// or more than 20,000 states of the questions without "unknown": the message says how
// many there are, and which fact multiplies them most. Each state is a page, and so are
// those with "unknown", the fewest first, as long as there are no more than 20,000 and it
// is not too costly to list them. A rule without `when` is refused: when = {} says that it
// hits every case. A rule that cites no section is a warning.
//
// A file has at most 32 facts, each of 250 values or cells; 256 rules, counted once for each
// number of a limit; 256 outcomes, groups and limits each; 64 dates, of which 16 are counted
// from each other; 64 conditions of `impossible` and `only_if`. An id has 80 characters.
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
