package main

import (
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"helpcenter/site/testsample"
)

// deploy is the folder of the files that operators start from.
const deploy = "deploy"

// TestNginx runs deploy/nginx.conf as it is, apart from its three addresses, in front of two replicas under load.
// One replica is killed, the other reads a new version, the first comes back, and the second is replaced. No
// request fails.
func TestNginx(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes some seconds, and processes of their own")
	}
	testsample.Skip(t)
	needTool(t, "nginx", "nginx-light")
	dir := t.TempDir()
	good, _ := versionsOf(t, dir)
	link := filepath.Join(dir, "folders")
	e := &editor{T: t, link: link, good: good}
	e.point(good[0])
	replica := func(addr string) *process {
		return startProcess(t, nil, "--dir", link, "--drain", "500ms", "--addr", addr)
	}
	one, two := replica(freeAddress(t)), replica(freeAddress(t))
	front := startNginx(t, one.address(), two.address()).address

	files, others := questions(t, siteOfEach(t, good))
	others = slices.DeleteFunc(others, func(q *question) bool {
		return strings.Contains(q.path, "%2e") // nginx itself refuses such addresses
	})
	x := newTraffic(front, files, others)
	x.showing(bothVersions) // replicas change one after the other
	began := time.Now()
	x.run(16, 4)
	pause := func() { time.Sleep(300 * time.Millisecond) }

	pause()
	x.cutting(one.kill)
	pause()
	e.point(good[1])
	two.signal(syscall.SIGHUP)
	two.waitFor(`helpcenter_reloads_total{result="done"}`, 1)
	pause()
	one = replica(one.address())
	pause()
	two.stop()
	pause()
	two = replica(two.address())
	for _, p := range []*process{one, two} { // each is asked again after its return
		p.waitFor(`helpcenter_requests_total{route="file",status="2xx"}`, 1)
	}
	x.end()
	x.report(t, time.Since(began))
	one.stop()
	two.stop()
}

// nginx is a running nginx in front of two replicas.
type nginx struct {
	address string // the address on which it listens
	dir     string // the folder of access.log and error.log
}

// startNginx runs nginx with deploy/nginx.conf until the end of the test. It replaces the addresses of the replicas
// and the given settings, which are pairs of old and new.
func startNginx(t *testing.T, one, two string, settings ...string) nginx {
	t.Helper()
	dir, front := t.TempDir(), freeAddress(t)
	text := deployFile(t, "nginx.conf")
	settings = append(settings, "listen 80;", "listen "+front+";", "127.0.0.1:8081", one, "127.0.0.1:8082", two,
		"/var/log/nginx/helpcenter.access.log", filepath.Join(dir, "access.log"),
		"/var/log/nginx/helpcenter.error.log", filepath.Join(dir, "error.log"),
		"/var/lib/nginx/helpcenter", filepath.Join(dir, "pages"))
	for pair := range slices.Chunk(settings, 2) {
		if strings.Count(text, pair[0]) != 1 {
			t.Fatalf("deploy/nginx.conf must hold %q once", pair[0])
		}
		text = strings.Replace(text, pair[0], pair[1], 1)
	}
	site, main := filepath.Join(dir, "site.conf"), filepath.Join(dir, "nginx.conf")
	around := "daemon off;\npid nginx.pid;\nerror_log main.log;\n" +
		"events { worker_connections 512; }\nhttp {\naccess_log off;\n"
	for _, use := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		around += use + "_temp_path " + use + ";\n"
	}
	if os.Getuid() == 0 {
		around = "user root;\n" + around // only the user of a test can read its folders
	}
	write(t, site, text)
	write(t, main, around+"include "+site+";\n}\n")
	cmd := exec.Command("nginx", "-p", dir, "-c", main, "-e", filepath.Join(dir, "main.log"))
	var said lastLines
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Signal(syscall.SIGQUIT)
		cmd.Wait()
	})
	for limit := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		conn, err := net.Dial("tcp", front)
		if err == nil {
			conn.Close()
			return nginx{front, dir}
		}
		if time.Now().After(limit) {
			t.Fatalf("nginx does not listen: %s", said.text())
		}
	}
}

// freeAddress returns an address on which nothing listens. Its port is below 32768, where the ports for the local
// ends of connections begin, so it is not taken while a replica is down.
func freeAddress(t *testing.T) string {
	t.Helper()
	for range 100 {
		addr := fmt.Sprint("127.0.0.1:", 20000+rand.IntN(12000))
		if l, err := net.Listen("tcp", addr); err == nil {
			l.Close()
			return addr
		}
	}
	t.Fatal("no port is free")
	return ""
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
