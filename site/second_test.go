package site_test

import (
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"helpcenter/locales"
	"helpcenter/rules"
	"helpcenter/site"
	"helpcenter/site/answer"
	"helpcenter/site/diag"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
)

// A second checker, with other facts, gets pages, API and lint from files alone.
func TestSecondChecker(t *testing.T) {
	sitetest.WithoutRaces(t)
	read := func(name string) []byte {
		data, err := os.ReadFile("testdata/second/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	in := sitetest.SampledInput(t)
	var found []diag.Finding
	in.Rules, found = ruleset.Load(sitetest.Overlay(t, rules.Files,
		map[string][]byte{"openvoice-charge.toml": read("openvoice-charge.toml")}))
	sitetest.FailOnFindings(t, found)
	english, err := fs.ReadFile(locales.Files, "active.en.toml")
	if err != nil {
		t.Fatal(err)
	}
	words := append(read("active.en.toml"), english...)
	in.Words, found = locale.Load(sitetest.Overlay(t, locales.Files, map[string][]byte{"active.en.toml": words}),
		in.Library.Site.Tags(), "en")
	sitetest.FailOnErrors(t, found)
	s, found := site.New(in)
	sitetest.FailOnErrors(t, found)
	if !slices.ContainsFunc(found, func(f diag.Finding) bool {
		return f.Rule == "message-missing" && strings.Contains(f.Message, "openvoice-charge")
	}) {
		t.Error("the words that Italian lacks are not reported")
	}
	files := sitetest.PublishedFiles(t, s)

	const state = "openvoice-charge/subscribed=yes/keep=no/"
	if got := sitetest.TextOf(sitetest.ParsePage(t, state,
		files["en/"+state+"index.html"]).Tags("h1")[0]); got != "Unsubscribe before the next charge" {
		t.Errorf("the answer is %q", got)
	}
	for _, name := range []string{
		"it/" + state, "en/openvoice-charge/", "en/openvoice-charge/all/",
		"en/openvoice-charge/subscribed=no/", "en/cancel-online/",
	} {
		if files[name+"index.html"] == nil {
			t.Errorf("there is no page %s", name)
		}
	}
	home := sitetest.ParsePage(t, "en/index.html", files["en/index.html"])
	for _, id := range []string{"openvoice-charge", "cancel-online"} {
		if !slices.Contains(home.Links, "/en/"+id+"/") {
			t.Errorf("the home page does not lead to %s", id)
		}
	}

	h := server.Handler(s)
	w := httptest.NewRecorder()
	h.ServeHTTP(w,
		httptest.NewRequest(http.MethodGet,
			"/api/v1/checkers/openvoice-charge/decision?subscribed=yes&keep=no&lang=en&renewal=2027-01-31", nil))
	var d answer.Decision
	if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	if d.Outcome == nil || d.Outcome.ID != "unsubscribe" || len(d.Dates) != 1 || len(d.Changes) != 1 {
		t.Errorf("the API answers %s", w.Body)
	}
}

// A rule that cites a missing section is an error at its place.
func TestBrokenCite(t *testing.T) {
	data, err := fs.ReadFile(rules.Files, "cancel-online.toml")
	if err != nil {
		t.Fatal(err)
	}
	broken := strings.Replace(string(data), "free-trial#expires", "free-trial#expire", 1)
	in := sitetest.SampledInput(t)
	in.Rules, _ = ruleset.Load(sitetest.Overlay(t, rules.Files, map[string][]byte{"cancel-online.toml": []byte(broken)}))
	s, found := site.New(in)
	if s != nil || len(found) != 1 {
		t.Fatalf("found %v, want a finding and no site", found)
	}
	for _, f := range found {
		if f.Rule != "broken-cite" || f.File != "rules/cancel-online.toml" || f.Line == 0 ||
			!strings.Contains(f.Suggestion, "expires") {
			t.Errorf("found %v", f)
		}
	}
}
