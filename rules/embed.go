// Package rules contains the rule files of the help center, one TOML file for each checker. This is the manual for
// those who write them; package site/ruleset reads them. Beginners can follow README.md in this folder, from a
// leaflet to a proven checker.
//
// A rule file is a decision table in TOML; the terms are those of DMN, the standard for decision tables. A writer
// edits the file and the words in locales/, never Go, and cannot publish a table that is wrong in form.
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
// A number moves in whole steps of step, which is 1 if it is omitted. The value of a day (type = "days") is its
// distance from the day of the decision, so past days are negative; readers give the day, as 2027-01-31. Numbers
// and days are divided at every threshold that a test names, so that all cases can still be checked one by one: a
// cell is LOW..HIGH, both included, in addresses and in the API. A threshold that changes nothing is refused, and
// `rules test --boundaries` lists what is next to each. A fact of type = "set" has any number of its values, of
// which there are at most seven, and is tested by any, all, none and count:
// when = { addons = { any = ["a", "b"], count = ">= 2" } }. In examples, a number or a day stands for its cell (a
// day needs `on`), and a list of a set for these values.
//
// A fact may be the outcome of another checker, with from = "is-a-fine-due" in place of values. Its values are the
// outcomes, in their order and with their names, unless a message names them as values; readers who do not know are
// sent to that checker. If both ask for a fact with the same id, an answer given there also counts here: outcomes
// that it excludes are impossible, and an outcome that it settles is not asked for, as far as 64 conditions can
// express that and one version of the other checker is in force. If an outcome is renamed or removed there, the
// rules here that name it become errors.
//
// The id of a checker may be used wherever find_out and show take a section, and in action in place of a link.
// Links to a checker pass on the answers to facts with the same id, type and value, as far as its questions reach
// them one after the other, and the outcome that a fact is from.
//
// A limit that depends on another fact is a [[limit]] with an id, `by`, which names that fact, and a number for
// each of its values, or for groups of values: values = { one = 1580, families = 2694 }. Tests of numbers in rules,
// branches and impossible cases name it: when = { income = "<= gross" }.
//
// A date is counted in days, in months (to the same day, or the last day of the month), or in working days, which
// are those that are not a Saturday or Sunday and not in the list `holidays` at the top of the file:
// holidays = [2027-01-01, 2027-12-25]. The days that it is counted from are asked beside the answer, and given by id
// like facts: renewal=2027-01-31. A deadline has words for when it is past; of the dates with the same source, only
// deadlines are shown then. The last day itself is not past.
//
// An [[impossible]] table with a `when`, and `because` in words, says which answers cannot be true together: they
// are refused, and are not cases.
//
// There is no "not": each rule says itself which cases it covers, or covers the rest. Every rule that matches a
// case is a hit and gives a reason, so that readers see everything that stands in the way at once; the outcome is
// the highest outcome of these hits. A file with the same id and a later valid_from is the next version; the day
// decides which one is in force. Before the first day of the earliest version nothing is decided: pages, API and
// command say from which day on it will be.
//
// The names of facts, values, reasons and answers are in locales/, as messages whose ids begin with that of the
// checker: may-i-park.value.permit.none. If there are many names, it is better to keep them in a table beside the
// rules, may-i-park.labels.csv. Its first line is fact,value,en,it with the languages of the site, and a line such
// as permit,visitor,A visitor's permit,Un permesso per visitatori names a value. A name is there or in locales/,
// not in both.
//
// The texts of outcomes, reasons, dates, hints and what to do, and the questions, may show answers that have been
// given before: {{.Permit}}, and {{.MonthsLeft}} for the fact months-left. A number or a day is shown as it was
// typed, in the form of the language; otherwise the label of the answer is shown. For an open fact, the text of a
// rule shows what the rule says about it; other texts show the optional message may-i-park.fact.permit.open, or the
// fact's name. A text with one number may have plural forms, which that number chooses. All of these texts except
// the questions are Markdown within a paragraph: *emphasis*, **strong**, `code` and links, as in articles: to
// link:ID, to https://…, or to city/parking/permits.md#needed, a path below content/<lang>/. HTML, headings and
// lists are literal text. Titles, JSON and the terminal have only the words.
//
// What a rule cites, an outcome shows and find_out names is a section, PATH#ID, or an address that begins with
// https://. The words for an address are a message: may-i-park.cite.www-gov-uk-parking for
// https://www.gov.uk/parking. Lint lists missing ones.
//
// A group of values that has a name in either place, such as may-i-park.value.permit.holders, is a heading in the
// question, above its values; other groups are only for rules. Groups of one fact that have names share no values.
// A question with more than 12 values has a box to filter them and, if it has no headings and each name begins with
// a letter, is divided by letters, in alphabetical order.
//
// The following are refused, each with its place, the cases in words and what to do: a case that no rule decides
// (gap); a rule whose outcome stands alone and that shares a case with another (conflict); a rule, fact, value or
// outcome that can never matter (dead); two rules that say the same (redundant); a name that does not exist; an
// example or an invariant that fails; more than 4,194,304 cases, or more than 20,000 states of the questions
// without "unknown": the message says how many there are, and which fact multiplies them most. Each state is a
// page, and so are those with "unknown", fewest first, as long as there are no more than 20,000 and they are not
// too costly to list. A rule without `when` is refused: when = {} says that it hits every case. A rule that cites
// no section gets a warning.
//
// A file has at most 32 facts, each with 250 values or cells; 256 rules, counted once for each number of a limit;
// 256 outcomes, groups and limits each; 64 dates, of which 16 may be counted from each other; 64 conditions of
// `impossible` and `only_if`. An id has at most 80 characters.
//
// A value is dead when no rule names it or another value of its fact: no rule can tell the two apart, so nobody
// should have to. A rule is dead when a higher outcome hits wherever it does; if its reason is wanted nonetheless,
// it should give the outcome that is given there.
package rules

import "embed"

// Files contains the rule files as they were when the program was built.
//
//go:embed *.toml
var Files embed.FS
