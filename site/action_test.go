package site_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"helpcenter/site/browsertest"
	"helpcenter/site/sitetest"
	"helpcenter/site/testsample"
)

// In each state that has an answer, the first screen of a phone shows the answer and what to press. If there is
// nothing to do, there is nothing to press.
func TestActionInTheFirstScreen(t *testing.T) {
	t.Parallel()
	s := sitetest.Shipped(t)
	address := sitetest.Serve(t, shippedHandler(t))
	b := browsertest.OpenTab(t)
	b.Do(chromedp.EmulateViewport(360, 780))
	const monthly = "product=goto-meeting/contract=monthly/"
	for _, state := range []struct{ answers, kind, action string }{
		{monthly + "role=billing-admin/balance=clear/", "yes", "admin"},
		{monthly + "role=other/balance=outstanding/", "wait", "admin"},
		{monthly + "role=product-admin/balance=clear/", "wait", "admin"},
		{monthly + "role=billing-admin/balance=outstanding/", "wait", "admin"},
		{"product=hamachi/contract=monthly/", "help", "contact"},
		{"product=goto-meeting/contract=fixed-term/role=billing-admin/", "help", "contact"},
		{"product=goto-meeting/contract=fixed-term/role=other/", "help", "contact"},
		{"product=unknown/contract=fixed-term/", "help", "contact"},
		{"product=goto-meeting/contract=trial/", "none", ""},
	} {
		for _, lang := range testsample.Of([]string{"en", "it"}, 1) {
			b.Open(address + s.Home(lang) + "cancel-online/" + state.answers)
			if !browsertest.Eval[bool](b, `document.querySelector('h1').getBoundingClientRect().bottom <= innerHeight`) {
				t.Errorf("%s: %s: the answer is below the first screen", lang, state.answers)
			}
			if !browsertest.Eval[bool](b, fmt.Sprintf(`document.querySelector('.verdict').classList.contains(%q)`, state.kind)) {
				t.Errorf("%s: %s: the answer does not look like %q", lang, state.answers, state.kind)
			}
			want := ""
			if state.action != "" {
				want = s.Library.Site.Link(state.action).Link
			}
			const pressed = `(e => e && e.getBoundingClientRect().bottom <= innerHeight ? e.href : '')` +
				`(document.querySelector('.verdict .button'))`
			if got := browsertest.Eval[string](b, pressed); got != want {
				t.Errorf("%s: %s: the first screen has a button to %q, want %q", lang, state.answers, got, want)
			}
		}
	}
}

// The script words dates exactly as the service does, whatever the day. They are announced, and the deadline can be
// added to a calendar without a service.
func TestScriptCountsAsTheService(t *testing.T) {
	t.Parallel()
	s := sitetest.Shipped(t)
	service, static := sitetest.Serve(t, shippedHandler(t)), serveFiles(t)
	b := browsertest.OpenTab(t)
	for _, lang := range testsample.Of([]string{"en", "it"}, 1) {
		for _, contract := range []string{"monthly/role=billing-admin/balance=clear/", "fixed-term/role=billing-admin/"} {
			state := s.Home(lang) + "cancel-online/product=goto-meeting/contract=" + contract
			for _, renewal := range testsample.Of([]string{"2027-01-31", "2028-03-01", "2026-12-10", "2020-01-31"}, 2) {
				b.Open(service + state + "?renewal=" + renewal)
				sent := fmt.Sprintf(`(async () => (%s)(new DOMParser().parseFromString(`+
					`await (await fetch(location)).text(), 'text/html')))()`, said)
				want := browsertest.Eval[string](b, sent)
				b.Open(static + state)
				browsertest.Eval[int](b,
					fmt.Sprintf(`(form => { form.renewal.value = %q; form.requestSubmit() })`+
						`(document.querySelector('.dates form')), 0`, renewal))
				if got := browsertest.Eval[string](b, "("+said+")(document)"); got != want || got == "" {
					t.Errorf("%s%s: the script says\n%s\nthe service\n%s", state, renewal, got, want)
				}
				const calendar = `document.querySelector('.calendar').hidden || ` +
					`document.querySelector('.calendar a').href.startsWith('blob:')`
				if !browsertest.Eval[bool](b, calendar) {
					t.Errorf("%s%s: the calendar needs a service", state, renewal)
				}
			}
		}
	}
}

// A notice stays away once a reader has closed it, and every heading and question of an article can be linked to.
func TestClosedNoticesAndLinksToSections(t *testing.T) {
	t.Parallel()
	s := sitetest.Shipped(t)
	address := sitetest.Serve(t, shippedHandler(t))
	b := browsertest.OpenTab(t)
	const notices = `[...document.querySelectorAll('.notice.info')].filter(n => n.checkVisibility()).length`
	b.Open(address + "/en/")
	if n := browsertest.Eval[int](b, notices); n != 1 {
		t.Fatalf("%d notices on the home page, want 1", n)
	}
	b.Do(chromedp.Click(chromedp.CSS(".notice button")))
	b.Open(address + "/en/")
	if n := browsertest.Eval[int](b, notices); n != 0 {
		t.Errorf("%d notices after it was closed", n)
	}
	b.Open(address + s.ArticleLink("en", "goto-meeting/billing/cancel-subscription"))
	const unlinked = `[...document.querySelectorAll('.prose h2[id], .prose .question > [id]')]
		.filter(e => e.querySelector(':scope > .anchor')?.hash !== '#' + e.id).map(e => e.id).join()`
	if got := browsertest.Eval[string](b, unlinked); got != "" {
		t.Errorf("no link to %s", got)
	}
}
