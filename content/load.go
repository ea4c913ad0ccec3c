package content

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"helpcenter"
	"helpcenter/site/buildcache"
)

// Load reads and proves the room that fsys holds, rooted at content/. Beside
// errors it returns what it could read: a library that is never nil, but not fit
// for publication. The same room gives the same library and the same findings,
// sorted.
//
// Where site.toml cannot be read, or does not say which languages there are, its
// own mistakes are the only findings: whether the rest is right depends on it. The
// library is empty then, and its site without languages.
func Load(fsys fs.FS) (*Library, []helpcenter.Finding) { return LoadWith(fsys, Options{}) }

// Options are what loading may do with.
type Options struct {
	Cache *buildcache.Cache // articles it has are not parsed again
	Meter *helpcenter.Meter // is told of the stages, and of each article in them
}

// LoadWith is Load with options.
func LoadWith(fsys fs.FS, o Options) (*Library, []helpcenter.Finding) {
	site, found, ok := loadSite(fsys)
	if !ok {
		return newLibrary(site, nil, nil), helpcenter.SortFindings(found)
	}
	files := walk(fsys, site)
	o.Meter.Begin("read and parse", len(files.articles))
	articles, inArticles := each(files.articles, func(file string) (*Article, []helpcenter.Finding) {
		defer o.Meter.Add(1)
		return loadArticle(fsys, file, o.Cache)
	})
	assets, inAssets := each(files.assets, func(file string) (*Asset, []helpcenter.Finding) {
		return loadAsset(fsys, file)
	})
	o.Meter.Begin("prove articles", len(articles))
	l := newLibrary(site, articles, assets)
	for _, name := range files.strays {
		l.strays[name] = true
	}
	found = slices.Concat(found, files.found, inArticles, inAssets, l.prove(articles, o.Meter), l.judge(fsys))
	return l, helpcenter.SortFindings(found)
}

func loadSite(fsys fs.FS) (*Site, []helpcenter.Finding, bool) {
	var data bytes.Buffer
	if f := read(fsys, "site.toml", maxSite, &data); f != nil {
		return noSite(), []helpcenter.Finding{*f}, false
	}
	site, found, ok := readSite(data.Bytes())
	if !ok {
		return noSite(), found, false
	}
	return site, found, true
}

// sources keeps the memory that articles are read into: nothing of an article
// outlives its parsing but copies.
var sources = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func loadArticle(fsys fs.FS, file string, cache *buildcache.Cache) (*Article, []helpcenter.Finding) {
	data := sources.Get().(*bytes.Buffer)
	defer sources.Put(data)
	data.Reset()
	name := path.Join("content", file)
	if f := read(fsys, file, maxArticle, data); f != nil {
		a, _ := place(name)
		found := []helpcenter.Finding{*f}
		a.tear(found)
		return a, found
	}
	return parseCached(name, data.Bytes(), cache)
}

func loadAsset(fsys fs.FS, file string) (*Asset, []helpcenter.Finding) {
	var data bytes.Buffer
	if f := read(fsys, file, maxAsset, &data); f != nil {
		return &Asset{File: file}, []helpcenter.Finding{*f}
	}
	return newAsset(file, data.Bytes())
}

// read reads a file of at most limit bytes, and says what went wrong.
func read(fsys fs.FS, file string, limit int, into *bytes.Buffer) *helpcenter.Finding {
	f, err := fsys.Open(file)
	if err == nil {
		defer f.Close()
		_, err = into.ReadFrom(io.LimitReader(f, int64(limit)+1))
	}
	var found helpcenter.Finding
	switch {
	case err != nil:
		at := helpcenter.Position{File: path.Join("content", file)}
		found = helpcenter.Errorf(at, "layout", "the file cannot be read: %v", err)
	case into.Len() > limit:
		found = tooLarge(helpcenter.Position{File: path.Join("content", file)}, "bytes", limit)
	default:
		return nil
	}
	return &found
}

// each makes one thing of each file, or of what else there are many, as many at a
// time as there are processors, and returns them in their order, the findings in
// any.
func each[S, T any](files []S, load func(S) (T, []helpcenter.Finding)) ([]T, []helpcenter.Finding) {
	made := make([]T, len(files))
	var found []helpcenter.Finding
	var mu sync.Mutex
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(files); i = int(next.Add(1)) - 1 {
				v, fs := load(files[i])
				made[i] = v
				if len(fs) > 0 {
					mu.Lock()
					found = append(found, fs...)
					mu.Unlock()
				}
			}
		})
	}
	workers.Wait()
	return made, found
}

// newLibrary makes a library of what was read; drafts are left out.
func newLibrary(site *Site, articles []*Article, assets []*Asset) *Library {
	l := &Library{Site: site, Assets: assets, articles: map[name]*Article{}, assets: map[string]*Asset{}, drafts: map[name]*Article{}, strays: map[string]bool{}}
	for _, a := range articles {
		if a.Draft {
			l.drafts[name{a.Lang, a.Path}] = a
		} else {
			l.Articles = append(l.Articles, a)
			l.articles[name{a.Lang, a.Path}] = a
		}
	}
	for _, a := range assets {
		l.assets[a.File] = a
	}
	slices.SortStableFunc(l.Articles, site.compareArticles)
	return l
}
