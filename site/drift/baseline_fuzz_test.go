package drift

import (
	"slices"
	"testing"

	"helpcenter/site/articletest"
)

// FuzzBaselines checks that reading any file either reports it or understands it, and that what was understood can
// be written and read again.
func FuzzBaselines(f *testing.F) {
	f.Add([]byte("# x\n\n[\"a/b/c\"]\n\"\" = [\n  \"t\",\n]\n"))
	f.Add([]byte("[\"a/b/c\"]\ns = [\"\\\"\\\\\\u0001\"]\n[\"a/b/d\"]"))
	f.Add([]byte("[\"a/b/c\"]\n[\"a/b/c\".x]\n"))
	f.Add([]byte("0.\"\\"))
	f.Add(smallTable("a/b/c", linesOf([]Passage{{Texts: []string{"t", "d"}}, {ID: "s", Texts: []string{"S", "\x00"}}})))
	f.Add([]byte("[\"a/b/c\"]\nhash = \"0\"\ntext = \"!\""))
	f.Fuzz(func(t *testing.T, data []byte) {
		file := &BaselineFile{Name: "content/" + articletest.BaselineFile, raw: data}
		found := file.parse()
		for i := range file.Baselines {
			r := &file.Baselines[i]
			ps, fs := r.Passages(file.Name)
			found = append(found, fs...)
			if len(fs) > 0 {
				continue
			}
			again, fs := Baseline{r.Path, 1, smallTable(r.Path, linesOf(ps))}.Passages(file.Name)
			same := slices.EqualFunc(ps, again,
				func(a, b Passage) bool { return a.ID == b.ID && slices.Equal(a.Texts, b.Texts) })
			if len(fs) > 0 || !same {
				t.Errorf("%+v was written and read as %+v, %v", ps, again, fs)
			}
		}
		for _, f := range found {
			if f.Line < 1 {
				t.Errorf("%v has no place", f)
			}
		}
	})
}
