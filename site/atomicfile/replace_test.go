package atomicfile_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"helpcenter/site/atomicfile"
)

func Example() {
	folder, _ := os.MkdirTemp("", "")
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "new", "file.txt")

	err := atomicfile.Replace(path, func(w io.Writer) error {
		_, err := io.WriteString(w, "hello")
		return err
	})
	data, _ := os.ReadFile(path)
	fmt.Printf("%s %v\n", data, err)
	// Output: hello <nil>
}

func TestFailedWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	failed := errors.New("failed")
	err := atomicfile.Replace(path, func(w io.Writer) error {
		io.WriteString(w, "new")
		return failed
	})
	if !errors.Is(err, failed) {
		t.Errorf("error %v, want %v", err, failed)
	}
	if data, _ := os.ReadFile(path); string(data) != "old" {
		t.Errorf("the file is %q, want the old one", data)
	}
	if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 1 {
		t.Errorf("left are %v", files)
	}
}
