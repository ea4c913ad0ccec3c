package site

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"helpcenter/site/diag"
)

// templates/README.md names every view with every field, and nothing else.
func TestViewsAreDocumented(t *testing.T) {
	text, err := os.ReadFile("templates/README.md")
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string][]string{}
	for _, section := range strings.Split(string(text), "\n## ")[1:] {
		name, rest, _ := strings.Cut(section, "\n")
		for _, m := range regexp.MustCompile("`\\.([A-Z]\\w*)`").FindAllStringSubmatch(rest, -1) {
			documented[name] = append(documented[name], m[1])
		}
	}
	views := allViews()
	for name, view := range views {
		for _, field := range fieldsOf(view) {
			if !slices.Contains(documented[name], field) {
				t.Errorf("%s.%s is not documented", name, field)
			}
		}
	}
	for name, fields := range documented {
		for _, field := range fields {
			view, ok := views[name]
			if !ok {
				t.Errorf("there is no view %s", name)
				break
			}
			_, isField := view.FieldByName(field)
			if _, isMethod := reflect.PointerTo(view).MethodByName(field); !isField && !isMethod && field != "Data" {
				t.Errorf("%s has no %s", name, field)
			}
		}
	}
}

// The error of a template says which field is gone, and what to write instead.
func TestExplain(t *testing.T) {
	for message, want := range map[string][]string{
		`executing "head" at <.Main>: can't evaluate field Main in type *site.headView`:   {"head", ".Main", ".Home"},
		`executing "head" at <.Titel>: can't evaluate field Titel in type *site.headView`: {"head", ".Titel", `"Title"`},
		`no message "site.name" in locales/interface.en.toml`:                             {`{{site "name"}}`},
		`executing "layout" at <asset "icon.svg">: file does not exist`:                   {".Icon"},
	} {
		f := explain(diag.Errorf(diag.Position{File: "site/templates/layout.html", Line: 3}, "template", "%s", message))
		for _, word := range want {
			if !strings.Contains(f.Message+f.Suggestion, word) || strings.Contains(f.Message, "site.headView") {
				t.Errorf("%s: %s; %s", message, f.Message, f.Suggestion)
			}
		}
	}
}
