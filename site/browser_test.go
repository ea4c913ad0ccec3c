package site

import (
	"strings"
	"testing"
)

// What only a browser can show.

// A reader goes from the home page to an answer, in Italian, by links alone.
func TestReaderGetsAnAnswer(t *testing.T) {
	s := shipped(t)
	address := serve(t, s)
	for _, script := range []bool{true, false} {
		name := map[bool]string{true: "with script", false: "without script"}[script]
		t.Run(name, func(t *testing.T) {
			b := openBrowser(t)
			if !script {
				b.disableScript()
			}
			b.open(address + "/it/")
			b.follow("a.ask")
			b.follow(`.choose a[href$="/product=goto-meeting/"]`)
			b.follow(`.choose a[href$="/contract=monthly/"]`)
			b.follow(`.choose a[href$="/role=billing-admin/"]`)
			b.follow(`.choose a[href$="/balance=outstanding/"]`)

			it, en := s.language("it"), s.language("en")
			if got, want := b.text("h1"), it.Text("cancel-online.outcome.not-yet"); got != want {
				t.Errorf("the answer is %q, want %q", got, want)
			}
			if got, want := b.text(".reasons"), it.Text("cancel-online.rule.balance-outstanding"); !strings.Contains(got, want) {
				t.Errorf("the reasons are %q, want %q among them", got, want)
			}
			b.follow(`.switch a[lang="en"]`)
			if got, want := b.text("h1"), en.Text("cancel-online.outcome.not-yet"); got != want || b.attribute("html", "lang") != "en" {
				t.Errorf("the language selector leads to %q, want %q in English", got, want)
			}
		})
	}
}
