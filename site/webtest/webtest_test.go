package webtest

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// echo answers with the request that it received, as JSON of several kinds.
var echo = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.Header().Set("Content-Type", "application/json")
	w.Header()["X-Two"] = []string{"a", "b"}
	if r.URL.Path == "/text" {
		io.WriteString(w, "text\r\n")
		return
	}
	if r.URL.Path != "/" {
		w.WriteHeader(http.StatusNotFound)
	}
	fmt.Fprintf(w, `{"method": %q, "lang": %q, "body": %q, "list": [1, {"a": null}], "none": []}`,
		r.Method, r.Header.Get("Accept-Language"), body)
})

func TestWhatHolds(t *testing.T) {
	script := `
# A comment
POST /?x=y
> Accept-Language: it
> X-Other: 1
| one
|
|  two
code == 200
header Content-Type == application/json
header x-two == a, b
header X-None missing
json .method == POST
json .lang == it
json .body == "one\n\n two"
json .list == [1,{"a":null}]
json .list.length == 2
json .list[1].a == null
json .list[2] missing
json .list[1].b missing
json .none.length == 0
json .method != GET
json . contains "one
body contains "list":
body !contains three
body matches m.thod

GET /
GET /nothing
code == 404
GET /text
body == "text\r\n"
`
	script = strings.Replace(script, `json . contains "one`, `json . contains one`, 1)
	script = strings.Replace(script, `body contains "list":`, `body contains "\"list\":"`, 1)
	for _, err := range check(echo, "script", script) {
		t.Error(err)
	}
}

func TestWhatDoesNotHold(t *testing.T) {
	for _, test := range []struct {
		script string
		line   int
	}{
		{"", 1},
		{"# only a comment", 1},
		{"code == 200", 1},
		{"GET /nothing", 1},
		{"GET /\n\nGET /nothing\n# end\n", 3},
		{"GET /nothing\nbody contains method", 1},
		{"GET /\ncode == 404", 2},
		{"GET /\ncode != 200", 2},
		{"GET /\ncode = 200", 2},
		{"GET /\nbody\n", 2},
		{"GET /\nbody == \"unquoted\n", 2},
		{"GET /\nbody contains three", 2},
		{"GET /\nbody !contains method", 2},
		{"GET /\nbody matches three", 2},
		{"GET /\nbody matches (", 2},
		{"GET /\nheader Content-Type == text/html", 2},
		{"GET /\nheader X-None == x", 2},
		{"GET /\nheader X-None != x", 2},
		{"GET /\nheader X-Two missing", 2},
		{"GET /\njson .list[0] == 2", 2},
		{"GET /\njson .list[9] != 2", 2},
		{"GET /\njson .list.length == 3", 2},
		{"GET /\njson .other !contains x", 2},
		{"GET /\njson .method missing", 2},
		{"GET /\njson method == GET", 2},
		{"GET /\njson .list[x] == 1", 2},
		{"GET /text\njson . == text", 2},
		{"GET /\n> Accept-Language it", 2},
		{"GET /\ncode == 200\n| late", 3},
		{"GET /text\njson .x missing", 2},
		{"GET /a b", 1},
		{"GET /%zz\n", 1},
		{"GET /\ncode == 200\n> Late: yes", 3},
	} {
		failures := check(echo, "x.txt", test.script)
		want := fmt.Sprintf("x.txt:%d: ", test.line)
		if len(failures) != 1 || !strings.HasPrefix(failures[0].Error(), want) {
			t.Errorf("%q: %v, wanted one failure at line %d", test.script, failures, test.line)
		}
	}
}
