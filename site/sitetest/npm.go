package sitetest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// Programs of others that tests run are installed from npm when they are first
// needed, at the version named here, and never committed.
const (
	axePackage      = "axe-core@4.14.1"
	ValidatePackage = "html-validate@10.9.0"
)

var npmLock sync.Mutex

// NPM returns the folder of an installed package, pkg@version, in the user's
// cache. Without npm, or without a network, the test skips.
func NPM(t testing.TB, pkg string) string {
	t.Helper()
	npmLock.Lock()
	defer npmLock.Unlock()
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	cache = filepath.Join(cache, "helpcenter-tests")
	dir := filepath.Join(cache, strings.NewReplacer("/", "-", "@", "-").Replace(pkg))
	name := pkg[:strings.LastIndex(pkg, "@")]
	installed := filepath.Join(dir, "node_modules", name)
	if _, err := os.Stat(installed); err == nil {
		return installed
	}
	if _, err := exec.LookPath("npm"); err != nil {
		skip(t, "this test needs npm on the PATH (Debian: apt-get install npm)")
	}
	if err := os.MkdirAll(cache, 0o777); err != nil {
		t.Fatal(err)
	}
	// Installed beside its place and moved there whole: the next run must not
	// find half a package.
	half, err := os.MkdirTemp(cache, "installing-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(half)
	for tries := 3; ; tries-- { // a registry may have a bad moment
		install := exec.Command("npm", "install", "--prefix", half, "--no-audit", "--no-fund", "--ignore-scripts", pkg)
		out, err := install.CombinedOutput()
		if err == nil {
			break
		}
		if tries == 1 {
			skip(t, "this test installs "+pkg+" from npm, which did not work: "+string(out))
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
