package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"helpcenter/site/testsample"

	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"
)

// What deploy/ says about the program is true: the program has the flags, addresses and metrics that it names.

func deployFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(deploy, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// needTool skips a test that needs a tool which is not installed. In CI every tool is installed, so there the test
// fails instead.
func needTool(t *testing.T, tool, debianPackage string) {
	t.Helper()
	if _, err := exec.LookPath(tool); err == nil {
		return
	}
	testsample.Missing(t, fmt.Sprintf("%s is not installed (apt-get install %s)", tool, debianPackage))
}

// joined removes the line breaks within commands.
func joined(text string) string { return strings.ReplaceAll(text, "\\\n", " ") }

// The program accepts every call that deploy/ shows.
func TestDeployCallsWhatThereIs(t *testing.T) {
	entries, err := os.ReadDir(deploy)
	if err != nil {
		t.Fatal(err)
	}
	calls := 0
	call := regexp.MustCompile("helpcenter ((?:[a-z]+ )+)(--[^`#\n|>]*)")
	for _, e := range entries {
		for _, m := range call.FindAllStringSubmatch(joined(deployFile(t, e.Name())), -1) {
			calls++
			takes(t, e.Name(), strings.Fields(m[1]+m[2]))
		}
	}
	if calls < 5 {
		t.Errorf("%d calls were found", calls)
	}
	known := map[string]bool{}
	for _, c := range commands {
		c.build(console{}).Flags().VisitAll(func(f *pflag.Flag) { known["--"+f.Name] = true })
	}
	for _, m := range regexp.MustCompile("`(--[a-z-]+)`").FindAllStringSubmatch(deployFile(t, "README.md"), -1) {
		if !known[m[1]] {
			t.Errorf("README.md: no command takes %s", m[1])
		}
	}
}

// takes checks that the program accepts a call.
func takes(t *testing.T, file string, args []string) {
	t.Helper()
	cmd, rest, err := newRoot(testConsole(io.Discard, io.Discard)).Find(args)
	if err == nil {
		err = cmd.ParseFlags(rest)
	}
	if err != nil || !cmd.HasParent() {
		t.Errorf("%s: helpcenter %s: %v", file, strings.Join(args, " "), err)
	}
}

// The service counts every metric that deploy/ watches.
func TestDeployWatchesWhatThereIs(t *testing.T) {
	dir := t.TempDir()
	copyFolders(t, dir)
	base, stop := startServe(t, "--dir", dir)
	defer stop()
	fetch(t, base+"api/v1/checkers/cancel-online/decision?contract=trial")
	_, page := fetch(t, base+"metrics")
	named := regexp.MustCompile(`\b(?:helpcenter|go|process)_[a-z_]*[a-z]\b`)
	seen := 0
	for _, file := range []string{"alerts.yaml", "README.md"} {
		for _, name := range named.FindAllString(deployFile(t, file), -1) {
			if seen++; !regexp.MustCompile(`(?m)^(?:# TYPE )?` + name + `[{ ]`).MatchString(page) {
				t.Errorf("%s: the service has no metric %s", file, name)
			}
		}
	}
	if seen < 8 {
		t.Errorf("%d metrics were found", seen)
	}
	var rules struct {
		Groups []struct {
			Rules []struct{ Alert, Expr string }
		}
	}
	if err := yaml.Unmarshal([]byte(deployFile(t, "alerts.yaml")), &rules); err != nil {
		t.Fatal(err)
	}
	for _, r := range rules.Groups[0].Rules {
		if r.Alert == "" || !named.MatchString(r.Expr) && !strings.Contains(r.Expr, "up{") {
			t.Errorf("the alert %q watches nothing: %s", r.Alert, r.Expr)
		}
	}
}

// The alerts fire when alerts_test.yaml says, and at none of the other times that it names.
func TestAlerts(t *testing.T) {
	needTool(t, "promtool", "prometheus")
	for _, args := range [][]string{{"check", "rules", "alerts.yaml"}, {"test", "rules", "alerts_test.yaml"}} {
		cmd := exec.Command("promtool", args...)
		cmd.Dir = deploy
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("promtool %s: %v\n%s", strings.Join(args, " "), err, said)
		}
	}
}

// A manifest holds what the tests need of a Kubernetes manifest.
type manifest struct {
	Kind     string
	Metadata struct{ Name string }
	Spec     struct {
		Replicas     int
		MinAvailable int `yaml:"minAvailable"`
		Selector     map[string]any
		Ingress      []struct {
			From  []any
			Ports []struct{ Port string }
		}
		Ports []struct {
			TargetPort string `yaml:"targetPort"`
		}
		Template struct {
			Metadata struct{ Labels, Annotations map[string]string }
			Spec     pod
		}
	}
}

type pod struct {
	Grace      int `yaml:"terminationGracePeriodSeconds"`
	Containers []struct {
		Args  []string
		Ports []struct {
			Name          string
			ContainerPort int `yaml:"containerPort"`
		}
		Env       []struct{ Name, Value string }
		Resources struct {
			Limits struct{ Memory string }
		}
		StartupProbe   probe `yaml:"startupProbe"`
		ReadinessProbe probe `yaml:"readinessProbe"`
		LivenessProbe  probe `yaml:"livenessProbe"`
	}
}

type probe struct {
	HTTPGet struct{ Path, Port string } `yaml:"httpGet"`
}

func TestKubernetes(t *testing.T) {
	kinds := map[string]manifest{}
	for documents := yaml.NewDecoder(strings.NewReader(deployFile(t, "kubernetes.yaml"))); ; {
		var m manifest
		if err := documents.Decode(&m); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		kinds[m.Kind] = m
	}
	all := kinds["Deployment"].Spec
	pod := all.Template.Spec
	c := pod.Containers[0]
	takes(t, "kubernetes.yaml", c.Args)

	var s serve
	flags := pflag.NewFlagSet("serve", pflag.ContinueOnError)
	s.flags(flags)
	if err := flags.Parse(c.Args[1:]); err != nil {
		t.Fatal(err)
	}
	listens := map[string]string{"http": s.addr, "admin": flags.Lookup("admin-addr").Value.String()}
	for _, port := range c.Ports {
		if want := fmt.Sprint(":", port.ContainerPort); listens[port.Name] != want {
			t.Errorf("it listens on %s, and the port %s is %s", listens[port.Name], port.Name, want)
		}
	}
	if scraped := all.Template.Metadata.Annotations["prometheus.io/port"]; ":"+scraped != listens["admin"] {
		t.Errorf("Prometheus asks port %s", scraped)
	}
	if got := kinds["Service"].Spec.Ports; len(got) != 1 || got[0].TargetPort != "http" {
		t.Errorf("the service leads to %v", got)
	}
	for _, allowed := range kinds["NetworkPolicy"].Spec.Ingress {
		for _, port := range allowed.Ports {
			if listens[port.Port] == "" || port.Port == "admin" && len(allowed.From) == 0 {
				t.Errorf("all the network may reach %s", port.Port)
			}
		}
	}
	testMemory(t, c.Env[0].Value, c.Resources.Limits.Memory)
	const shutdown = 10 * time.Second // see package server
	if grace := time.Duration(pod.Grace) * time.Second; grace < s.drain+shutdown {
		t.Errorf("it is killed after %s, and may take %s", grace, s.drain+shutdown)
	}
	if kinds["PodDisruptionBudget"].Spec.MinAvailable >= all.Replicas {
		t.Error("no replica may ever be taken away")
	}
	admin := freeAddress(t)
	_, stop := startServe(t, "--dir", "testdata/house", "--admin-addr", admin)
	defer stop()
	for path, p := range map[string]probe{"/readyz": c.ReadinessProbe, "/healthz": c.LivenessProbe} {
		if p.HTTPGet.Port != "admin" || p.HTTPGet.Path != path {
			t.Errorf("%s is probed at %+v", path, p)
		}
		if status, _ := fetch(t, "http://"+admin+path); status != http.StatusOK {
			t.Errorf("%s answers %d", path, status)
		}
	}
	if c.StartupProbe != c.LivenessProbe {
		t.Errorf("the start is probed at %+v", c.StartupProbe)
	}
}

// testMemory checks that the Go runtime starts to save memory well before the system kills the process.
func testMemory(t *testing.T, goLimit, limit string) {
	t.Helper()
	mebibytes := func(s string) int {
		n, err := strconv.Atoi(strings.TrimRight(s, "MiBm"))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if g, l := mebibytes(goLimit), mebibytes(limit); g != l*3/4 {
		t.Errorf("GOMEMLIMIT is %d MiB, want three quarters of %d", g, l)
	}
}

// The image runs the program with a valid call, as an unprivileged user, on the ports that it names.
func TestContainerfile(t *testing.T) {
	text := joined(deployFile(t, "Containerfile"))
	part := func(pattern string) string {
		m := regexp.MustCompile(`(?m)^`+pattern+`$`).FindAllStringSubmatch(text, -1)
		if m == nil {
			t.Fatalf("the Containerfile lacks %s", pattern)
		}
		return m[len(m)-1][1]
	}
	args := containerArgs(t, part(`CMD (.*)`))
	takes(t, "Containerfile", args)
	if port := part(`EXPOSE (\d+)`); !slices.Contains(args, ":"+port) {
		t.Errorf("%s does not listen on %s", args, port)
	}
	if base, user := part(`FROM (.*)`), part(`USER (\d+):\d+`); base != "scratch" || user == "0" {
		t.Errorf("it runs on %s as %s", base, user)
	}
	testMemory(t, part(`ENV GOMEMLIMIT=(\S+)`), part(`# .* --memory (\d+m) .*`))
	if at := part(`# .* --volume \S+:(/\S+):ro .*`); !slices.Contains(args, at) {
		t.Errorf("the help center is mounted at %s, and read elsewhere: %s", at, args)
	}
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if image := part(`FROM docker\.io/library/golang:(\S+) AS build`); !strings.Contains(string(mod), "\ngo "+image) {
		t.Errorf("it is built by Go %s, and go.mod names another", image)
	}
}

func containerArgs(t *testing.T, command string) (args []string) {
	t.Helper()
	if err := json.Unmarshal([]byte(command), &args); err != nil {
		t.Fatal(err)
	}
	return args
}

// A container without a help center ends with an error that says so.
func TestContainerWithoutHelpCenter(t *testing.T) {
	command := regexp.MustCompile(`(?m)^CMD (.*)$`).FindStringSubmatch(joined(deployFile(t, "Containerfile")))
	empty := t.TempDir()
	for _, dir := range []string{empty, filepath.Join(empty, "missing")} {
		args := containerArgs(t, command[1])
		args[slices.Index(args, "--dir")+1] = dir
		args = append(args, "--addr", "127.0.0.1:0", "--admin-addr", "127.0.0.1:0")
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second) // in case it serves by mistake
		var out, log strings.Builder
		code := run(ctx, args, testConsole(&out, &log))
		cancel()
		if code == exitFine || out.Len() > 0 || !strings.Contains(log.String(), "--dir "+dir) {
			t.Errorf("%s: exit %d: %s%s", dir, code, &out, &log)
		}
	}
}

// systemd accepts the unit as it is, and rates its exposure as low.
func TestServiceUnit(t *testing.T) {
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("there is no systemd-analyze (apt-get install systemd)")
	}
	unit := filepath.Join(t.TempDir(), "helpcenter@8081.service")
	self, err := exec.LookPath("helpcenter")
	if err != nil {
		t.Fatal(err)
	}
	text := deployFile(t, "helpcenter@.service")
	testMemory(t, regexp.MustCompile(`GOMEMLIMIT=(\S+)`).FindStringSubmatch(text)[1],
		regexp.MustCompile(`MemoryMax=(\S+)`).FindStringSubmatch(text)[1])
	write(t, unit, strings.Replace(text, "/usr/local/bin/helpcenter", self, 1))
	for _, args := range [][]string{{"verify", unit}, {"security", "--offline=yes", "--threshold=15", unit}} {
		said, err := exec.Command("systemd-analyze", args...).CombinedOutput()
		if err != nil || strings.Contains(string(said), "ignoring") {
			t.Errorf("systemd-analyze %s: %v\n%s", args[0], err, said)
		}
	}
}

// sync.sh makes a remote folder the same as the site, and refuses an incomplete site.
func TestSync(t *testing.T) {
	for _, tool := range []string{"rclone", "sha256sum"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("there is no %s (apt-get install rclone coreutils)", tool)
		}
	}
	p := newPublisher(t)
	remote := filepath.Join(p.dir, "remote")
	sync := func() error {
		cmd := exec.Command(filepath.Join(deploy, "sync.sh"), p.public, remote)
		cmd.Env = append(os.Environ(), "RCLONE_CONFIG=/dev/null")
		said, err := cmd.CombinedOutput()
		t.Logf("%s", said)
		return err
	}
	for v := range p.versions {
		p.mustBuild(v)
		if err := sync(); err != nil {
			t.Fatal(err)
		}
		built, copied := os.DirFS(p.public), os.DirFS(remote)
		if err := errors.Join(subTree(built, copied), subTree(copied, built)); err != nil {
			t.Error(err)
		}
	}
	write(t, filepath.Join(p.public, "robots.txt"), "half")
	if sync() == nil {
		t.Error("a site that is not whole was brought")
	}
}
