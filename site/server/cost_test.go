package server

import (
	"flag"
	"fmt"
	"maps"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"helpcenter/site/sitetest"
)

// The most that a request within the header limit may allocate. In every route, an allocation stands for less than
// a microsecond of work, so this is below 20 ms of CPU.
const (
	mostAllocations = 15_000
	mostAllocated   = 4 << 20
)

// long repeats a text up to the length of the longest header.
func long(text string) string { return strings.Repeat(text, defaultLimits.headerBytes/len(text)) }

// costly lists the requests that make each route work hardest, as an address and header lines.
var costly = map[string][]string{
	"a page":              {"/en/articles/"},
	"codings":             {"/en/", "Accept-Encoding: " + long("x;q=0.5,")},
	"weights":             {"/en/", "Accept-Encoding: " + long("br;q=0.00000001,")},
	"conditions":          {"/en/", "If-None-Match: " + long(`"x",`)},
	"parts":               {"/en/", "Range: bytes=" + long("0-0,")},
	"few parts":           {"/en/", "Range: bytes=0-,0-,0-,0-,0-,0-,0-,0-"},
	"languages":           {"/", "Accept-Language: " + long("xx,")},
	"subtags":             {"/", "Accept-Language: " + long("de-a-b-")},
	"a query":             {"/?" + long("%7B&")},
	"many keys":           {"/en/search/?" + long("a&") + "q=x"},
	"different keys":      {"/en/search/?" + differentKeys() + "q=x"},
	"a search":            {"/en/search/?q=cancel"},
	"misspelt":            {"/en/search/?q=" + long("canzel+subscribtion+")},
	"misspelt and short":  {"/en/search/?q=" + long("canzel+subscribtion+")[:maxQuery-10]},
	"parts and short":     {"/en/search/?q=" + long("canzel-outstandink-")[:maxQuery-10]},
	"a compound":          {"/en/search/?q=" + long("a-b-")},
	"suffixes":            {"/en/search/?q=c" + long("ed")},
	"suffixes in Italian": {"/it/search/?q=c" + long("mente")},
	"letters":             {"/en/search/?q=" + long("%C3%A9")},
	"bad encoding":        {"/en/search/?q=" + long("%ff")},
	"nothing":             {"/en/" + long("canzel-")},
	"nothing near":        {"/en/canzel-subscribtion-outstandink-balanze-onlime-renevall/"},
	"nothing deep":        {"/en/" + long("a/")},
	"nothing, any reader": {"/" + long("x"), "Accept-Language: " + long("xx,")},
	"a state":             {"/en/cancel-online/" + strings.Repeat("product=x/", 190)},
	"unknown answers": {
		"/en/cancel-online/product=unknown/contract=unknown/role=unknown/balance=unknown/?renewal=2027-01-31",
	},
	"a state and a query": {"/en/cancel-online/?renewal=" + long("%22")},
	"all cases":           {"/en/cancel-online/all/"},
	"a decision":          {"/api/v1/checkers/cancel-online/decision?renewal=2027-01-31"},
	"unknown facts": {
		"/api/v1/checkers/cancel-online/decision?product=unknown&contract=unknown&renewal=2027-01-31",
	},
	"refused values": {
		"/api/v1/checkers/cancel-online/decision?" + strings.Repeat("product="+strings.Repeat("m", 99)+"&", 60),
	},
	"refused names":         {"/api/v1/checkers/cancel-online/decision?" + manyNames()},
	"an unknown checker":    {"/api/v1/checkers/" + long("c")},
	"a description":         {"/api/v1/checkers/cancel-online"},
	"the API":               {"/api/openapi.json"},
	"an explanation":        {"/api/v1/checkers/cancel-online/explanation?renewal=2027-01-31"},
	"a found list":          {"/api/v1/search?limit=100&q=cancel"},
	"a misspelt search":     {"/api/v1/search?limit=100&q=" + long("canzel-outstandink-")},
	"refused searches":      {"/api/v1/search?" + long("limit=x&product=m&")},
	"all articles":          {"/api/v1/articles?lang=it"},
	"articles after":        {"/api/v1/articles?after=" + long("a")},
	"an article":            {"/api/v1/articles/goto-meeting/billing/cancel-subscription?lang=it"},
	"no article":            {"/api/v1/articles/canzel-subscribtion-outstandink-balanze"},
	"no article, long":      {"/api/v1/articles/" + long("a/")},
	"a calendar":            {"/api/v1/checkers/cancel-online/deadline.ics?renewal=2999-01-31"},
	"metrics":               {"/metrics"},
	"readiness":             {"/readyz"},
	"an id":                 {"/en/", "X-Request-Id: " + long("x")},
	"the sitemap":           {"/sitemap.xml"},
	"an address of slashes": {"/en" + long("/")},
}

func differentKeys() string {
	var b strings.Builder
	for i := 0; b.Len() < defaultLimits.headerBytes; i++ {
		fmt.Fprintf(&b, "%x&", i)
	}
	return b.String()
}

func manyNames() string {
	var names []string
	for i := range 63 {
		names = append(names, fmt.Sprintf("%s%d=x", strings.Repeat("contrac", 13), i))
	}
	return strings.Join(names, "&")
}

// allocated returns what the cheapest of several equal requests allocates, since other goroutines may allocate too.
func allocated(h http.Handler, address string, lines ...string) (count, bytes uint64) {
	count, bytes = math.MaxUint64, math.MaxUint64
	for range 3 {
		r := httptest.NewRequest("GET", address, nil)
		for _, line := range append(lines, "Accept-Encoding: br, gzip") {
			name, value, _ := strings.Cut(line, ": ")
			r.Header.Add(name, value)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		h.ServeHTTP(httptest.NewRecorder(), r)
		runtime.ReadMemStats(&after)
		count, bytes = min(count, after.Mallocs-before.Mallocs), min(bytes, after.TotalAlloc-before.TotalAlloc)
	}
	return count, bytes
}

// No request within the limits does much work, whatever its route.
func TestCostOfRequests(t *testing.T) {
	h := Handler(sitetest.Shipped(t))
	for name, request := range costly {
		count, bytes := allocated(h, request[0], request[1:]...)
		if count > mostAllocations || bytes > mostAllocated {
			t.Errorf("%s: %d allocations of %d bytes", name, count, bytes)
		}
	}
}

var measureCPU = flag.Bool("measure", false, "measure what requests cost, instead of only what they allocate")

// mostCPU is the most that a request within the header limit may cost.
const mostCPU = 20 * time.Millisecond

// TestCPUOfRequests measures the CPU time of the costliest requests known, by route:
//
//	go test ./site/server -run TestCPUOfRequests -measure -v
func TestCPUOfRequests(t *testing.T) {
	if !*measureCPU {
		t.Skip("it measures time; see -measure")
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	used := func() time.Duration {
		var u unix.Rusage
		if err := unix.Getrusage(unix.RUSAGE_THREAD, &u); err != nil {
			t.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	h := Handler(sitetest.Shipped(t))
	for _, name := range slices.Sorted(maps.Keys(costly)) {
		const times = 200 // some systems count CPU time in ticks of 10 ms
		before := used()
		for range times {
			r := httptest.NewRequest("GET", costly[name][0], nil)
			for _, line := range append(costly[name][1:], "Accept-Encoding: br, gzip") {
				header, value, _ := strings.Cut(line, ": ")
				r.Header.Add(header, value)
			}
			h.ServeHTTP(httptest.NewRecorder(), r)
		}
		mean := (used() - before) / times
		t.Logf("%-22s %6.2f ms", name, mean.Seconds()*1000)
		if mean > mostCPU {
			t.Errorf("%s: %s of CPU", name, mean)
		}
	}
}

func FuzzCostOfRequests(f *testing.F) {
	for _, request := range costly {
		lines := append(request[1:], "X: y")
		f.Add(request[0], lines[0])
	}
	h := Handler(sitetest.Shipped(f))
	f.Fuzz(func(t *testing.T, address, line string) {
		if u, err := url.ParseRequestURI(address); err != nil || u.Host != "" ||
			strings.ContainsAny(address, " \r\n") ||
			len(address)+len(line) > defaultLimits.headerBytes+4<<10 {
			t.Skip() // net/http refuses it
		}
		if count, bytes := allocated(h, address, line); count > mostAllocations || bytes > mostAllocated {
			t.Errorf("%d allocations of %d bytes", count, bytes)
		}
	})
}
