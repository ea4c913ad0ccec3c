package source

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/site/article"
)

// The key of a site is of the files that were read to make it, but articles.
func TestRecorder(t *testing.T) {
	key := func(files fstest.MapFS, read ...string) article.Sum {
		w := (Folders{"content": files, "rules": files}).Record(article.Sum{1})
		for _, name := range read {
			room, name, _ := strings.Cut(name, "/")
			fs.ReadFile(recordedFS{files, room, w}, name)
		}
		return w.Key()
	}
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	files := fstest.MapFS{"a.toml": file("a"), "b.toml": file("b"), "it/a.md": file("c")}
	want := key(files, "content/a.toml", "rules/b.toml")
	for _, test := range []struct {
		about string
		files fstest.MapFS
		read  []string
		same  bool
	}{
		{"in another order", files, []string{"rules/b.toml", "content/a.toml"}, true},
		{"one twice", files, []string{"content/a.toml", "rules/b.toml", "content/a.toml"}, true},
		{"an article too", files, []string{"content/a.toml", "rules/b.toml", "content/it/a.md"}, true},
		{"a folder too", files, []string{"content/a.toml", "rules/b.toml", "content/it"}, true},
		{"a file that there is not", files, []string{"content/a.toml", "rules/b.toml", "rules/c.toml"}, true},
		{"one file less", files, []string{"content/a.toml"}, false},
		{"one file more", files, []string{"content/a.toml", "rules/b.toml", "content/b.toml"}, false},
		{"of another room", files, []string{"content/a.toml", "content/b.toml"}, false},
		{"other bytes", fstest.MapFS{"a.toml": file("a"), "b.toml": file("c")}, []string{"content/a.toml", "rules/b.toml"}, false},
	} {
		if got := key(test.files, test.read...); (got == want) != test.same {
			t.Errorf("%s: the key is %x, the other %x", test.about, got, want)
		}
	}
	w := (Folders{}).Record(article.Sum{1})
	room := recordedFS{files, "rules", w}
	fs.ReadFile(room, "a.toml")
	room.FS = fstest.MapFS{"a.toml": file("changed")}
	if fs.ReadFile(room, "a.toml"); w.Key() != (article.Sum{}) {
		t.Error("there is a key of a file that changed while it was read twice")
	}
}
