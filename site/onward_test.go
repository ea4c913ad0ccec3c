package site_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"helpcenter/site"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
)

// Whether to pay a fine depends on whether one may park, which another checker decides. Both ask for the permit.
const finesRules = `id = "fines"
hit_policy = "output order"
[[fact]]
id = "permit"
values = ["visitor", "resident", "none"]
[[fact]]
id = "allowed"
from = "may-i-park"
[[fact]]
id = "paid"
values = ["yes", "no"]
find_out = "may-i-park"
[[outcome]]
id = "pay"
action = "may-i-park"
show = ["city/parking/permits#which", "may-i-park"]
[[outcome]]
id = "nothing"
[[rule]]
id = "fined"
when = { permit = ["resident", "none"], allowed = "no", paid = "no" }
then = "pay"
cite = "city/parking/permits#needed"
[[rule]]
id = "visitors"
when = { permit = "visitor", allowed = "no", paid = "no" }
then = "pay"
cite = "city/parking/permits#needed"
[[rule]]
id = "done"
when = { allowed = "no", paid = "yes" }
then = "nothing"
cite = "city/parking/permits#needed"
[[rule]]
id = "fine"
when = { allowed = "yes" }
then = "nothing"
cite = "city/parking/permits#needed"
`

// fines returns the parking site with a second checker that has no words of its own for the outcomes of the first.
func fines(t *testing.T, rules string) site.Input {
	t.Helper()
	_, tables := sitetest.ParkingFiles()
	tables["fines.toml"] = &fstest.MapFile{Data: []byte(rules)}
	in := sitetest.ParkingWith(t, tables)
	files := sitetest.ParkingWords(t, in.Rules)
	for _, lang := range []string{"en", "it"} {
		var kept []byte
		for line := range bytes.Lines(files["active."+lang+".toml"].Data) {
			if !bytes.Contains(line, []byte(`"fines.value.allowed.`)) {
				kept = append(kept, line...)
			}
		}
		files["active."+lang+".toml"] = &fstest.MapFile{Data: kept}
	}
	words, found := locale.Load(files, []string{"it", "en"}, "en")
	sitetest.FailOnFindings(t, found)
	in.Words = words
	return in
}

// Links to another checker keep the answers that the two share, on pages, in their Markdown and in the API. Each
// leads to a page.
func TestLinksToCheckersKeepAnswers(t *testing.T) {
	s, found := site.New(fines(t, finesRules))
	sitetest.FailOnFindings(t, found)
	h := server.Handler(s)
	const resident = `/base/en/may-i-park/permit=resident/`
	for address, want := range map[string][]string{
		"/base/en/fines/": {`href="/base/en/fines/permit=none/"`},
		"/base/en/fines/permit=resident/": {
			`href="` + resident + `">en may-i-park.title<`, ">en may-i-park.outcome.no<",
		},
		"/base/en/fines/permit=unknown/": {`href="/base/en/may-i-park/">en may-i-park.title<`},
		"/base/en/fines/permit=resident.md": {
			"[en may-i-park.title](https://help.test" + strings.TrimSuffix(resident, "/") + ".md)",
		},
		"/base/en/fines/permit=resident/allowed=no/": {`href="` + resident + `">en may-i-park.title<`},
		"/base/en/fines/permit=resident/allowed=no/paid=no/": {
			`class="button" href="` + resident + `">en may-i-park.start<`,
			`<h2><a href="` + resident + `">en may-i-park.title</a></h2>`, "en may-i-park.description",
		},
		"/base/en/fines/all/": {"en may-i-park.outcome.no"},
		"/base/api/v1/checkers/fines/decision?lang=en&permit=resident": {
			`"id":"no","label":"en may-i-park.outcome.no"`,
			`"find_out":{"title":"en may-i-park.title","url":"` + resident + `"}`,
		},
		"/base/api/v1/checkers/fines/decision?lang=en&permit=resident&allowed=no&paid=no": {
			`"action":{"id":"may-i-park","name":"en may-i-park.start","url":"` + resident + `"}`,
		},
		"/base/api/openapi.json": {`"allowed"`},
		resident:                 {"en may-i-park.fact.zone.question"},
	} {
		w := sitetest.Ask(h, http.MethodGet, address, "")
		body := strings.NewReplacer("\n", "", ": ", ":", ", ", ",", "  ", "").Replace(w.Body.String())
		if strings.HasSuffix(address, "/") || strings.HasSuffix(address, ".md") {
			body = w.Body.String()
		}
		for _, part := range want {
			if w.Code != http.StatusOK || !strings.Contains(body, part) {
				t.Errorf("%s: %d, lacks %s", address, w.Code, part)
			}
		}
		if t.Failed() {
			t.Log(body)
		}
	}
}

// The page of a product lists the articles that its outcome shows, and no checker.
func TestProductPageWithShownChecker(t *testing.T) {
	rules := strings.NewReplacer(`"permit"`, `"product"`, "permit =", "product =",
		`"visitor"`, `"city"`, `id = "nothing"`, "id = \"nothing\"\nshow = [\"may-i-park\"]").Replace(finesRules)
	s, found := site.New(fines(t, rules))
	sitetest.FailOnErrors(t, found)
	if f, ok := s.File("en/city/index.html"); !ok {
		t.Error("no page of the product")
	} else if _, err := f.Bytes(new(bytes.Buffer)); err != nil {
		t.Error(err)
	}
}

// Whatever the rules name besides sections must exist.
func TestReferencesToCheckersAreProven(t *testing.T) {
	for _, tt := range []struct{ old, new, want string }{
		{`find_out = "may-i-park"`, `find_out = "may-i-go"`, `12:12: error: fact "paid" leads to "may-i-go"`},
		{`action = "may-i-park"`, `action = "may-i-go"`, `15:10: error: outcome "pay" leads to "may-i-go"`},
		{`"may-i-park"]`, `"fine"]`, `16:39: error: outcome "pay" leads to "fine"`},
		{`"may-i-park"]`, `"http://a.test"]`, `16:39: error: outcome "pay" refers to "http://a.test"`},
		{`from = "may-i-park"`, `values = ["no", "yes"]`, ""},
	} {
		_, found := site.New(fines(t, strings.Replace(finesRules, tt.old, tt.new, 1)))
		got := fmt.Sprint(found)
		if tt.want == "" && !strings.Contains(got, "fines.value.allowed.no") || !strings.Contains(got, tt.want) {
			t.Errorf("%s: found %s", tt.new, got)
		}
		if strings.Contains(got, "fines.cite.") {
			t.Errorf("%s: also found a missing message: %s", tt.new, got)
		}
	}
	set, _ := ruleset.Load(fstest.MapFS{"fines.toml": {Data: []byte(finesRules)}})
	if set.Whole() {
		t.Error("a fact is from a checker that does not exist")
	}
}
