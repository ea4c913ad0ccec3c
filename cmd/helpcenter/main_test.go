package main

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"helpcenter": main})
}

var update = flag.Bool("update", false, "rewrite what the scripts expect")

// TestScripts runs the stories in testdata/script: calls of the program and what
// must come back. In each, house/ is a small help center about tea.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("SOURCE_DATE_EPOCH", "1795305600") // 2026-11-22
			return os.CopyFS(filepath.Join(env.WorkDir, "house"), os.DirFS("testdata/house"))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"same": sameTrees,
		},
	})
}
