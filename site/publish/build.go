package publish

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"helpcenter/site"
	"helpcenter/site/buildcache"
	"helpcenter/site/encoded"
)

// BuildOptions say how a build is done; the zero value does it plainly.
type BuildOptions struct {
	Compress bool              // write .br, .gz and .zst twins beside the files that gain from it
	State    *buildcache.Cache // of the build before: what is made of the same is not made again
	Log      *slog.Logger      // gets how long each step took
	Progress func()            // is called after each page, by several goroutines at once
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
// none has and none is gone nothing is written. The state is updated, and must be saved only if
// there is no error.
// Where the context ends before all is made, the folder stays as it is.
func Build(ctx context.Context, s *site.Site, dir string, o BuildOptions) (Summary, error) {
	o.Log = cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	began := time.Now()
	out, err := openStaging(ctx, dir)
	if err != nil {
		return Summary{}, stopped(ctx, dir, err)
	}
	defer out.Discard()
	o.Log.Info("folder opened", "took", time.Since(began))

	began = time.Now()
	b := &build{BuildOptions: o, staging: out, made: map[string]partState{}}
	if err := s.EachPart(ctx, b.part); err != nil {
		return Summary{}, stopped(ctx, dir, err)
	}
	o.Log.Info("pages written", "took", time.Since(began))
	began = time.Now()
	if err := out.Publish(b.manifest()); err != nil {
		return Summary{}, err
	}
	o.Log.Info("folder published", "took", time.Since(began))
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
	mu   sync.Mutex
	made map[string]partState
}

// part makes a part of the site, or takes it from the folder as it stands.
func (b *build) part(p site.Part, buf *bytes.Buffer) error {
	if p.Page && b.Progress != nil {
		defer b.Progress()
	}
	key := p.Key()
	if key != (site.Key{}) && b.Compress {
		key = site.Recipe(key[:]).Text("compressed").Key()
	}
	made := readState(b.State, p.Name)
	if key != (site.Key{}) && made.Key == key && b.unchanged(made.files...) {
		for _, f := range made.files {
			if err := b.reuse(f.path); err != nil {
				return err
			}
		}
	} else {
		var err error
		if made, err = b.make(p, key, made, buf); err != nil {
			return err
		}
		made.keep(b.State, p.Name)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.made[p.Name] = made
	return nil
}

// make writes the files of a part that are not in the folder as they should be.
func (b *build) make(p site.Part, key site.Key, before partState, buf *bytes.Buffer) (partState, error) {
	if lang, ok := strings.CutPrefix(p.Name, site.IndexFolder); ok {
		defer func(began time.Time) {
			b.Log.Info("search index written", "language", lang, "took", time.Since(began))
		}(time.Now())
	}
	made := partState{Key: key}
	for f := range p.Files {
		data, err := f.Bytes(buf)
		if err != nil {
			return made, err
		}
		r, err := b.put(fileState{path: f.Path, lang: f.Lang}, data, before.file(f.Path))
		if err != nil {
			return made, err
		}
		made.files = append(made.files, r)
		if b.Compress && encoded.Compressible(f.Type) && len(data) >= encoded.MinSize {
			twins, err := b.twins(f, r, data, &before)
			if err != nil {
				return made, err
			}
			made.files = append(made.files, twins...)
		}
	}
	return made, nil
}

// put writes a file, unless the folder holds it as it was last made and that is
// the same, and returns its state, complete.
func (b *build) put(f fileState, data []byte, before fileState) (fileState, error) {
	f.size, f.sum = int64(len(data)), sha256.Sum256(data)
	if before.sum == f.sum && b.unchanged(before) {
		f.modTime = before.modTime
		return f, b.reuse(f.path)
	}
	var err error
	f.modTime, err = b.Write(f.path, data)
	return f, err
}

// manifest lists every file with its hash, in the form of sha256sum.
func (b *build) manifest() []byte {
	var files []*fileState
	size := 0
	for _, p := range b.made {
		for i := range p.files {
			files = append(files, &p.files[i])
			size += 2*sha256.Size + len("  ") + len(p.files[i].path) + len("\n")
		}
	}
	slices.SortFunc(files, func(x, y *fileState) int { return strings.Compare(x.path, y.path) })
	list := make([]byte, 0, size)
	for _, f := range files {
		list = hex.AppendEncode(list, f.sum[:])
		list = append(list, "  "...)
		list = append(list, f.path...)
		list = append(list, '\n')
	}
	return list
}

func (b *build) summary() Summary {
	sum := Summary{Pages: map[string]int{}, Written: int(b.written.Load())}
	for _, p := range b.made {
		for _, f := range p.files {
			if f.twin {
				sum.Twins++
				sum.TwinBytes += f.size
				continue
			}
			sum.Files++
			sum.Bytes += f.size
			if f.lang != "" {
				sum.Pages[f.lang]++
			}
		}
	}
	return sum
}
