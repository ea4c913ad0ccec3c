package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"helpcenter/site/testdir"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// startServe runs serve on a free port. It returns its address, and a function that stops it and returns its exit
// code.
func startServe(t *testing.T, args ...string) (base string, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, w := io.Pipe()
	var log bytes.Buffer
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0", "--no-cache"}, args...), testConsole(w, &log))
		w.Close()
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("serve ended with %d: %s", <-code, &log)
	}
	go io.Copy(io.Discard, out)
	return regexp.MustCompile(`http://\S+`).FindString(line), func() int {
		cancel()
		select {
		case c := <-code:
			return c
		case <-time.After(time.Minute):
			t.Fatal("serve does not stop")
			return -1
		}
	}
}

func fetch(t *testing.T, url string) (int, string) {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func TestServe(t *testing.T) {
	base, stop := startServe(t, "--dir", "testdata/house", "--base-url", "https://example.com/help/")
	if !strings.HasSuffix(base, "/help/") {
		t.Errorf("the address %s lacks the path of the base URL", base)
	}
	for path, want := range map[string]string{
		"it/tea/brewing/green/": "Preparare il tè verde",
		"en/tea/brewing/green/": "Brew green tea",
	} {
		if status, body := fetch(t, base+path); status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s answers %d without %q", path, status, want)
		}
	}
	if status, _ := fetch(t, base+"en/coffee/"); status != http.StatusNotFound {
		t.Errorf("an address that there is not answers %d", status)
	}
	if code := stop(); code != exitFine {
		t.Errorf("serve ended with %d", code)
	}
}

func TestServeSaysThatThePortIsTaken(t *testing.T) {
	base, stop := startServe(t, "--dir", "testdata/house")
	defer stop()
	addr := strings.Trim(strings.TrimPrefix(base, "http://"), "/")
	var out, log bytes.Buffer
	args := []string{"serve", "--dir", "testdata/house", "--addr", addr, "--no-cache"}
	code := run(t.Context(), args, testConsole(&out, &log))
	if code != exitFindings || !strings.Contains(log.String(), addr) || !strings.Contains(log.String(), "--addr") {
		t.Errorf("exit %d: %s", code, &log)
	}
}

// TestOneTruth asks the service and the command the same question.
func TestOneTruth(t *testing.T) {
	dir := t.TempDir()
	copyFolders(t, dir)
	base, stop := startServe(t, "--dir", dir)
	defer stop()
	const query = "product=goto-meeting&contract=monthly&role=other"
	status, served := fetch(t, base+"api/v1/checkers/cancel-online/decision?lang=it&"+query)
	if status != http.StatusOK {
		t.Fatalf("the service answers %d: %s", status, served)
	}
	var printed, log bytes.Buffer
	args := []string{"decide", "cancel-online", "--dir", dir, "--lang", "it", "--json"}
	args = append(args, strings.Split(query, "&")...)
	if code := run(t.Context(), args, testConsole(&printed, &log)); code != exitFine {
		t.Fatalf("decide ended with %d: %s", code, &log)
	}
	var a, b any
	if err := errors.Join(json.Unmarshal([]byte(served), &a), json.Unmarshal(printed.Bytes(), &b)); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(a, b) {
		t.Errorf("the service answers\n%s\nand decide\n%s", served, &printed)
	}
}

func TestServeReadsAgainOnHangup(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/house")); err != nil {
		t.Fatal(err)
	}
	base, stop := startServe(t, "--dir", dir)
	defer stop()
	name := filepath.Join(dir, "content/en/tea/brewing/green.md")
	old, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.ReplaceAll(string(old), "Brew green tea", "Brew tea that is green")
	if err := os.WriteFile(name, []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		if _, body := fetch(t, base+"en/tea/brewing/green/"); strings.Contains(body, "Brew tea that is green") {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("the change is not served")
		}
	}
}

// A service makes again only what has changed since an earlier one, and serves what one without a cache would.
func TestServeWithCache(t *testing.T) {
	dir := testdir.InMemory(t)
	cache := filepath.Join(dir, "cache")
	t.Setenv("XDG_CACHE_HOME", cache)
	dir = filepath.Join(dir, "src")
	if err := os.CopyFS(dir, os.DirFS("testdata/house")); err != nil {
		t.Fatal(err)
	}
	start := func(off bool) (s *serve, sum string) {
		t.Helper()
		s = &serve{dirFlag: dirFlag{dir: dir}, cacheFlag: cacheFlag{off: off}}
		made, found := s.load(time.Unix(moment, 0), io.Discard)
		if made == nil {
			t.Fatal(found)
		}
		sum, found = made.TryAll()
		if len(found) > 0 {
			t.Fatal(found)
		}
		return s, sum
	}
	tried := func() os.FileInfo {
		files, _ := filepath.Glob(filepath.Join(cache, "helpcenter/dir-*/tried-served"))
		if len(files) != 1 {
			t.Fatalf("what was tried is in %q", files)
		}
		info, err := os.Stat(files[0])
		if err != nil {
			t.Fatal(err)
		}
		return info
	}
	running, sum := start(false)
	before := tried()
	if _, again := start(false); again != sum || !os.SameFile(before, tried()) {
		t.Errorf("nothing changed, and %s became %s", sum, again)
	}
	for _, edit := range [][3]string{
		{"content/en/tea/brewing/green.md", "Brew green tea", "Brew tea that is green"},
		{"content/site.toml", `en = "Tea",`, `en = "Teas",`},
		{"content/it/tea/brewing/black.md", "Preparare", "Prepararsi"},
	} {
		replaceIn(t, filepath.Join(dir, edit[0]), edit[1], edit[2])
		_, kept := start(false)
		if _, fresh := start(true); kept != fresh || kept == sum {
			t.Errorf("%s: the sum is %s, without a cache %s, before the edit %s", edit[0], kept, fresh, sum)
		}
		sum = kept
	}
	made, _ := running.load(time.Unix(moment, 0), io.Discard)
	if again, _ := made.TryAll(); again != sum {
		t.Errorf("after a reload the sum is %s, want %s", again, sum)
	}
}
