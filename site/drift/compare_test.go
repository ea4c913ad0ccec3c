package drift

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"helpcenter/site/articletest"
)

// The old passage of a renamed one is the first removed one that shares a text, whichever text finds it.
func TestRenames(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	passages := func(n int) []Passage {
		ps := make([]Passage, n)
		for i := range ps {
			for range random.IntN(4) {
				ps[i].Texts = append(ps[i].Texts, fmt.Sprint(random.IntN(12)))
			}
		}
		return ps
	}
	for range 2000 {
		removed, added := passages(8), passages(8)
		for i := range removed {
			removed[i].ID = fmt.Sprint("removed", i)
		}
		r, left := newRenames(removed), slices.Clone(removed)
		for _, is := range added {
			want := ""
			i := slices.IndexFunc(left, func(was Passage) bool {
				return slices.ContainsFunc(was.Texts, func(s string) bool { return slices.Contains(is.Texts, s) })
			})
			if i >= 0 {
				want = left[i].ID
				left = slices.Delete(left, i, i+1)
			}
			if got := r.take(is); got.ID != want {
				t.Fatalf("%v became %v, want %q of %v", got, is, want, removed)
			}
		}
		for i, was := range removed {
			remains := slices.ContainsFunc(left, func(p Passage) bool { return p.ID == was.ID })
			if r.taken[i] == remains {
				t.Fatalf("%q was taken: %v", was.ID, r.taken[i])
			}
		}
	}
}

// However many texts and words there are, an alignment has each text once and in order.
func TestAlignAny(t *testing.T) {
	long := fmt.Sprint(make([]int, 1<<16))
	many := make([]string, 1<<11)
	for i := range many {
		many[i] = fmt.Sprint("text ", i)
	}
	for _, tt := range []struct{ old, new []string }{
		{nil, nil}, {nil, many}, {many, nil}, {many, many[1:]}, {[]string{long}, many}, {many, []string{"a", long, "b"}},
		{many[:100], many[50:140]}, {[]string{"a b", "c d"}, []string{"c e", "a b"}},
	} {
		var old, new []int
		for _, p := range alignTexts(tt.old, tt.new) {
			if p.old >= 0 {
				old = append(old, p.old)
			}
			if p.new >= 0 {
				new = append(new, p.new)
			}
		}
		if len(old) != len(tt.old) || len(new) != len(tt.new) || !slices.IsSorted(old) || !slices.IsSorted(new) {
			t.Errorf("%d and %d texts: %d and %d are paired", len(tt.old), len(tt.new), len(old), len(new))
		}
	}
}

// A table in the file can be found, moved and removed.
func TestBaselineFile(t *testing.T) {
	f := &BaselineFile{
		Name: "content/" + articletest.BaselineFile,
		raw:  []byte("# head\n\n[\"a/b/c\"]\n\"\" = [\n  \"t\",\n]\n"),
	}
	if found := f.parse(); len(found) > 0 {
		t.Fatal(found)
	}
	f.Move("a/b/c", "a/b/b")
	table := string(smallTable("a/b/b", []byte("\"\" = [\n  \"t\",\n]")))
	if c, ok := f.Change(); !ok || string(c.Is) != "# head\n\n"+table+"\n" ||
		f.Get("a/b/c") != nil {
		t.Errorf("moved, it is %q", c.Is)
	}
	f.Move("a/b/none", "a/b/d")
	f.Remove("a/b/b")
	f.Remove("a/b/none")
	if c, _ := f.Change(); string(c.Is) != "# head\n" {
		t.Errorf("without its table it is %q", c.Is)
	}
}
