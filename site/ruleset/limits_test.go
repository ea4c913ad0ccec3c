package ruleset

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"helpcenter/site/diag"
)

// numbered returns n pieces of text, each with its number from 0, joined.
func numbered(n int, sep, format string) string {
	pieces := make([]string, n)
	for i := range pieces {
		pieces[i] = fmt.Sprintf(format, i)
	}
	return strings.Join(pieces, sep)
}

// limited are files that have n of something, by what that is: its limit, and how many make
// a file that is much too large.
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

// checkerOf returns a file with some facts, or one, and what else is in it.
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

// At a limit a file is not refused for its size. Beyond it the refusal tells how many there
// are, how many may be, and what to do; and it takes little at any size.
func TestEachLimit(t *testing.T) {
	number := regexp.MustCompile(`\d`)
	for name, c := range limited {
		at := c.file(c.limit)
		_, found := Compile("rules/x.toml", []byte(at))
		if f, refused := beyond(found); refused {
			t.Errorf("%s: %d are refused: %s", name, c.limit, f)
		}
		for _, n := range []int{c.limit + 1, c.large} {
			text := c.file(n)
			_, found := Compile("rules/x.toml", []byte(text))
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
