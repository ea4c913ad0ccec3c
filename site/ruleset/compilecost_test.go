package ruleset

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// What compiling a file may cost. An allocation stands for less than a microsecond of work, so the total stays
// below two seconds. Allocated memory counts everything, whether freed or not, so it exceeds what is held.
const (
	mostAllocations = 1_500_000
	mostAllocated   = 400 << 20
	mostHeld        = 200 << 20
	mostCompileCPU  = 2 * time.Second
)

// randomFile returns a file with facts of all kinds and everything that can be built from them.
func randomFile(rnd *rand.Rand) string {
	var s strings.Builder
	s.WriteString("id = \"x\"\nhit_policy = \"output order\"\n")
	facts := 1 + rnd.IntN([]int{4, 12, 22, 32}[rnd.IntN(4)])
	sizes := make([]int, facts)
	most := []int{2, 2, 3, 5, 30, 250}[rnd.IntN(6)]
	for f := range facts {
		sizes[f] = 2 + rnd.IntN(most-1)
		var values []string
		for v := range sizes[f] {
			values = append(values, fmt.Sprintf("\"v%d\"", v))
		}
		fmt.Fprintf(&s, "[[fact]]\nid = \"f%d\"\nvalues = [%s]\n", f, strings.Join(values, ", "))
		if rnd.IntN(3) == 0 {
			fmt.Fprintf(&s, "changeable = { from = \"v0\", to = \"v1\", by = \"b\" }\n")
		}
		if f > 0 && rnd.IntN(8) == 0 {
			fmt.Fprintf(&s, "only_if = { f%d = \"v1\" }\n", rnd.IntN(f))
		}
	}
	when := func(likely int) string {
		var tests []string
		for f := range facts {
			if rnd.IntN(facts+likely) >= likely {
				continue
			}
			var values []string
			for v := range sizes[f] {
				if rnd.IntN(3) == 0 && v > 0 {
					values = append(values, fmt.Sprintf("\"v%d\"", v))
				}
			}
			if len(values) == 0 {
				values = []string{"\"v0\""}
			}
			tests = append(tests, fmt.Sprintf("f%d = [%s]", f, strings.Join(values, ", ")))
		}
		return "{ " + strings.Join(tests, ", ") + " }"
	}
	outcomes := 1 + rnd.IntN(6)
	ids := []string{}
	for o := range outcomes {
		fmt.Fprintf(&s, "[[outcome]]\nid = \"o%d\"\nalone = %t\n", o, rnd.IntN(2) == 0)
		ids = append(ids, fmt.Sprintf("\"o%d\"", o))
	}
	likely := rnd.IntN(8)
	for r := range 1 + rnd.IntN([]int{5, 60, 256}[rnd.IntN(3)]) {
		fmt.Fprintf(&s, "[[rule]]\nid = \"r%d\"\nwhen = %s\nthen = \"o%d\"\n", r, when(likely), rnd.IntN(outcomes))
	}
	if rnd.IntN(2) == 0 {
		fmt.Fprintf(&s, "[[rule]]\nid = \"last\"\nwhen = {}\nthen = \"o%d\"\n", outcomes-1)
	}
	for range rnd.IntN(3) * rnd.IntN(8) {
		fmt.Fprintf(&s, "[[impossible]]\nwhen = %s\n", when(2))
	}
	fmt.Fprintf(&s, "[ranking]\nbetter = [%s]\n", strings.Join(ids, ", "))
	for i := range rnd.IntN(3) * rnd.IntN(20) {
		fmt.Fprintf(&s, "[[invariant]]\nid = \"i%d\"\ngiven = %s\nchange = { f%d = [\"v0\", \"v1\"] }\nnever = %q\n",
			i, when(1), rnd.IntN(facts), []string{"worse", "different"}[rnd.IntN(2)])
	}
	for range rnd.IntN(3) * rnd.IntN(20) {
		fmt.Fprintf(&s, "[[example]]\ngiven = %s\nexpect = \"o0\"\nasks = \"f0\"\n", when(3))
	}
	return s.String()
}

// costlyFiles are files that are costly to compile.
func costlyFiles() map[string]string {
	files := maps.Clone(costlyRules)
	for name, text := range map[string]string{"states": independent(13), "trees": branches(22)} {
		for f := range 12 {
			text += fmt.Sprintf("[[invariant]]\nid = \"i%d\"\nchange = { f%d = [\"no\", \"yes\"] }\nnever = \"yes\"\n", f, f)
		}
		files["invariants of "+name] = text
		for f := range 12 {
			text += "[[example]]\ngiven = { " + strings.Repeat("", f)
			for g := range 12 {
				text += fmt.Sprintf("f%d = [\"yes\", \"no\"], ", (f+g)%13)
			}
			text = strings.TrimSuffix(text, ", ") + " }\nexpect = [\"no\", \"yes\"]\nasks = \"f12\"\n"
		}
		files["examples of "+name] = text
	}
	files["all stand alone"] = strings.Replace(independent(13), "id = \"no\"\n", "id = \"no\"\nalone = true\n", 1)
	files["gaps"] = strings.Replace(twoNo(22), "yes\"\ncite", "yes\"\n#", -1)
	files["too many states"], files["too many values"] = independent(22), wide(250)
	var wrong strings.Builder
	wrong.WriteString(wide(250))
	for r := range 5000 {
		fmt.Fprintf(&wrong, "[[example]]\ngiven = { a = [%q, \"w%d\"] }\n", strings.Repeat("v", 60), r)
	}
	files["unknown names"] = wrong.String()
	files["a long name"] = independent(2) + "[[example]]\ngiven = { f0 = \"" + strings.Repeat("x", 900_000) + "\" }\n"
	return files
}

// compileCost measures compiling a file. Under the race detector, which empties pools at random, it returns zeros.
func compileCost(text string) (allocations, allocated uint64) {
	if raceDetector {
		return 0, 0
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	Compile(nil, "rules/x.toml", []byte(text))
	runtime.ReadMemStats(&after)
	return after.Mallocs - before.Mallocs, after.TotalAlloc - before.TotalAlloc
}

// Compiling takes little work and memory for any file, whether it is accepted or refused.
func TestCostOfFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("no goroutines meet in it")
	}
	for name, text := range costlyFiles() {
		n, bytes := compileCost(text)
		t.Logf("%-24s %8d allocations, %4d MB", name, n, bytes>>20)
		if n > mostAllocations || bytes > mostAllocated {
			t.Errorf("%s: %d allocations of %d MB", name, n, bytes>>20)
		}
	}
}

func FuzzCostOfFiles(f *testing.F) {
	for seed := range uint64(40) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		text := randomFile(rand.New(rand.NewPCG(seed, 0)))
		if n, bytes := compileCost(text); n > mostAllocations || bytes > mostAllocated {
			t.Fatalf("%d allocations of %d MB", n, bytes>>20)
		}
		r, _, _ := compileFile("rules/x.toml", []byte(text))
		if r.table == nil || r.questions == nil || r.countStates(-1) > maxStates {
			return
		}
		steps := 0
		measured = func(n int) { steps += n }
		defer func() { measured = nil }()
		costlyAnswers(r, func(a Answers) {
			steps = 0
			if r.Decide(r.Canonical(a)); steps > mostSteps {
				t.Fatalf("%d steps for %s", steps, r.Segments(a))
			}
		})
	})
}

// TestCPUOfFiles measures the CPU time and memory that costly files take:
//
//	go test ./site/ruleset -run TestCPUOfFiles -measure -v
func TestCPUOfFiles(t *testing.T) {
	if !*measureCPU {
		t.Skip("it measures time; see -measure")
	}
	files := costlyFiles()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		held := heapWhile(func() { Compile(nil, "rules/x.toml", []byte(files[name])) })
		took := cpuTime(2, func() { Compile(nil, "rules/x.toml", []byte(files[name])) })
		t.Logf("%-24s %7.1f ms, %4d MB", name, took.Seconds()*1000, held>>20)
		if took > mostCompileCPU || held > mostHeld {
			t.Errorf("%s: %s of CPU, %d MB", name, took, held>>20)
		}
	}
}

// heapWhile returns the largest heap seen while f runs.
func heapWhile(f func()) (most uint64) {
	runtime.GC()
	done, seen := make(chan struct{}), make(chan uint64)
	go func() {
		var m runtime.MemStats
		for most := uint64(0); ; {
			select {
			case <-done:
				seen <- most
				return
			case <-time.After(5 * time.Millisecond):
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapInuse)
			}
		}
	}()
	f()
	close(done)
	return <-seen
}
