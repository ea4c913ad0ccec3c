package sitetest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"helpcenter/site/testsample"
)

var npmLock sync.Mutex

// NPM returns the folder of the first of some npm packages, each given as name@version; the others are beside it.
// They are installed in the user's cache when first needed. Without npm or a network the test is skipped, but fails
// if CI is true.
func NPM(t testing.TB, packages ...string) string {
	t.Helper()
	npmLock.Lock()
	defer npmLock.Unlock()
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	cache = filepath.Join(cache, "helpcenter-tests")
	dir := filepath.Join(cache, strings.NewReplacer("/", "-", "@", "-").Replace(strings.Join(packages, "-")))
	name := packages[0][:strings.LastIndex(packages[0], "@")]
	installed := filepath.Join(dir, "node_modules", name)
	if _, err := os.Stat(installed); err == nil {
		return installed
	}
	if _, err := exec.LookPath("npm"); err != nil {
		testsample.Missing(t, "this test needs npm on the PATH (Debian: apt-get install npm)")
	}
	if err := os.MkdirAll(cache, 0o777); err != nil {
		t.Fatal(err)
	}
	// They are installed elsewhere and then moved, so the next run never finds a partial installation.
	half, err := os.MkdirTemp(cache, "installing-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(half)
	for tries := 3; ; tries-- { // the network may fail for a moment
		install := exec.Command("npm", "install", "--prefix", half, "--no-audit", "--no-fund", "--ignore-scripts")
		install.Args = append(install.Args, packages...)
		out, err := install.CombinedOutput()
		if err == nil {
			break
		}
		if tries == 1 {
			testsample.Missing(t, "cannot install "+strings.Join(packages, ", ")+" from npm: "+string(out))
		}
		time.Sleep(10 * time.Second)
	}
	if err := os.Rename(half, dir); err != nil {
		if _, raced := os.Stat(installed); raced != nil {
			t.Fatal(err)
		}
	}
	return installed
}
