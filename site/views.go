package site

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"helpcenter/site/diag"
)

// templateVersion counts the changes of views after which a writer's own template may no longer fit.
// templates/README.md describes the views of this version.
const templateVersion = 2

// replaced maps what templates could use before this version, a field of a view or a call of a function, to what to
// write now.
var replaced = map[string]string{
	"head.Main":            ".Home, which is true on the home page",
	`"site.name"`:          `{{site "name"}}`,
	`"site.short"`:         `{{site "short"}}`,
	`"site.description"`:   `{{site "description"}}`,
	`"search.placeholder"`: `{{site "placeholder"}}`,
	`"footer.copyright"`:   `{{site "footer"}}`,
	`"footer.independent"`: `{{site "footer"}}`,
	`<asset "icon.svg">`:   "{{with .Icon}}{{.Link}}{{end}}, for the icon that site.toml names",
	`<asset "card.png">`:   "{{card}}, for the card that site.toml names",
}

// allViews returns the views that templates get, and the types they consist of, by their names in
// templates/README.md.
func allViews() map[string]reflect.Type {
	all := map[string]reflect.Type{}
	var add func(t reflect.Type)
	add = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		name := viewName(t.String())
		if t.Kind() != reflect.Struct || !strings.HasPrefix(t.PkgPath(), "helpcenter/site") || all[name] != nil {
			return
		}
		if len(fieldsOf(t)) > 0 {
			all[name] = t
		}
		for _, f := range reflect.VisibleFields(t) {
			if f.IsExported() {
				add(f.Type)
			}
		}
	}
	for _, root := range []any{
		page{}, layoutView{}, headView{}, topView{}, languageLink{}, articleView{}, homeView{},
		productPageView{}, categoryView{}, casesView{}, notFoundView{}, searchView{}, stateView{}, entry{}, feedbackView{},
	} {
		add(reflect.TypeOf(root))
	}
	return all
}

// viewName returns the name of a view, given that of its type.
func viewName(typeName string) string {
	return strings.TrimSuffix(typeName[strings.LastIndex(typeName, ".")+1:], "View")
}

// fieldsOf returns the fields of a view, sorted.
func fieldsOf(t reflect.Type) (names []string) {
	for _, f := range reflect.VisibleFields(t) {
		if f.IsExported() && !f.Anonymous {
			names = append(names, f.Name)
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(names)))
}

var missingField = regexp.MustCompile(`can't evaluate field (\w+) in type (\S+)`)

// explain adds to an error of a template what its writer can do.
func explain(f diag.Finding) diag.Finding {
	m := missingField.FindStringSubmatch(f.Message)
	if m == nil {
		for _, old := range slices.Sorted(maps.Keys(replaced)) {
			if strings.HasPrefix(f.File, "site/templates") && strings.Contains(f.Message, old) {
				return f.Suggest("since version %d of the templates write %s", templateVersion, replaced[old])
			}
		}
		return f
	}
	name := viewName(m[2])
	if now, ok := replaced[name+"."+m[1]]; ok {
		f.Message = fmt.Sprintf("the view %s no longer has .%s", name, m[1])
		return f.Suggest("since version %d of the templates write %s", templateVersion, now)
	}
	if t := allViews()[name]; t != nil {
		f.Message = fmt.Sprintf("the view %s has no .%s (fields: %s)", name, m[1], diag.List(fieldsOf(t)))
		f = suggest(f, m[1], fieldsOf(t))
	}
	return f
}

func explainAll(found []diag.Finding) []diag.Finding {
	for i := range found {
		found[i] = explain(found[i])
	}
	return found
}
