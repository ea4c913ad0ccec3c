package api_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"helpcenter/site/server"
	"helpcenter/site/sitetest"
	"helpcenter/site/testsample"
)

// A TypeScript client generated from the description fits the API: a program that uses it type-checks and gets the
// answers that its types promise.
func TestTypeScriptClient(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a compiler of another language")
	}
	testsample.Skip(t)
	generator := sitetest.NPM(t, "openapi-typescript@7.13.0", "openapi-fetch@0.17.0", "typescript@5.9.3",
		"@types/node@20.19.25")
	modules, h := filepath.Dir(generator), server.Handler(sitetest.Shipped(t))
	dir := t.TempDir()
	write := func(name string, data []byte) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	source, err := os.ReadFile("testdata/client/client.ts")
	if err != nil {
		t.Fatal(err)
	}
	write("client.ts", source)
	write("package.json", []byte(`{"type": "module"}`))
	write("openapi.json", sitetest.Ask(h, "GET", "/api/openapi.json", "").Body.Bytes())
	if err := os.Symlink(modules, filepath.Join(dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
	run := func(script string, args ...string) string {
		t.Helper()
		command := exec.CommandContext(t.Context(), "node", append([]string{script}, args...)...)
		command.Dir = dir
		out, err := command.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %s\n%s", script, err, out)
		}
		return string(out)
	}
	run("node_modules/openapi-typescript/bin/cli.js", "openapi.json", "--output", "schema.d.ts")
	run("node_modules/typescript/bin/tsc", "--strict",
		"--target", "es2022", "--module", "nodenext", "--types", "node", "client.ts")
	got := strings.Split(strings.TrimSpace(run("client.js", sitetest.Serve(t, h))), "\n")
	want := []string{
		"decided nothing-to-cancel /it/", "400 monthly fixed-term trial unknown", "2",
		"trial-expires contract trial", "3", "true current main", "404 true",
	}
	for i, line := range want {
		if len(got) != len(want) || !strings.HasPrefix(got[i], line) {
			t.Fatalf("the client prints\n%s", strings.Join(got, "\n"))
		}
	}
}
