package site

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"helpcenter"
)

// BuildOptions say how a build is done; the zero value does it plainly.
type BuildOptions struct {
	Compress bool              // write .br, .gz and .zst twins beside the files that gain from it
	Record   *Record           // of the build before: what is made of the same is not made again
	Meter    *helpcenter.Meter // is told how far the build has come
}

// Summary is what a build did.
type Summary struct {
	Pages     map[string]int // by language
	Files     int            // without twins
	Written   int            // files and twins that were new or had changed
	Bytes     int64          // of all files
	Twins     int
	TwinBytes int64
}

// Build publishes the site in dir, whole or not at all: files are written beside
// it and swapped in when all are there. It refuses a folder that holds files
// that no build wrote. Files that have not changed keep their times, and where
// none has and none is gone nothing is written. The record is updated, not saved.
// Where the context ends before all is made, the folder stays as it is.
func (s *Site) Build(ctx context.Context, dir string, o BuildOptions) (Summary, error) {
	o.Meter.Begin("open the folder", 0)
	out, err := openStaging(ctx, dir)
	if err != nil {
		return Summary{}, stopped(ctx, dir, err)
	}
	defer out.discard()

	b := &build{BuildOptions: o, staging: out, made: map[string]partRecord{}}
	o.Meter.Begin("render and write", len(s.pages))
	if err := s.eachPart(ctx, o.Meter, b.part); err != nil {
		return Summary{}, stopped(ctx, dir, err)
	}
	o.Meter.Begin("publish", 0)
	if err := out.publish(b.manifest()); err != nil {
		return Summary{}, err
	}
	if b.anew.Load() {
		o.Record.replace(b.made)
	}
	return b.summary(), nil
}

// stopped says, where an error is the end of the context, that nothing is lost.
func stopped(ctx context.Context, dir string, err error) error {
	if err != context.Cause(ctx) {
		return err
	}
	return fmt.Errorf("stopped; %s stays as it is (%w)", dir, err)
}

// A build is a site on its way into a folder.
type build struct {
	BuildOptions
	*staging
	anew atomic.Bool // a part is made anew, be it as it was
	mu   sync.Mutex
	made map[string]partRecord
}

// part makes a part of the site, or takes it from the folder as it stands.
func (b *build) part(p part, buf *bytes.Buffer) error {
	key := p.key()
	if key != (Key{}) && b.Compress {
		key = recipe(key[:]).text("compressed").key()
	}
	made, ok := b.Record.part(p.name, key)
	if !ok || !b.unchanged(made.Files) {
		var err error
		if made, err = b.make(p, key, buf); err != nil {
			return err
		}
	} else {
		for _, f := range made.Files {
			if err := b.reuse(f.Path); err != nil {
				return err
			}
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.made[p.name] = made
	return nil
}

// make writes the files of a part that are not in the folder as they should be.
func (b *build) make(p part, key Key, buf *bytes.Buffer) (partRecord, error) {
	b.anew.Store(true)
	made := partRecord{Key: key}
	before := b.Record.files(p.name)
	for f := range p.files {
		data, err := f.Bytes(buf)
		if err != nil {
			return made, err
		}
		r, err := b.put(fileRecord{Path: f.Path, Lang: f.Lang}, data, before)
		if err != nil {
			return made, err
		}
		made.Files = append(made.Files, r)
		if b.Compress && compressible(f.Type) && len(data) >= worthCompressing {
			twins, err := b.twins(f, r, data, before)
			if err != nil {
				return made, err
			}
			made.Files = append(made.Files, twins...)
		}
	}
	return made, nil
}

// put writes a file, unless the folder holds it as it was last made and that is
// the same, and returns its record, complete.
func (b *build) put(r fileRecord, data []byte, before map[string]fileRecord) (fileRecord, error) {
	r.Size, r.Sum = int64(len(data)), sha256.Sum256(data)
	if old := before[r.Path]; old.Sum == r.Sum && b.unchanged([]fileRecord{old}) {
		r.ModTime = old.ModTime
		return r, b.reuse(r.Path)
	}
	var err error
	r.ModTime, err = b.write(r.Path, data)
	return r, err
}

// manifest lists every file with its hash, in the form of sha256sum.
func (b *build) manifest() []byte {
	var files []*fileRecord
	size := 0
	for _, p := range b.made {
		for i := range p.Files {
			files = append(files, &p.Files[i])
			size += 2*sha256.Size + len("  ") + len(p.Files[i].Path) + len("\n")
		}
	}
	slices.SortFunc(files, func(x, y *fileRecord) int { return strings.Compare(x.Path, y.Path) })
	list := make([]byte, 0, size)
	for _, f := range files {
		list = hex.AppendEncode(list, f.Sum[:])
		list = append(list, "  "...)
		list = append(list, f.Path...)
		list = append(list, '\n')
	}
	return list
}

func (b *build) summary() Summary {
	sum := Summary{Pages: map[string]int{}, Written: int(b.written.Load())}
	for _, p := range b.made {
		for _, f := range p.Files {
			if f.Twin {
				sum.Twins++
				sum.TwinBytes += f.Size
				continue
			}
			sum.Files++
			sum.Bytes += f.Size
			if f.Lang != "" {
				sum.Pages[f.Lang]++
			}
		}
	}
	return sum
}

// Each calls visit with every file and its bytes, from as many goroutines as
// there are processors, and in no order; data is visit's until it returns. It
// stops at the first error.
func (s *Site) Each(visit func(f File, data []byte) error) error {
	return s.eachPart(context.Background(), nil, func(p part, buf *bytes.Buffer) error {
		for f := range p.files {
			data, err := f.Bytes(buf)
			if err != nil {
				return err
			}
			if err := visit(f, data); err != nil {
				return err
			}
		}
		return nil
	})
}

// eachPart calls visit with every part, from as many goroutines as there are
// processors, each with a buffer of its own. It stops at the first error, and at
// the end of the context. The meter is told of each page.
func (s *Site) eachPart(ctx context.Context, meter *helpcenter.Meter, visit func(part, *bytes.Buffer) error) error {
	var group errgroup.Group
	parts := make(chan part, 64)
	stop := make(chan struct{})
	var once sync.Once
	for range workers() {
		group.Go(func() error {
			var buf bytes.Buffer
			for p := range parts {
				if err := visit(p, &buf); err != nil {
					once.Do(func() { close(stop) })
					return err
				}
				if p.page {
					meter.Add(1)
				}
			}
			return nil
		})
	}
	for p := range s.parts(meter) {
		select {
		case parts <- p:
			continue
		case <-stop:
		case <-ctx.Done():
		}
		break
	}
	close(parts)
	return cmp.Or(group.Wait(), context.Cause(ctx))
}

// workers is how many goroutines work at once.
func workers() int { return runtime.GOMAXPROCS(0) }
