package ruleset

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"helpcenter/site/testsample"

	"golang.org/x/sys/unix"
)

// mostSteps is the most steps that a decision and its address may take. A step takes well under a tenth of a
// microsecond, so the total stays below 20 ms of CPU.
const mostSteps = 150_000

// twoNo returns a file in which the second "no" decides. For those who say "yes", the outcome is settled only by
// all answers but one.
func twoNo(facts int) string {
	s := yesNo(facts)
	yes := func(n, no int) (when []string) {
		for f := range n {
			when = append(when, fmt.Sprintf("f%d = %q", f, []string{"yes", "no"}[btoi(f == no)]))
		}
		return when
	}
	for j := range facts {
		for i := range j {
			writeRule(s, fmt.Sprintf("no%d-%d", i, j), "no", append(yes(j, i), fmt.Sprintf("f%d = \"no\"", j))...)
		}
		writeRule(s, fmt.Sprintf("one%d", j), "yes", yes(facts, j)...)
	}
	writeRule(s, "all", "yes", yes(facts, -1)...)
	return s.String()
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// changeableFacts makes every fact of a file changeable for the better.
func changeableFacts(text string) string {
	const values = "values = [\"yes\", \"no\"]\n"
	return strings.ReplaceAll(text, values, values+"changeable = { from = \"no\", to = \"yes\", by = \"do\" }\n") +
		"[ranking]\nbetter = [\"yes\", \"no\"]\n"
}

// gated returns a file in which each fact but the first is asked only after some answers
// to the one before, and some answers are impossible.
func gated(facts int) string {
	text := independent(facts)
	for f := 1; f < facts; f++ {
		id := fmt.Sprintf("id = \"f%d\"\n", f)
		text = strings.Replace(text, id, id+fmt.Sprintf("only_if = { f%d = %q }\n", (f-1)/2, []string{"yes", "no"}[f%2]), 1)
	}
	for f := 2; f < facts; f += 3 {
		text += fmt.Sprintf("[[impossible]]\nwhen = { f%d = \"no\", f%d = \"no\" }\nbecause = \"x\"\n", f-2, f)
	}
	return text
}

// costlyRules are files near the limits, keyed by what makes them costly.
var costlyRules = map[string]string{
	"many states":          independent(13),
	"many changes":         changeableFacts(independent(13)),
	"two trees":            branches(22),
	"two trees to change":  changeableFacts(branches(22)),
	"a long chain":         chain(22),
	"a long chain to pay":  changeableFacts(chain(22)),
	"nothing settles":      twoNo(22),
	"nothing settles, pay": changeableFacts(twoNo(22)),
	"many values":          wide(100),
	"asked sometimes":      gated(13),
}

// costlyAnswers yields answers of all kinds: none, all the same, and random mixtures.
func costlyAnswers(r *Ruleset, yield func(Answers)) {
	all := func(answer func(f int) int) {
		var a Answers
		for f := range r.Facts {
			a = a.With(f, answer(f))
		}
		if r.Possible(a) {
			yield(a)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, v := range []int{Unanswered, Unknown, 0, 1} {
		all(func(int) int { return v })
		for range 4 {
			all(func(f int) int { return []int{v, v, v, random.IntN(4) - 2}[random.IntN(4)] })
		}
		for cut := 0; cut < len(r.Facts); cut += 4 {
			all(func(f int) int { return []int{v, Unknown}[btoi(f < cut)] })
		}
	}
}

func compileCostly(t testing.TB, name string) *Ruleset {
	r, found, _ := compileFile("rules/x.toml", []byte(costlyRules[name]))
	if r.table == nil || r.questions == nil || has(found, "state-limit") || has(found, "table-limit") {
		t.Fatalf("%s: %v", name, found)
	}
	return r
}

// Within the limits on rules, no answers take much work to decide or to find the address of.
func TestCostOfDecisions(t *testing.T) {
	if testing.Short() {
		t.Skip("no goroutines meet in it")
	}
	steps := 0
	measured = func(n int) { steps += n }
	defer func() { measured = nil }()
	for _, name := range testsample.Of(slices.Sorted(maps.Keys(costlyRules)), 4) {
		r := compileCostly(t, name)
		most := 0
		costlyAnswers(r, func(a Answers) {
			steps = 0
			r.Decide(r.Canonical(a)) // for a page
			page := steps
			steps = 0
			d := r.Decide(a) // for the API
			steps = max(page, steps)
			if most = max(most, steps); steps > mostSteps {
				t.Errorf("%s: %d steps for %s", name, steps, r.Segments(a))
			}
			if len(d.Changes) > mostRemedies {
				t.Errorf("%s: %d changes for %s", name, len(d.Changes), r.Segments(a))
			}
		})
		t.Logf("%-22s %7d cases, %6d nodes, %6d steps", name, r.Cases(), len(r.nodes), most)
	}
}

var measureCPU = flag.Bool("measure", false, "measure what decisions and files cost, instead of only their steps")

// cpuTime returns the CPU time that f uses, the least of several runs.
func cpuTime(times int, f func()) time.Duration {
	best := time.Hour
	for range times {
		before := usedCPU()
		f()
		best = min(best, usedCPU()-before)
	}
	return best
}

func usedCPU() time.Duration {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestCPUOfDecisions measures the CPU time of decisions and their addresses, for rules near the limits:
//
//	go test ./site/ruleset -run TestCPUOfDecisions -measure -v
func TestCPUOfDecisions(t *testing.T) {
	if !*measureCPU {
		t.Skip("it measures time; see -measure")
	}
	for _, name := range slices.Sorted(maps.Keys(costlyRules)) {
		r := compileCostly(t, name)
		var worst time.Duration
		costlyAnswers(r, func(a Answers) {
			worst = max(worst, cpuTime(3, func() {
				r.Decide(r.Canonical(a))
			}))
		})
		t.Logf("%-22s %6.2f ms", name, worst.Seconds()*1000)
		if worst > 20*time.Millisecond {
			t.Errorf("%s: %s of CPU", name, worst)
		}
	}
}

// A page asks the same question as Decide, and every state that leads to a page is a page.
func TestPagesAskAsDecisionsDo(t *testing.T) {
	for _, name := range []string{"a long chain", "asked sometimes", "many values"} {
		r := compileCostly(t, name)
		listed := r.pages.facts
		r.pages.facts = nil // ask works it out
		for a, f := range listed {
			if got := r.ask(a); got != f {
				t.Fatalf("%s: %s asks %d, the page %d", name, r.Segments(a), got, f)
			}
		}
		r.pages.facts = listed
		for a := range r.States() {
			if page, ok := r.Page(a); !ok || page != a {
				t.Fatalf("%s: %s has the page %s", name, r.Segments(a), r.Segments(page))
			}
		}
		t.Logf("%s: %d pages with unknown facts", name, len(listed))
	}
}
