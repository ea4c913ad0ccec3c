package search

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"helpcenter/site/library"
)

// TestScale measures the index of a large help center: a folder with content/, named by HELPCENTER_CORPUS. It
// prints what it costs to make the index and to send queries.
func TestScale(t *testing.T) {
	dir := os.Getenv("HELPCENTER_CORPUS")
	if dir == "" {
		t.Skip("HELPCENTER_CORPUS names no folder to measure")
	}
	lib, _ := library.Load(os.DirFS(filepath.Join(dir, "content")))
	for _, lang := range []string{"it", "en"} {
		runtime.GC()
		before, cpu := heap(), cpuTime()
		ix := indexOf(lib, lang, mostPostings)
		t.Logf("%s: %d documents, CPU %v", lang, ix.manifest.Docs, cpuTime()-cpu)
		runtime.GC()
		t.Logf("%s: the index holds %.1f MB", lang, float64(heap()-before)/1e6)
		weigh(t, ix, lang)
		lose(t, ix, indexOf(lib, lang, len(lib.Articles)), lang)
		if out := os.Getenv("HELPCENTER_OUT"); out != "" {
			write(t, ix, out)
		}
	}
	t.Logf("peak %d MB with the library", peak()>>10)
}

func indexOf(lib *library.Library, lang string, most int) *Index {
	c := Config{Lang: lang, Names: []string{"Aurora Fibra", "Bosco Mobile"}, most: most}
	return New(c, func(yield func(*Document) bool) {
		for _, a := range lib.Articles {
			if a.Lang == lang && !yield(document(a.Read())) {
				return
			}
		}
	})
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func peak() int64 {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return u.Maxrss
}

func write(t *testing.T, ix *Index, out string) {
	for f := range ix.Files() {
		name := filepath.Join(out, f.Name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

var compressor = brotli.NewWriterLevel(nil, 9)

func compressed(data []byte) int {
	var out bytes.Buffer
	w := compressor
	w.Reset(&out)
	w.Write(data)
	w.Close()
	return out.Len()
}

// weighing is the number of requests and bytes of a step.
type weighing struct{ Requests, Bytes int }

// A row is the cost of one pair of queries.
type row struct {
	Text                 string
	First, Second, Notes weighing
	Ms                   float64
	Total                int
}

func weigh(t *testing.T, ix *Index, lang string) {
	sizes, total, raw := map[string]int{}, 0, 0
	for f := range ix.Files() {
		n := compressed(f.Data)
		sizes["/"+f.Name] = n
		total, raw = total+n, raw+len(f.Data)
	}
	script := compressed(Script())
	t.Logf("%s: %d files, %.2f MB, %.2f MB brotli; manifest %d, script %d bytes brotli", lang, len(sizes),
		float64(raw)/1e6, float64(total)/1e6, sizes["/"+lang+".json"], script)
	var first, second []int
	for _, r := range weighQueries(t, ix, lang, sizes) {
		first, second = append(first, r.First.Bytes+script), append(second, r.Second.Bytes)
		t.Logf("%s %-40q first %2d requests %6d bytes; next %2d requests %6d bytes, %.1f ms; descriptions %5d; %d found",
			lang, r.Text, r.First.Requests+1, r.First.Bytes+script,
			r.Second.Requests, r.Second.Bytes, r.Ms, r.Notes.Bytes, r.Total)
	}
	slices.Sort(first)
	slices.Sort(second)
	t.Logf("%s: first median %d, most %d; next median %d, most %d bytes", lang, first[len(first)/2], first[len(first)-1],
		second[len(second)/2], second[len(second)-1])
}

// weighQueries runs the page's script against a server that counts.
func weighQueries(t *testing.T, ix *Index, lang string, sizes map[string]int) []row {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed: no query is weighed")
	}
	var mu sync.Mutex
	var taken weighing
	files := filesOf(ix)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if r.URL.Path == "/taken" {
			json.NewEncoder(w).Encode(taken)
			taken = weighing{}
			return
		}
		taken.Requests++
		taken.Bytes += sizes[r.URL.Path]
		w.Write(files[r.URL.Path])
	}))
	defer server.Close()
	script := filepath.Join(t.TempDir(), "search.mjs")
	if err := os.WriteFile(script, Script(), 0o600); err != nil {
		t.Fatal(err)
	}
	input, _ := json.Marshal(largeQueries[lang])
	cmd := exec.Command(node, "testdata/weigh.mjs", script, server.URL+"/", lang)
	cmd.Stdin = bytes.NewReader(input)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var rows []row
	if err := json.Unmarshal(out, &rows); err != nil {
		t.Fatal(err)
	}
	return rows
}

var largeQueries = map[string][]string{
	"en": {"cancel subscription", "cancellation", "canceling my plan", "refund", "authorize account",
		"payment card expired", "reset password", "e-1042", "monix",
		"dowload invoice", "how do i cancel my subscription", "phone number"},
	"it": {"l'abbonamento", "annullare", "annullamento", "perche", "perché", "portabilita", "dell'abbonamento",
		"cambiare indirizzo di fatturazione", "punti fedelta", "abonamento", "come posso annullare l'abbonamento",
		"numero di telefono"},
}

// lose reports how many of the first ten hits are lost by cutting the lists.
func lose(t *testing.T, cut, whole *Index, lang string) {
	kept, first, n := 0, 0, 0
	for _, text := range append(largeQueries[lang], pairs(lang)...) {
		a, b := cut.Search(context.Background(), Query{Text: text}).Hits,
			whole.Search(context.Background(), Query{Text: text}).Hits
		if len(b) == 0 {
			continue
		}
		same := 0
		for _, h := range b {
			if slices.ContainsFunc(a, func(g Hit) bool { return g.Path == h.Path }) {
				same++
			}
		}
		if a[0].Path == b[0].Path {
			first++
		}
		kept, n = kept+same*100/len(b), n+1
	}
	t.Logf("%s: lists cut to %d keep %.1f %% of the first ten hits and %d of %d first ones", lang, mostPostings,
		float64(kept)/float64(n), first, n)
}

// pairs returns queries of two and three common words.
func pairs(lang string) []string {
	words := map[string][]string{
		"en": {"cancel", "activate", "invoice", "contract", "refund",
			"password", "account", "trial period", "device", "portability"},
		"it": {"annullare", "attivare", "fattura", "contratto", "rimborso", "password", "account", "periodo di prova",
			"dispositivo", "portabilità"},
	}[lang]
	var all []string
	for i, a := range words {
		for j, b := range words[i+1:] {
			if (i+j)%3 > 0 {
				continue
			}
			all = append(all, a+" "+b, a+" "+b+" "+words[(i+j+3)%len(words)])
		}
	}
	return all
}
