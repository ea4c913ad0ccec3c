package main

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"helpcenter/site"
	"helpcenter/site/sitetest"
	"helpcenter/site/testdir"
)

const manifestName = "manifest.sha256"

// A publisher publishes two versions of a help center in one folder, in turn, running the program as a process of
// its own. The versions differ in every page, and in which pages there are.
type publisher struct {
	*testing.T
	dir      string    // everything it uses
	public   string    // the published site, alone in its folder
	versions [2]string // folders for --dir
	manifest [2]string // of the sites of the versions
}

// newPublisher publishes versions of the help center about tea, with enough articles that writing their files is
// most of a build.
func newPublisher(t *testing.T) *publisher {
	t.Helper()
	return newPublisherOf(t, "tea/brewing", func(dir string) {
		if err := os.CopyFS(dir, os.DirFS("testdata/house")); err != nil {
			t.Fatal(err)
		}
		for i := range 200 {
			sitetest.Write(t, filepath.Join(dir, "content/en/tea/brewing", fmt.Sprintf("tea-%d.md", i)),
				articleOf(fmt.Sprint("Tea number ", i)))
		}
	})
}

// newPublisherOf publishes versions of what write writes to a folder; one has another article in category.
func newPublisherOf(t *testing.T, category string, write func(dir string)) *publisher {
	t.Helper()
	if testing.Short() {
		t.Skip("every build is a process of its own")
	}
	p := &publisher{T: t, dir: testdir.InMemory(t)}
	for v := range p.versions {
		p.versions[v] = filepath.Join(p.dir, fmt.Sprint("version", v))
		write(p.versions[v])
	}
	retitle(t, p.versions[1], category)
	for v, dir := range p.versions {
		p.manifest[v] = manifestOf(t, siteOf(t, dir))
	}
	p.publishIn("www")
	return p
}

// manifestOf lists the files of a site, computed in another way than a build does.
func manifestOf(t *testing.T, s *site.Site) string {
	t.Helper()
	var mu sync.Mutex
	var lines []string
	err := s.Each(func(f site.File, data []byte) error {
		mu.Lock()
		defer mu.Unlock()
		lines = append(lines, fmt.Sprintf("%s\x00%x  %[1]s\n", f.Path, sha256.Sum256(data)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(lines)
	for i, line := range lines {
		_, lines[i], _ = strings.Cut(line, "\x00")
	}
	return strings.Join(lines, "")
}

// publishIn makes the site be published in the folder with the given name.
func (p *publisher) publishIn(folder string) {
	p.Helper()
	p.public = filepath.Join(p.dir, folder, "public")
	if err := os.MkdirAll(filepath.Dir(p.public), 0o755); err != nil {
		p.Fatal(err)
	}
}

// staging returns the folder in which a build prepares the site.
func (p *publisher) staging() string {
	return filepath.Join(filepath.Dir(p.public), ".public.helpcenter-build")
}

// build returns a command that publishes a version.
func (p *publisher) build(version int, flags ...string) *exec.Cmd {
	args := append([]string{"build", "--dir", p.versions[version], "--out", p.public}, flags...)
	cmd := exec.Command("helpcenter", args...)
	cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+filepath.Join(p.dir, "cache"),
		fmt.Sprint("SOURCE_DATE_EPOCH=", moment))
	return cmd
}

// mustBuild publishes a version and checks that it is there, alone.
func (p *publisher) mustBuild(version int) {
	p.Helper()
	if said, err := p.build(version).CombinedOutput(); err != nil {
		p.Fatalf("%v: %s", err, said)
	}
	if got := p.whole(); got != version {
		p.Fatalf("published is version %d, and there stands version %d", version, got)
	}
	p.alone()
}

func (p *publisher) read(name string) string {
	p.Helper()
	data, err := os.ReadFile(filepath.Join(p.public, filepath.FromSlash(name)))
	if err != nil {
		p.Fatal(err)
	}
	return string(data)
}

// whole checks that the folder holds one of the versions and nothing else, and returns which one.
func (p *publisher) whole() (version int) {
	p.Helper()
	manifest := p.read(manifestName)
	version = slices.Index(p.manifest[:], manifest)
	if version < 0 {
		p.Fatal("the manifest is that of neither version")
	}
	sums := map[string]string{}
	for line := range strings.Lines(manifest) {
		sum, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		sums[name] = sum
	}
	p.eachFile(func(name string, _ fs.FileInfo) {
		if got := fmt.Sprintf("%x", sha256.Sum256([]byte(p.read(name)))); got != sums[name] {
			p.Errorf("%s has the hash %s, the manifest says %q", name, got, sums[name])
		}
		delete(sums, name)
	})
	for name := range sums {
		p.Errorf("%s is in the manifest alone", name)
	}
	return version
}

// eachFile visits every file of the published site except the manifest.
func (p *publisher) eachFile(visit func(name string, info fs.FileInfo)) {
	p.Helper()
	err := fs.WalkDir(os.DirFS(p.public), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || name == manifestName {
			return err
		}
		info, err := d.Info()
		if err == nil {
			visit(name, info)
		}
		return err
	})
	if err != nil {
		p.Fatal(err)
	}
}

// alone checks that there is nothing beside the published site.
func (p *publisher) alone() {
	p.Helper()
	beside, err := os.ReadDir(filepath.Dir(p.public))
	if err != nil {
		p.Fatal(err)
	}
	for _, e := range beside {
		if e.Name() != "public" {
			p.Errorf("beside the site stands %s", e.Name())
		}
	}
}
