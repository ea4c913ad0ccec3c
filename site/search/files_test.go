package search

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// crowd returns n documents, with words distributed by Zipf's law.
func crowd(n int) []*Document {
	chance := rand.New(rand.NewPCG(7, 7))
	zipf := rand.NewZipf(chance, 1.1, 4, 20000)
	text := func(words int) string {
		var list []string
		for range words {
			list = append(list,
				fmt.Sprintf("%c%cro%s", 'a'+zipf.Uint64()%5, 'a'+zipf.Uint64()%26, strings.Repeat("na", int(zipf.Uint64()%7))),
				fmt.Sprint("w", zipf.Uint64()))
		}
		return strings.Join(list, " ")
	}
	var docs []*Document
	for i := range n {
		path := fmt.Sprintf("a/x/%04d", i)
		docs = append(docs,
			&Document{Path: path, URL: "/xx/" + path + "/", Product: "a", Kind: "guide", Title: text(2), Description: text(8),
				Text: []string{text(60)}})
	}
	return docs
}

func indexed(docs []*Document) *Index {
	return New(Config{Lang: "xx"}, slices.Values(docs))
}

// Each list is in the shard that its term leads to, and shards are as large as allowed, but no larger.
func TestShards(t *testing.T) {
	ix := indexed(crowd(500))
	lists, shards, size := 0, 0, 0
	for _, name := range slices.Sorted(maps.Keys(ix.files)) {
		if !strings.HasPrefix(name, "t-") {
			continue
		}
		lines := ix.lines(name)
		total := len(strings.Join(lines, ""))
		if total > shardSize && len(lines) > 1 {
			t.Errorf("%s has %d characters", name, total)
		}
		for _, line := range lines {
			term, _, _ := strings.Cut(line, " ")
			if h := ix.list(term); h == nil || h.term != term {
				t.Errorf("%s of %s is not found", term, name)
			}
		}
		lists, shards, size = lists+len(lines), shards+1, size+total
	}
	if lists < 1000 || size/shards < shardSize/3 {
		t.Errorf("%d lists in %d shards of %d characters in the mean", lists, shards, size/shards)
	}
}

// After an edit of one document, files with what it did not change stay the same; one more document makes another
// revision.
func TestEditChangesFewFiles(t *testing.T) {
	docs := crowd(500)
	before := filesOf(indexed(docs))
	edited := *docs[250]
	edited.Text = append([]string{"a word that nobody wrote before: wxyzzy"}, edited.Text...)
	docs[250] = &edited
	after := filesOf(indexed(docs))
	changed := 0
	for name, data := range after {
		if !bytes.Equal(before[name], data) {
			changed++
		}
	}
	if changed < 2 || changed > len(after)/10 {
		t.Errorf("%d of %d files have changed", changed, len(after))
	}
	if more := indexed(append(docs,
		&Document{Path: "a/x/more", URL: "/xx/a/x/more/",
			Title: "More"})); more.manifest.Revision == indexed(docs).manifest.Revision {
		t.Error("a document more has left the revision as it was")
	}
}

// A page opened before a new index is published answers from the new one.
func TestPageOutlivesRevision(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed: the page's script is not run")
	}
	docs := crowd(300)
	before := filesOf(indexed(docs))
	after := filesOf(indexed(append(docs,
		&Document{Path: "a/x/new", URL: "/xx/a/x/new/", Product: "a", Kind: "guide", Title: "Unheardof words"})))
	held := before
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/publish" {
			held = after // the script waits for this response
			return
		}
		data, ok := held[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
		}
		w.Write(data)
	}))
	defer server.Close()
	script := filepath.Join(t.TempDir(), "search.mjs")
	if err := os.WriteFile(script, Script(), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "testdata/outlive.mjs", script, server.URL+"/", "xx", "unheardof")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	var urls []string
	if err != nil || json.Unmarshal(out, &urls) != nil || len(urls) != 1 || urls[0] != "/xx/a/x/new/" {
		t.Errorf("found are %s, %v", out, err)
	}
}
