package source

import (
	"io/fs"
	"os"
	"slices"
	"testing"
)

// An overlay behaves like any other file system.
func TestOverlay(t *testing.T) {
	o := overlay{os.DirFS("../../cmd/helpcenter/testdata/house/content"), map[string][]byte{
		"en/tea/brewing/black.md": nil,
		"en/tea/brewing/white.md": []byte("white"),
		"fr/tea/brewing/white.md": []byte("blanc"),
		"site.toml":               []byte("site"),
	}}
	var names []string
	err := fs.WalkDir(o, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			data, readErr := fs.ReadFile(o, name)
			info, statErr := d.Info()
			if readErr != nil || statErr != nil || info.Size() != int64(len(data)) {
				t.Errorf("%s: %v, %v, %d bytes", name, readErr, statErr, len(data))
			}
			names = append(names, name)
		}
		return err
	})
	want := []string{
		"en/tea/brewing/green.md", "en/tea/brewing/white.md", "fr/tea/brewing/white.md",
		"it/tea/brewing/black.md", "it/tea/brewing/green.md", "site.toml",
	}
	if err != nil || !slices.Equal(names, want) {
		t.Errorf("%v: files are %q, want %q", err, names, want)
	}
	if _, err := o.Open("en/tea/brewing/black.md"); err == nil {
		t.Error("a removed file can be opened")
	}
}
