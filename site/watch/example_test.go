package watch_test

import (
	"fmt"
	"os"
	"path/filepath"

	"helpcenter/site/watch"
)

func ExampleWatcher_Follow() {
	dir, _ := os.MkdirTemp("", "")
	defer os.RemoveAll(dir)
	os.Mkdir(filepath.Join(dir, "rules"), 0o755)

	w, err := watch.New(dir, func(reason error) { fmt.Println("polling:", reason) })
	if err != nil {
		panic(err)
	}
	saves := make(chan []string, 1)
	go w.Follow(func(files []string) { saves <- files })
	os.WriteFile(filepath.Join(dir, "rules", "cancel.toml"), nil, 0o644)
	fmt.Println(<-saves)
	w.Close()
	// Output: [rules/cancel.toml]
}
