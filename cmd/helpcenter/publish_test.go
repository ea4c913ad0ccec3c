package main

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"helpcenter"
	"helpcenter/site"
)

var kills = flag.Int("kills", 6, "how many builds TestKilledBuilds kills")

const manifestName = "manifest.sha256"

// A publisher publishes two versions of all that ships in one folder, by turns,
// with the program as a process of its own. The versions differ in every page,
// and in which pages there are.
type publisher struct {
	*testing.T
	dir      string    // all that it uses
	public   string    // where it publishes, alone in its folder
	versions [2]string // folders for --dir
	manifest [2]string // of the sites of the versions
}

func newPublisher(t *testing.T) *publisher {
	t.Helper()
	if testing.Short() {
		t.Skip("every build is a process of its own")
	}
	p := &publisher{T: t, dir: memoryDir(t)}
	for v := range p.versions {
		p.versions[v] = filepath.Join(p.dir, fmt.Sprint("version", v))
		copyRooms(t, p.versions[v])
	}
	retitle(t, p.versions[1])
	for v, dir := range p.versions {
		p.manifest[v] = manifestOf(t, siteOf(t, dir))
	}
	p.publishIn("www")
	return p
}

// moment is when everything happens in tests with processes, in seconds since
// 1970: on 2026-11-22.
const moment = 1795305600

// siteOf returns the site of a folder, at that moment.
func siteOf(t *testing.T, dir string) *site.Site {
	t.Helper()
	rooms, _, err := openRooms(dir)
	if err != nil {
		t.Fatal(err)
	}
	s, found := rooms.load("", time.Unix(moment, 0).UTC())
	if helpcenter.HasErrors(found) {
		t.Fatal(found)
	}
	return s
}

func siteOfEach(t *testing.T, dirs [2]string) [2]*site.Site {
	t.Helper()
	return [2]*site.Site{siteOf(t, dirs[0]), siteOf(t, dirs[1])}
}

// manifestOf lists the files of a site, in another way than a build does.
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

// copyRooms writes what is built in where a writer can change it.
func copyRooms(t *testing.T, dir string) {
	t.Helper()
	for folder, files := range builtIn() {
		if err := os.CopyFS(filepath.Join(dir, folder), files); err != nil {
			t.Fatal(err)
		}
	}
}

// retitle gives the site another name, which stands on every page, and adds an
// article.
func retitle(t *testing.T, dir string) {
	t.Helper()
	replaceIn(t, filepath.Join(dir, "locales/active.en.toml"), `"site.name" = "`, `"site.name" = "The other `)
	replaceIn(t, filepath.Join(dir, "locales/active.it.toml"), `other = "Centro assistenza"`, `other = "Un altro centro assistenza"`)
	article := filepath.Join(dir, "content/en/goto-meeting/billing/an-article-more.md")
	text := "+++\ntitle = \"An article more\"\ndescription = \"It stands in one version alone.\"\nupdated = 2026-03-01\n+++\n\nThat is all.\n"
	if err := os.WriteFile(article, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func replaceIn(t *testing.T, path, old, new string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(data, []byte(old)) {
		t.Fatalf("%s does not hold %q", path, old)
	}
	if err := os.WriteFile(path, bytes.Replace(data, []byte(old), []byte(new), 1), 0o644); err != nil {
		t.Fatal(err)
	}
}

// publishIn makes a folder of that name the one in which the site stands.
func (p *publisher) publishIn(folder string) {
	p.Helper()
	p.public = filepath.Join(p.dir, folder, "public")
	if err := os.MkdirAll(filepath.Dir(p.public), 0o755); err != nil {
		p.Fatal(err)
	}
}

// staging is where a build prepares the site.
func (p *publisher) staging() string {
	return filepath.Join(filepath.Dir(p.public), ".public.helpcenter-build")
}

// build is a call of the program that publishes a version.
func (p *publisher) build(version int, flags ...string) *exec.Cmd {
	args := append([]string{"build", "--dir", p.versions[version], "--out", p.public}, flags...)
	cmd := exec.Command("helpcenter", args...)
	cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+filepath.Join(p.dir, "cache"), fmt.Sprint("SOURCE_DATE_EPOCH=", moment))
	return cmd
}

// mustBuild publishes a version and proves that it stands there, alone.
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

// whole proves that the folder holds one of the versions and nothing else, and
// says which.
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

// eachFile visits every file of the published site but the manifest.
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

// alone proves that nothing stands beside the published site.
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

// TestKilledBuilds kills builds at random moments: half of them between start and
// end, half from the moment on at which all is written, in which the site is
// swapped and the old one removed. After each kill the site is whole, the old one
// or the new, and the next build clears what the killed one left. Many of them:
//
//	go test ./cmd/helpcenter -run TestKilledBuilds -kills 200 -timeout 30m -v
func TestKilledBuilds(t *testing.T) {
	p := newPublisher(t)
	p.mustBuild(0)
	written, all := p.duration(1)
	landed := map[string]int{}
	killed := 0
	for try := 0; killed < *kills; try++ {
		version := try % 2
		wait := time.Duration(rand.Float64() * float64(all))
		if try/2%2 == 1 { // the swap comes soon after the last file
			wait = -time.Duration(math.Pow(rand.Float64(), 3) * float64(all-written))
		}
		if phase := p.kill(version, wait); phase != tooLate {
			killed++
			landed[phase]++
		}
		p.whole()
		p.mustBuild(version)
	}
	for _, phase := range phases {
		t.Logf("%3d of %d killed %s", landed[phase], killed, phase)
	}
}

// duration returns how long a build takes, to where all is written and to its end.
func (p *publisher) duration(version int) (written, all time.Duration) {
	p.Helper()
	cmd, began := p.build(version), time.Now()
	ended := p.start(cmd)
	p.waitForManifest(ended)
	written = time.Since(began)
	<-ended
	return written, time.Since(began)
}

// start runs a process; what it returns is closed when it has ended.
func (p *publisher) start(cmd *exec.Cmd) (ended chan struct{}) {
	p.Helper()
	if err := cmd.Start(); err != nil {
		p.Fatal(err)
	}
	ended = make(chan struct{})
	go func() {
		cmd.Wait()
		close(ended)
	}()
	return ended
}

// waitForManifest waits until a build has written its last file.
func (p *publisher) waitForManifest(ended chan struct{}) {
	for {
		if _, err := os.Lstat(filepath.Join(p.staging(), manifestName)); err == nil {
			return
		}
		select {
		case <-ended:
			return
		case <-time.After(100 * time.Microsecond):
		}
	}
}

// The phases of a build in which it can be killed.
var phases = []string{"before it wrote", "while it wrote", "between writing and the swap", "while it removed the old site", "after that"}

// tooLate is no phase: the build had ended.
const tooLate = "too late"

// kill kills a build some time after its start or, where the time is negative, so
// long after all is written; and tells by what is left in which phase that was.
func (p *publisher) kill(version int, wait time.Duration) (phase string) {
	p.Helper()
	before, err := os.Stat(p.public)
	if err != nil {
		p.Fatal(err)
	}
	cmd := p.build(version)
	ended := p.start(cmd)
	if wait < 0 {
		p.waitForManifest(ended)
	}
	time.Sleep(max(wait, -wait))
	cmd.Process.Kill()
	<-ended
	after, err := os.Stat(p.public)
	if err != nil {
		p.Fatalf("there is no site: %v", err)
	}
	_, unfinished := os.Lstat(p.staging())
	_, written := os.Lstat(filepath.Join(p.staging(), manifestName))
	switch old := os.SameFile(before, after); {
	case cmd.ProcessState.Success():
		return tooLate
	case old && unfinished != nil:
		return phases[0]
	case old && written != nil:
		return phases[1]
	case old:
		return phases[2]
	case unfinished == nil:
		return phases[3]
	}
	return phases[4]
}

// Two builds of the same folder at once follow one another.
func TestTwoBuildsAtOnce(t *testing.T) {
	p := newPublisher(t)
	for range 2 {
		var both [2]*exec.Cmd
		var said [2]bytes.Buffer
		for v := range both {
			both[v] = p.build(v)
			both[v].Stderr = &said[v]
			if err := both[v].Start(); err != nil {
				t.Fatal(err)
			}
		}
		for v, cmd := range both {
			if err := cmd.Wait(); err != nil {
				t.Errorf("version %d: %v: %s", v, err, &said[v])
			}
		}
		p.whole()
		p.alone()
	}
}

// What is the same in two versions keeps its time, and the manifest is one that
// the usual tool reads.
func TestPublishedFiles(t *testing.T) {
	p := newPublisher(t)
	p.mustBuild(0)
	times, bodies := map[string]time.Time{}, map[string]string{}
	p.eachFile(func(name string, info fs.FileInfo) { times[name], bodies[name] = info.ModTime(), p.read(name) })
	p.mustBuild(1)
	same := 0
	p.eachFile(func(name string, info fs.FileInfo) {
		if body, ok := bodies[name]; ok && body == p.read(name) {
			same++
			if !info.ModTime().Equal(times[name]) {
				t.Errorf("%s has not changed, and its time has", name)
			}
		}
	})
	if same == 0 {
		t.Error("the versions have no file in common")
	}
	if _, err := exec.LookPath("sha256sum"); err != nil {
		t.Skip("there is no sha256sum (apt-get install coreutils)")
	}
	cmd := exec.Command("sha256sum", "--check", "--strict", "--quiet", manifestName)
	cmd.Dir = p.public
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("sha256sum: %v: %s", err, said)
	}
}
