package api_test

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"helpcenter/site/answer"
	"helpcenter/site/api"
	"helpcenter/site/sitetest"
)

const batchAddress = sitetest.ParkingAPI + "/may-i-park/decisions"

// watchedAPI returns the API of the parking site, which calls decided for each decision.
func watchedAPI(t testing.TB, decided func()) *api.API {
	t.Helper()
	return api.New(sitetest.Parking(t), api.Options{
		Now: func() time.Time { return sitetest.ParkingDay }, Reader: func(*http.Request) string { return "en" },
		Decided: func(string, string) { decided() },
	})
}

func TestLimitsOfABatch(t *testing.T) {
	decided := 0
	a := watchedAPI(t, func() { decided++ })
	questions := func(n int) string { return "[" + strings.Repeat("{},", n-1) + "{}]" }
	if list := sitetest.Decode[[]answer.Decision](t,
		sitetest.Ask(a, "POST", batchAddress, questions(api.MaxBatch)), 200); len(list) != api.MaxBatch {
		t.Errorf("%d decisions", len(list))
	}
	p := sitetest.Decode[api.Problem](t, sitetest.Ask(a, "POST", batchAddress, questions(api.MaxBatch+1)), 400)
	if len(p.Errors) != 1 || p.Errors[0].Given != fmt.Sprint(api.MaxBatch+1, " or more") ||
		p.Errors[0].Field+p.Errors[0].Pointer != "" {
		t.Errorf("a question too many: %+v", p)
	}
	p = sitetest.Decode[api.Problem](t,
		sitetest.Ask(a, "POST", batchAddress, `["`+strings.Repeat("x", api.MaxBatchSize)+`"]`), 413)
	if len(p.Errors) != 0 {
		t.Errorf("a body too long: %+v", p)
	}
	if decided != api.MaxBatch {
		t.Errorf("%d were decided", decided)
	}
}

// The number of batches under way at once is limited, and that of batches being decided more so.
func TestBatchesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const more = 3
		var deciding atomic.Int32
		proceed := make(chan struct{})
		a := watchedAPI(t, func() {
			deciding.Add(1)
			<-proceed
			deciding.Add(-1)
		})
		answers := make(chan *httptest.ResponseRecorder, api.MaxBatches+more)
		for range api.MaxBatches + more {
			go func() { answers <- sitetest.Ask(a, "POST", batchAddress, "[{}]") }()
		}
		synctest.Wait()
		if int(deciding.Load()) != a.Deciders() {
			t.Errorf("%d are decided at once", deciding.Load())
		}
		if len(answers) != more {
			t.Fatalf("%d are answered", len(answers))
		}
		for range more {
			w := <-answers
			sitetest.Decode[api.Problem](t, w, http.StatusServiceUnavailable)
			if w.Header().Get("Retry-After") != "1" {
				t.Errorf("%v", w.Header())
			}
		}
		close(proceed)
		for range api.MaxBatches {
			sitetest.Decode[[]answer.Decision](t, <-answers, 200)
		}
		sitetest.Decode[[]answer.Decision](t, sitetest.Ask(a, "POST", batchAddress, "[{}]"), 200)
	})
}

// Nothing is decided for a client that has left, whether it was waiting for its turn or being answered.
func TestClientLeavesBatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		decided, leaveAt := 0, 3
		ctx, leave := context.WithCancel(t.Context())
		a := watchedAPI(t, func() {
			if decided++; decided == leaveAt {
				leave()
			}
		})
		post := func() *httptest.ResponseRecorder {
			r := httptest.NewRequestWithContext(ctx, "POST", batchAddress, strings.NewReader("[{},{},{},{},{}]"))
			w := httptest.NewRecorder()
			a.ServeHTTP(w, r)
			return w
		}
		if w := post(); decided != leaveAt || w.Body.Len() > 0 {
			t.Errorf("%d were decided, %d bytes sent", decided, w.Body.Len())
		}
		if !a.HoldDeciders() {
			t.Error("a batch without a client is still being decided")
		}
		ctx, leave = context.WithCancel(t.Context())
		go post()
		synctest.Wait()
		leave()
		synctest.Wait()
		if decided != leaveAt || a.Batches() > 0 {
			t.Errorf("%d were decided, or a batch without a client is under way", decided)
		}
	})
}

// raceDetector reports whether the test runs under the race detector.
var raceDetector bool

// A refused request takes memory in proportion to what was sent, and is quoted only in part. Once, the answer to a
// refused batch alone took twenty times its length.
func TestCostOfNonsense(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector empties pools at random, so that memory says nothing")
	}
	a := watchedAPI(t, func() {})
	long := strings.Repeat("è", api.MaxBatchSize/5)
	fields := func(n int, format string) string {
		var list []string
		for i := range n {
			list = append(list, fmt.Sprintf(format, i))
		}
		return strings.Join(list, ",")
	}
	objects := func(object string) string {
		return "[" + strings.Repeat(object+",", min(api.MaxBatch, api.MaxBatchSize/(len(object)+1))-1) + object + "]"
	}
	for name, body := range map[string]string{
		"long words":      `[{"permit":"` + long + `","` + long + `":"x"}]`,
		"empty names":     objects("{" + strings.TrimSuffix(strings.Repeat(`"":1,`, 100), ",") + "}"),
		"many names":      objects("{" + fields(60, `"%d":""`) + "}"),
		"one object":      "[{" + fields(30_000, `"%d":1`) + "}]",
		"numbers":         "[" + strings.Repeat("1,", api.MaxBatchSize/2-2) + "1]",
		"nesting":         strings.Repeat("[", 9000) + strings.Repeat("]", 9000),
		"control signs":   objects(`{"` + strings.Repeat(`\u0001`, 50) + `":"` + strings.Repeat(`\u0002`, 50) + `"}`),
		"days":            objects(`{"on":"x","renewal":"y","lang":"z"}`),
		"nearly a value":  objects(`{"permit":"` + strings.Repeat("visitor", 14) + `"}`),
		"not closed":      strings.Repeat(`[{"a":`, 1000),
		"only separators": "[" + strings.Repeat(",", 100_000) + "]",
	} {
		refusedCheaply(t, a, name, "POST", batchAddress, body)
	}
	for name, query := range map[string]string{
		"percent":       strings.Repeat("%&", 9000),
		"empty values":  strings.Repeat("permit=none&", 1500),
		"many names":    strings.ReplaceAll(fields(3000, "f%d=x"), ",", "&"),
		"long names":    strings.ReplaceAll(fields(60, strings.Repeat("z", 90)+"%d=x"), ",", "&"),
		"control signs": strings.Repeat("%01%02=%03&", 1500),
	} {
		refusedCheaply(t, a, name, "GET", sitetest.ParkingAPI+"/may-i-park/decision?"+query, "")
	}
}

// refusedCheaply makes a request several times, since other goroutines may allocate too.
func refusedCheaply(t *testing.T, a *api.API, name, method, address, body string) {
	t.Helper()
	sent, least := len(address)+len(body), uint64(math.MaxUint64)
	for range 3 {
		var before, after runtime.MemStats
		r, w := httptest.NewRequest(method, address, strings.NewReader(body)), httptest.NewRecorder()
		runtime.ReadMemStats(&before)
		a.ServeHTTP(w, r)
		runtime.ReadMemStats(&after)
		least = min(least, after.TotalAlloc-before.TotalAlloc)
		holds(t, w, sent)
		if w.Code != 400 {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	if limit := uint64(512<<10 + 8*sent); least > limit {
		t.Errorf("%s: %d bytes sent take %d, more than %d", name, sent, least, limit)
	}
}
