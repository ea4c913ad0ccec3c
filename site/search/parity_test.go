package search

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"helpcenter/site/testsample"
)

// An answer is what the page's script returns, in a form that Go can also produce.
type answer struct {
	TooShort  bool         `json:"tooShort"`
	Shortened bool         `json:"shortened"`
	Total     int          `json:"total"`
	Corrected []Correction `json:"corrected"`
	Missing   []string     `json:"missing"`
	Terms     []string     `json:"terms"`
	Hits      []Hit        `json:"hits"`
	Marks     []string     `json:"marks"`
	Answer    *Answer      `json:"answer"`
}

func answerOf(ix *Index, q Query) answer {
	r := ix.Search(context.Background(), q)
	a := answer{r.TooShort, r.Shortened, r.Total, r.Corrected, r.Missing, r.Terms, r.Hits, nil, r.Answer}
	for i := range a.Hits {
		a.Hits[i].Path = ""
	}
	if len(r.Hits) > 0 {
		for _, m := range ix.Marks(r, r.Hits[0].Title) {
			a.Marks = append(a.Marks, r.Hits[0].Title[m[0]:m[1]])
		}
	}
	return a
}

// oddities are queries that readers do not type on purpose.
var oddities = []string{
	"", " ", "a", "à", "l'", "l’ ", "''", "-", "e-", "-e", "di", "il la", "come", "x y z", "ANNULLARE", "ànnullàre",
	"annull", "abbonam", "subscripti", "an", "can", "con",
	"e-1042", "E1042", "v4", "4", "30 giorni", "signin", "tollfree", "labbonamento", "dellabbonamento", "strasse straße",
	"ΟΔΟΣ", "Ⅻ", "İstanbul", "日本語", "日本", "本", "語のテスト abc日本x", "retryCount", "retry-count", "GoToMeeting",
	"disdire hamachi", "annullare goto room", "cancel hamachi", "hamachi",
	"sage das Abo bei Hamachi ab an", "ab", "ab ab", "melde mich zum Konto an", "zeg mijn abonnement op", "op zeg op",
	"Vertragskündigungsfristende", "opzegtermijnbevestiging", "Kuendigung", "aue", "Ue", "ue-ue", "cancelá-la", "a-la",
	"est-ce", "puis-je résilier", "-la", "gekündigt", "opgezegd", "Testzeitraumverlängerungsverfahren",
	"can't", "cant", "lho", "x 本", "a\u0301b", "co\u00adntract",
	"goto goto goto", "annullare annullare annullamento",
	"ho perso la password non riesco ad accedere e vorrei annullare tutti gli abbonamenti a goto meeting goto webinar " +
		"goto room goto training",
	"<script>", "\x00", "\ufeffcancel", "__proto__", "constructor", "toString", "zzzzzzzzzzzz", "🙂", "cancel🙂contract",
	"nabbonamento", "bbonamento", "join.me", "join me", "gotomypc", "goto my pc",
}

// The page and the service give the same answers, down to the score.
func TestParity(t *testing.T) {
	if testing.Short() {
		t.Skip("the script has no data to race for")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		testsample.Missing(t, "node is not installed: the page's script is not compared with package search")
	}
	script := filepath.Join(t.TempDir(), "search.mjs")
	if err := os.WriteFile(script, Script(), 0o600); err != nil {
		t.Fatal(err)
	}
	chance := rand.New(rand.NewPCG(1, 2))
	for _, lang := range testsample.Of(shippedLanguages, 2) {
		ix := shipped(t, lang)
		server := serve(t, ix)
		var queries []Query
		for i, q := range testsample.Of(judgedQueries(t, lang), 50) {
			queries = append(queries, [...]Query{ // in turn, since each takes the script some ten milliseconds
				{Text: q.text}, {Text: q.text, Limit: 3, Product: "goto-meeting"},
				{Text: mistype(chance, q.text), Limit: 4},
			}[i%3])
		}
		for _, text := range append(oddities, slices.Collect(maps.Values(costly(t)))...) {
			queries = append(queries, Query{Text: text, Limit: 5}, Query{Text: text + " ", Limit: 20, Kind: "guide"})
		}
		got := ask(t, node, script, server.URL+"/", lang, queries)
		for i, q := range queries {
			if want := normal(answerOf(ix, q)); !reflect.DeepEqual(normal(got[i]), want) {
				t.Fatalf("%s %+v:\npage %+v\nGo   %+v", lang, q, got[i], want)
			}
		}
	}
}

// mistype swaps, drops or doubles letters of a text, or cuts it short.
func mistype(chance *rand.Rand, text string) string {
	letters := []rune(text)
	for range 1 + chance.IntN(2) {
		i := chance.IntN(len(letters))
		switch chance.IntN(4) {
		case 0:
			letters = slices.Insert(letters, i, letters[i])
		case 1:
			if len(letters) > 1 {
				letters = slices.Delete(letters, i, i+1)
			}
		case 2:
			j := max(i-1, 0)
			letters[i], letters[j] = letters[j], letters[i]
		case 3:
			letters = letters[:i+1]
		}
	}
	return string(letters)
}

// normal replaces nil lists by empty ones.
func normal(a answer) answer {
	a.Corrected, a.Missing, a.Terms, a.Hits, a.Marks = append([]Correction{}, a.Corrected...),
		append([]string{}, a.Missing...),
		append([]string{}, a.Terms...), append([]Hit{}, a.Hits...), append([]string{}, a.Marks...)
	return a
}

func serve(t testing.TB, ix *Index) *httptest.Server {
	files := filesOf(ix)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if data, ok := files[r.URL.Path]; ok {
			w.Write(data)
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(server.Close)
	return server
}

func filesOf(ix *Index) map[string][]byte {
	files := map[string][]byte{}
	for f := range ix.Files() {
		files["/"+f.Name] = f.Data
	}
	return files
}

func ask(t *testing.T, node, script, base, lang string, queries []Query) []answer {
	t.Helper()
	input := make([]map[string]any, len(queries))
	for i, q := range queries {
		input[i] = map[string]any{"text": q.Text, "product": q.Product, "kind": q.Kind, "limit": q.Limit}
	}
	data, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	var complaint bytes.Buffer
	cmd := exec.Command(node, "testdata/ask.mjs", script, base, lang)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(data), &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("node: %v\n%s", err, complaint.Bytes())
	}
	var answers []answer
	if err := json.Unmarshal(out, &answers); err != nil {
		t.Fatal(err)
	}
	return answers
}
