package source_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing/fstest"

	"helpcenter/site/source"
	"helpcenter/site/textedit"
)

// A directory that has only words of its own; everything else is built in.
func ExampleOpen() {
	dir, _ := os.MkdirTemp("", "")
	defer os.RemoveAll(dir)
	os.Mkdir(filepath.Join(dir, "locales"), 0o755)
	os.WriteFile(filepath.Join(dir, "locales/active.en.toml"), []byte("search = \"Search\""), 0o644)

	none := fstest.MapFS{}
	builtIn := source.Folders{
		"content": none, "locales": none, "site/templates": none, "site/assets": none,
		"rules": fstest.MapFS{"cancel.toml": {Data: []byte("id = \"cancel\"")}},
	}
	folders, _, _ := source.Open(dir, builtIn)
	folders = folders.With([]textedit.Change{{File: "rules/refund.toml", Is: []byte("id = \"refund\"")}})
	for _, name := range []string{"locales/active.en.toml", "rules/cancel.toml", "rules/refund.toml"} {
		text, err := fs.ReadFile(folders, name)
		fmt.Println(name, string(text), err)
	}
	// Output:
	// locales/active.en.toml search = "Search" <nil>
	// rules/cancel.toml id = "cancel" <nil>
	// rules/refund.toml id = "refund" <nil>
}
