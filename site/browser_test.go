package site_test

import (
	"strings"
	"testing"

	"helpcenter/site/server"
	"helpcenter/site/sitetest"
)

// What only a browser can show.

// A reader goes from the home page to an answer, in Italian, by links alone.
func TestReaderGetsAnAnswer(t *testing.T) {
	t.Parallel()
	s := sitetest.Shipped(t)
	address := sitetest.Serve(t, server.Handler(s))
	for _, script := range []bool{true, false} {
		name := map[bool]string{true: "with script", false: "without script"}[script]
		t.Run(name, func(t *testing.T) {
			b := sitetest.OpenTab(t)
			if !script {
				disableScript(b)
			}
			b.Open(address + "/it/")
			follow(b, `.chips a[href$="/product=goto-meeting/"]`)
			follow(b, `.choose a[href$="/contract=monthly/"]`)
			follow(b, `.choose a[href$="/role=billing-admin/"]`)
			follow(b, `.choose a[href$="/balance=outstanding/"]`)

			it, en := s.Words.Words("it"), s.Words.Words("en")
			if got, want := b.Text("h1"), it.Text("cancel-online.outcome.not-yet"); got != want {
				t.Errorf("the answer is %q, want %q", got, want)
			}
			if got, want := b.Text(".reasons"), it.Text("cancel-online.rule.balance-outstanding"); !strings.Contains(got, want) {
				t.Errorf("the reasons are %q, want %q among them", got, want)
			}
			follow(b, `.switch a[lang="en"]`)
			if got, want := b.Text("h1"), en.Text("cancel-online.outcome.not-yet"); got != want ||
				attribute(b, "html", "lang") != "en" {
				t.Errorf("the language selector leads to %q, want %q in English", got, want)
			}
		})
	}
}
