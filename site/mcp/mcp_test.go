package mcp_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"helpcenter/site"
	"helpcenter/site/answer"
	"helpcenter/site/mcp"
	"helpcenter/site/server"
	"helpcenter/site/sitetest"
	"helpcenter/site/webtest"
)

// handler returns the handler of a site as in the service, with a clock that always shows the moment of the site.
func handler(s *site.Site) http.Handler {
	return server.NewHandler(s, server.Environment{
		Now: func() time.Time { return s.Now }, Mount: map[string]server.Mount{"mcp": mcp.Mount("1.2")},
	})
}

// connect connects the SDK's client to a handler and returns the session.
func connect(t testing.TB, h http.Handler, path string) *sdk.ClientSession {
	t.Helper()
	client := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(t.Context(), &sdk.StreamableClientTransport{Endpoint: sitetest.Serve(t, h) + path}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { session.Close() })
	return session
}

type args = map[string]any

// call returns the text of a tool's answer, and whether it is an error.
func call(t testing.TB, c *sdk.ClientSession, tool string, arguments any) (text string, failed bool) {
	t.Helper()
	r, err := c.CallTool(t.Context(), &sdk.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		t.Fatalf("%s %v: %s", tool, arguments, err)
	}
	text = r.Content[0].(*sdk.TextContent).Text
	if structured, _ := json.Marshal(r.StructuredContent); !r.IsError && !sameJSON(structured, []byte(text)) {
		t.Errorf("%s %v: the text is %s, but the structure %s", tool, arguments, text, structured)
	}
	if version, _ := r.Meta["version"].(string); !r.IsError && version == "" {
		t.Errorf("%s %v has no version", tool, arguments)
	}
	return text, r.IsError
}

func sameJSON(a, b []byte) bool {
	var values [2]any
	if json.Unmarshal(a, &values[0]) != nil || json.Unmarshal(b, &values[1]) != nil {
		return false
	}
	first, _ := json.Marshal(values[0])
	second, _ := json.Marshal(values[1])
	return bytes.Equal(first, second)
}

func TestToolsByTheClient(t *testing.T) {
	s := sitetest.Parking(t)
	h := handler(s)
	c := connect(t, h, "/base/mcp")
	if name := c.InitializeResult().ServerInfo; name.Name != "helpcenter" || name.Version != "1.2" {
		t.Errorf("%+v", name)
	}
	list, err := c.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, tool := range list.Tools {
		names = append(names, tool.Name)
		if a := tool.Annotations; !a.ReadOnlyHint || !a.IdempotentHint || *a.DestructiveHint || *a.OpenWorldHint {
			t.Errorf("%s: %+v", tool.Name, a)
		}
	}
	if !slices.Equal(names, []string{"decide", "explain", "questions", "read", "search"}) {
		t.Errorf("%q", names)
	}
	const origin = "https://help.test"
	absolute := func(path string) string { // the answer of the API with absolute addresses
		body := strings.TrimSpace(sitetest.Ask(h, "GET", "/base/api/v1/"+path, "").Body.String())
		return strings.NewReplacer(`"url":"/`, `"url":"`+origin+`/`, `"source":"/`, `"source":"`+origin+`/`).Replace(body)
	}
	for _, test := range []struct {
		tool string
		args args
		path string
	}{
		{"search", args{"lang": "it", "query": "permessi"}, "search?lang=it&q=permessi"},
		{"search", args{"lang": "en", "query": "permits", "product": "city", "limit": 1},
			"search?lang=en&q=permits&product=city&limit=1"},
		{"questions", args{"lang": "it", "checker": "may-i-park"}, "checkers/may-i-park?lang=it"},
		{"decide", args{"lang": "it", "checker": "may-i-park", "answers": args{}}, "checkers/may-i-park/decision?lang=it"},
		{"decide", args{"lang": "en", "checker": "may-i-park", "answers": args{
			"permit": "visitor", "zone": "unknown", "renewal": "2027-01-31", "on": "2026-12-01"}},
			"checkers/may-i-park/decision?lang=en&permit=visitor&zone=unknown&renewal=2027-01-31&on=2026-12-01"},
		{"decide", args{"lang": "en", "checker": "may-i-park", "answers": args{"permit": nil, "zone": "centre"}},
			"checkers/may-i-park/decision?lang=en&zone=centre"},
		{"explain", args{"lang": "it", "checker": "may-i-park", "answers": args{"permit": "none"}},
			"checkers/may-i-park/explanation?lang=it&permit=none"},
	} {
		got, failed := call(t, c, test.tool, test.args)
		if want := absolute(test.path); failed || got != want {
			t.Errorf("%s %v:\ngot  %s\nwant %s", test.tool, test.args, got, want)
		}
	}
}

// An article is quoted in one form, with its addresses.
func TestRead(t *testing.T) {
	s := sitetest.Shipped(t)
	c := connect(t, handler(s), "/mcp")
	list, _ := site.Summaries(s, "it", "", 1000)
	for _, summary := range list {
		text, failed := call(t, c, "read", args{"lang": "it", "path": summary.Path})
		var got site.Reading
		if err := json.Unmarshal([]byte(text), &got); failed || err != nil {
			t.Fatalf("%s: %s", summary.Path, text)
		}
		want, _ := site.Read(t.Context(), s, "it", summary.Path)
		if got.URL != s.Origin()+want.URL || got.Updated != want.Updated || len(got.Sections) != len(want.Sections) ||
			*got.Translation.Source != s.Origin()+*want.Translation.Source {
			t.Fatalf("%s: %s", summary.Path, text)
		}
		for i, section := range want.Sections {
			section.HTML, section.Text, section.URL = "", "", s.Origin()+section.URL
			if got.Sections[i] != section {
				t.Errorf("got %+v, want %+v", got.Sections[i], section)
			}
		}
	}
}

// An unknown value is an error that names the known ones.
func TestRefusals(t *testing.T) {
	c := connect(t, handler(sitetest.Parking(t)), "/base/mcp")
	given := func(answers any) args { return args{"lang": "it", "checker": "may-i-park", "answers": answers} }
	for _, test := range []struct {
		tool string
		args any
		want []string
	}{
		{"decide", given(args{"permit": "boss"}), []string{`invalid value "boss"`, "resident, visitor, none, unknown"}},
		{"decide", given(args{"permit": "resindet"}), []string{`did you mean "resident"?`}},
		{"decide", given(args{"role": "x"}), []string{`unknown field "role"`, "permit, zone"}},
		{"explain", given(args{"zone": "", "permit": 7}), []string{`invalid value ""`, `invalid value "7"`}},
		{"decide", given(args{"permit": true}), []string{`"permit" must be a string`}},
		{"decide", given(args{"permit": args{"is": "none"}}), []string{`"permit" must be a string`}},
		{"decide", given(args{"renewal": "soon"}), []string{`invalid day "soon"`, "YYYY-MM-DD"}},
		{"decide", given(args{"lang": "en"}), []string{`"lang" is an argument of its own`}},
		{"decide", given("permit=none"), []string{"answers must be an object"}},
		{"decide", given([]string{"none"}), []string{"answers must be an object"}},
		{"decide", args{"lang": "it", "checker": "may-i-park"}, []string{`"answers" is missing`}},
		{"decide", args{"checker": "may-i-park", "answers": args{}}, []string{`"lang" is missing`}},
		{"decide", args{"lang": "it", "checker": "../search", "answers": args{}}, []string{"unknown checker", "may-i-park"}},
		{"questions", args{"lang": "fr", "checker": "may-i-park"}, []string{`"fr"`, "it, en"}},
		{"questions", args{"lang": "it", "checker": "may-i-park", "on": "2027-01-01"},
			[]string{`unknown argument "on"`, "checker, lang"}},
		{"search", args{"lang": "it", "query": "x"}, []string{"too short"}},
		{"search", args{"lang": "it", "query": 12345}, []string{`"query" must be a string`}},
		{"search", args{"lang": "it", "query": []string{"zone", "permessi"}}, []string{`"query" must be a string`}},
		{"search", args{"lang": 1, "query": "permessi"}, []string{`"lang" must be a string`}},
		{"read", args{"lang": "it", "path": 5}, []string{`"path" must be a string`}},
		{"search", args{"lang": "it", "query": "permessi", "product": "town"}, []string{`"town"`, "city"}},
		{"search", args{"lang": "it", "query": "permessi", "limit": 101}, []string{`"101"`, "1 to 100"}},
		{"search", args{"lang": "it", "q": "permessi"}, []string{`unknown argument "q"`, "query"}},
		{"search", nil, []string{`"lang" is missing`}},
		{"read", args{"lang": "it", "path": "city/permits"}, []string{`no article "city/permits"`, "city/parking/permits"}},
		{"read", args{"lang": "it", "path": "../checkers"}, []string{"no article"}},
		{"read", args{"lang": "it", "path": "city/parking/permits?lang=en"}, []string{"no article"}},
		{"read", args{"lang": "it", "path": ""}, []string{"no article"}},
	} {
		text, failed := call(t, c, test.tool, test.args)
		for _, part := range test.want {
			if !failed || !strings.Contains(text, part) {
				t.Errorf("%s %v: %q lacks %q", test.tool, test.args, text, part)
			}
		}
	}
}

// The schemas allow exactly what the tools take: every case and every unknown value, but none of the values of
// another fact.
func TestSchemas(t *testing.T) {
	s := sitetest.Shipped(t)
	c := connect(t, handler(s), "/mcp")
	list, err := c.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	schemas := map[string]*jsonschema.Schema{}
	for _, tool := range list.Tools {
		compiler := jsonschema.NewCompiler()
		compiler.AddResource(tool.Name, tool.InputSchema)
		if schemas[tool.Name], err = compiler.Compile(tool.Name); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range s.Rules.IDs() {
		set := s.Ruleset(id)
		for i, fact := range set.Facts {
			for _, other := range set.Facts {
				for _, value := range append(other.Allowed(), "") {
					arguments := args{"lang": "it", "checker": id, "answers": args{fact.ID: value}}
					_, failed := call(t, c, "decide", arguments)
					if valid := schemas["decide"].Validate(arguments) == nil; valid == failed {
						t.Errorf("%s=%s: the schema allows it: %t; it is refused: %t", fact.ID, value, valid, failed)
					}
					if own := slices.Contains(set.Facts[i].Allowed(), value); own == failed {
						t.Errorf("%s=%s: refused: %t", fact.ID, value, failed)
					}
				}
			}
		}
	}
}

// The scripts send raw JSON-RPC, including hostile input; see package webtest.
func TestScripts(t *testing.T) { webtest.Run(t, handler(sitetest.Parking(t)), "testdata/*.txt") }

// Pages of the origins that site.toml lists for the API may use the tools too.
func TestOtherSites(t *testing.T) {
	in := sitetest.ParkingInput(t)
	in.Library.Site.API.Origins = []string{"https://app.test"}
	s, found := site.New(in)
	sitetest.FailOnFindings(t, found)
	webtest.Run(t, handler(s), "testdata/othersites/*.txt")
}

// Numbers, days and sets may be given in the form of the API, and as JSON values.
func TestKindsOfFacts(t *testing.T) {
	c := connect(t, handler(kinds(t)), "/base/mcp")
	list, err := c.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	schema, _ := json.Marshal(list.Tools[0].InputSchema)
	for _, part := range []string{
		`"title":"may-i-park"`, `"title":"order"`, "1..10000", "-30..30", "Any of the values", "audio, rooms",
	} {
		if !strings.Contains(string(schema), part) {
			t.Errorf("the schema lacks %s: %s", part, schema)
		}
	}
	for _, test := range []struct {
		answers args
		want    map[string]string
	}{
		{args{"seats": 60}, map[string]string{"seats": "50..10000"}},
		{args{"seats": "60"}, map[string]string{"seats": "50..10000"}},
		{args{"seats": "1..49", "received": "2026-11-20"}, map[string]string{"seats": "1..49", "received": "-14..0"}},
		{args{"addons": []string{"rooms", "audio"}}, map[string]string{"addons": "audio,rooms"}},
		{args{"addons": []string{}}, map[string]string{"addons": ""}},
		{args{"addons": "audio"}, map[string]string{"addons": "audio"}},
		{args{"seats": 0}, nil}, {args{"seats": 1.5}, nil}, {args{"seats": "many"}, nil}, {args{"seats": 1e300}, nil},
		{args{"received": "2026-02-30"}, nil}, {args{"addons": []string{"cake"}}, nil}, {args{"seats": "unknown"}, nil},
	} {
		text, failed := call(t, c, "decide", args{"lang": "en", "checker": "order", "answers": test.answers})
		var d answer.Decision
		if failed != (test.want == nil) || !failed && json.Unmarshal([]byte(text), &d) != nil {
			t.Errorf("%v: %s", test.answers, text)
			continue
		}
		for fact, value := range test.want {
			if got, ok := d.Facts[fact]; !ok || got != value {
				t.Errorf("%v: %s is %q, want %q", test.answers, fact, got, value)
			}
		}
	}
	none := args{"lang": "en", "checker": "order", "answers": args{"seats": 0}}
	if text, failed := call(t, c, "decide", none); !failed || !strings.Contains(text, "allowed: 1..10000") {
		t.Error(text)
	}
}

// kinds returns the parking site with another checker, which has numbers, days and sets.
func kinds(t *testing.T) *site.Site { return sitetest.ParkingAnd(t, "order.toml", orderRules) }

const orderRules = `id = "order"
hit_policy = "output order"
[[fact]]
id = "seats"
type = "number"
min = 1
max = 10000
unknown = false
[[fact]]
id = "received"
type = "days"
min = -30
max = 30
[[fact]]
id = "addons"
type = "set"
values = ["audio", "rooms"]
[[outcome]]
id = "back"
[[outcome]]
id = "kept"
[[rule]]
id = "large"
when = { seats = ">= 50", received = "[-14..0]", addons = { all = ["audio", "rooms"] } }
then = "back"
cite = "city/parking/permits#which"
[[rule]]
id = "rest"
otherwise = 23
then = "kept"
cite = "city/parking/permits#which"
`
