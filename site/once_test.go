package site_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"helpcenter/locales"
	"helpcenter/rules"
	"helpcenter/site"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
	"helpcenter/site/sitetest"
	"helpcenter/site/testsample"
)

// The shipped files in which the tests make mistakes.
const (
	cancelTOML = "rules/cancel-online.toml"
	cancelEN   = "content/en/goto-meeting/billing/cancel-subscription.md"
	cancelIT   = "content/it/goto-meeting/billing/cancel-subscription.md"
	wordsEN    = "locales/interface.en.toml"
	wordsIT    = "locales/active.it.toml"
	layoutHTML = "site/templates/layout.html"
	browseHTML = "site/templates/browse.html"
	searchHTML = "site/templates/search.html"
	siteTOML   = "content/site.toml"
)

// A mistake replaces the first occurrence of a text in a file; if old is empty, the file has nothing but the new
// text.
type mistake struct{ file, old, new string }

// with returns a shipped folder with mistakes.
func with(t *testing.T, name string, folder fs.FS, mistakes []mistake) fs.FS {
	t.Helper()
	files := map[string][]byte{}
	for _, m := range mistakes {
		below, ok := strings.CutPrefix(m.file, name+"/")
		if !ok {
			continue
		}
		text, err := fs.ReadFile(folder, below)
		if said, ok := files[below]; ok {
			text = said
		}
		if err != nil || !strings.Contains(string(text), m.old) {
			t.Fatalf("%s does not say %q", m.file, m.old)
		}
		files[below] = []byte(m.new)
		if m.old != "" {
			files[below] = []byte(strings.Replace(string(text), m.old, m.new, 1))
		}
	}
	return sitetest.Overlay(t, folder, files)
}

// findingsOf reads the shipped folders with mistakes in them, makes the site, tries its templates, and returns all
// findings.
func findingsOf(t *testing.T, mistakes []mistake) (*site.Site, []diag.Finding) {
	t.Helper()
	lib, found := library.Load(with(t, "content", sitetest.BilingualContent(), mistakes))
	set, more := ruleset.Load(with(t, "rules", rules.Files, mistakes))
	found = append(found, more...)
	var tags []string
	for _, l := range lib.Site.Languages {
		tags = append(tags, l.Tag)
	}
	if len(tags) == 0 {
		return nil, diag.Sort(found)
	}
	words, more := locale.Load(with(t, "locales", locales.Files, mistakes), tags, lib.Site.DefaultLanguage)
	found = append(found, more...)
	s, more := site.New(site.Input{Library: lib, Words: words, Rules: set, Files: with(t, "site", site.Files, mistakes),
		Now: sitetest.ShippedDay})
	found = append(found, more...)
	if s != nil && !diag.HasErrors(found) {
		found = append(found, s.Try()...)
	}
	return s, diag.Sort(found)
}

// Each mistake is reported once, at its place, whatever else depends on the file that has it. Several mistakes are
// all reported at once.
func TestAMistakeIsToldOnce(t *testing.T) {
	sitetest.WithoutRaces(t)
	value := mistake{cancelTOML, `contract = "trial" }`, `contract = "tral" }`}
	cite := mistake{cancelTOML, "free-trial#expires", "free-trial#expirs"}
	checker := mistake{cancelEN, `checker = "cancel-online"`, `checker = "cancel-onlin"`}
	front := mistake{cancelEN, `title = "`, `title = `}
	link := mistake{cancelIT, "\n## ", "\n[x](nowhere.md)\n\n## "}
	english := mistake{wordsEN, `"feed.title" = "`, `"feed.title" = `}
	for _, tt := range testsample.Of([]struct {
		name     string
		mistakes []mistake
		want     []string // the file, and the rule that is broken
	}{
		{"nothing", nil, nil},
		{"a value of the rules", []mistake{value}, []string{cancelTOML + " unknown-value"}},
		{"no TOML in the rules", []mistake{{cancelTOML, `"output order"`, `"output order`}}, []string{cancelTOML + " toml"}},
		{"a table of the rules", []mistake{{cancelTOML, "[ranking]", "[rankin]"}}, []string{cancelTOML + " unknown-key"}},
		{"a gap in the rules", []mistake{{cancelTOML, `contract = "trial" }`, `contract = "trial", role = "other" }`}},
			[]string{cancelTOML + " gap"}},
		{"an id of the rules", []mistake{{cancelTOML, `id = "cancel-online"`, `id = "Cancel online"`}},
			[]string{cancelTOML + " bad-id"}},
		{"a section that rules cite", []mistake{cite}, []string{cancelTOML + " broken-cite"}},
		{"two mistakes in the rules", []mistake{value, cite},
			[]string{cancelTOML + " broken-cite", cancelTOML + " unknown-value"}},
		{"rules and an article that names a checker", []mistake{value, checker},
			[]string{cancelEN + " checker", cancelTOML + " unknown-value"}},

		{"a checker", []mistake{checker}, []string{cancelEN + " checker"}},
		{"front matter", []mistake{front}, []string{cancelEN + " toml"}},
		{"an alias where a checker stands",
			[]mistake{{cancelEN, "+++\n", "+++\naliases = [\"cancel-online\", \"cancel-online/all\"]\n"}},
			[]string{cancelEN + " address-collision", cancelEN + " address-collision"}},
		{"no front matter", []mistake{{cancelEN, "+++\n", ""}}, []string{cancelEN + " front-matter"}},
		{"an article that is not UTF-8", []mistake{{cancelEN, "\n## ", "\n\xff## "}}, []string{cancelEN + " encoding"}},
		{"a heading's id", []mistake{{cancelEN, "{#steps}", "{#The steps}"}}, []string{cancelEN + " heading-id"}},
		{"a heading's id, twice", []mistake{{cancelEN, "{#before}", "{#steps}"}}, []string{cancelEN + " duplicate-id"}},
		{"HTML around a heading", []mistake{{cancelEN, "## Before", "<div>\n## Before"}}, []string{cancelEN + " raw-html"}},
		{"an article and the rules", []mistake{front, value}, []string{cancelEN + " toml", cancelTOML + " unknown-value"}},
		{"a link and the rules", []mistake{link, value}, []string{cancelIT + " broken-link", cancelTOML + " unknown-value"}},

		{"no TOML in the words", []mistake{english}, []string{wordsEN + " toml"}},
		{"no TOML in the words of a translation", []mistake{{wordsIT, `other = "`, `other = `}}, []string{wordsIT + " toml"}},
		{"an id of the words", []mistake{{wordsEN, `"feed.title"`, `"feed.titel"`}}, []string{wordsEN + " message-missing"}},
		{"an id of a translation's words", []mistake{{wordsIT, `["cancel-online.title"]`, `["cancel-online.titel"]`}},
			[]string{wordsIT + " message-missing"}},
		{"a word of the layout", []mistake{{wordsEN, `"feed.title" = "`, `"feed.title" = "{{`}},
			[]string{wordsEN + " message-placeholder"}},
		{"words, an article and the rules", []mistake{english, front, value},
			[]string{cancelEN + " toml", wordsEN + " toml", cancelTOML + " unknown-value"}},

		{"the base URL", []mistake{{siteTOML, `base_url = "https://`, `base_url = "`}}, []string{siteTOML + " base-url"}},
		{"the base URL and the rules", []mistake{{siteTOML, `base_url = "https://`, `base_url = "`}, cite},
			[]string{siteTOML + " base-url", cancelTOML + " broken-cite"}},
		{"a language", []mistake{{siteTOML, `tag = "en"`, `tag = "ne"`}}, []string{siteTOML + " site"}},
		{"a notice", []mistake{{siteTOML, `severity = "outage"`, `severity = "outrage"`}}, []string{siteTOML + " site"}},
		{"a time of a notice", []mistake{{siteTOML, "from = 2026-11-20T08:00:00Z", `from = "soon"`}},
			[]string{siteTOML + " toml"}},
		{"a category", []mistake{{siteTOML, `id = "audio"`, `id = "adio"`}},
			[]string{"content/en/goto-webinar/audio layout", "content/it/goto-webinar/audio layout"}},

		{"a template", []mistake{{layoutHTML, `{{slot "head"}}`, `{{slot "head"`}}, []string{layoutHTML + " template"}},
		{"a field of the layout", []mistake{{layoutHTML, `{{slot "head"}}`, `{{.Haed}}{{slot "head"}}`}},
			[]string{layoutHTML + " template"}},
		{"a field of a page", []mistake{{browseHTML, `{{define "product" -}}`, `{{define "product" -}}{{.Haed}}`}},
			[]string{browseHTML + " template"}},
		{"a template that is not there", []mistake{{browseHTML, `{{define "product" -}}`, `{{define "prodct" -}}`}},
			[]string{"site/templates template"}},
		{"quotes that a template does not close",
			[]mistake{{browseHTML, `{{define "product" -}}`, `{{define "product" -}}<a href="{{if .}}">{{end}}`}},
			[]string{browseHTML + " template"}},
		{"quotes that a part of a page does not close", []mistake{{searchHTML, "<mark>", `<mark title="x>`}},
			[]string{searchHTML + " template"}},
		{"a part of a page that is not there", []mistake{{searchHTML, "<mark>", `<mark>{{template "nope" .}}`}},
			[]string{searchHTML + " template"}},
		{"a slot twice", []mistake{{layoutHTML, `{{slot "main"}}`, `{{slot "main"}}{{slot "main"}}`}},
			[]string{layoutHTML + " template"}},
		{"a slot too few", []mistake{{layoutHTML, `{{slot "main"}}`, ""}}, []string{layoutHTML + " template"}},
		{"a template and the rules", []mistake{{layoutHTML, `{{slot "head"}}`, `{{.Haed}}{{slot "head"}}`}, value},
			[]string{cancelTOML + " unknown-value", layoutHTML + " template"}},
	}, 15) {
		t.Run(tt.name, func(t *testing.T) {
			s, found := findingsOf(t, tt.mistakes)
			var got []string
			for _, f := range found {
				got = append(got, fmt.Sprintf("%s %s", f.File, f.Rule))
				if strings.HasSuffix(f.Message, ": ") {
					t.Errorf("a list of nothing: %s", f)
				}
			}
			slices.Sort(got)
			if want := slices.Sorted(slices.Values(tt.want)); !slices.Equal(got, want) {
				t.Errorf("found %q, want %q", got, want)
				for _, f := range found {
					t.Log(f)
				}
			}
			if s == nil && len(tt.mistakes) == 0 {
				t.Error("there is no site")
			}
		})
	}
}

// An article may not ask for something that a later version of the rules cannot answer.
func TestComingVersions(t *testing.T) {
	in := sitetest.ParkingInput(t)
	articles, tables := sitetest.ParkingFiles()
	permits := articles["en/city/parking/permits.md"]
	permits.Data = append(permits.Data, "\n```values may-i-park permit yes\n```\n"...)
	in.Library, _ = library.Load(articles)
	_, found := site.New(in)
	sitetest.FailOnFindings(t, found)
	later := tables["parking-later.toml"]
	later.Data = bytes.ReplaceAll(later.Data, []byte(`"yes"`), []byte(`"maybe"`))
	changed := sitetest.ParkingWith(t, tables)
	in.Rules, in.Words = changed.Rules, changed.Words
	for _, in.Now = range []time.Time{sitetest.ParkingDay, sitetest.ParkingDay.AddDate(1, 0, 0)} {
		_, found := site.New(in)
		if len(found) != 1 || found[0].Rule != "checker" || found[0].File != "content/en/city/parking/permits.md" ||
			!strings.Contains(found[0].Message, "rules/parking-later.toml") {
			t.Errorf("on %s: %v", in.Now, found)
		}
	}
}

// A checker may not have the name of another address.
func TestReservedCheckers(t *testing.T) {
	in := sitetest.ParkingInput(t)
	_, tables := sitetest.ParkingFiles()
	for _, id := range []string{"search", "city"} {
		for _, f := range tables {
			f.Data = bytes.Replace(f.Data, []byte(`id = "may-i-park"`), []byte(`id = "`+id+`"`), 1)
		}
		in.Rules = sitetest.MustRules(t, fstest.MapFS{"parking.toml": tables["parking.toml"]})
		_, found := site.New(in)
		if !slices.ContainsFunc(found, func(f diag.Finding) bool { return f.Rule == "address-collision" }) {
			t.Errorf("a checker may be called %s: %v", id, found)
		}
		_, tables = sitetest.ParkingFiles()
	}
}

// If rules or words are not whole there is no site. New itself reports nothing then, since loading their folders
// has.
func TestNoSiteOfRoomsThatAreNotWhole(t *testing.T) {
	for _, m := range []mistake{
		{cancelTOML, `contract = "trial" }`, `contract = "tral" }`},
		{wordsEN, `"feed.title" = "`, `"feed.title" = `},
	} {
		in := sitetest.Input(t)
		in.Rules, _ = ruleset.Load(with(t, "rules", rules.Files, []mistake{m}))
		in.Words, _ = locale.Load(with(t, "locales", locales.Files, []mistake{m}), in.Library.Site.Tags(), "en")
		if s, found := site.New(in); s != nil || len(found) > 0 {
			t.Errorf("%s: a site is %t, found %v", m.file, s != nil, found)
		}
	}
}
