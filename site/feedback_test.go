package site_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"helpcenter/site"
	"helpcenter/site/browsertest"
	"helpcenter/site/feedback"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
)

// trialState is a state of a checker that has an answer, below a language.
const trialState = "cancel-online/product=goto-meeting/contract=trial/"

// askingSite returns the shipped site with the form that asks whether a page helped.
func askingSite(t *testing.T) *site.Site {
	t.Helper()
	in := sitetest.SampledInput(t)
	in.Feedback = true
	s, found := site.New(in)
	sitetest.FailOnFindings(t, found)
	return s
}

// serveAsking serves that site. It returns the site, its address, and a function that ends counting and returns the
// counts.
func serveAsking(t *testing.T) (s *site.Site, address string, counted func() *feedback.Report) {
	t.Helper()
	s = askingSite(t)
	dir := t.TempDir()
	store, err := feedback.Open(dir, feedback.Options{})
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return s.Now }
	address = sitetest.Serve(t, server.NewHandler(s, server.Environment{Now: now, Feedback: store}))
	return s, address, func() *feedback.Report {
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
		report, err := feedback.Read([]string{dir}, "")
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
}

// Readers say by keyboard whether a page helped, with script and without, and are thanked in the same place.
func TestReadersSayWhetherItHelped(t *testing.T) {
	t.Parallel()
	s, address, counted := serveAsking(t)
	const path = "goto-meeting/billing/cancel-subscription"
	for _, lang := range []string{"it", "en"} {
		for _, script := range []bool{true, false} {
			b := browsertest.OpenTab(t)
			if !script {
				disableScript(b)
			}
			focus := func(selector string) {
				browsertest.Eval[string](b, `document.querySelector('`+selector+`').focus(), ''`)
			}
			enter := func() {
				t.Helper()
				b.Do(func(ctx context.Context, _ *chromedp.Target) (chromedp.Void, error) {
					_, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.Enter))
					return chromedp.Void{}, err
				})
				b.Wait(`document.querySelector('.thanks')?.checkVisibility()`)
				if got, want := b.Text(".thanks"), s.Words.Words(lang).Text("feedback.thanks"); got != want {
					t.Errorf("%s: %q, want %q", lang, got, want)
				}
				if got := browsertest.Eval[string](b, `document.activeElement.id`); got != site.FeedbackThanks {
					t.Errorf("%s: the focus is on %q", lang, got)
				}
				if browsertest.Eval[bool](b, `document.querySelector('.feedback form').checkVisibility()`) {
					t.Errorf("%s: the page asks again", lang)
				}
			}
			b.Open(address + s.ArticleLink(lang, path))
			focus(".after .back")
			press(b, kb.Tab) // to Yes
			enter()
			b.Open(address + s.Link(lang+"/"+trialState))
			focus(".feedback button[value=yes]")
			enter()
			b.Open(address + s.ArticleLink(lang, path))
			focus(".feedback summary")
			press(b, kb.Enter)
			const apart = `(y => y('button[value=yes]') - y('.feedback summary'))(
				selector => document.querySelector(selector).getBoundingClientRect().y)`
			if by := browsertest.Eval[float64](b, apart); by != 0 {
				t.Errorf("%s: No stands %g px from Yes once it has been pressed", lang, by)
			}
			press(b, kb.Tab, " ", kb.ArrowDown, kb.Tab, kb.ArrowDown, kb.Tab) // second reason, first section
			enter()
		}
	}
	want := map[string]feedback.Counts{}
	for _, lang := range []string{"it", "en"} {
		want[lang+" "+path] = feedback.Counts{Helpful: 2, NotHelpful: 2, Reasons: map[string]int{"unclear": 2}}
		want[lang+" cancel-online"] = feedback.Counts{Helpful: 2, Reasons: map[string]int{}}
	}
	got := map[string]feedback.Counts{}
	for _, page := range counted().Pages {
		got[page.Language+" "+page.Page] = page.Counts
		if len(page.Sections) != 1 {
			t.Errorf("%s has the sections %v", page.Page, page.Sections)
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("counted %v, want %v", got, want)
	}
}

// Searches of the search page's script that find nothing are counted too, once the reader pauses.
func TestReadersMissSomething(t *testing.T) {
	t.Parallel()
	s, address, counted := serveAsking(t)
	b := browsertest.OpenTab(t)
	b.Open(address + s.Link("en/search/"))
	browsertest.Eval[string](b, `document.querySelector('#q').focus(), ''`)
	for _, query := range []string{"cancel", "zzyzx"} {
		browsertest.Eval[string](b, `document.querySelector('#q').value = '', ''`)
		press(b, strings.Split(query, "")...)
		b.Wait(`location.search === '?q=` + query + `'`)
	}
	b.Wait(`performance.getEntriesByType('resource').some(e => e.name.endsWith('/search/?q=zzyzx'))`)
	want := []feedback.Search{{Language: "en", Words: "zzyzx", Times: 1, Matched: "nothing"}}
	if got := counted().Searches; !slices.Equal(got, want) {
		t.Errorf("counted %v, want %v", got, want)
	}
}

// The form has no barrier in either theme, fits a phone, and is not printed.
func TestFeedbackForm(t *testing.T) {
	if testing.Short() {
		t.Skip("looks at pages in several widths")
	}
	t.Parallel()
	s, address, _ := serveAsking(t)
	axe := axeScript(t)
	b := browsertest.OpenTab(t)
	b.BeforeEachPage(axe)
	article := s.ArticleLink("it", "goto-meeting/billing/cancel-subscription")
	for _, link := range []string{article, article + "#" + site.FeedbackThanks,
		s.Link("it/" + trialState)} {
		b.Open(address + link)
		browsertest.Eval[bool](b, `document.querySelector('.feedback details').open = true`)
		axeThemes(t, b, link)
		for _, width := range []int64{320, 360, 1280} {
			resize(b, width)
			if wide := browsertest.Eval[float64](b, `document.scrollingElement.scrollWidth`); wide > float64(width) {
				t.Errorf("%s is %g px wide in a window of %d", link, wide, width)
			}
			for _, small := range browsertest.Eval[[]string](b, smallTargets) {
				t.Errorf("%s at %d px: %s", link, width, small)
			}
		}
		media(b, "print", "prefers-color-scheme", "light")
		if browsertest.Eval[bool](b, `document.querySelector('.feedback').checkVisibility()`) {
			t.Errorf("%s: the form is printed", link)
		}
		media(b, "", "prefers-color-scheme", "light")
	}
}
