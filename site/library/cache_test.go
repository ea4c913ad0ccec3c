package library

import (
	"bytes"
	"io/fs"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unsafe"

	"helpcenter/content"
	"helpcenter/site/article"
	"helpcenter/site/buildcache"
	"helpcenter/site/diag"
)

// shippedContent returns a copy of the shipped folder that a test may change.
func shippedContent(t testing.TB) fstest.MapFS {
	t.Helper()
	folder := fstest.MapFS{}
	err := fs.WalkDir(content.Files, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(content.Files, file)
		folder[file] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// loadTwice loads the folder without a cache and with the one in path, and fails if the results differ. It returns
// how many articles the cache had.
func loadTwice(t *testing.T, folder fs.FS, path string) (hits int) {
	t.Helper()
	want, wantFound := Load(folder)
	before, cache := buildcache.Open(path, "1"), buildcache.Open(path, "1")
	got, found := LoadWith(folder, cache, View{})
	if !reflect.DeepEqual(found, wantFound) {
		t.Errorf("with the cache the findings are %v, want %v", found, wantFound)
	}
	for _, a := range got.Articles {
		if before.Get(string(a.Sum[:])) != nil {
			hits++
		}
	}
	compareLibraries(t, got, want)
	if err := cache.Save(); err != nil {
		t.Fatal(err)
	}
	return hits
}

// compareLibraries fails if an article from a cache differs from the one loaded without.
func compareLibraries(t *testing.T, got, want *Library) {
	t.Helper()
	if len(got.Articles) != len(want.Articles) {
		t.Fatalf("with the cache there are %d articles, want %d", len(got.Articles), len(want.Articles))
	}
	for i, a := range got.Articles {
		a.Sum, a.Listed = article.Sum{}, article.Sum{}
		if got, want := exported(a), exported(want.Articles[i]); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the cache gives\n%+v\nwant\n%+v", a.File, got, want)
		}
	}
}

// articlesOf counts the articles of a folder.
func articlesOf(folder fstest.MapFS) (n int) {
	for name := range folder {
		if strings.Count(name, "/") > 1 && strings.HasSuffix(name, ".md") {
			n++
		}
	}
	return n
}

func TestCache(t *testing.T) {
	folder, path := shippedContent(t), filepath.Join(t.TempDir(), "a", "cache")
	articles := articlesOf(folder)
	check := func(what string, want int) {
		t.Helper()
		if hits := loadTwice(t, folder, path); hits != want {
			t.Errorf("%s: %d articles come from the cache, want %d", what, hits, want)
		}
	}
	check("at first", 0)
	check("nothing changed", articles)

	const file = "en/goto-meeting/billing/free-trial.md"
	folder[file].Data = append(folder[file].Data, "\nOne more paragraph.\n"...)
	check("one article changed", articles-1)
	check("nothing changed again", articles)

	folder[file].Data = append(folder[file].Data, "\n<b>raw</b>\n"...)
	check("an article with a finding", articles-1)
	check("it is never kept", articles-1)
}

// A typo that hides all articles does not empty the cache.
func TestCacheOfUnreadableSite(t *testing.T) {
	folder, path := shippedContent(t), filepath.Join(t.TempDir(), "cache")
	loadTwice(t, folder, path)
	good := folder["site.toml"]
	folder["site.toml"] = &fstest.MapFile{Data: []byte("[[language")}
	loadTwice(t, folder, path)
	folder["site.toml"] = good
	if hits, want := loadTwice(t, folder, path), articlesOf(folder); hits != want {
		t.Errorf("%d articles come from the cache, want %d", hits, want)
	}
}

// Articles without findings are checked again once another change breaks a link in them.
func TestCacheOfChecked(t *testing.T) {
	folder, path := shippedContent(t), filepath.Join(t.TempDir(), "cache")
	loadTwice(t, folder, path)
	revise := func(revised func(data []byte) []byte) map[string][]byte {
		files := map[string][]byte{}
		for name := range folder {
			if strings.HasSuffix(name, "/goto-meeting/billing/after-cancelling.md") {
				files[name] = revised(folder[name].Data)
			}
		}
		return files
	}
	for name, change := range map[string]func() map[string][]byte{
		"an article is gone": func() map[string][]byte { return revise(func([]byte) []byte { return nil }) },
		"a section is called otherwise": func() map[string][]byte {
			return revise(func(data []byte) []byte { return bytes.ReplaceAll(data, []byte("{#"), []byte("{#no-longer-")) })
		},
		"an article is a draft": func() map[string][]byte {
			draft := []byte("draft = true\nupdated =")
			return revise(func(data []byte) []byte { return bytes.Replace(data, []byte("updated ="), draft, 1) })
		},
		"pictures are gone": func() map[string][]byte {
			gone := map[string][]byte{}
			for name := range folder {
				if strings.HasSuffix(name, ".svg") {
					gone[name] = nil
				}
			}
			return gone
		},
	} {
		before := map[string]*fstest.MapFile{}
		for name, data := range change() {
			before[name] = folder[name]
			if folder[name] = (&fstest.MapFile{Data: data}); data == nil {
				delete(folder, name)
			}
		}
		if _, found := Load(folder); !diag.HasErrors(found) {
			t.Errorf("%s, and nothing is found", name)
		}
		loadTwice(t, folder, path)
		for name, was := range before {
			folder[name] = was
		}
		loadTwice(t, folder, path)
	}
	cache := buildcache.Open(path, "1")
	l, _ := LoadWith(folder, cache, View{})
	articles := slices.SortedFunc(slices.Values(l.Articles), func(a, b *article.Article) int {
		return strings.Compare(a.File, b.File)
	})
	list := l.checklist()
	if _, ok := cache.Find(list.key(together(articles)[0])); !ok {
		t.Error("all articles are checked each time")
	}
}

// Values that are not articles are parsed as if there were no cache, and replaced.
func TestCacheOfOtherValues(t *testing.T) {
	folder, path := shippedContent(t), filepath.Join(t.TempDir(), "cache")
	for name, damage := range map[string]func([]byte) []byte{
		"empty":   func([]byte) []byte { return []byte{} },
		"shorter": func(value []byte) []byte { return append([]byte{}, value[:len(value)/4]...) },
		"longer":  func(value []byte) []byte { return append([]byte{value[0], value[1] + 1}, value[2:]...) },
	} {
		cache := buildcache.Open(path, "1")
		l, _ := LoadWith(folder, cache, View{})
		whole := map[string][]byte{}
		for _, a := range l.Articles {
			key := string(a.Sum[:])
			whole[key] = bytes.Clone(cache.Get(key))
			cache.Put(key, damage(cache.Get(key)))
		}
		if err := cache.Save(); err != nil {
			t.Fatal(err)
		}
		loadTwice(t, folder, path)
		cache = buildcache.Open(path, "1")
		for _, a := range l.Articles {
			if key := string(a.Sum[:]); !bytes.Equal(cache.Get(key), whole[key]) {
				t.Errorf("%s: the cache still has something else for %s", name, a.File)
			}
		}
	}
}

// exported returns the exported fields of an article and of its content by name.
func exported(a *article.Article) map[string]any {
	fields := map[string]any{}
	for _, v := range []reflect.Value{reflect.ValueOf(*a), reflect.ValueOf(*a.Read())} {
		for field, value := range v.Fields() {
			if field.IsExported() && !field.Anonymous {
				fields[field.Name] = value.Interface()
			}
		}
	}
	return fields
}

// A library that is loaded again equals one that is loaded afresh, and its articles share the texts of those that
// have not changed.
func TestAgain(t *testing.T) {
	folder, path := shippedContent(t), filepath.Join(t.TempDir(), "cache")
	loadTwice(t, folder, path)
	l, _ := LoadWith(folder, buildcache.Open(path, "1"), View{})
	const file = "en/goto-meeting/billing/free-trial.md"
	folder[file].Data = append(folder[file].Data, "\nOne more paragraph.\n"...)
	delete(folder, "it/goto-webinar/audio/toll-free-charges.md")
	want, wantFound := Load(folder)
	got, found := l.Again(folder, buildcache.Open(path, "1"), View{})
	if !reflect.DeepEqual(found, wantFound) {
		t.Errorf("the findings are %v, want %v", found, wantFound)
	}
	compareLibraries(t, got, want)
	for _, a := range got.Articles {
		shared := unsafe.StringData(a.Title) == unsafe.StringData(l.Article(a.Lang, a.Path).Title)
		if edited := a.File == "content/"+file; shared == edited {
			t.Errorf("%s shares its texts: %t", a.File, shared)
		}
	}
}
