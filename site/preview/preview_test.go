package preview_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/locale"
	"helpcenter/site/preview"
	"helpcenter/site/ruleset"
	"helpcenter/site/sitetest"
)

const (
	permitsEN   = "content/en/city/parking/permits.md"
	permitsIT   = "content/it/city/parking/permits.md"
	parkingTOML = "rules/parking.toml"
	permitsPage = "/base/en/city/parking/permits/"
)

// A writer has a preview of the parking site and saves files.
type writer struct {
	*preview.Preview
	t     testing.TB
	mu    sync.Mutex
	files fstest.MapFS
	words *locale.Catalog
	saves []preview.Save
	read  int // how many times all articles were read
	now   atomic.Pointer[time.Time]
}

// newWriter opens a preview of the parking site with some files changed.
func newWriter(t testing.TB, change ...string) *writer {
	t.Helper()
	d := &writer{t: t, files: fstest.MapFS{}, words: sitetest.ParkingInput(t).Words}
	d.now.Store(&sitetest.ParkingDay)
	articles, tables := sitetest.ParkingFiles()
	for folder, files := range map[string]fstest.MapFS{
		"content/": articles, "rules/": tables, "site/": sitetest.Overlay(t, site.Files, nil),
	} {
		for name, file := range files {
			d.files[folder+name] = file
		}
	}
	for i := 0; i < len(change); i += 2 {
		d.put(change[i], change[i+1])
	}
	d.Preview = preview.New(preview.Options{
		Files: d, Load: d.load, Now: func() time.Time { return *d.now.Load() },
		Report: func(s preview.Save) { d.saves = append(d.saves, s) },
		Host:   "example.com", // as in requests of httptest
		Counts: func(path string) []string { return []string{"en: 3 helpful, 1 not, of " + path} },
		Lint: func(_ *site.Site, found []diag.Finding, path string) []diag.Finding {
			at := diag.Position{File: "content/en/" + path + ".md", Line: 1}
			return append(slices.Clone(found), diag.Warningf(at, "judged", "a judgement"))
		},
	})
	return d
}

func (d *writer) Open(name string) (fs.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.files.Open(name)
}

func (d *writer) folder(name string) fs.FS {
	folder, err := fs.Sub(d, name)
	if err != nil {
		d.t.Fatal(err)
	}
	return folder
}

func (d *writer) load(now time.Time, lib *library.Library) (*site.Site, []diag.Finding) {
	var found []diag.Finding
	if lib == nil {
		d.read++
		lib, found = library.LoadWith(d.folder("content"), nil, library.View{Now: now, All: true})
	}
	set, more := ruleset.Load(d.folder("rules"))
	found = append(found, more...)
	s, more := site.New(site.Input{Library: lib, Words: d.words, Rules: set, Files: d.folder("site"), Now: now})
	return s, append(found, more...)
}

func (d *writer) put(file, text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if text == "" {
		delete(d.files, file)
		return
	}
	d.files[file] = &fstest.MapFile{Data: []byte(text)}
}

// save writes a file, or deletes it if the text is "", and tells the preview.
func (d *writer) save(file, text string) {
	d.put(file, text)
	d.Changed(file)
}

// replace saves a file with one text replaced by another.
func (d *writer) replace(file, old, new string) {
	d.t.Helper()
	text := string(d.files[file].Data)
	if !strings.Contains(text, old) {
		d.t.Fatalf("%s does not say %q", file, old)
	}
	d.save(file, strings.ReplaceAll(text, old, new))
}

func (d *writer) get(address string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	d.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
	return w
}

// events follows the events of a page.
func (d *writer) events(page string) (next func() preview.Report) {
	d.t.Helper()
	server := httptest.NewServer(d)
	d.t.Cleanup(server.Close)
	answer, err := http.Get(server.URL + preview.PreviewEvents + "?page=" + page)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { answer.Body.Close() })
	lines := bufio.NewScanner(answer.Body)
	return func() (rep preview.Report) {
		d.t.Helper()
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				if err := json.Unmarshal([]byte(data), &rep); err != nil {
					d.t.Fatal(err)
				}
				return rep
			}
		}
		d.t.Fatalf("the events end: %v", lines.Err())
		return rep
	}
}

func ruleIDs(found []diag.Finding) (ids []string) {
	for _, f := range found {
		ids = append(ids, fmt.Sprintf("%s:%d %s", f.File, f.Line, f.Rule))
	}
	return ids
}

func TestPreviewShowsWhatIsSaved(t *testing.T) {
	d := newWriter(t)
	next := d.events(permitsPage)
	if rep := next(); !rep.Shown || len(rep.Findings) > 0 || rep.Both != "/preview/both/city/parking/permits/" {
		t.Errorf("the first event is %+v", rep)
	}
	if rep := next(); !slices.Equal(ruleIDs(rep.Findings), []string{permitsEN + ":1 judged"}) {
		t.Errorf("the second event is %+v, want what lint finds", rep)
	}
	d.replace(permitsEN, "Text.", "Another text.")
	if rep := next(); !rep.Shown || rep.Revision != 2 {
		t.Errorf("the event of a save is %+v", rep)
	}
	if body := d.get(permitsPage).Body.String(); !strings.Contains(body, "Another text.") {
		t.Error("what was saved is not shown")
	}
	if body := d.get("/base/it/city/parking/permits/").Body.String(); strings.Contains(body, "Another text.") {
		t.Error("it is shown where it does not belong")
	}
	if d.read != 1 {
		t.Errorf("all articles were read %d times for one that was saved", d.read)
	}
}

func TestPreviewKeepsTheLastGoodSite(t *testing.T) {
	d := newWriter(t)
	next := d.events(permitsPage)
	next()
	next()
	notFound := `{{define "notfound" -}}`
	above, _, _ := strings.Cut(string(d.files["site/templates/browse.html"].Data), notFound)
	for _, tt := range []struct {
		name, file, old, new string
		want                 []string // all of it
	}{
		{"front matter", permitsEN, "title = ", "titel = ", []string{permitsEN + ":2 unknown-key"}},
		{"another file", permitsIT, "Text.", "[x](nowhere.md)",
			[]string{permitsIT + ":9 broken-link", permitsIT + ":13 broken-link"}},
		{"a cited section", permitsEN, "{#which}", "{#whose}",
			[]string{"rules/parking-later.toml:7 broken-cite", parkingTOML + ":7 broken-cite"}},
		{"rules", parkingTOML, `then = "no"`, `then = "nope"`, []string{parkingTOML + ":20 unknown-outcome"}},
		{"a template", "site/templates/browse.html", notFound, notFound + `{{.Haed}}`,
			[]string{fmt.Sprintf("site/templates/browse.html:%d template", 1+strings.Count(above, "\n"))}},
		{"site.toml", "content/site.toml", `name = "English"`, `nome = "English"`,
			[]string{"content/site.toml:9 unknown-key"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := d.get(permitsPage).Body.String()
			d.replace(tt.file, tt.old, tt.new)
			rep := next()
			if got := ruleIDs(rep.Findings); rep.Shown || !slices.Equal(got, tt.want) {
				t.Errorf("the event is %+v, want %q", rep, tt.want)
			}
			if after := d.get(permitsPage).Body.String(); after != before {
				t.Error("the page is no longer as it was")
			}
			if d.saves[len(d.saves)-1].Shown {
				t.Error("the terminal is told that it is shown")
			}
			d.replace(tt.file, tt.new, tt.old)
			for rep = next(); !rep.Shown; rep = next() {
			}
			next() // with the findings of lint
		})
	}
}

// If another file is saved while one is broken, both are shown when the broken one is mended.
func TestPreviewShowsWhatWasSavedMeanwhile(t *testing.T) {
	d := newWriter(t)
	d.replace(permitsEN, "title = ", "titel = ")
	d.replace(permitsIT, "Text.", "Testo.")
	if strings.Contains(d.get("/base/it/city/parking/permits/").Body.String(), "Testo.") {
		t.Error("the site is shown although a file is broken")
	}
	d.replace(permitsEN, "titel = ", "title = ")
	if !strings.Contains(d.get("/base/it/city/parking/permits/").Body.String(), "Testo.") {
		t.Error("what was saved meanwhile is not shown")
	}
}

func TestPreviewNamesTheCasesOfOtherRules(t *testing.T) {
	d := newWriter(t)
	next := d.events("/base/en/")
	next()
	d.replace(parkingTOML, `when = { permit = "none", zone = "centre" }`,
		`when = { permit = ["none", "visitor"], zone = "centre" }`)
	if rep := next(); rep.Shown { // has-one still matches, which is a conflict
		t.Fatalf("the event is %+v", rep)
	}
	d.replace(parkingTOML, `when = { permit = ["resident", "visitor"], zone = "centre" }`,
		`when = { permit = "resident", zone = "centre" }`)
	rep := next()
	if !rep.Shown || len(rep.Cases) != 1 || !strings.Contains(rep.Cases[0], "visitor") ||
		!strings.Contains(rep.Cases[0], `from "yes"`) {
		t.Errorf("the event is %+v, want that visitors may no longer park in the centre", rep)
	}
	if d.read != 1 {
		t.Errorf("all articles were read %d times for rules", d.read)
	}
	if body := d.get("/base/en/may-i-park/permit=visitor/zone=centre/").Body.String(); !strings.Contains(body,
		"en may-i-park.outcome.no") {
		t.Error("the checker does not answer by the rules that were saved")
	}
}

func TestPreviewSeesFilesComeAndGo(t *testing.T) {
	d := newWriter(t)
	const file, page = "content/en/city/parking/fines.md", "/base/en/city/parking/fines/"
	d.save(file, fmt.Sprintf(sitetest.ParkingArticle, "Fines"))
	if status := d.get(page).Code; status != http.StatusOK {
		t.Errorf("a new article is answered with %d", status)
	}
	d.replace(file, "updated", "slug = \"penalties\"\nupdated")
	if old, now := d.get(page).Code, d.get("/base/en/city/parking/penalties/").Code; old != http.StatusNotFound ||
		now != http.StatusOK {
		t.Errorf("at another address the article is answered with %d, at the old one with %d", now, old)
	}
	d.save(file, "")
	if status := d.get("/base/en/city/parking/penalties/").Code; status != http.StatusNotFound {
		t.Errorf("an article that is gone is answered with %d", status)
	}
}

// A whole folder may change: it is moved, or it is unknown which of its files have changed.
func TestPreviewReadsFolders(t *testing.T) {
	for _, folder := range []string{"content", "content/en", "content/en/city/parking"} {
		d := newWriter(t)
		d.put(permitsEN, fmt.Sprintf(sitetest.ParkingArticle, "Another text"))
		d.Changed(folder)
		if !strings.Contains(d.get(permitsPage).Body.String(), "Another text") {
			t.Errorf("what is in %s is not read again", folder)
		}
	}
	d := newWriter(t)
	d.put(parkingTOML, strings.Replace(string(d.files[parkingTOML].Data), `then = "no"`, `then = "nope"`, 1))
	if d.Changed("rules"); d.saves[len(d.saves)-1].Shown {
		t.Error("rules are not read again")
	}
}

func TestPreviewBeginsWithErrors(t *testing.T) {
	d := newWriter(t, permitsEN, "no front matter")
	next := d.events(permitsPage)
	if w := d.get(permitsPage); w.Code != http.StatusServiceUnavailable ||
		!strings.Contains(w.Body.String(), "preview.js") {
		t.Errorf("without any site the answer is %d %s", w.Code, w.Body)
	}
	if rep := next(); rep.Shown || len(rep.Findings) == 0 {
		t.Errorf("the first event is %+v", rep)
	}
	d.save(permitsEN, fmt.Sprintf(sitetest.ParkingArticle, "Permits"))
	if rep := next(); !rep.Shown {
		t.Errorf("the event of mending is %+v", rep)
	}
	if status := d.get(permitsPage).Code; status != http.StatusOK {
		t.Errorf("then the page is answered with %d", status)
	}
}

// The page of an article shows what readers said about it, with and without the findings of lint.
func TestPreviewTellsWhatReadersSaid(t *testing.T) {
	d := newWriter(t)
	for page, want := range map[string][]string{
		permitsPage:                           {"en: 3 helpful, 1 not, of city/parking/permits"},
		"/base/en/":                           nil,
		"/base/it/no/":                        nil,
		"/preview/both/city/parking/permits/": {"en: 3 helpful, 1 not, of city/parking/permits"},
	} {
		next := d.events(page)
		if got := next().Readers; !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", page, got, want)
		}
		if want != nil && !slices.Equal(next().Readers, want) {
			t.Errorf("%s: the second event differs", page)
		}
	}
}

func TestPreviewBoth(t *testing.T) {
	d := newWriter(t)
	d.replace(permitsIT, "## Permessi B {#needed}", "## Permessi nuovi {#new}\n\nNuovo.\n\n## Permessi B {#needed}")
	doc := sitetest.ParsePage(t, "both", d.get("/preview/both/city/parking/permits/").Body.Bytes())
	var rows []string
	for _, row := range doc.Tags("div") {
		if sitetest.Attr(row, "class") == "preview-row" {
			rows = append(rows, sitetest.TextOf(row))
		}
	}
	want := []string{"", "Permessi A Text. Permits A Text.", "Permessi nuovi Nuovo. –", "Permessi B Text. Permits B Text."}
	if len(rows) == 0 || !slices.Equal(rows[1:], want) {
		t.Errorf("the sections stand side by side as\n%q, want after the titles\n%q", rows, want)
	}
	if status := d.get("/preview/both/city/parking/nothing/").Code; status != http.StatusNotFound {
		t.Errorf("an article that there is not is answered with %d", status)
	}
}

// Every file of the site is answered with the published bytes, except for the preview's tag, and no published file
// refers to the preview.
func TestPreviewAnswersEveryFile(t *testing.T) {
	d := newWriter(t)
	for path, want := range sitetest.PublishedFiles(t, sitetest.Parking(t)) {
		got := d.get("/base/" + strings.TrimSuffix(path, "index.html"))
		if path == "index.html" || path == "_headers" || path == "_redirects" { // chooses a language, or is for static hosts
			continue
		}
		if body := strings.Replace(got.Body.String(), preview.PreviewTag, "", 1); got.Code != http.StatusOK ||
			body != string(want) {
			t.Errorf("%s is answered with %d and other bytes", path, got.Code)
		}
		if bytes.Contains(want, []byte("preview")) {
			t.Errorf("%s knows of the preview", path)
		}
	}
	for _, name := range []string{"preview.js", "preview.css"} {
		if got := d.get("/preview/" + name); got.Code != http.StatusOK || got.Body.Len() == 0 {
			t.Errorf("%s is answered with %d", name, got.Code)
		}
	}
}

// A web page elsewhere cannot read the preview by pointing its own domain name at it.
func TestForeignHosts(t *testing.T) {
	d := newWriter(t)
	for host, want := range map[string]int{
		"localhost": 200, "LocalHost:8080": 200, "127.0.0.1:8080": 200, "127.9.9.9": 200, "[::1]:8080": 200, "[::1]": 200,
		"example.com:1": 200, "evil.test": 403, "localhost.evil.test:8080": 403, "127.0.0.1.evil.test": 403,
		"192.168.0.9:8080": 403, "": 403, ":8080": 403, "[::2]:8080": 403,
	} {
		for _, address := range []string{permitsPage, "/preview/both/city/parking/permits/", "/preview/preview.js"} {
			r := httptest.NewRequest(http.MethodGet, address, nil)
			r.Host = host
			w := httptest.NewRecorder()
			d.ServeHTTP(w, r)
			if w.Code != want || (w.Code == 403) != strings.Contains(w.Body.String(), "--addr") {
				t.Errorf("%s for host %q: status %d: %.80s", address, host, w.Code, w.Body)
			}
		}
	}
}
