package importer_test

import (
	"bytes"
	"image"
	"image/png"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"helpcenter/site/civil"
	"helpcenter/site/diag"
	"helpcenter/site/importer"
	"helpcenter/site/library"
)

// read returns the files of an archive below a folder. It turns a picture without bytes into a valid one.
func read(t *testing.T, archive *txtar.Archive, folder string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	for _, f := range archive.Files {
		if name, ok := strings.CutPrefix(f.Name, folder+"/"); ok {
			if path.Ext(name) == ".png" && len(f.Data) == 0 {
				var b bytes.Buffer
				if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 1))); err != nil {
					t.Fatal(err)
				}
				f.Data = b.Bytes()
			}
			files[name] = &fstest.MapFile{Data: f.Data}
		}
	}
	return files
}

// Each kind of source is imported as its archive says, names what is left out, and loads without errors.
func TestImport(t *testing.T) {
	archives, _ := filepath.Glob("testdata/*.txt")
	if len(archives) != len(importer.Kinds) {
		t.Fatalf("archives: %q", archives)
	}
	for _, name := range archives {
		kind := strings.TrimSuffix(filepath.Base(name), ".txt")
		t.Run(kind, func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			result, err := importer.Import(importer.Options{
				Kind: kind, Source: read(t, archive, "src"), Day: civil.Date{Year: 2026, Month: 1, Day: 2},
			})
			if err != nil {
				t.Fatal(err)
			}
			made := fstest.MapFS{}
			for _, change := range result.Changes {
				made[change.File] = &fstest.MapFile{Data: change.Is}
			}
			var report bytes.Buffer
			result.Report.Write(&report)
			for file, want := range read(t, archive, "want") {
				if got := made[file]; got == nil || string(got.Data) != string(want.Data) {
					t.Errorf("%s is %s\nwant %s", file, got, want.Data)
				}
			}
			for _, f := range archive.Files {
				for line := range strings.Lines(string(f.Data)) {
					if f.Name == "report" && !strings.Contains(report.String(), strings.TrimSpace(line)) {
						t.Errorf("the report does not say %q:\n%s", line, report.String())
					}
				}
			}
			content, _ := fs.Sub(made, "content")
			if _, found := library.Load(content); diag.HasErrors(found) {
				t.Error(found)
			}
		})
	}
}

// Shortcodes and elements are read in pairs, the innermost first. One that closes nothing or is not closed is left
// out.
func TestPairs(t *testing.T) {
	day := civil.Date{Year: 2026, Month: 1, Day: 2}
	for text, want := range map[string]string{
		"{{< note >}}a{{< tip >}}b{{< /tip >}}c{{< /note >}}": "> [!NOTE]\n> a\n>\n" +
			"> > [!TIP]\n> > b\n>\n> c",
		"{{< note >}}a{{< toc >}}b{{< /note >}}c":                                          "> [!NOTE]\n> ab\n\nc",
		"a{{< /note >}}b{{< note >}}c":                                                     "abc",
		"<blockquote>a<blockquote>b</blockquote></blockquote>":                             "> a\n>\n> > b",
		"a\n\n<ul><li>b<ul><li>c</li></ul>":                                                "a\n\nb\n\n- c",
		strings.Repeat("{{< note >}}", 5000) + "a" + strings.Repeat("{{< /note >}}", 5000): "> > > > > > > > a",
		strings.Repeat("<blockquote>", 5000) + "a" + strings.Repeat("</blockquote>", 5000): "> > > > > > > > a",
	} {
		source := fstest.MapFS{"a.md": {Data: []byte("# A\n\nText.\n\n" + text + "\n")}}
		result, err := importer.Import(importer.Options{Kind: "hugo", Source: source, Day: day})
		if err != nil {
			t.Fatal(err)
		}
		for _, change := range result.Changes {
			if strings.HasSuffix(change.File, "a.md") && !strings.Contains(string(change.Is), want) {
				t.Errorf("%.60q becomes %s\nwant %s", text, change.Is, want)
			}
		}
	}
}

// An article that cannot be imported is left out, with the links to it, and the others are imported.
func TestDropped(t *testing.T) {
	source := fstest.MapFS{
		"a.md":   {Data: []byte("# A\n\nSee [the list](big.md).\n")},
		"big.md": {Data: []byte("# Big\n\n" + strings.Repeat("Text.\n\n", 50_000))},
	}
	day := civil.Date{Year: 2026, Month: 1, Day: 2}
	result, err := importer.Import(importer.Options{Kind: "markdown", Source: source, Day: day})
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range result.Changes {
		if strings.Contains(string(change.Is), "big") {
			t.Errorf("%s still has it: %s", change.File, change.Is)
		}
	}
	var report strings.Builder
	result.Report.Write(&report)
	if text := report.String(); !strings.Contains(text, "kept: 1\n") || !strings.Contains(text, "big.md: the article: ") {
		t.Errorf("the report says\n%s", text)
	}
}

// history is that of a source in which the original said "earlier" when its translations were last changed.
type history struct{ earlier string }

func (history) Changed(string) (civil.Date, bool) {
	return civil.Date{Year: 2020, Month: 2, Day: 3}, true
}

func (h history) Beside(string, string) ([]byte, bool) { return []byte(h.earlier), true }

// The history of a source tells how old its translations are, and when articles without a date were changed.
func TestHistory(t *testing.T) {
	source := fstest.MapFS{
		"en/a.md": {Data: []byte("# A\n\nNow.\n\n## Same\n\nText.\n")},
		"de/a.md": {Data: []byte("# A\n\nFrüher.\n\n## Gleich\n\nText.\n")},
	}
	now := string(source["en/a.md"].Data)
	for earlier, want := range map[string]int{now: 0, strings.Replace(now, "Now", "Earlier", 1): 1} {
		result, err := importer.Import(importer.Options{Kind: "markdown", Source: source, History: history{earlier}})
		if err != nil {
			t.Fatal(err)
		}
		content := fstest.MapFS{}
		for _, change := range result.Changes {
			content[strings.TrimPrefix(change.File, "content/")] = &fstest.MapFile{Data: change.Is}
		}
		lib, found := library.Load(content)
		a := lib.Article("de", "guides/a")
		if diag.HasErrors(found) || a == nil || a.Updated.String() != "2020-02-03" {
			t.Fatalf("%v, %+v", found, a)
		}
		if got := len(lib.Drift("de")); (got > 0) != (want > 0) || len(lib.Unjudged("de")) > 0 {

			t.Errorf("%d passages are older, want %d: %v", got, want, found)
		}
	}
}

// A second import into a help center only adds to it.
func TestExisting(t *testing.T) {
	source := fstest.MapFS{"en/a/b.md": {Data: []byte("# B\n\nText.\n")}}
	existing := fstest.MapFS{"content/site.toml": {Data: []byte("base_url = \"https://korn.example/\"\n" +
		"default_language = \"en\"\n[[language]]\ntag = \"en\"\nname = \"English\"\n# mine\n")}}
	o := importer.Options{Kind: "markdown", Source: source, Existing: existing}
	o.Day = civil.Date{Year: 2026, Month: 1, Day: 2}
	result, err := importer.Import(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range result.Changes {
		if change.File == "content/site.toml" && !strings.Contains(string(change.Is), "# mine\n\n[[category]]\nid = \"a\"") {
			t.Errorf("site.toml is %s", change.Is)
		}
		existing[change.File] = &fstest.MapFile{Data: change.Is}
	}
	source["de/a/b.md"] = &fstest.MapFile{Data: []byte("# B\n\nText.\n")}
	if _, err := importer.Import(o); err == nil || !strings.Contains(err.Error(), "new --language de") {
		t.Errorf("a language that the help center lacks: %v", err)
	}
	if _, err := importer.Import(importer.Options{Kind: "hugo", Source: fstest.MapFS{}}); err == nil {
		t.Error("nothing is imported without an error")
	}
}
