package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/spf13/pflag"

	"helpcenter/content"
	"helpcenter/site"
)

// cacheFlag is --no-cache, of build and lint. What can be made again is kept in
// the user's cache folder (XDG_CACHE_HOME), in one folder for each --dir, never
// beside the output. It is keyed by content and by the program itself, so it saves
// time and never decides anything. Which files still hold what they held, articles
// and the site's own, the file system says, as it says to git and make; --no-cache
// asks nobody. Without a folder to keep it in, nothing is kept; and what no run has
// used for a month is removed.
type cacheFlag struct{ off bool }

func (c *cacheFlag) flags(f *pflag.FlagSet) {
	f.BoolVar(&c.off, "no-cache", false, "make everything again, and keep nothing for the next time")
}

// caches are what is kept for a source of rooms; nil fields keep nothing.
type caches struct {
	articles *content.Cache
	record   *site.Record
	folder   string          // of what else is kept
	key      func() site.Key // of all that has been read of the rooms but articles
}

// open finds what was kept for the rooms of dir, published in out, or "" where no
// site is. From then on it is noticed what is read of the rooms of a site.
func (c *cacheFlag) open(r rooms, dir, out string) caches {
	folder, err := os.UserCacheDir()
	if c.off || err != nil {
		return caches{}
	}
	program, err := programKey()
	if err != nil {
		return caches{}
	}
	folder = filepath.Join(folder, "helpcenter", "dir-"+nameOf(dir))
	k := caches{folder: folder}
	var all sync.WaitGroup
	all.Go(func() { k.articles = content.OpenCache(filepath.Join(folder, "articles"), program) })
	if out != "" {
		k.key = r.witness(program).key
		all.Go(func() { k.record = site.OpenRecord(filepath.Join(folder, "site-"+nameOf(out)), program) })
	}
	all.Wait()
	return k
}

// save keeps what was made. What can't be kept is said, and nothing else.
func (k caches) save(w io.Writer) {
	for _, store := range []interface{ Save() error }{k.articles, k.record} {
		if err := store.Save(); err != nil {
			fmt.Fprintf(w, "nothing is kept for the next time: %s\n", err)
			return
		}
	}
	if k.folder != "" {
		now := time.Now()
		os.Chtimes(k.folder, now, now) // it is in use
		trim(filepath.Dir(k.folder), now.AddDate(0, -1, 0))
	}
}

// trim removes the folders of rooms that have not been used since then.
func trim(all string, since time.Time) {
	folders, _ := os.ReadDir(all)
	for _, d := range folders {
		if info, err := d.Info(); err == nil && info.ModTime().Before(since) {
			os.RemoveAll(filepath.Join(all, d.Name()))
		}
	}
}

// nameOf is a short name for a folder of this machine; "" is what is built in.
func nameOf(dir string) string {
	if dir != "" {
		if abs, err := filepath.Abs(dir); err == nil {
			dir = abs
		}
	}
	sum := sha256.Sum256([]byte(dir))
	return hex.EncodeToString(sum[:8])
}

// openProgram opens the file that this program runs from. What stands in its place
// by now may be another; Linux still has the one.
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

// programKey is a hash of the program: another one may make something else of
// the same files.
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
