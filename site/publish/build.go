// Package publish writes a site to a folder, for web servers that serve files.
//
// [Build] writes the files to a temporary folder beside the target and swaps the two when all are complete, so
// readers see either the old site or the new one. Unchanged files keep their modification times. Given the state of
// the last build, it makes only the parts of the site that have changed. The file manifest.sha256 lists all files
// in the format of sha256sum; Build refuses a folder that holds any other file.
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

// BuildOptions configures a build.
type BuildOptions struct {
	Compress bool              // also write precompressed files: .br, .gz and .zst
	State    *buildcache.Cache // of the last build; updated by the build; may be nil
	Log      *slog.Logger      // receives the duration of each step; may be nil
}

// Summary counts what a build made.
type Summary struct {
	Pages              map[string]int // by language
	Files              int            // without precompressed ones
	Bytes              int64          // of Files
	Largest            int64          // bytes of the largest of Files
	Precompressed      int            // files
	PrecompressedBytes int64
	Written            int // files of all kinds that were new or changed
	Stamp              Stamp
}

// Build publishes the site in dir atomically. It returns a [ForeignFilesError] if dir holds files that no build
// wrote. If it fails or the context ends, dir is unchanged and the state must not be saved.
func Build(ctx context.Context, s *site.Site, dir string, o BuildOptions) (Summary, error) {
	o.Log = cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	began := time.Now()
	out, err := openStaging(ctx, dir)
	if err != nil {
		return Summary{}, stopped(ctx, dir, err)
	}
	defer out.discard()
	out.timed = o.State != nil
	o.Log.Info("folder opened", "took", time.Since(began))

	began = time.Now()
	b := &build{BuildOptions: o, staging: out, made: map[string]partState{}}
	if err := s.EachPart(ctx, b.part); err != nil {
		return Summary{}, stopped(ctx, dir, err)
	}
	o.Log.Info("pages written", "took", time.Since(began))
	began = time.Now()
	manifest := b.manifest()
	modTime, err := out.publish(manifest)
	if err != nil {
		return Summary{}, err
	}
	o.Log.Info("folder published", "took", time.Since(began))
	sum := b.summary()
	sum.Stamp.add(manifestName, int64(len(manifest)), modTime)
	return sum, nil
}

// stopped explains, if err is that of an ended context, that dir is unchanged.
func stopped(ctx context.Context, dir string, err error) error {
	if err != context.Cause(ctx) {
		return err
	}
	return fmt.Errorf("stopped; %s is unchanged (%w)", dir, err)
}

type build struct {
	BuildOptions
	*staging
	mu   sync.Mutex
	made map[string]partState
}

// part makes a part of the site, or reuses its files from the last build.
func (b *build) part(p site.Part, buf *bytes.Buffer) error {
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

// make makes the files of a part and writes those that have changed.
func (b *build) make(p site.Part, key site.Key, before partState, buf *bytes.Buffer) (partState, error) {
	if lang, ok := strings.CutPrefix(p.Name, site.IndexFolder); ok && !strings.Contains(lang, "/") {
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
			compressed, err := b.precompress(f, r, data, &before)
			if err != nil {
				return made, err
			}
			made.files = append(made.files, compressed...)
		}
	}
	return made, nil
}

// put writes a file, unless it is unchanged since the last build, and returns its complete state.
func (b *build) put(f fileState, data []byte, before fileState) (fileState, error) {
	f.size, f.sum = int64(len(data)), sha256.Sum256(data)
	if before.sum == f.sum && b.unchanged(before) {
		f.modTime = before.modTime
		return f, b.reuse(f.path)
	}
	var err error
	f.modTime, err = b.write(f.path, data)
	return f, err
}

// manifest lists every file with its hash, in the format of sha256sum.
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
			sum.Stamp.add(f.path, f.size, f.modTime)
			if f.precompressed {
				sum.Precompressed++
				sum.PrecompressedBytes += f.size
				continue
			}
			sum.Files++
			sum.Bytes += f.size
			sum.Largest = max(sum.Largest, f.size)
			if f.lang != "" {
				sum.Pages[f.lang]++
			}
		}
	}
	return sum
}
