package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"helpcenter/site/sitetest"
	"helpcenter/site/testsample"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"helpcenter": mainAtTestTime})
}

// testTime is the environment variable that sets the time for processes started by tests, in seconds since 1970.
const testTime = "HELPCENTER_TEST_TIME"

func mainAtTestTime() {
	now := time.Now
	if seconds, err := strconv.ParseInt(os.Getenv(testTime), 10, 64); err == nil {
		now = func() time.Time { return time.Unix(seconds, 0).UTC() }
	}
	runProcess(now)
}

var update = flag.Bool("update", false, "rewrite what the scripts expect")

// TestScripts runs the scripts in testdata/script: calls of the program with their expected results. In each,
// house/ is a small help center about tea.
func TestScripts(t *testing.T) {
	if testing.Short() {
		t.Skip("every call is a process of its own")
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv(testTime, fmt.Sprint(moment))
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, ".tmp", "cache"))
			return os.CopyFS(filepath.Join(env.WorkDir, "house"), os.DirFS("testdata/house"))
		},
		Condition: func(name string) (bool, error) {
			if name != "all" {
				return false, fmt.Errorf("unknown condition %s", name)
			}
			return testsample.All(), nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"same": sameTrees, "shipped": writeShipped, "replace": replaceText,
		},
	})
}

// TestExitCodes distinguishes the exit codes 1 and 2, which scripts cannot tell apart.
func TestExitCodes(t *testing.T) {
	sitetest.WithoutRaces(t)
	for _, test := range []struct {
		args string
		want int
	}{
		{"help", exitFine},
		{"version", exitFine},
		{"rules table cancel-online", exitFine},
		{"", exitUsage},
		{"help lnit", exitUsage},
		{"lint --format xml", exitUsage},
		{"lint --dir nowhere", exitUsage},
		{"lint --dir testdata", exitUsage},
		{"build extra", exitUsage},
		{"serve --addr 8080", exitUsage},
		{"decide", exitUsage},
		{"decide cancel-online --lang da", exitUsage},
		{"decide cancel-online --on tomorrow", exitUsage},
		{"rules diff nowhere.toml nowhere.toml", exitUsage},
		{"decide nothing", exitFindings},
		{"decide cancel-online contract=none", exitFindings},
		{"rules table nothing", exitFindings},
	} {
		var out, log bytes.Buffer
		if got := run(t.Context(), strings.Fields(test.args), testConsole(&out, &log)); got != test.want {
			t.Errorf("helpcenter %s: exit %d, want %d\n%s", test.args, got, test.want, &log)
		}
	}
}
