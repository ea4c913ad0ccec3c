package main

import (
	"crypto/sha256"
	"debug/elf"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/pflag"

	"helpcenter/site"
	"helpcenter/site/buildcache"
	"helpcenter/site/publish"
	"helpcenter/site/source"
)

// cacheFlag is --no-cache, of build and lint. The caches of each --dir are in a folder of the user's cache folder
// (XDG_CACHE_HOME). Their keys depend on the bytes of files and on the program, so they do not change any result,
// with one exception: a published file with the same size and time counts as unchanged. Folders that have not been
// used for a month are removed.
type cacheFlag struct{ off bool }

func (c *cacheFlag) flags(f *pflag.FlagSet) {
	f.BoolVar(&c.off, "no-cache", false, "do not read or write the cache")
}

// caches holds the caches of a --dir.
type caches struct {
	articles *buildcache.Cache
	state    *buildcache.Cache   // of the site published in --out
	search   []*buildcache.Cache // of the indexes made for it
	index    func(lang string) *buildcache.Cache
	folder   string
	mu       sync.Mutex
	key      func() site.Key // a fingerprint of the files that were read, except articles
	failed   bool            // an error has been reported
}

// noCaches returns caches that keep nothing for the next run.
func noCaches() *caches { return &caches{articles: buildcache.Temporary()} }

// open opens the caches of dir and, unless out is "", that of the site published there. For the latter, it records
// which files are read from then on.
func (c *cacheFlag) open(r source.Folders, dir, out string) *caches {
	folder, err := os.UserCacheDir()
	if c.off || err != nil {
		return noCaches()
	}
	program, err := programKey()
	if err != nil {
		return noCaches()
	}
	version := string(program[:])
	k := &caches{folder: filepath.Join(folder, "helpcenter", "dir-"+nameOf(dir))}
	k.articles = buildcache.Open(filepath.Join(k.folder, "articles"), version)
	if out != "" {
		k.state = buildcache.Open(filepath.Join(k.folder, "site-"+nameOf(out)), version)
		k.key = r.Record(program)
		k.index = func(lang string) *buildcache.Cache {
			return buildcache.Open(filepath.Join(k.folder, "search-"+lang+"-"+nameOf(out)), version)
		}
	}
	return k
}

// ofSearch opens the cache of the index of a language.
func (k *caches) ofSearch(lang string) *buildcache.Cache {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.index == nil {
		return nil
	}
	k.search = append(k.search, k.index(lang))
	return k.search[len(k.search)-1]
}

// last opens the cache of the build of dir that was last published in out, or nil without caches.
func (c *cacheFlag) last(dir, out string) *buildcache.Cache {
	folder, err := os.UserCacheDir()
	program, more := programKey()
	if c.off || err != nil || more != nil {
		return nil
	}
	path := filepath.Join(folder, "helpcenter", "dir-"+nameOf(dir), "last-"+nameOf(out))
	return buildcache.Open(path, string(program[:]))
}

// A lastBuild records what a build was made of, by the sizes and times of all files, and what it made.
type lastBuild struct {
	Options    []string                 // options given, sorted
	Sources    map[string]publish.Stamp // by folder that was read
	Now, Until time.Time                // the result is the same from Now until Until
	Summary    publish.Summary
	Warnings   int
	Changes    string // changes to come, as printed

	settled bool // no file changed so recently that another change might have the same time
}

// newLastBuild records the state of what is to be read, if the build is to be cached.
func newLastBuild(folders source.Folders, kept bool, now time.Time, given *pflag.FlagSet) lastBuild {
	b := lastBuild{Sources: map[string]publish.Stamp{}, Now: now, settled: kept}
	given.Visit(func(f *pflag.Flag) { b.Options = append(b.Options, f.Name+"="+f.Value.String()) })
	if !kept {
		return b
	}
	began := time.Now()
	for name, folder := range folders {
		stamp, settled, err := publish.StampOf(folder, publish.LastChange)
		b.Sources[name] = stamp
		b.settled = b.settled && err == nil && began.After(settled)
	}
	return b
}

// same returns the cached build if this one would make the same from the same files and options, and the folder is
// still as that build left it.
func (b *lastBuild) same(kept *buildcache.Cache, out string) (before lastBuild, ok bool) {
	if json.Unmarshal(kept.Get(""), &before) != nil || !slices.Equal(before.Options, b.Options) || !b.settled ||
		!maps.Equal(before.Sources, b.Sources) || b.Now.Before(before.Now) || !b.Now.Before(before.Until) {
		return before, false
	}
	stamp, _, err := publish.StampOf(os.DirFS(out), fs.FileInfo.ModTime)
	before.Summary.Written = 0
	return before, err == nil && stamp == before.Summary.Stamp
}

// made records what a build has made.
func (b *lastBuild) made(s *site.Site, sum publish.Summary, warnings int) {
	var changes strings.Builder
	printChanges(&changes, s)
	b.Summary, b.Warnings, b.Changes = sum, warnings, changes.String()
	y, m, d := b.Now.In(s.Library.Site.Location).Date()
	b.Until = time.Date(y, m, d+1, 0, 0, 0, 0, s.Library.Site.Location) // some findings depend on the day
	if until := s.Until(); !until.IsZero() && until.Before(b.Until) {
		b.Until = until
	}
}

// keep caches the build for the next one.
func (b *lastBuild) keep(kept *buildcache.Cache) {
	if data, err := json.Marshal(b); err == nil && b.settled {
		kept.Put("", data)
		kept.Save() // if this fails, the next build reads all files
	}
}

// save saves one of the caches. It reports only the first error.
func (k *caches) save(c *buildcache.Cache, w io.Writer) {
	if err := c.Save(); err != nil && !k.failed {
		k.failed = true
		fmt.Fprintf(w, "cannot write the cache, so the next run will be slower: %v\n", err)
	}
	if k.folder != "" {
		now := time.Now()
		os.Chtimes(k.folder, now, now) // so that trim keeps it
		trim(filepath.Dir(k.folder), now.AddDate(0, -1, 0))
	}
}

// trim removes folders that have not been used since the given time.
func trim(all string, since time.Time) {
	folders, _ := os.ReadDir(all)
	for _, d := range folders {
		if info, err := d.Info(); err == nil && info.ModTime().Before(since) {
			os.RemoveAll(filepath.Join(all, d.Name()))
		}
	}
}

// nameOf returns a short name for a folder; dir is "" for the built-in ones.
func nameOf(dir string) string {
	if dir != "" {
		if abs, err := filepath.Abs(dir); err == nil {
			dir = abs
		}
	}
	sum := sha256.Sum256([]byte(dir))
	return hex.EncodeToString(sum[:8])
}

// openProgram opens the file of the running program; on Linux, even if it has been replaced since.
func openProgram() (*os.File, error) {
	if f, err := os.Open("/proc/self/exe"); err == nil {
		return f, nil
	}
	path, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return os.Open(path)
}

// programKey identifies the program, because another one may make something else from the same files.
var programKey = sync.OnceValues(func() (key site.Key, err error) {
	f, err := openProgram()
	if err != nil {
		return key, err
	}
	defer f.Close()
	h := sha256.New()
	if id := buildID(f); id != nil {
		h.Write(id)
	} else if _, err := io.Copy(h, f); err != nil {
		return key, err
	}
	copy(key[:], h.Sum(nil))
	return key, nil
})

// buildID returns the hash that Go's linker writes into a program for Linux and the like, or nil. Hashing the whole
// program would take longer than reading a small site.
func buildID(program io.ReaderAt) []byte {
	file, err := elf.NewFile(program)
	if err != nil {
		return nil
	}
	note := file.Section(".note.go.buildid")
	if note == nil {
		return nil
	}
	id, err := note.Data()
	if err != nil || len(id) < sha256.Size { // another word in its place, by -ldflags=-buildid=WORD
		return nil
	}
	return id
}
