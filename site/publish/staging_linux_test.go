package publish_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"helpcenter/site/testdir"
)

// A mount point cannot be swapped. The error says so and what to do instead, and the contents stay.
func TestPublishInAMountPoint(t *testing.T) {
	parent := testdir.InMemory(t)
	dir := filepath.Join(parent, "public")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=64k"); err != nil {
		t.Skip("a disk cannot be mounted here, which root may: ", err)
	}
	defer unix.Unmount(dir, 0)
	err := publishOne(t, dir, "new", nothing)
	if err == nil || !strings.Contains(err.Error(), "--out "+filepath.Join(dir, "site")) {
		t.Errorf("it ended with %v", err)
	}
	if files := tree(t, parent); len(files) != 0 {
		t.Errorf("there is %v", files)
	}
	if err := publishOne(t, filepath.Join(dir, "site"), "new", nothing); err != nil {
		t.Error(err)
	}
}
