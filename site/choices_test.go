package site_test

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"helpcenter/site"
	"helpcenter/site/browsertest"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
	"helpcenter/site/testsample"
)

// onlyFiles answers like a host that has only the files of a site.
func onlyFiles(s *site.Site) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "" || strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		f, ok := s.File(name)
		if !ok {
			http.NotFound(w, r)
			return
		}
		var b bytes.Buffer
		text, err := f.Bytes(&b)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", f.Type)
		w.Write(text)
	})
}

// A reader who types a day or a number, or ticks values, gets to the page of that answer, on a service and on a
// static host. Without script a static host cannot do that, and the page says to choose from its list.
func TestReaderTypesAnAnswer(t *testing.T) {
	if testing.Short() {
		t.Skip("looks at pages in a browser")
	}
	t.Parallel()
	s := withdraw(t)
	const at = "/en/withdraw/delivered=-14..0/"
	steps := []struct{ page, fill, path, query string }{
		{"/en/withdraw/", `q('#delivered').value = '2026-11-12'`, at, "delivered=2026-11-12"},
		{at + "?delivered=2026-11-12", `q('#seats').value = 60`, at + "seats=50..10000/", "seats=60"},
		{at + "?delivered=2026-11-12", `q('#seats').value = 49`, at + "seats=1..49/", "seats=49"},
		{at + "seats=50..10000/", `q('[value=phone]').checked = q('[value=video]').checked = true`,
			at + "seats=50..10000/used=video,phone/", ""},
		{at + "seats=50..10000/", ``, at + "seats=50..10000/used=/", ""},
	}
	for host, address := range map[string]string{
		"service": sitetest.Serve(t, server.Handler(s)), "files": sitetest.Serve(t, onlyFiles(s)),
	} {
		for _, script := range []bool{true, false} {
			b := browsertest.OpenTab(t)
			if !script {
				disableScript(b)
			}
			for _, step := range testsample.Of(steps, 3) {
				b.Open(address + step.page)
				browsertest.Eval[string](b, `(() => { const q = s => document.querySelector(s); `+step.fill+
					`; return '' })()`)
				follow(b, ".typed button")
				got, err := url.Parse(addressOf(b))
				if err != nil {
					t.Fatal(err)
				}
				told := browsertest.Eval[bool](b, `!!document.querySelector('.typed .error:target')`)
				switch {
				case script || host == "service":
					if got.Path != step.path || !strings.Contains(got.RawQuery, step.query) || told {
						t.Errorf("%s, script %t: %s leads to %s", host, script, step.page, got)
					}
					if script && strings.Contains(step.page, "delivered=2026") &&
						!strings.Contains(got.RawQuery, "delivered=2026-11-12") {
						t.Errorf("%s: %s forgets the day that was given", host, got)
					}
				case !told:
					t.Errorf("%s without script: %s is a dead end", host, got)
				}
			}
		}
	}
}

// The box above a long list shows only the answers with the typed words and says how many there are; Enter follows
// the only one. Without script there is no box.
func TestLongListsCanBeFiltered(t *testing.T) {
	if testing.Short() {
		t.Skip("looks at pages in a browser")
	}
	t.Parallel()
	address := sitetest.Serve(t, shippedHandler(t))
	b := browsertest.OpenTab(t)
	b.Open(address + "/it/cancel-online/")
	b.Wait(`document.querySelector('.filter.on')`)
	typed := func(text string) (left []string) {
		browsertest.Eval[string](b, `(() => { const box = document.querySelector('#filter'); box.value = '`+text+`';
			box.dispatchEvent(new Event('input')); return '' })()`)
		return browsertest.Eval[[]string](b, `[...document.querySelectorAll('.choose a')]
			.filter(a => a.checkVisibility()).map(a => a.firstChild.data)`)
	}
	for text, want := range map[string]string{
		"":               "20",
		"mdm goto":       "GoTo Resolve MDM|Non lo so",
		"Rèscue":         "Rescue|Non lo so",
		"no such answer": "Non lo so",
	} {
		left := typed(text)
		if got := strings.Join(left, "|"); got != want && !(text == "" && len(left) == 20) {
			t.Errorf("%q leaves %s, want %s", text, got, want)
		}
		if said := b.Text(".filter [role=status]"); (said == "") != (text == "") {
			t.Errorf("%q: the reader hears %q", text, said)
		}
	}
	typed("no such answer")
	if headings := browsertest.Eval[int](b, `[...document.querySelectorAll('.choose h2')]
		.filter(h => h.checkVisibility()).length`); headings != 0 {
		t.Errorf("%d headings stand over nothing", headings)
	}
	typed("hamachi")
	browsertest.Eval[string](b, `(() => { document.querySelector('#filter').focus(); return '' })()`)
	b.Do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.Enter))
		return err
	}))
	if at := addressOf(b); !strings.HasSuffix(at, "/it/cancel-online/product=hamachi/") {
		t.Errorf("Enter leads to %s", at)
	}

	plain := browsertest.OpenTab(t)
	disableScript(plain)
	plain.Open(address + "/it/cancel-online/")
	shown := browsertest.Eval[int](plain,
		`[...document.querySelectorAll('.choose a')].filter(a => a.checkVisibility()).length`)
	if n := shown; n != 20 {
		t.Errorf("without script %d answers are shown", n)
	}
	if browsertest.Eval[bool](plain, `document.querySelector('.filter').checkVisibility({ visibilityProperty: true })`) {
		t.Error("without script there is a box that does nothing")
	}
}
