package publish_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/site"
	"helpcenter/site/buildcache"
	"helpcenter/site/library"
	"helpcenter/site/publish"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
	"helpcenter/site/testdir"
	"helpcenter/site/testsample"
)

// A writer owns a copy of the shipped folders and builds the site from it again and again, as the command does.
type writer struct {
	*testing.T
	content fstest.MapFS
	kept    string // the folder of the caches
	dir     string // the folder to publish in
	parent  string // the folder around dir; a build leaves nothing else in it

	compress bool // also write precompressed files
}

func newWriter(t *testing.T) *writer {
	w := &writer{T: t, content: sitetest.BilingualContent(), kept: t.TempDir(), parent: testdir.InMemory(t)}
	w.dir = filepath.Join(w.parent, "public")
	return w
}

// One picture that stands beside several articles, and in the shared folder too, is published as one file.
func TestOnePictureInManyPlaces(t *testing.T) {
	w := newWriter(t)
	for _, folder := range []string{"en/account/billing", "it/account/billing", "images"} {
		w.content[folder+"/one.svg"] = &fstest.MapFile{
			Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>`),
		}
	}
	w.build()
	if made, _ := filepath.Glob(filepath.Join(w.dir, "assets/one.*.svg")); len(made) != 1 {
		t.Errorf("the picture is published as %v", made)
	}
}

// A picture that becomes identical to that of another article is published as the same file, even though both were
// published before.
func TestPictureOfAnother(t *testing.T) {
	w := newWriter(t)
	one, other := w.content["en/goto-meeting/billing/where-subscriptions.svg"],
		w.content["it/goto-meeting/billing/where-subscriptions.svg"]
	const folder = "it/goto-meeting/billing/"
	w.content[folder+"a-picture.svg"] = other
	article := w.content[folder+"free-trial.md"]
	article.Data = append(article.Data, "\n![Una figura](a-picture.svg)\n"...)
	w.build()
	w.content[folder+"a-picture.svg"] = one
	w.build()
}

// site loads the folder, using the cache if it is not nil.
func (w *writer) site(cache *buildcache.Cache) *site.Site {
	w.Helper()
	shipped := sitetest.Bilingual(w)
	lib, found := library.LoadWith(w.content, cache, library.View{})
	sitetest.FailOnErrors(w, found) // the test's edits leave translations behind
	in := site.Input{Library: lib, Words: shipped.Words, Rules: shipped.Rules, Now: shipped.Now}
	key := site.Recipe("the program").Text(string(w.content["site.toml"].Data)).Key()
	in.Key = func() site.Key { return key }
	if cache != nil {
		in.Kept = w.open
	}
	s, found := site.New(in)
	sitetest.FailOnFindings(w, found)
	return s
}

// build publishes with the caches of earlier builds, and checks that the folder then holds what a build without any
// would have made.
func (w *writer) build() publish.Summary {
	w.Helper()
	cache, state := w.open("articles"), w.open("site")
	sum, err := publish.Build(w.Context(), w.site(cache), w.dir, publish.BuildOptions{State: state, Compress: w.compress})
	if err != nil {
		w.Fatal(err)
	}
	if err := errors.Join(cache.Save(), state.Save()); err != nil {
		w.Fatal(err)
	}
	compareTrees(w, w.dir, w.afresh())
	if entries, _ := os.ReadDir(w.parent); len(entries) != 1 {
		w.Errorf("beside the folder stand %v", entries)
	}
	return sum
}

// references holds the folders made by builds without a cache, by a hash of their input.
var references = map[[sha256.Size]byte]map[string]string{}

// afresh returns the files that a build without caches makes.
func (w *writer) afresh() map[string]string {
	w.Helper()
	h := sha256.New()
	fmt.Fprintln(h, w.compress)
	for _, name := range slices.Sorted(maps.Keys(w.content)) {
		fmt.Fprintf(h, "%s %x\n", name, sha256.Sum256(w.content[name].Data))
	}
	key := [sha256.Size]byte(h.Sum(nil))
	if files, ok := references[key]; ok {
		return files
	}
	dir := filepath.Join(testdir.InMemory(w), "afresh")
	if _, err := publish.Build(w.Context(), w.site(nil), dir, publish.BuildOptions{Compress: w.compress}); err != nil {
		w.Fatal(err)
	}
	references[key] = tree(w, dir)
	return references[key]
}

func (w *writer) open(name string) *buildcache.Cache {
	return buildcache.Open(filepath.Join(w.kept, name), "the program")
}

func (w *writer) edit(name, old, new string) {
	w.Helper()
	data := string(w.content[name].Data)
	if !strings.Contains(data, old) {
		w.Fatalf("%s does not hold %q", name, old)
	}
	w.content[name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(data, old, new))}
}

// tree returns the bytes of every file below a folder.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		files[strings.TrimPrefix(path, dir)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func compareTrees(t testing.TB, dir string, b map[string]string) {
	t.Helper()
	a := tree(t, dir)
	for name := range a {
		if _, ok := b[name]; !ok {
			t.Errorf("%s should not be there", name)
		}
	}
	for name, data := range b {
		if a[name] != data {
			t.Errorf("%s is not as a build without a cache makes it", name)
		}
	}
}

const trial = "en/goto-meeting/billing/free-trial.md"

func TestBuildAgain(t *testing.T) {
	w := newWriter(t)
	first := w.build()
	if first.Written != first.Files+1 { // and the manifest
		t.Errorf("the first build wrote %d of %d files", first.Written, first.Files)
	}
	before, _ := os.Stat(w.dir)

	if sum := w.build(); sum.Written != 0 || sum.Files != first.Files || sum.Bytes != first.Bytes {
		t.Errorf("nothing changed, and the build says %+v, after %+v", sum, first)
	}
	if after, _ := os.Stat(w.dir); !os.SameFile(before, after) {
		t.Error("nothing changed, and the folder is another one")
	}

	old, _ := os.Stat(filepath.Join(w.dir, "it/goto-room/index.html"))
	w.edit(trial, "free trial", "trial period")
	if sum := w.build(); sum.Written == 0 || sum.Written > 100 {
		t.Errorf("one article changed, and %d files were written", sum.Written)
	}
	if kept, _ := os.Stat(filepath.Join(w.dir, "it/goto-room/index.html")); !os.SameFile(old, kept) {
		t.Error("a page that did not change is another file")
	}

	// A title also appears on the pages of other articles.
	w.edit(trial, `title = "`, `title = "Titled anew: `)
	w.build()

	// A notice appears on pages whose articles did not change.
	w.edit("site.toml", "There is a service outage", "GoTo Webinar is out of service")
	w.build()

	// A removed article takes its page along.
	delete(w.content, "it/goto-webinar/audio/toll-free-charges.md")
	w.build()
}

// Lists are made again when what they show of an article changes, or what it leads to, but not for its text.
func TestListsAgain(t *testing.T) {
	sitetest.WithoutRaces(t)
	w := newWriter(t)
	w.build()
	made := func() site.Key {
		return publish.ReadState(w.open("site"), "en/articles/index.html").Key
	}
	for _, edit := range testsample.Of([]struct {
		old, new string
		lists    bool
	}{
		{"free trial simply expires.", "free trial expires by itself.", false},
		{"how to cancel a subscription", "how subscriptions are cancelled", false},
		{"updated = 2025-03-03", "updated = 2025-03-04", true},
		{"related = [\n", "related = [\n  \"goto-meeting/billing/who-can-cancel\",\n", true},
		{"checker =", "slug = \"trials\"\naliases = [\"goto-meeting/billing/free-trial\"]\nchecker =", true},
		{"](cancel-subscription.md)", "](after-cancelling.md)", true},
	}, 2) {
		before := made()
		w.edit(trial, edit.old, edit.new)
		w.build()
		if lists := made() != before; lists != edit.lists {
			t.Errorf("%q became %q, and lists were made again: %t, want %t", edit.old, edit.new, lists, edit.lists)
		}
	}
}

func TestBuildAgainFromDamage(t *testing.T) {
	if testing.Short() {
		t.Skip("seven builds of all that ships")
	}
	w := newWriter(t)
	w.build()
	damages := map[string]func(w *writer){
		"no state":        func(w *writer) { os.Remove(filepath.Join(w.kept, "site")) },
		"a damaged state": func(w *writer) { os.WriteFile(filepath.Join(w.kept, "site"), []byte("rubbish"), 0o644) },
		"an edited page":  func(w *writer) { os.WriteFile(filepath.Join(w.dir, "it/index.html"), []byte("edited"), 0o644) },
		"a page lost":     func(w *writer) { os.Remove(filepath.Join(w.dir, "it/index.html")) },
		"the site lost":   func(w *writer) { os.RemoveAll(w.dir) },
		"a build was killed": func(w *writer) {
			temp := filepath.Join(w.parent, ".public.helpcenter-build")
			os.MkdirAll(filepath.Join(temp, "it"), 0o755)
			os.WriteFile(filepath.Join(temp, "it/index.html"), []byte("half"), 0o644)
		},
	}
	for _, name := range testsample.Of(slices.Sorted(maps.Keys(damages)), 3) {
		t.Run(name, func(t *testing.T) {
			before := w.T
			defer func() { w.T = before }()
			w.T = t
			damages[name](w)
			w.build()
		})
	}
}

// A build that is refused or fails changes nothing.
func TestBuildRefuses(t *testing.T) {
	w := newWriter(t)
	w.build()
	for _, name := range []string{"notes.txt", "it/mine.html"} {
		path := filepath.Join(w.dir, name)
		if err := os.WriteFile(path, []byte("mine"), 0o644); err != nil {
			t.Fatal(err)
		}
		before := tree(t, w.parent)
		_, err := publish.Build(t.Context(), w.site(nil), w.dir, publish.BuildOptions{})
		var foreign *publish.ForeignFilesError
		if !errors.As(err, &foreign) || !slices.Contains(foreign.Files, name) {
			t.Errorf("with %s in the folder: %v", name, err)
		}
		if after := tree(t, w.parent); len(after) != len(before) || after["/public/"+name] != "mine" {
			t.Errorf("a refused build changed the folder")
		}
		os.Remove(path)
	}
	file := filepath.Join(t.TempDir(), "file")
	os.WriteFile(file, nil, 0o644)
	if _, err := publish.Build(t.Context(), w.site(nil),
		filepath.Join(file, "public"), publish.BuildOptions{}); err == nil {
		t.Error("a site was built below a file")
	}
}

// The manifest lists every file with its hash.
func TestManifest(t *testing.T) {
	w := newWriter(t)
	w.build()
	files := tree(t, w.dir)
	lines := strings.Split(strings.TrimSuffix(files["/"+publish.ManifestName], "\n"), "\n")
	if len(lines) != len(files)-1 {
		t.Errorf("the manifest has %d lines for %d files", len(lines), len(files)-1)
	}
	for _, line := range lines {
		sum, name, _ := strings.Cut(line, "  ")
		if got := fmt.Sprintf("%x", sha256.Sum256([]byte(files["/"+name]))); got != sum {
			t.Errorf("%s has the hash %s, the manifest says %s", name, got, sum)
		}
	}
}

// The service answers every address with what a build publishes.
func TestServedIsBuilt(t *testing.T) {
	sitetest.WithoutRaces(t)
	s := sitetest.Sampled(t)
	h := server.Handler(s)
	get := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w
	}
	for name, data := range sitetest.PublishedFiles(t, s) {
		if name == "_headers" || name == "_redirects" { // for static hosts only
			continue
		}
		if w := get("/" + name); w.Code != http.StatusOK || !bytes.Equal(w.Body.Bytes(), data) {
			t.Errorf("/%s: %d, %d bytes, want 200, %d bytes", name, w.Code, w.Body.Len(), len(data))
		}
		folder, ok := strings.CutSuffix(name, "index.html")
		if !ok || folder == "" {
			continue
		}
		if w := get("/" + folder); w.Code != http.StatusOK || !bytes.Equal(w.Body.Bytes(), data) {
			t.Errorf("/%s: %d, %d bytes, want 200, %d bytes", folder, w.Code, w.Body.Len(), len(data))
		}
	}
}

// With a base URL that has a path, every address begins with that path, in pages and in the service.
func TestSubpath(t *testing.T) {
	sitetest.WithoutRaces(t)
	in := sitetest.SampledInput(t)
	in.BaseURL = "https://host.example/help"
	s, found := site.New(in)
	sitetest.FailOnFindings(t, found)
	for name, data := range sitetest.PublishedFiles(t, s) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		for _, link := range sitetest.ParsePage(t, name, data).Links {
			if strings.HasPrefix(link, "/") && !strings.HasPrefix(link, "/help/") {
				t.Errorf("%s links to %s", name, link)
			}
		}
	}
	h := server.Handler(s)
	for path, want := range map[string]int{"/help/it/": 200, "/it/": 404, "/help": 302, "/help/": 302, "/": 302} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != want {
			t.Errorf("%s answers %d, want %d", path, w.Code, want)
		}
	}
}
