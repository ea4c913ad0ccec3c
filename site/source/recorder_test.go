package source

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"helpcenter/site/article"
)

// The key depends on the files read, except articles.
func TestRecorder(t *testing.T) {
	key := func(files fstest.MapFS, read ...string) article.Sum {
		folders := Folders{"content": files, "rules": files}
		key := folders.Record(article.Sum{1})
		for _, name := range read {
			fs.ReadFile(folders, name)
		}
		return key()
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
		{"a missing file", files, []string{"content/a.toml", "rules/b.toml", "rules/c.toml"}, true},
		{"one file less", files, []string{"content/a.toml"}, false},
		{"one file more", files, []string{"content/a.toml", "rules/b.toml", "content/b.toml"}, false},
		{"the same name in another folder", files, []string{"content/a.toml", "content/b.toml"}, false},
		{"other bytes", fstest.MapFS{"a.toml": file("a"), "b.toml": file("c")},
			[]string{"content/a.toml", "rules/b.toml"}, false},
	} {
		if got := key(test.files, test.read...); (got == want) != test.same {
			t.Errorf("%s: the key is %x, that of the original %x", test.about, got, want)
		}
	}
	changing := fstest.MapFS{"a.toml": file("a")}
	folders := Folders{"rules": changing}
	changed := folders.Record(article.Sum{1})
	fs.ReadFile(folders, "rules/a.toml")
	changing["a.toml"] = file("changed")
	if fs.ReadFile(folders, "rules/a.toml"); changed() != (article.Sum{}) {
		t.Error("a file that changed between two reads has a key")
	}
}
