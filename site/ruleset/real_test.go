package ruleset

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"helpcenter/site/civil"
	"helpcenter/site/testsample"
)

// The rule sets in testdata/real were written afresh from public descriptions: GOV.UK's flows about inheritance,
// visas, value added tax and building safety, the right of withdrawal of directive 2011/83/EU, and the income
// limits of food assistance in the United States. Each oracle below says the same in plain Go.

// realRules returns the rule sets by id.
func realRules(t testing.TB) *Set {
	t.Helper()
	set, found := Load(os.DirFS("testdata/real/rules"))
	for _, f := range found {
		t.Error(f)
	}
	if len(found) > 0 {
		t.FailNow()
	}
	return set
}

// A person has an answer to each question they are asked.
type person struct {
	t       *testing.T
	words   map[string]string
	numbers map[string]int64
}

// is reports whether an answer is one of some values.
func (p person) is(fact string, values ...string) bool {
	given, ok := p.words[fact]
	if !ok {
		p.t.Fatalf("%v is not asked %s", p.words, fact)
	}
	return slices.Contains(values, given)
}

func (p person) no(fact string) bool { return p.is(fact, "no") }

func (p person) number(fact string) int64 {
	n, ok := p.numbers[fact]
	if !ok {
		p.t.Fatalf("%v is not asked %s", p.words, fact)
	}
	return n
}

var realOracles = map[string]func(person) string{
	"inheritance":      inherits,
	"visa":             needsVisa,
	"withdrawal":       mayWithdraw,
	"vat":              vatIsDue,
	"snap":             getsFood,
	"qualifying-lease": leaseQualifies,
	"building-safety":  leaseholderPays,
}

func inherits(p person) string {
	switch {
	case p.is("region", "abroad"):
		return "other-law"
	case p.is("partner", "yes"):
		return inheritsWithPartner(p)
	case p.is("children", "yes"):
		return "children"
	case p.is("parents", "yes"):
		if p.is("region", "scotland") && p.is("siblings", "yes") {
			return "parents-and-siblings"
		}
		return "parents"
	case p.is("siblings", "yes"):
		return "siblings"
	}
	line := map[string][]string{
		"england-and-wales": {"half-siblings", "grandparents", "aunts", "half-aunts"},
		"scotland":          {"scots-aunts", "grandparents", "great-aunts"},
		"northern-ireland":  {"grandparents", "aunts"},
	}
	for _, relatives := range line[p.words["region"]] {
		if p.is(relatives, "yes") {
			return strings.TrimPrefix(relatives, "scots-")
		}
	}
	return "crown"
}

func inheritsWithPartner(p person) string {
	switch p.words["region"] {
	case "england-and-wales":
		if p.number("estate") <= 322_000 || p.no("children") {
			return "partner"
		}
		return "partner-first"
	case "scotland":
		if p.no("children") && p.no("parents") && p.no("siblings") {
			return "partner"
		}
		return "partner-rights"
	}
	if p.number("estate") <= 250_000 || p.no("children") && p.no("parents") && p.no("any-siblings") {
		return "partner"
	}
	return "partner-shares"
}

// The passports that need a visa even to stay in an airport, and those that need one for a visit.
var (
	airside = strings.Fields(`af al dz ao bd by bi cm cn co cd cg ci er et gm gh gn gw hn in ir iq jm jo xk ke lb ls lr ly
		mk mm mn mw md na ng np pk ps rw sn rs sl so za ss lk sd sy sz tr tt tz ug ve vn ye zw`)
	visitors = strings.Fields(`am aw az ba bf bj bo bq bt cf ck cu cv cw dj dm do ec eg eh fj fo ga ge gl gq ht id kg kh
		km kp kz la ma me mg ml mp mr mz nc ne pf ph refugee ru sr st stateless sv td tg th tj tk tl tm tn ua uz zm`)
)

func needsVisa(p person) string {
	if p.is("passport", "ie") {
		return "no-visa"
	}
	free := !slices.Contains(slices.Concat(airside, visitors), p.words["passport"])
	switch p.words["purpose"] {
	case "diplomatic":
		return "exempt"
	case "marriage":
		return "apply-before"
	case "work", "study":
		if p.number("months") > 6 {
			return "apply-before"
		}
	case "family":
		if !free && p.is("family", "eea") {
			return "exempt"
		}
		return "apply-before"
	case "transit":
		if !free && p.is("onwards", "elsewhere") && p.no("border") {
			if slices.Contains(airside, p.words["passport"]) {
				return "transit-visa"
			}
			return "no-visa"
		}
	}
	if free {
		return "no-visa"
	}
	return "visitor-visa"
}

func mayWithdraw(p person) string {
	if p.is("bought", "shop") || p.is("bought", "doorstep") && p.number("price") < 50 {
		return "no-right"
	}
	since := "agreed"
	if p.is("kind", "goods") {
		since = "delivered"
		if !p.is("special", "") {
			return "no-right"
		}
	} else if p.is("begun", "yes") {
		return "no-right"
	}
	last := int64(-14)
	if p.no("informed") {
		last -= 365
	}
	if p.number(since) < last {
		return "too-late"
	}
	return "yes"
}

func vatIsDue(p person) string {
	if p.is("scheme", "annual") {
		return "two-months"
	}
	return map[string]string{
		"direct-debit": "collected", "bacs": "pay-early", "card": "pay-early", "faster": "pay",
	}[p.words["method"]]
}

func getsFood(p person) string {
	size := p.words["household"][0] - '1'
	gross := [...]int64{1580, 2137, 2694, 3250, 3807, 4364, 4921, 5478}[size]
	net := [...]int64{1215, 1644, 2072, 2500, 2929, 3357, 3785, 4214}[size]
	if p.no("elderly") && p.number("gross") > gross || p.number("net") > net {
		return "no"
	}
	return "yes"
}

func leaseQualifies(p person) string {
	switch {
	case p.number("height") < 11 && p.number("storeys") < 5:
		return "not-covered"
	case p.no("before-2022"), p.no("main-home") && p.number("homes") > 3:
		return "not-qualifying"
	}
	return "qualifying"
}

func leaseholderPays(p person) string {
	switch {
	case p.is("lease", "not-covered"):
		return "landlord-decides"
	case p.is("developer", "yes"):
		return "nothing"
	case p.is("lease", "not-qualifying"):
		return "all-of-it"
	}
	free, first := int64(175_000), "up-to-10000"
	if p.is("place", "london") {
		free, first = 325_000, "up-to-15000"
	}
	switch n := p.number("value"); {
	case n < free:
		return "nothing"
	case n <= 1_000_000:
		return first
	case n <= 2_000_000:
		return "up-to-50000"
	}
	return "up-to-100000"
}

// realCases calls do with each case: the answers to the facts that are asked in it.
func realCases(r *Ruleset, f int, a Answers, do func(Answers)) {
	switch {
	case f == len(r.Facts):
		if r.Possible(a) {
			do(a)
		}
	case r.onlyIf[f] != nil && r.outside(a, r.onlyIf[f]):
		realCases(r, f+1, a, do)
	default:
		for v := range r.Facts[f].Values {
			realCases(r, f+1, a.With(f, v), do)
		}
	}
}

// Every case is decided as its oracle decides it, for every number in its cells. One number at a time is varied,
// while the others stay at the lowest of their cell.
func TestRealRulesAgainstOracles(t *testing.T) {
	set := realRules(t)
	for _, id := range testsample.Of(set.IDs(), 4) {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			r, oracle := set.At(id, civil.Date{}), realOracles[id]
			count, numbers := 0, 0
			realCases(r, 0, Answers{}, func(a Answers) {
				count++
				v, ok := r.eval(a)
				if !ok || v.Outcome < 0 {
					t.Fatalf("%v is not decided", r.Segments(a))
				}
				p := realPerson(t, r, a)
				check := func() {
					if got := oracle(p); got != r.Outcomes[v.Outcome].ID {
						t.Fatalf("%v with %v is %s, the oracle says %s",
							r.Segments(a), p.numbers, r.Outcomes[v.Outcome].ID, got)
					}
				}
				check()
				for f, fact := range r.Facts {
					if a.At(f) < 0 || len(fact.Cells) == 0 {
						continue
					}
					cell := fact.Cells[a.At(f)]
					for n := cell.Low; n <= cell.High; n++ {
						if (testing.Short() || !testsample.All()) && n > cell.Low+1 && n < cell.High-1 {
							continue
						}
						numbers++
						p.numbers[fact.ID] = n
						check()
					}
					p.numbers[fact.ID] = cell.Low
				}
			})
			if count != r.Cases() {
				t.Errorf("%d cases are gone through, of %d", count, r.Cases())
			}
			t.Logf("%d cases, %d numbers", count, numbers)
		})
	}
}

// realPerson returns a person with the given answers and the lowest numbers of their cells.
func realPerson(t *testing.T, r *Ruleset, a Answers) person {
	p := person{t, map[string]string{}, map[string]int64{}}
	for f, fact := range r.Facts {
		switch v := a.At(f); {
		case v < 0:
		case len(fact.Cells) > 0:
			p.numbers[fact.ID] = fact.Cells[v].Low
		default:
			p.words[fact.ID] = fact.Values[v]
		}
	}
	return p
}

// Each number of a domain belongs to the cell that holds it.
func TestRealNumbersFindTheirCells(t *testing.T) {
	set := realRules(t)
	for _, id := range set.IDs() {
		r := set.At(id, civil.Date{})
		for f, fact := range r.Facts {
			for v, cell := range fact.Cells {
				for n := cell.Low; n <= cell.High; n++ {
					if testing.Short() && n > cell.Low+1 && n < cell.High-1 {
						continue
					}
					if got := r.Value(f, strconv.FormatInt(n, 10), civil.Date{}); got != v {
						t.Fatalf("%s: %s = %d is in cell %d, want %d", id, fact.ID, n, got, v)
					}
				}
			}
		}
	}
}
