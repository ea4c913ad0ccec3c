package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/pflag"

	"helpcenter/site"
	"helpcenter/site/buildcache"
	"helpcenter/site/source"
)

// cacheFlag is --no-cache, of build and lint. The caches of each --dir are in a folder of the user's cache
// folder (XDG_CACHE_HOME). Their keys depend on the bytes of files and on the program, so they change no
// result. There is one exception: a published file with the same size and time counts as unchanged. Folders
// that have not been used for a month are removed.
type cacheFlag struct{ off bool }

func (c *cacheFlag) flags(f *pflag.FlagSet) {
	f.BoolVar(&c.off, "no-cache", false, "do not read or write the cache")
}

// caches are the caches of a --dir.
type caches struct {
	articles *buildcache.Cache
	state    *buildcache.Cache // of the site published in --out
	folder   string
	key      func() site.Key // the fingerprint of the files that were read, except articles
	failed   bool            // an error has been reported
}

// noCaches returns caches that keep nothing for the next run.
func noCaches() *caches { return &caches{articles: buildcache.Temporary()} }

// open opens the caches of dir and, unless out is "", that of the site published there. For the latter it
// records which files are read from then on.
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
	}
	return k
}

// save saves one of the caches. Only the first error is reported.
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

// trim removes the folders that have not been used since a moment.
func trim(all string, since time.Time) {
	folders, _ := os.ReadDir(all)
	for _, d := range folders {
		if info, err := d.Info(); err == nil && info.ModTime().Before(since) {
			os.RemoveAll(filepath.Join(all, d.Name()))
		}
	}
}

// nameOf returns a short name for a folder; "" stands for the built-in ones.
func nameOf(dir string) string {
	if dir != "" {
		if abs, err := filepath.Abs(dir); err == nil {
			dir = abs
		}
	}
	sum := sha256.Sum256([]byte(dir))
	return hex.EncodeToString(sum[:8])
}

// openProgram opens the file of the running program, on Linux even if it has been replaced since.
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

// programKey returns a hash of the program, since another one may make something else of the same files.
func programKey() (key site.Key, err error) {
	f, err := openProgram()
	if err != nil {
		return key, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return key, err
	}
	copy(key[:], h.Sum(nil))
	return key, nil
}
