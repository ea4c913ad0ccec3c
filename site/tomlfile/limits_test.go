package tomlfile

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"helpcenter/site/diag"
)

// numbered returns lines of about n bytes in total, each with its number.
func numbered(n int, format string) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// readTime returns the CPU time that reading a file takes, the least of several runs. It stops early once that is
// at most enough.
func readTime(text string, into any, times int, enough time.Duration) time.Duration {
	best := time.Duration(math.MaxInt64)
	for ; times > 0 && best > enough; times-- {
		began := cpuTime()
		Decode("f.toml", []byte(text), 1, into)
		best = min(best, cpuTime()-began)
	}
	return best
}

// cpuTime returns the CPU time that this process has used, whatever else the machine was doing.
func cpuTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// Whatever its shape, a file is read or refused in at most some times what a file of plain keys takes.
func TestNoTOMLIsSlow(t *testing.T) {
	const length, limit = 150_000, 15
	plain := readTime(numbered(length, "a%d = 1\n"), &map[string]any{}, 5, 0)
	for name, text := range map[string]string{
		"a dotted key":     strings.Repeat("a.", length/2) + "a = 1",
		"a dotted table":   "[" + strings.Repeat("a.", length/2) + "a]",
		"tables in tables": "a = " + strings.Repeat("{a=", length/4) + "1" + strings.Repeat("}", length/4),
		"lists in lists":   "a = " + strings.Repeat("[", length/2) + strings.Repeat("]", length/2),
		"lists begun":      "a = " + strings.Repeat("[", length),
		"many lists":       "a = [" + strings.Repeat("[[[[]]]],", length/9) + "]",
		"a long list":      "a = [" + strings.Repeat("1,", length/2) + "]",
		"tables in a list": "a = [" + strings.Repeat("{b=1},", length/6) + "]",
		"many tables":      numbered(length, "[a%d]\nb = 1\n"),
		"lists of tables":  strings.Repeat("[[a]]\n[[a.b]]\n", length/14),
		"a long text":      `a = "` + strings.Repeat(`\"`, length/2) + `"`,
		"quotes":           `a = """` + strings.Repeat(`""x`, length/3) + `"""`,
		"a long number":    "a = " + strings.Repeat("1", length),
		"a long key":       strings.Repeat("k", length) + " = 1",
		"comments":         strings.Repeat("#\n", length/2),
	} {
		for _, into := range []any{&map[string]any{}, &sample{}} {
			if took := readTime(text, into, 5, limit*plain); took > limit*plain {
				t.Errorf("%s into %T: %s, plain keys %s", name, into, took, plain)
			}
		}
	}
}

func TestTOMLLimits(t *testing.T) {
	for _, test := range []struct {
		name, text string
		at         string // of the finding, "" if there is none
	}{
		{"as deep as may be", "\n\na = " + strings.Repeat("[", maxDepth) + strings.Repeat("]", maxDepth), ""},
		{"lists", "\n\na = " + strings.Repeat("[", maxDepth+1) + strings.Repeat("]", maxDepth+1), "f.toml:3:"},
		{"tables", "a = " + strings.Repeat("{a=", maxDepth+1) + "1" + strings.Repeat("}", maxDepth+1), "f.toml:1:"},
		{"a key", "b = 1\n" + strings.Repeat("a.", maxDepth+1) + "a = 1", "f.toml:2:"},
		{"lines", strings.Repeat("a.b = [ 1 ]\n[c]\n", 1) + numbered(1000, "a%d.b = [ 1.5 ]\n"), ""},
		{"texts and comments",
			"a = '" + strings.Repeat("[", 50) + "' # " + strings.Repeat("[", 50) + "\nb = \"\"\"\n" +
				strings.Repeat("{\\\"", 50) + "\"\"\"\n", ""},
		{"a text that never ends, and what follows", "a = 'x\n" + strings.Repeat("[", 50), "f.toml:1:"},
		{"bytes", strings.Repeat("#", maxSize+1), "f.toml:1"},
	} {
		var v map[string]any
		_, found := Decode("f.toml", []byte(test.text), 1, &v)
		found = slices.DeleteFunc(found, func(f diag.Finding) bool { return f.Rule != "toml" })
		if (len(found) == 0) != (test.at == "") || len(found) > 0 && !strings.HasPrefix(found[0].String(), test.at) {
			t.Errorf("%s: found %.200v, wanted one at %q", test.name, found, test.at)
		}
	}
	data, err := Read(fstest.MapFS{"x": {Data: make([]byte, 4*maxSize)}}, "x")
	if len(data) != maxSize+1 || err != nil {
		t.Errorf("read %d bytes, %v", len(data), err)
	}
}
