package site_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"helpcenter/site/browsertest"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
	"helpcenter/site/testsample"
)

// What pages request from the network, and what they may.

// No page violates its content security policy, neither with the service's header nor with only the copy in the
// page; and nothing fails in it.
func TestContentSecurityPolicy(t *testing.T) {
	if testing.Short() {
		t.Skip("looks at many pages in a browser")
	}
	t.Parallel()
	s := sitetest.Shipped(t)
	for host, address := range map[string]string{
		"service": sitetest.Serve(t, shippedHandler(t)), "static host": serveFiles(t),
	} {
		t.Run(host, func(t *testing.T) {
			t.Parallel()
			b := browsertest.OpenTab(t)
			b.BeforeEachPage(`
				window.wrong = []
				addEventListener('securitypolicyviolation', e => wrong.push(e.violatedDirective + ' ' + e.blockedURI))
				addEventListener('error', e => wrong.push(e.message), true)
				addEventListener('unhandledrejection', e => wrong.push(String(e.reason)))`)
			for _, kind := range testsample.Of(pageKinds(s, "it"), 6) {
				b.Open(address + kind.Link)
				wrong := browsertest.Eval[[]string](b, `new Promise(done => setTimeout(() => done(wrong), 100))`)
				if len(wrong) > 0 {
					t.Errorf("%s: %q", kind.Link, wrong)
				}
			}
			b.Open(address + "/en/")
			browsertest.Eval[string](b, `document.body.insertAdjacentHTML('beforeend', '<img src="data:,">'), ''`)
			b.Wait(`wrong.some(w => w.startsWith('img-src'))`) // otherwise listening proves nothing
		})
	}
}

// TestWeights measures what a page costs over the network, headers included, with the longest article and the
// longest state: what is needed to show the page, and all of it.
func TestWeights(t *testing.T) {
	if testing.Short() {
		t.Skip("looks at many pages in a browser")
	}
	t.Parallel()
	s := sitetest.Shipped(t)
	address := sitetest.Serve(t, shippedHandler(t))
	for _, lang := range testsample.Of([]string{"en", "it"}, 1) {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			b := browsertest.OpenTab(t)
			for _, kind := range testsample.Of(pageKinds(s, lang), 6) {
				weigh(t, b, address, kind)
			}
		})
	}
}

func weigh(t *testing.T, b browsertest.Tab, address string, kind pageKind) {
	first, total, requests := 0.0, 0.0, 0
	for _, r := range load(t, b, address+kind.Link) {
		if strings.HasPrefix(r.URL, "data:") {
			continue // the browser's own, for a date field
		}
		if !strings.HasPrefix(r.URL, address+"/") {
			t.Errorf("%s asks %s, a third party", kind.Link, r.URL)
		}
		if r.Sets {
			t.Errorf("%s sets a cookie", r.URL)
		}
		if r.Kind == network.ResourceTypeImage {
			continue
		}
		requests++
		total += r.Bytes
		if r.Kind == network.ResourceTypeDocument || r.Kind == network.ResourceTypeStylesheet {
			first += r.Bytes
		}
	}
	t.Logf("%s: %d requests, %.0f bytes, %.0f of them to be shown", kind.Link, requests, total, first)
	if strings.Contains(kind.Name, "result") || kind.Name == "search" {
		return // the index has its own budget
	}
	if first > 14e3 || total > 20e3 || requests > 4 {
		t.Errorf("%s takes %d requests and %.0f bytes, %.0f of them to be shown", kind.Link, requests, total, first)
	}
	if cookie := browsertest.Eval[string](b, `document.cookie`); cookie != "" {
		t.Errorf("%s has the cookie %s", kind.Link, cookie)
	}
}

// Nothing moves once it has been shown. A good cumulative layout shift is 0.1; the limit here is a 200th of that.
// If a slow line makes a browser paint an incomplete page, the limit is a fifth of it.
func TestNothingShifts(t *testing.T) {
	if testing.Short() {
		t.Skip("looks at many pages in a browser")
	}
	testsample.Skip(t)
	t.Parallel()
	s := sitetest.Shipped(t)
	for name, line := range map[string]struct {
		send func(w http.ResponseWriter, page []byte)
		most float64
	}{"whole": {sendWhole, 0.0005}, "in pieces": {sendPieces, 0.02}} {
		address := sitetest.Serve(t, sending(shippedHandler(t), line.send))
		for _, width := range []int64{360, 1280} {
			t.Run(fmt.Sprint(name, " ", width), func(t *testing.T) {
				t.Parallel()
				b := browsertest.OpenTab(t)
				b.BeforeEachPage(watchShifts)
				resize(b, width)
				for _, kind := range pageKinds(s, "it") {
					b.Open(address + kind.Link)
					shift := browsertest.Eval[float64](b, `new Promise(done => setTimeout(() => done(shift), 200))`)
					if shift >= line.most {
						t.Errorf("%s shifts by %g: %q", kind.Link, shift, browsertest.Eval[[]string](b, `moved`))
					}
				}
			})
		}
	}
}

// watchShifts adds up the layout shifts of a page.
const watchShifts = `
	window.shift = 0
	window.moved = []
	const box = r => [r.x, r.y, r.width, r.height].map(Math.round)
	const name = n => n ? n.nodeName + ' ' + (n.className ?? n.data) : 'removed'
	new PerformanceObserver(list => {
		for (const e of list.getEntries()) {
			shift += e.value
			for (const s of e.sources) moved.push(name(s.node) + ' ' + box(s.previousRect) + ' to ' + box(s.currentRect))
		}
	}).observe({ type: 'layout-shift', buffered: true })`

// sending returns a handler that sends the pages of another in a given way.
func sending(h http.Handler, send func(w http.ResponseWriter, page []byte)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Del("Accept-Encoding")
		whole := httptest.NewRecorder()
		h.ServeHTTP(whole, r)
		maps.Copy(w.Header(), whole.Header())
		w.Header().Del("Content-Length")
		w.WriteHeader(whole.Code)
		if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			send(w, whole.Body.Bytes())
		} else {
			w.Write(whole.Body.Bytes())
		}
	})
}

// sendWhole keeps a browser from painting anything before it has read the whole page.
func sendWhole(w http.ResponseWriter, page []byte) {
	page = bytes.Replace(page, []byte("</head>"), []byte(`<link rel="expect" href="#end" blocking="render"></head>`), 1)
	page = bytes.Replace(page, []byte("</body>"), []byte(`<a id="end"></a></body>`), 1)
	w.Write(page)
}

func sendPieces(w http.ResponseWriter, page []byte) {
	for piece := range slices.Chunk(page, 300) {
		w.Write(piece)
		http.NewResponseController(w).Flush()
		time.Sleep(20 * time.Millisecond)
	}
}

// A state of a checker is a small page: 10 KB including its style, which a reader who goes on already has. The
// longest states are the heaviest.
func TestStatesAreLight(t *testing.T) {
	sitetest.WithoutRaces(t)
	s := sitetest.Shipped(t)
	brotli := func(path string) int {
		f, _ := s.File(path)
		sent, err := server.NewStore(nil).Variant(f, []string{"br"})
		if err != nil {
			t.Fatal(err)
		}
		return len(sent.Body)
	}
	style := brotli(strings.TrimPrefix(s.AssetLink("site.css"), s.Prefix()))
	for _, lang := range testsample.Of(s.Library.Site.Languages, 2) {
		var b bytes.Buffer
		long := map[string]int{}
		for _, file := range s.PageFiles() {
			if strings.HasPrefix(file, lang.Tag+"/cancel-online/") {
				f, _ := s.File(file)
				data, err := f.Bytes(&b)
				if err != nil {
					t.Fatal(err)
				}
				long[file] = len(data)
			}
		}
		longest := slices.SortedFunc(maps.Keys(long), func(a, b string) int { return long[b] - long[a] })
		heaviest, name := 0, ""
		for _, file := range longest[:20] {
			if n := brotli(file); n > heaviest {
				heaviest, name = n, file
			}
		}
		t.Logf("the heaviest is %s, %d bytes, and the style %d", name, heaviest, style)
		if heaviest+style > 10.5e3 {
			t.Errorf("%s takes %d bytes, and %d for the style", name, heaviest, style)
		}
	}
}

// A response is what went over the network for one request.
type response struct {
	Kind  network.ResourceType
	URL   string
	Bytes float64
	Sets  bool // whether it sets a cookie
}

// load opens an address with an empty cache. When nothing has been under way for a moment, it returns what the page
// requested.
func load(t *testing.T, b browsertest.Tab, address string) (list []response) {
	t.Helper()
	ctx, stop := context.WithCancel(b.Ctx)
	defer stop()
	var mu sync.Mutex
	var ids []network.RequestID
	all, pending := map[network.RequestID]*response{}, map[network.RequestID]bool{}
	err := chromedp.Listen(ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if e.DocumentURL == address { // not a late request of the previous page
				ids = append(ids, e.RequestID)
				all[e.RequestID] = &response{Kind: e.Type, URL: e.Request.URL}
				pending[e.RequestID] = true
			}
		case *network.EventResponseReceived:
			if r := all[e.RequestID]; r != nil {
				_, r.Sets = e.Response.Headers["Set-Cookie"]
			}
		case *network.EventLoadingFinished:
			if r := all[e.RequestID]; r != nil {
				r.Bytes = e.EncodedDataLength
			}
			delete(pending, e.RequestID)
		case *network.EventLoadingFailed:
			delete(pending, e.RequestID)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	browsertest.Call(b, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
	b.Open(address)
	for quiet := false; !quiet; {
		mu.Lock()
		before := len(ids)
		mu.Unlock()
		browsertest.Eval[bool](b, `new Promise(done => setTimeout(() => done(true), 300))`)
		mu.Lock()
		quiet = len(pending) == 0 && len(ids) == before
		mu.Unlock()
	}
	mu.Lock()
	defer mu.Unlock()
	for _, id := range ids {
		list = append(list, *all[id])
	}
	return list
}
