package ruleset

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"helpcenter/site/diag"
	"helpcenter/site/testsample"
)

// numbered returns n copies of a piece of text, each with its number from 0, joined.
func numbered(n int, sep, format string) string {
	pieces := make([]string, n)
	for i := range pieces {
		pieces[i] = fmt.Sprintf(format, i)
	}
	return strings.Join(pieces, sep)
}

// limited holds files with n of something, keyed by what that is, with its limit and a number that makes the file
// much too large.
var limited = map[string]struct {
	limit, large int
	file         func(n int) string
}{
	"values": {maxValues, 20_000, func(n int) string {
		return checkerOf(`[[fact]]`+"\nid = \"f\"\nvalues = ["+numbered(n, ", ", `"v%d"`)+"]\n", "")
	}},
	"cells": {maxValues, 20_000, func(n int) string {
		return checkerOf("[[fact]]\nid = \"f\"\ntype = \"number\"\nmin = 0\nmax = 1000000\n",
			"[[group]]\nid = \"g\"\nfact = \"f\"\nvalues = ["+numbered(n-1, ", ", `"< 1%d"`)+"]\n")
	}},
	"values of a set": {maxElements, 20_000, func(n int) string {
		return checkerOf("[[fact]]\nid = \"f\"\ntype = \"set\"\nvalues = ["+numbered(n, ", ", `"v%d"`)+"]\n", "")
	}},
	"facts": {maxFacts, 20_000, func(n int) string {
		return checkerOf(numbered(n, "", "[[fact]]\nid = \"f%d\"\nvalues = [\"a\"]\n"), "")
	}},
	"rules": {maxRules, 20_000, func(n int) string {
		return checkerOf("", numbered(n, "", "[[rule]]\nid = \"r%d\"\nwhen = { }\nthen = \"o\"\n"))
	}},
	"outcomes": {maxRules - 1, 20_000, func(n int) string {
		return checkerOf("", numbered(n, "", "[[outcome]]\nid = \"o%d\"\n"))
	}},
	"groups": {maxRules, 20_000, func(n int) string {
		return checkerOf("", numbered(n, "", "[[group]]\nid = \"g%d\"\nfact = \"f\"\nvalues = [\"a\"]\n"))
	}},
	"dates": {maxDates, 20_000, func(n int) string {
		return checkerOf("", numbered(n, "", "[[date]]\nid = \"d%d\"\ndays = 1\n"))
	}},
	"impossible": {maxNever, 20_000, func(n int) string {
		return checkerOf("", numbered(n, "", "[[impossible]]\nwhen = { f = \"a\" } # %d\n"))
	}},
	"cases": {22, 20_000, func(n int) string {
		return checkerOf(numbered(n, "", "[[fact]]\nid = \"f%d\"\nvalues = [\"a\", \"b\"]\n"), "")
	}},
	"states": {140, maxValues, wide}, // 1 + 140 + 140 times 140 states
	"an id": {maxName, 900_000, func(n int) string {
		return checkerOf("", "[[rule]]\nid = \""+strings.Repeat("i", n)+"\"\nwhen = {}\nthen = \"o\"\n")
	}},
}

// checkerOf returns a file with the given facts, or one fact, followed by more.
func checkerOf(facts, more string) string {
	if facts == "" {
		facts = "[[fact]]\nid = \"f\"\nvalues = [\"a\", \"b\"]\n"
	}
	return "id = \"x\"\nhit_policy = \"output order\"\n" + facts + "[[outcome]]\nid = \"o\"\n" + more
}

// beyond returns the first finding that refuses a file for its size.
func beyond(found []diag.Finding) (f diag.Finding, ok bool) {
	for _, f := range found {
		if f.Rule == "table-limit" || f.Rule == "state-limit" || f.Rule == "bad-id" {
			return f, true
		}
	}
	return f, false
}

// At its limit a file is not refused for its size. Beyond it, the refusal says how many there are, how many are
// allowed and what to do, and takes little time at any size.
func TestEachLimit(t *testing.T) {
	if testing.Short() {
		t.Skip("no goroutines meet in it")
	}
	number := regexp.MustCompile(`\d`)
	for _, name := range testsample.Of(slices.Sorted(maps.Keys(limited)), 6) {
		c := limited[name]
		at := c.file(c.limit)
		_, found := Compile(nil, "rules/x.toml", []byte(at))
		if f, refused := beyond(found); refused {
			t.Errorf("%s: %d are refused: %s", name, c.limit, f)
		}
		for _, n := range []int{c.limit + 1, c.large} {
			text := c.file(n)
			_, found := Compile(nil, "rules/x.toml", []byte(text))
			f, refused := beyond(found)
			if !refused || !number.MatchString(f.Message) || f.Suggestion == "" {
				t.Errorf("%s: %d have the findings %.300v", name, n, found)
			}
			if count, bytes := compileCost(text); count > mostAllocations || bytes > mostAllocated {
				t.Errorf("%s: %d take %d allocations of %d MB", name, n, count, bytes>>20)
			}
		}
	}
}

// manyLimits returns a file whose limits depend on facts of many values, all named in one rule.
func manyLimits(values int, by ...int) string {
	facts := numbered(3, "", "[[fact]]\nid = \"f%d\"\nvalues = ["+numbered(values, ", ", `"v%d"`)+"]\n")
	more, names := "", []string{}
	for i, fact := range by {
		more += fmt.Sprintf("[[limit]]\nid = \"l%d\"\nby = \"f%d\"\nvalues = { %s }\n",
			i, fact, numbered(values, ", ", "v%d = 1%[1]d"))
		names = append(names, fmt.Sprintf("\"(l%d..l%d]\"", i, (i+1)%len(by)))
	}
	return checkerOf(facts+"[[fact]]\nid = \"n\"\ntype = \"number\"\nmin = 0\nmax = 100000\n",
		more+"[[rule]]\nid = \"r\"\nwhen = { n = ["+strings.Join(names, ", ")+"] }\nthen = \"o\"\n")
}

// However many numbers replace limits, a file takes little time and memory.
func TestCostOfLimits(t *testing.T) {
	for _, text := range []string{
		manyLimits(20, 0, 0, 0, 0, 0, 0), manyLimits(20, 0, 1, 2, 0, 1, 2), manyLimits(60, 0, 1, 2), manyLimits(200, 0, 0, 0),
		strings.Replace(manyLimits(14, 0, 1, 2, 0, 1, 2), `"(l0..l1]"`, `"l0 l1 l2 l3 l4 l5"`, 1),
	} {
		if n, bytes := compileCost(text); n > mostAllocations || bytes > mostAllocated {
			t.Errorf("%d allocations of %d MB", n, bytes>>20)
		}
	}
}

// Impossible combinations are counted once for each number of a limit, together with those from only_if: a set
// cannot hold more of them beside the rules.
func TestImpossibleCasesOfALimitAreCounted(t *testing.T) {
	file := func(numbers int) string {
		return checkerOf("[[fact]]\nid = \"g\"\nvalues = ["+numbered(numbers, ", ", `"v%d"`)+"]\n"+
			numbered(20, "", "[[fact]]\nid = \"f%d\"\nvalues = [\"a\", \"b\"]\nonly_if = { g = \"v0\" }\n")+
			"[[fact]]\nid = \"n\"\ntype = \"number\"\nmin = 0\nmax = 100000\n",
			"[[limit]]\nid = \"l\"\nby = \"g\"\nvalues = { "+numbered(numbers, ", ", "v%d = 1%[1]d")+" }\n"+
				"[[impossible]]\nwhen = { n = \"< l\" }\n")
	}
	for numbers, want := range map[int]bool{maxNever - 2*20: false, maxNever - 2*20 + 1: true} {
		_, found := Compile(nil, "rules/x.toml", []byte(file(numbers)))
		refused := slices.ContainsFunc(found, func(f diag.Finding) bool {
			return f.Rule == "table-limit" && strings.Contains(f.Message, "impossible")
		})
		if refused != want {
			t.Errorf("%d numbers: %.300v", numbers, found)
		}
	}
}
