package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/spf13/pflag"

	"helpcenter/content"
	"helpcenter/site"
)

// cacheFlag is --no-cache, of the commands that read all articles. What can be
// made again is kept in the user's cache folder (XDG_CACHE_HOME), in one folder
// for each --dir, never beside the output. It is keyed by content and by the
// program itself, so it saves time and never decides anything. Which files still
// hold what they held, articles and the site's own, the file system says, as it
// says to git and make; --no-cache asks nobody. Without a folder to keep it in,
// nothing is kept.
type cacheFlag struct{ off bool }

func (c *cacheFlag) flags(f *pflag.FlagSet) {
	f.BoolVar(&c.off, "no-cache", false, "make everything again, and keep nothing for the next time")
}

// caches are what is kept for a source of rooms; nil fields keep nothing.
type caches struct {
	articles *content.Cache
	record   *site.Record
	folder   string   // of what else is kept
	key      site.Key // of all that the site is made of but articles
}

// open finds what was kept for the rooms of dir, published in out.
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
		all.Go(func() { k.record = site.OpenRecord(filepath.Join(folder, "site-"+nameOf(out)), program) })
	}
	k.key, _ = r.key(program) // without it nothing of the site is known to be as it was
	all.Wait()
	return k
}

// save keeps what was made. What can't be kept is said, and nothing else.
func (k caches) save(w io.Writer) {
	for _, store := range []interface{ Save() error }{k.articles, k.record} {
		if err := store.Save(); err != nil {
			fmt.Fprintf(w, "nothing is kept for the next time: %s\n", err)
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

// programKey is a hash of the program: another one may make something else of
// the same files.
func programKey() (key site.Key, err error) {
	path, err := os.Executable()
	if err != nil {
		return key, err
	}
	f, err := os.Open(path)
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

// key hashes the program and every file of the rooms that is no article and
// stands beside none.
func (r rooms) key(program site.Key) (key site.Key, err error) {
	h := sha256.New()
	h.Write(program[:])
	for _, folder := range folders {
		err := fs.WalkDir(r[folder], ".", func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil && name == ".":
				return nil // a room without files
			case err != nil:
				return err
			case d.IsDir() && folder == "content" && name != ".":
				return fs.SkipDir
			case d.IsDir():
				return nil
			}
			data, err := fs.ReadFile(r[folder], name)
			fmt.Fprintf(h, "%s/%s %d\n", folder, strings.TrimPrefix(name, "./"), len(data))
			h.Write(data)
			return err
		})
		if err != nil {
			return key, err
		}
	}
	copy(key[:], h.Sum(nil))
	return key, nil
}
