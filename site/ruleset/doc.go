// Package ruleset decides: facts in, decision out. It holds no prose, no HTML and
// no HTTP, and nothing about a particular checker: that is all in its file.
// What such a file may say is in the comment of package rules.
//
// [Load] compiles each file of a folder into a [Ruleset]. Its table holds the verdict
// of every case as a reduced decision diagram, so that nothing grows with the number
// of cases: a case is looked up by following its answers, and what is said of many
// cases is worked out on the nodes that they share. [Ruleset.Decide] takes [Answers]
// of which any may be missing or unknown and is exact over all their completions: "I
// don't know" is not a value but leaves the fact open. A decision says what is
// possible, which reasons hold whatever the open facts are, what to ask next, which
// answers settle it, and what a person could change for the better. It never asks what
// can change neither outcome nor reasons any more; while a fact is unknown, that is
// judged over all its values together.
//
// A state of the questions is a page: [Ruleset.States] lists them,
// [Ruleset.Canonical] leads any answers to theirs, and [Ruleset.Segments] and
// [Ruleset.ParsePath] make and read its path. [Ruleset.Rows] is the whole table
// with as few rows as merging leaves, [Diff] what a change of rules changes,
// [Ruleset.Trace] why a rule did or did not hit, [Ruleset.Schedule] the dates, and
// [Ruleset.Test] what came of examples and invariants.
//
// Rules cannot see articles or words. [Ruleset.References] and
// [Ruleset.Messages] say which sections and which messages they need, and where
// in the file to complain when one is missing.
package ruleset
