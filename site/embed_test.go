package site_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"strings"
	"testing"

	"helpcenter/site"
	"helpcenter/site/browsertest"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
)

// demo serves a page with the element, as another site would write it. Its policy allows only what the element
// needs.
func demo(t *testing.T, help *string) http.Handler {
	files := http.FileServer(http.Dir("testdata/embed"))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self' "+*help+
			"; frame-src "+*help)
		if path.Ext(r.URL.Path) != ".html" {
			files.ServeHTTP(w, r)
			return
		}
		data, err := os.ReadFile("testdata/embed" + r.URL.Path)
		if err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Type", site.PageType)
		w.Write(bytes.ReplaceAll(data, []byte("HELP"), []byte(*help+"/base")))
	})
}

// helpFor serves a help center that some origins may frame.
func helpFor(t *testing.T, ancestors ...string) http.Handler {
	in := sitetest.ParkingInput(t)
	in.Library.Site.Embed.Ancestors = ancestors
	s, found := site.New(in)
	sitetest.FailOnFindings(t, found)
	return server.Handler(s)
}

// frameShown reports whether the frame of the first element is shown and as high as its page.
const frameShown = `(f => f?.offsetHeight > 100 && getComputedStyle(f).visibility === 'visible')(one.frame)`

// A page of another origin shows a checker. A reader answers it by keyboard, and the page hears the decision.
func TestEmbed(t *testing.T) {
	t.Parallel()
	var help string
	outside := sitetest.Serve(t, demo(t, &help))
	help = sitetest.Serve(t, helpFor(t, outside))
	b := browsertest.OpenTab(t)
	b.Open(outside + "/demo.html")
	b.Wait(frameShown)
	for script, want := range map[string]string{
		`one.frame.title`: "en may-i-park.title",
		`one.shadowRoot.querySelector('slot').style.display`: "none",
		`getComputedStyle(one.frame).borderTopWidth`:         "0px",
		`around.frame.src`:                                   help + "/base/it/may-i-park/",
		`unknown.shadowRoot.querySelector('a').href`:         help + "/base/",
		`foreign.shadowRoot.querySelector('a').href`:         help + "/base/en/may-i-park/",
		`own.querySelector('a').textContent`:                 "Call us",
		`String([unknown, foreign, own].some(e => e.frame))`: "false",
		`said.find(s => s.includes('may-i-swim'))`: "" +
			`help-checker: invalid value "may-i-swim" of checker (allowed: may-i-park)`,
		`said.find(s => s.includes('tlh'))`: "" +
			`help-checker: invalid value "tlh" of lang (allowed: en, it)`,
		`String(said.some(s => s.includes('Security Policy')))`:    "false",
		`String(document.querySelectorAll('help-checker').length)`: "5",
	} {
		if got := browsertest.Eval[string](b, script); got != want {
			t.Errorf("%s is %q, want %q", script, got, want)
		}
	}
	// The same message from another window has no effect, and the reader moves on from the button into the frame.
	browsertest.Eval[any](b, `postMessage({ height: 9999, decided: { outcome: 'no' } }, '*');`+
		`document.querySelector('button').focus()`)
	press(b, "\t", "\r")
	b.Wait(`heard.length`)
	got := browsertest.Eval[string](b, `JSON.stringify(heard)`)
	want := `[{"element":"one","checker":"may-i-park","outcome":"yes","url":"` + help +
		`/base/en/may-i-park/permit=resident/"}]`
	if got != want {
		t.Errorf("the page heard %s, want %s", got, want)
	}
	if height := browsertest.Eval[float64](b, `one.frame.offsetHeight`); height < 100 || height > 5000 {
		t.Errorf("the frame is %g pixels high", height)
	}
	// A changed attribute changes the page, and an invalid one leaves a link.
	browsertest.Eval[any](b, `one.lang = 'it'`)
	b.Wait(frameShown + ` && one.frame.src.includes('/it/')`)
	browsertest.Eval[any](b, `one.setAttribute('checker', '')`)
	b.Wait(`!one.frame && one.shadowRoot.querySelector('a').offsetHeight > 0`)
}

// If frames are not allowed, the link stays.
func TestEmbedRefused(t *testing.T) {
	t.Parallel()
	var help string
	outside := sitetest.Serve(t, demo(t, &help))
	help = sitetest.Serve(t, helpFor(t, "https://app.test"))
	b := browsertest.OpenTab(t)
	b.Open(outside + "/demo.html")
	b.Wait(`one.frame`)
	if !browsertest.Eval[bool](b, `(a => a.offsetHeight > 0 && a.href === one.frame.src)(`+
		`one.shadowRoot.querySelector('a')) && one.frame.offsetHeight === 0`) {
		t.Error("there is no link, or an empty frame is shown")
	}
}

// In a frame a page shows only the checker, in the colors of the page around it, and opens links elsewhere in a new
// tab. A page of the same origin can look into the frame.
func TestFramedPage(t *testing.T) {
	t.Parallel()
	var help string
	var h http.Handler
	page := demo(t, &help)
	help = sitetest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/base/") {
			h.ServeHTTP(w, r)
		} else {
			page.ServeHTTP(w, r)
		}
	}))
	h = helpFor(t, help)
	b := browsertest.OpenTab(t)
	media(b, "", "prefers-color-scheme", "dark")
	b.Open(help + "/base/en/may-i-park/permit=resident/")
	background := browsertest.Eval[string](b, `getComputedStyle(document.body).backgroundColor`)
	b.Open(help + "/demo.html")
	b.Wait(frameShown)
	browsertest.Eval[any](b, `one.frame.contentWindow.location = '/base/en/may-i-park/permit=resident/'`)
	b.Wait(`heard.length && one.frame.contentDocument.querySelector('.framed') &&
		one.frame.contentDocument.documentElement.scrollHeight <= one.frame.offsetHeight`) // it grows a moment later
	for script, want := range map[string]string{
		`getComputedStyle(inside.body).backgroundColor`:                                                     background,
		`[...inside.querySelectorAll('.top, .find, .bottom')].map(e => getComputedStyle(e).display).join()`: "none,none,none",
		`[...inside.links].filter(a => a.checkVisibility()).map(a => a.target + a.pathname).join(' ')`: "" +
			"_blank/base/en/llms.txt " +
			"/base/en/may-i-park/permit=resident/zone=centre/ /base/en/may-i-park/permit=resident/zone=outside/ " +
			"/base/en/may-i-park/permit=resident/zone=unknown/ /base/en/may-i-park/ /base/en/may-i-park/all/",
	} {
		if got := browsertest.Eval[string](b, `(inside => `+script+`)(one.frame.contentDocument)`); got != want {
			t.Errorf("%s is %q, want %q", script, got, want)
		}
	}
}

// The script of the element is small enough for every page of another site to load it.
func TestEmbedScriptIsSmall(t *testing.T) {
	w := httptest.NewRecorder()
	shippedHandler(t).ServeHTTP(w, httptest.NewRequest("GET", "/embed.js", nil))
	if n := w.Body.Len(); w.Code != http.StatusOK || n > 3<<10 {
		t.Errorf("embed.js: %d, %d bytes", w.Code, n)
	}
}
