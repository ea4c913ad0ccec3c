package content

import (
	"slices"
	"testing"
)

// FuzzRecords: whatever stands in the file, reading it says so or understands it,
// and what was understood can be written and read again.
func FuzzRecords(f *testing.F) {
	f.Add([]byte("# x\n\n[\"a/b/c\"]\n\"\" = [\n  \"t\",\n]\n"))
	f.Add([]byte("[\"a/b/c\"]\ns = [\"\\\"\\\\\\u0001\"]\n[\"a/b/d\"]"))
	f.Add([]byte("[\"a/b/c\"]\n[\"a/b/c\".x]\n"))
	f.Add([]byte("0.\"\\"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file := &recordFile{name: "content/" + recordFileName, raw: data}
		found := file.parse()
		for i := range file.records {
			r := &file.records[i]
			ps, fs := r.passages(file.name)
			found = append(found, fs...)
			if len(fs) > 0 {
				continue
			}
			again, fs := record{r.path, 1, appendRecord(nil, r.path, ps)}.passages(file.name)
			same := slices.EqualFunc(ps, again, func(a, b passage) bool { return a.id == b.id && slices.Equal(a.texts, b.texts) })
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
