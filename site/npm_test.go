package site_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"helpcenter/site/sitetest"
)

var npmLock sync.Mutex

// npm returns the folder of an npm package, named as name@version. It is installed
// in the user's cache when it is first needed. Without npm or a network the test
// skips, but fails if CI is true.
func npm(t testing.TB, pkg string) string {
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
		sitetest.Skip(t, "this test needs npm on the PATH (Debian: apt-get install npm)")
	}
	if err := os.MkdirAll(cache, 0o777); err != nil {
		t.Fatal(err)
	}
	// Installed elsewhere and then moved, so that the next run never finds a part.
	half, err := os.MkdirTemp(cache, "installing-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(half)
	for tries := 3; ; tries-- { // the network may fail for a moment
		install := exec.Command("npm", "install", "--prefix", half, "--no-audit", "--no-fund", "--ignore-scripts", pkg)
		out, err := install.CombinedOutput()
		if err == nil {
			break
		}
		if tries == 1 {
			sitetest.Skip(t, "cannot install "+pkg+" from npm: "+string(out))
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
