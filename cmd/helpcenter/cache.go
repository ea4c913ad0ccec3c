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
	"sync/atomic"
	"time"

	"github.com/spf13/pflag"

	"helpcenter/site"
	"helpcenter/site/buildcache"
	"helpcenter/site/publish"
	"helpcenter/site/source"
)

// cacheFlag is --no-cache, of build, lint and serve. The caches of each --dir are in a folder of the user's cache
// folder (XDG_CACHE_HOME). Their keys depend on the bytes of files and on the program, so they do not change any
// result, with one exception: a published file with the same size and time counts as unchanged. Folders that have not
// been used for a month are removed.
type cacheFlag struct {
	off    bool
	failed atomic.Bool // an error has been reported
}

func (c *cacheFlag) flags(f *pflag.FlagSet) {
	f.BoolVar(&c.off, "no-cache", false, "do not read or write the cache")
}

// caches holds the caches of a --dir.
type caches struct {
	articles *buildcache.Cache
	folder   string
	version  string
	site     string          // names the site that is made, if anything but articles is kept
	key      func() site.Key // a fingerprint of the files that were read for it, except articles
	flag     *cacheFlag
}

// noCaches returns caches that keep nothing for the next run.
func noCaches() *caches { return &caches{articles: buildcache.Temporary()} }

// open opens the cache of the articles of dir.
func (c *cacheFlag) open(dir string) *caches {
	folder, err := os.UserCacheDir()
	program, more := programKey()
	if c.off || err != nil || more != nil {
		return noCaches()
	}
	k := &caches{
		folder: filepath.Join(folder, "helpcenter", "dir-"+nameOf(dir)), version: string(program[:]), flag: c,
	}
	k.articles = buildcache.Open(filepath.Join(k.folder, "articles"), k.version)
	return k
}

// record also keeps what is made for a site, given a name of it, and records which files are read from then on.
func (k *caches) record(r source.Folders, site string) {
	if program, err := programKey(); err == nil && k.folder != "" {
		k.site, k.key = site, r.Record(program)
	}
}

// ofSite opens a cache of what is made for the site, or returns nil if nothing is kept.
func (k *caches) ofSite(name string) *buildcache.Cache {
	if k.site == "" {
		return nil
	}
	return buildcache.Open(filepath.Join(k.folder, name+"-"+k.site), k.version)
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
	if err := c.Save(); err != nil && k.flag.failed.CompareAndSwap(false, true) {
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
