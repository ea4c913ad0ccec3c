package site

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// What is packed comes back, whatever it is and however little the sample helps.
func TestArchive(t *testing.T) {
	page := []byte(strings.Repeat("<li><a href=\"/it/billing/\">Fatturazione</a></li>\n", 40))
	for _, sample := range [][]byte{page[:20], page, bytes.Repeat(page, 100)} {
		a := newArchive(sample)
		for _, text := range [][]byte{{}, []byte("x"), page, bytes.Repeat(page, 1000)} {
			packed := a.pack(text)
			if got := a.unpack(packed, len(text)); !bytes.Equal(got, text) {
				t.Errorf("sample of %d bytes: %d bytes come back as %d others", len(sample), len(text), len(got))
			}
		}
	}
}

// What a sample has, need not be held again.
func TestArchiveHoldsWhatIsNew(t *testing.T) {
	files := publishedFiles(t, shipped(t))
	a, packed, sent := newArchive(shipped(t).sample()), 0, 0
	for path, data := range files {
		if strings.HasSuffix(path, ".html") {
			packed += len(a.pack(data))
			sent += len(asGzip.encode(data))
		}
	}
	if 3*packed > 2*sent {
		t.Errorf("%d bytes are held of what is %d bytes by gzip", packed, sent)
	}
}

// What a slab keeps is apart from what it was given, and from all else that it keeps.
func TestSlab(t *testing.T) {
	var s slab
	var group sync.WaitGroup
	kept := make([][]byte, 300)
	for i := range kept {
		group.Go(func() {
			data := bytes.Repeat([]byte{byte(i)}, 3*i*i%100_000)
			kept[i] = s.keep(data)
			clear(data)
			_ = append(kept[i], 255)
		})
	}
	group.Wait()
	for i, data := range kept {
		if want := bytes.Repeat([]byte{byte(i)}, 3*i*i%100_000); !bytes.Equal(data, want) {
			t.Errorf("%d bytes of %d are others now", len(data), i)
		}
	}
}

// What is made on demand is forgotten when there is too much of it, the oldest
// first.
func TestRecent(t *testing.T) {
	k := new(recent)
	var places []*atomic.Pointer[form]
	for range 5 {
		at := new(atomic.Pointer[form])
		places = append(places, at)
		first := &form{body: make([]byte, recentBytes/4)}
		if k.keep(at, first) != first || k.keep(at, &form{}) != first {
			t.Error("what is kept is not the first that was made")
		}
	}
	got := ""
	for _, at := range places {
		got += fmt.Sprint(at.Load() != nil, " ")
	}
	if got != "false true true true true " {
		t.Errorf("kept: %s", got)
	}
}

func TestPathsOfFolders(t *testing.T) {
	for path, want := range map[string]string{
		"index.html": "", "it/index.html": "it/", "it/": "it/", "": "",
		"it/404.html": "it/404.html", "it/myindex.html": "it/myindex.html", "index.html/": "index.html/",
	} {
		if got := withoutIndex(path); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}
