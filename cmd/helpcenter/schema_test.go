package main

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// The schemas for editors, relative to the root of the module.
const (
	articleSchema = "content/article.schema.json"
	siteSchema    = "content/site.schema.json"
	checkerSchema = "rules/checker.schema.json"
)

// The shipped files match their schemas, and name them where an editor looks.
func TestSchemasOfWhatShips(t *testing.T) {
	root := os.DirFS("../..")
	for _, tt := range []struct{ schema, files string }{
		{articleSchema, "content/*/*/*/*.md"},
		{siteSchema, "content/site.toml"},
		{checkerSchema, "rules/*.toml"},
	} {
		schema := compileSchema(t, tt.schema)
		files, err := fs.Glob(root, tt.files)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", tt.files, len(files), err)
		}
		for _, file := range files {
			data, err := fs.ReadFile(root, file)
			if err != nil {
				t.Fatal(err)
			}
			text := string(data)
			if tt.schema == articleSchema {
				text = strings.Split(text, "+++\n")[1]
			} else if !strings.HasPrefix(text, "#:schema ./"+path.Base(tt.schema)+"\n") {
				t.Errorf("%s does not begin by naming %s", file, tt.schema)
			}
			if err := validateTOML(t, schema, text); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
	}
}

func TestSchemas(t *testing.T) {
	const (
		article = "title = \"Invoices\"\ndescription = \"Where they are.\"\nupdated = 2025-03-03\n"
		site    = "base_url = \"https://help.example.com\"\ndefault_language = \"en\"\n[[language]]\ntag = \"en\"\n" +
			"name = \"English\"\n"
		notice  = "[[notice]]\nseverity = \"info\"\nfrom = 2026-11-20\nuntil = 2026-11-22T08:00:00\ntext = { en = \"New\" }\n"
		link    = "[[link]]\nplace = \"footer\"\nlink = \"https://www.example.com/terms\"\nname = { en = \"Terms\" }\n"
		checker = "id = \"may-i-park\"\nhit_policy = \"output order\"\n[[fact]]\nid = \"permit\"\n" +
			"values = [\"visitor\", \"none\"]\n" +
			"[[outcome]]\nid = \"no\"\n[[outcome]]\nid = \"yes\"\n" +
			"[[rule]]\nid = \"needs-one\"\nwhen = { permit = \"none\" }\nthen = \"no\"\n"
	)
	for _, tt := range []struct {
		name, schema, text string
		old, new           string // replaced in the text
		valid              bool
	}{
		{name: "an article", schema: articleSchema, text: article, valid: true},
		{"an unknown key", articleSchema, article, "title", "draf = true\ntitle", false},
		{"no title", articleSchema, article, "title = \"Invoices\"\n", "", false},
		{"an empty title", articleSchema, article, "Invoices", " ", false},
		{"a title of two lines", articleSchema, article, "Invoices", `Invoices\nand more`, false},
		{"a wrong type", articleSchema, article, "title", "draft = \"yes\"\ntitle", false},
		{"a day that does not exist", articleSchema, article, "2025-03-03", `"2025-02-30"`, false},
		{"an unknown kind", articleSchema, article, "title", "kind = \"page\"\ntitle", false},
		{"a related file", articleSchema, article, "title", "related = [\"meet/billing/plan.md\"]\ntitle", false},

		{name: "a site", schema: siteSchema, text: site + notice + link, valid: true},
		{"an unknown key of a language", siteSchema, site, "name", "nam", false},
		{"no language", siteSchema, site, site[strings.Index(site, "[["):], "", false},
		{"an unknown severity", siteSchema, site + notice, "info", "bad", false},
		{"a notice that never ends", siteSchema, site + notice, "until = 2026-11-22T08:00:00\n", "", false},
		{"a number for a text", siteSchema, site + notice, `"New"`, "7", false},
		{"an unknown place", siteSchema, site + link, "footer", "side", false},
		{"a link within the site", siteSchema, site + link, "https://www.example.com", "", false},

		{name: "a checker", schema: checkerSchema, text: checker, valid: true},
		{"a list of values", checkerSchema, checker, `permit = "none"`, `permit = ["none", "visitor"]`, true},
		{"an empty list of values", checkerSchema, checker, `permit = "none"`, `permit = []`, false},
		{"an unknown key of a rule", checkerSchema, checker, "when", "whne", false},
		{"a rule without outcome", checkerSchema, checker, "then = \"no\"\n", "", false},
		{"a fact of one value", checkerSchema, checker, `"visitor", `, "", false},
		{"another hit policy", checkerSchema, checker, "output order", "unique", false},
		{"a date in words", checkerSchema, checker, "[[rule]]",
			"[[date]]\nid = \"call-by\"\ndays = \"thirty\"\n[[rule]]", false},
		{"a date without a source", checkerSchema, checker, "[[rule]]",
			"[[date]]\nid = \"call-by\"\ndays = -30\n[[rule]]", false},
		{"a date in two steps", checkerSchema, checker, "[[rule]]",
			"[[date]]\nid = \"call-by\"\nfrom = \"end\"\ndays = 1\nmonths = 1\n[[rule]]", false},
		{"a date in months", checkerSchema, checker, "[[rule]]",
			"[[date]]\nid = \"call-by\"\nfrom = \"end\"\nmonths = 1\nround = \"end-of-month\"\n[[rule]]", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Replace(tt.text, tt.old, tt.new, 1)
			if err := validateTOML(t, compileSchema(t, tt.schema), text); (err == nil) != tt.valid {
				t.Errorf("valid should be %t: %v\n%s", tt.valid, err, text)
			}
		})
	}
}

// compileSchema reads a schema; formats such as dates are asserted.
func compileSchema(t *testing.T, file string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	schema, err := c.Compile("../../" + file)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func validateTOML(t *testing.T, schema *jsonschema.Schema, text string) error {
	t.Helper()
	var v map[string]any
	if err := toml.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return schema.Validate(asJSON(v))
}

// asJSON converts TOML values to the types of JSON, as editors see them: dates and times as they are written.
func asJSON(v any) any {
	switch v := v.(type) {
	case map[string]any:
		table := map[string]any{}
		for key, value := range v {
			table[key] = asJSON(value)
		}
		return table
	case []map[string]any:
		return asList(v)
	case []any:
		return asList(v)
	case time.Time:
		switch v.Location().String() { // it tells how the decoder found the time written
		case "date-local":
			return v.Format(time.DateOnly)
		case "datetime-local":
			return v.Format("2006-01-02T15:04:05")
		}
		return v.Format(time.RFC3339)
	}
	return v
}

func asList[T any](list []T) []any {
	items := make([]any, len(list))
	for i, item := range list {
		items[i] = asJSON(item)
	}
	return items
}
