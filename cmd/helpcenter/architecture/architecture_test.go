// Package architecture checks the shape of the source tree: which package may import which, how large things may
// grow, what is exported, and which words are used. Each check reads a module and returns findings; for each of
// them, the fixtures in testdata show a fault that it finds.
//
// When a check fails, its message says what to do. The tables in this file are the architecture: change a row only
// on purpose, and give the reason in the commit.
package architecture_test

import "testing"

// Small packages that others may build on are in the rows of the lowest packages, and so below all others.
var architecture = rules{
	imports: map[string][]string{
		"cmd/helpcenter": {
			"content", "locales", "rules",
			"site/preview", "site/publish", "site/labels", "site/lint", "site/edit", "site/starter", "site/exchange",
			"site/importer", "site/history", "site/watch", "site/mcp",
		},

		"site/preview":  {"site/server"},
		"site/server":   {"site/api", "site/feedback"},
		"site/mcp":      {"site/api"},
		"site/api":      {"site/encoded", "site"},
		"site/feedback": {},
		"site/publish":  {"site/encoded", "site", "site/buildcache"},
		"site/encoded":  {"site/headers", "site/parallel"},
		"site": {
			"site/answer", "site/search", "site/template", "site/markdown", "site/embed", "site/library", "site/headers",
			"site/policy", "site/theme",
		},

		"site/lint":     {"site/answer", "site/library", "site/spelling"},
		"site/edit":     {"site/library"},
		"site/exchange": {"site/library", "site/history"},
		"site/labels":   {"site/locale", "site/ruleset"},
		"site/starter":  {"site/library", "site/theme"},
		"site/watch":    {"site/source"},

		"site/importer": {"site/lint", "site/source"},

		"site/history": {"site/civil"},

		"site/source": {"site/library", "site/locale", "site/ruleset"},

		"site/answer":   {"site/article", "site/locale", "site/ruleset"},
		"site/search":   {"site/tomlfile", "site/buildcache"},
		"site/template": {"site/diag", "site/parallel"},

		"site/library":    {"site/drift", "site/parallel"},
		"site/drift":      {"site/article"},
		"site/article":    {"site/civil", "site/tomlfile", "site/textedit", "site/invisible", "site/buildcache"},
		"site/locale":     {"site/civil", "site/tomlfile", "site/invisible"},
		"site/ruleset":    {"site/civil", "site/tomlfile", "site/invisible", "site/unary"},
		"site/unary":      {},
		"site/buildcache": {"site/atomicfile"},

		"site/tomlfile":   {"site/diag"},
		"site/textedit":   {"site/diag"},
		"site/civil":      {"site/diag"},
		"site/headers":    {},
		"site/markdown":   {},
		"site/embed":      {},
		"site/invisible":  {},
		"site/parallel":   {},
		"site/policy":     {"site/diag"},
		"site/theme":      {},
		"site/spelling":   {},
		"site/atomicfile": {},
		"site/diag":       {},

		"content": {}, "locales": {}, "rules": {},
	},
	data: []string{"content", "locales", "rules"},
	places: map[string][]string{
		"github.com/pelletier/go-toml/v2":     {"site/tomlfile"},
		"github.com/JohannesKaufmann":         {"site/importer"},
		"github.com/andybalholm/brotli":       {"site/encoded"},
		"github.com/fsnotify/fsnotify":        {"site/watch"},
		"github.com/gorilla/mux":              {"site/server/routes.go"},
		"github.com/klauspost/compress":       {"site/encoded"},
		"github.com/modelcontextprotocol":     {"site/mcp"},
		"github.com/nicksnyder/go-i18n/v2":    {"site/locale"},
		"github.com/prometheus/client_golang": {"site/server"},
		"github.com/spf13/cobra":              {"cmd/helpcenter"},
		"github.com/spf13/pflag":              {"cmd/helpcenter"},
		"github.com/yuin/goldmark":            {"site/article"},
		"github.com/hashicorp/golang-lru/v2":  {"site/api", "site/server"},
		"go.etcd.io/bbolt":                    {"site/feedback"},
		"go.yaml.in/yaml/v3":                  {"site/api", "site/tomlfile"},
		"golang.org/x/net/idna":               {"site"},
		"golang.org/x/net/html":               {"site/importer", "site/policy"},
		"golang.org/x/sync/errgroup":          {"site/parallel", "site/publish", "site/buildcache"},
		"golang.org/x/sys":                    {"site/publish", "site/buildcache"},
		"golang.org/x/text":                   {"site/locale"},
		"golang.org/x/text/encoding":          {"site/spelling"},
		"golang.org/x/text/language":          anywhere, // tags are the ids of languages
		"golang.org/x/text/unicode/norm":      anywhere, // like package unicode
		"net/http": {
			"site/api", "site/mcp", "site/server", "site/preview", "site/encoded", "cmd/helpcenter",
		},
	},
	notIn: map[string][]string{
		"site": {"net/http", "os", "helpcenter/site/buildcache", "helpcenter/site/atomicfile"}, // made from data
	},

	filesInPackage: 25,
	filesInCycle:   12,
	methods:        40,
	functionLines:  50,
	lineLength:     120,

	// A letter in brackets keeps a phrase from being found in this list.
	phrases: []phrase{
		{`wante[d] is`, `what it must be: "must be HOST:PORT", "not a directory"`},
		{`is no [a-z]+ of`, `invalid value "x" for "product" (allowed: …)`},
		{`allowed are`, `(allowed: …)`},
		{`has no plac[e] here`, `"unexpected file type (allowed: …)"`},
		{`can(?:not|'t|’t) be taken`, `"invalid parameter"`},
		{`found wantin[g]`, `what is missing, or wrong`},
		{`bears? with`, `"accepts", or "no error if"`},
		{`les[t]`, `"so that … not"`},
		{`be it`, `"whether … or …"`},
		{`where there (?:is|are) none`, `"if there is none", or "missing"`},
		{`that there are not`, `"that do not exist"`},
		{`leaves? away`, `"omits"`},
		{`kept for the next time`, `"cached"`},
		{`whole or not at all`, `"atomically"`},
		{`knows no`, `"has no", or "returns 0 if"`},
		{`comes? to rest`, `"pauses"`},
		{`the fault is not in`, `"internal error"`},
		{`it has been noted`, `"it has been logged"`},
		{`rather misses`, `"prefers false negatives"`},
		{`costs? time, not truth`, `"only makes the next run slower"`},
		{`ends it at once`, `"exits immediately"`},
	},
	words: []word{
		{"room rooms", "package, folder, source, or space", inProse, nil},
		{"house", "project", inProse, nil},
		{"stencil stencils", "compiled template", inProse, nil},
		{"hole holes", "placeholder", inProse, nil},
		{"witness witnesses witnessed", "recording or hashing file system", inProse, nil},
		{"slab slabs", "arena", inProse, nil},
		{"torn", "inconsistent, or invalid", inProse, nil},
		{"twin [^-]twins", "alternate (language), or precompressed (file)", inProse, nil}, // but --no-twins
		{"keeper", "builder", inProse, nil},
		{"stray strays", "misplaced", inProse, nil},
		{"shelf", "by category", inProse, nil},
		{"manuscript manuscripts", "draft", inProse, nil},
		{"tongue tongues", "language", inProse, nil},

		{"thin", "summary, or without what", inNames, nil},
		{"lost", "not found, or missing", inNames, nil},
		{"lasting", "unaffected", inNames, nil},
		{"unsure", "unknown", inNames, nil},
		{"recite", "rewrite references", inNames, nil},
		{"desk", "workspace", inNames, nil},
		{"manner", "escaping context, or register", inNames, nil},
		{"outline", "shape", inNames, nil},
		{"trial", "check of templates", inNames, nil},
		{"machine", "sitemap, feed or robots", inNames, nil},
		{"edition editions", "generation or revision", inNames, nil},
		{"lean", "minify", inNames, nil},
		{"recall", "load", inNames, nil},
		{"prove proves proven proof proofs prover", "check", inNames, []string{"site/ruleset", "rules"}},
	},
}

// TestArchitecture checks this module against its rules.
func TestArchitecture(t *testing.T) {
	m, err := readModule("../../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range allChecks() {
		t.Run(name, func(t *testing.T) {
			findings := check(name, m, architecture)
			for _, f := range findings {
				t.Errorf("%s: %s", f.place(), f.message)
			}
			t.Logf("%d findings", len(findings))
		})
	}
}
