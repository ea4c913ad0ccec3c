package site_test

import (
	"strings"
	"testing"

	"helpcenter/site/browsertest"
	"helpcenter/site/sitetest"
)

// What only a browser can show.

// A reader gets from the home page to an answer, in Italian, by links alone.
func TestReaderGetsAnAnswer(t *testing.T) {
	t.Parallel()
	s := sitetest.Shipped(t)
	address := sitetest.Serve(t, shippedHandler(t))
	for _, script := range []bool{true, false} {
		name := map[bool]string{true: "with script", false: "without script"}[script]
		t.Run(name, func(t *testing.T) {
			b := browsertest.OpenTab(t)
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
			switchTo(b, "en")
			if got, want := b.Text("h1"), en.Text("cancel-online.outcome.not-yet"); got != want ||
				attribute(b, "html", "lang") != "en" {
				t.Errorf("the language selector leads to %q, want %q in English", got, want)
			}
		})
	}
}

// Each item of a list looks like the first: each has its mark, and the numbers of steps go on.
func TestItemsLookAlike(t *testing.T) {
	t.Parallel()
	s := sitetest.Shipped(t)
	b := browsertest.OpenTab(t)
	b.Open(sitetest.Serve(t, shippedHandler(t)) + s.ArticleLink("en", "goto-meeting/billing/cancel-subscription"))
	unlike := browsertest.Eval[[]string](b, `
	[...document.querySelectorAll('.prose :is(ol, ul) > li + li')].filter(item => {
		const first = getComputedStyle(item.parentElement.firstElementChild), style = getComputedStyle(item)
		return ['listStyleType', 'counterReset', 'counterIncrement', 'paddingInlineStart'].some(p => style[p] != first[p])
	}).map(item => item.innerText)`)
	if len(unlike) > 0 {
		t.Errorf("%d items do not look like the first of their list: %q", len(unlike), unlike)
	}
}
