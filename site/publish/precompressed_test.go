package publish_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"helpcenter/site/buildcache"
	"helpcenter/site/publish"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
	"helpcenter/site/testsample"
)

// precompressedTimes returns the modification times of all precompressed files below a folder, and checks that each
// holds its file compressed.
func precompressedTimes(t *testing.T, dir string) map[string]int64 {
	t.Helper()
	times := map[string]int64{}
	files := tree(t, dir)
	for name, data := range files {
		ext := strings.TrimPrefix(filepath.Ext(name), ".")
		if ext != "br" && ext != "gz" && ext != "zst" {
			continue
		}
		if string(sitetest.Expand(t, ext, []byte(data))) != files[strings.TrimSuffix(name, "."+ext)] {
			t.Errorf("%s is not its file compressed", name)
		}
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		times[name] = info.ModTime().UnixNano()
	}
	return times
}

func TestPrecompressed(t *testing.T) {
	if testing.Short() {
		t.Skip("compresses all that ships, in every way")
	}
	testsample.Skip(t)
	w := newWriter(t)
	plain := w.build()
	w.compress = true
	sum := w.build()
	if sum.Files != plain.Files || sum.Bytes != plain.Bytes || sum.Precompressed == 0 ||
		sum.Written != sum.Precompressed+1 { // and the manifest
		t.Errorf("with precompressed files %+v, after %+v", sum, plain)
	}
	before := precompressedTimes(t, w.dir)
	if len(before) != sum.Precompressed {
		t.Errorf("there are %d precompressed files, and the build says %d", len(before), sum.Precompressed)
	}
	if manifest := tree(t, w.dir)["/"+publish.ManifestName]; strings.Count(manifest, ".br\n") != sum.Precompressed/3 {
		t.Error("the manifest does not have all precompressed files")
	}
	if again := w.build(); again.Written != 0 || again.Precompressed != sum.Precompressed {
		t.Errorf("nothing changed, and the build says %+v", again)
	}

	w.edit(trial, "free trial", "trial period")
	w.build()
	changed := 0
	for name, at := range precompressedTimes(t, w.dir) {
		if before[name] != at {
			changed++
		}
	}
	if changed == 0 || changed > len(before)/10 { // its page, those that show its title, and the index of its language
		t.Errorf("one article changed, and %d precompressed files are new", changed)
	}

	w.compress = false
	if sum := w.build(); sum.Precompressed != 0 {
		t.Errorf("a build without precompressed files says %+v", sum)
	}
	if left := precompressedTimes(t, w.dir); len(left) > 0 {
		t.Errorf("%d precompressed files are left", len(left))
	}
}

// A file that is made again and turns out the same keeps its precompressed files. They are not made again: even a
// damaged one with the size and time in the state stays.
func TestPrecompressedIsReused(t *testing.T) {
	dir, state := filepath.Join(t.TempDir(), "public"), buildcache.Open(filepath.Join(t.TempDir(), "site"), "")
	s := sitetest.Parking(t) // without a key, so every part is made again
	if _, err := publish.Build(t.Context(), s, dir, publish.BuildOptions{Compress: true, State: state}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "it/index.html.br")
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	other := bytes.Repeat([]byte("x"), int(info.Size()))
	if err := os.WriteFile(path, other, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	if _, err := publish.Build(t.Context(), s, dir, publish.BuildOptions{Compress: true, State: state}); err != nil {
		t.Fatal(err)
	}
	if data, _ := os.ReadFile(path); !bytes.Equal(data, other) {
		t.Error("a precompressed file was made again though its file is as it was")
	}
}

// The service sends the same text in every coding, each with an ETag of its own.
func TestForms(t *testing.T) {
	h := server.Handler(sitetest.Shipped(t))
	tags := map[string]bool{}
	var plain []byte
	for _, accepted := range []string{"", "gzip", "br", "br, zstd, gzip", "zstd", "gzip;q=0"} {
		r := httptest.NewRequest(http.MethodGet, "/it/", nil)
		r.Header.Set("Accept-Encoding", accepted)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		coding := w.Header().Get("Content-Encoding")
		body := sitetest.Expand(t, coding, w.Body.Bytes())
		if plain == nil {
			plain = body
		}
		if !bytes.Equal(body, plain) || !strings.Contains(w.Header().Get("Vary"), "Accept-Encoding") {
			t.Errorf("Accept-Encoding %q: another text, or no Vary", accepted)
		}
		tags[coding+w.Header().Get("Etag")] = true
	}
	if len(tags) != 4 {
		t.Errorf("plain, gzip, br and zstd have the tags %v", tags)
	}
}
