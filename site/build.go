package site

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Summary is what a build did.
type Summary struct {
	Pages   map[string]int // by language
	Files   int
	Written int   // files that were new or had changed
	Bytes   int64 // of all files
}

// Build publishes the site in dir, whole or not at all: files are written beside
// it and swapped in when all are there. It refuses a folder that holds files
// that no build wrote. Files that have not changed keep their times.
func (s *Site) Build(dir string) (Summary, error) {
	out, err := openStaging(dir)
	if err != nil {
		return Summary{}, err
	}
	defer out.discard()

	sum := Summary{Pages: map[string]int{}}
	var mu sync.Mutex
	var manifest []string
	err = s.Each(func(f File, data []byte) error {
		written, err := out.write(f.Path, data)
		if err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		manifest = append(manifest, fmt.Sprintf("%x  %s\n", sha256.Sum256(data), f.Path))
		sum.Files++
		sum.Bytes += int64(len(data))
		if written {
			sum.Written++
		}
		if f.Lang != "" {
			sum.Pages[f.Lang]++
		}
		return nil
	})
	if err != nil {
		return Summary{}, err
	}
	slices.SortFunc(manifest, func(a, b string) int { return bytes.Compare([]byte(a[66:]), []byte(b[66:])) })
	return sum, out.publish(manifest)
}

// Each calls visit with every file and its bytes, from as many goroutines as
// there are processors, and in no order; data is visit's until it returns. It
// stops at the first error.
func (s *Site) Each(visit func(f File, data []byte) error) error {
	var group errgroup.Group
	files := make(chan File)
	stop := make(chan struct{})
	var once sync.Once
	for range workers() {
		group.Go(func() error {
			var b bytes.Buffer
			for f := range files {
				if err := visit(f, f.Bytes(&b)); err != nil {
					once.Do(func() { close(stop) })
					return err
				}
			}
			return nil
		})
	}
	for f := range s.All() {
		select {
		case files <- f:
			continue
		case <-stop:
		}
		break
	}
	close(files)
	return group.Wait()
}

// workers is how many goroutines work at once.
func workers() int { return runtime.GOMAXPROCS(0) }
