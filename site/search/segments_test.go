package search

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"helpcenter/site/buildcache"
)

// revised returns a document with other content.
func revised(chance *rand.Rand, d Document) *Document {
	words := strings.Fields("Vertrag Vertrags-Frist Kündigung Kündigungsfrist Frist kündigen GoToMeeting E-1042")
	word := func() string { return words[chance.IntN(len(words))] }
	d.Title, d.Keywords = fmt.Sprint(word(), " w", chance.IntN(50)), []string{word() + " " + word()}
	d.Sections = []Section{{ID: "one", Title: "Was kostet das?", Text: []string{word()}}}
	sum := sha256.Sum256(fmt.Append(nil, d))
	copy(d.Sum[:], sum[:])
	return &d
}

// An index made with what was cached of the last one equals an index made afresh, and so do the files of documents
// in a part whose key has not changed. Few documents are read for it.
func TestPlanWithKept(t *testing.T) {
	chance := rand.New(rand.NewPCG(11, 12))
	documents := crowd(800)
	for i, d := range documents {
		d.Text[0] = d.Text[0][:len(d.Text[0])/4]
		documents[i] = revised(chance, *d)
	}
	file := filepath.Join(t.TempDir(), "search")
	parts, read, all := map[string]map[string][]byte{}, 0, 0 // of edits
	for round := range 9 {
		before := read
		switch i := chance.IntN(len(documents)); round % 4 {
		case 2:
			documents = slices.Delete(documents, i, i+1)
		case 3:
			more := *documents[i]
			more.URL = fmt.Sprint("/xx/a/x/more-", round, "/")
			documents = slices.Insert(documents, i, revised(chance, more))
		default:
			documents[i] = revised(chance, *documents[i])
		}
		c := Config{Lang: "de", Names: []string{"GoTo Meeting"}, Synonyms: [][]string{{"frist", "termin"}}, most: 70}
		want := filesOf(New(c, slices.Values(documents)))
		whole, heads := map[string]*Document{}, []*Document{}
		for _, d := range documents {
			heads = append(heads, &Document{Path: d.URL, URL: d.URL, Sum: d.Sum, Product: d.Product, Kind: d.Kind,
				Unread: true})
			whole[d.URL] = d
		}
		cache := buildcache.Open(file, "")
		c.Kept = func(string) *buildcache.Cache { return cache }
		c.Read = func(path string) *Document {
			read++
			return whole[path]
		}
		plan, got := NewPlan(c, slices.Values(heads)), map[string][]byte{}
		for f := range plan.Terms() {
			got["/"+f.Name] = f.Data
		}
		for part := range plan.Parts() {
			key := plan.Key(part)
			if parts[key] == nil {
				parts[key] = map[string][]byte{}
				for f := range plan.Documents(part) {
					parts[key]["/"+f.Name] = f.Data
				}
			}
			for name, data := range parts[key] {
				got[name] = data
			}
		}
		if round%4 > 1 || round == 0 {
			read = before
		} else {
			all += len(documents)
		}
		if len(got) != len(want) {
			t.Fatalf("round %d: there are %d files, want %d", round, len(got), len(want))
		}
		for name, data := range want {
			if !bytes.Equal(got[name], data) {
				t.Fatalf("round %d: %s is\n%s, want\n%s", round, name, got[name], data)
			}
		}
	}
	if read == 0 || read > all*2/3 {
		t.Errorf("%d of %d documents are read for edits of one", read, all)
	}
}
