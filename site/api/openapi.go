package api

import (
	"bytes"
	_ "embed"
	"net/http"
	"slices"
	"strings"
	"sync"
	"text/template"

	"go.yaml.in/yaml/v3"

	"helpcenter/site/answer"
	"helpcenter/site/ruleset"
)

// The description of the API is made from the rules. Each checker has paths of its own, whose parameters list the
// allowed values of all its versions.
//
//go:embed openapi.yaml
var openAPIText string

// openAPITemplate writes values as JSON, which is also YAML.
var openAPITemplate = template.Must(template.New("openapi.yaml").Funcs(template.FuncMap{
	"json": func(v any) string { return strings.TrimSpace(string(Encode(v))) },
	"enum": enum, "values": valuesOf,
}).Parse(openAPIText))

// enum returns the schema of one of some words, or of any string if there are none.
func enum(words []string) string {
	schema := map[string]any{"type": "string"}
	if len(words) > 0 {
		schema["enum"] = words
	}
	return string(bytes.TrimSpace(Encode(schema)))
}

// A descriptionView is the data of openapi.yaml.
type descriptionView struct {
	Title, Server  string
	Languages, IDs []string
	Products       []string
	Checkers       []knownChecker
	MaxRefusals    int

	SomeFound, MostFound, MostListed int
}

// A knownChecker holds the ids of all versions of a checker.
type knownChecker struct {
	ID, Title                                  string
	Facts                                      []*knownFact
	Anchors                                    []knownAnchor
	FactIDs, Outcomes, Rules, Dates, Deadlines []string
	MaxBatch                                   int
}

type knownAnchor struct {
	ID, Question string
	Needed       bool // all deadlines are counted from it
}

type knownFact struct {
	ID, Question, Schema string
	Kind                 string
	Allowed              []string
	unknown              bool
}

// valuesOf returns the schema of a fact's values. Numbers, days and sets are strings.
func valuesOf(f *knownFact) map[string]any {
	schema := map[string]any{"type": "string"}
	allowed := f.Allowed
	if f.unknown {
		allowed = append(slices.Clone(allowed), answer.Unknown)
	}
	given, ok := map[string]string{
		ruleset.Number: "A number in digits, or a range of them.",
		ruleset.Days:   "A day as YYYY-MM-DD, or a range of days counted from the day of asking.",
		ruleset.SetOf:  "Any of the values, separated by commas; empty for none.",
	}[f.Kind]
	if ok {
		schema["description"] = given + " Allowed: " + strings.Join(allowed, ", ")
	} else {
		schema["enum"] = allowed
	}
	return schema
}

// openAPI answers with the description of the API, in OpenAPI 3.1.
func (a *API) openAPI() http.HandlerFunc {
	answer := sync.OnceValue(func() *reply { return newReply(JSONType, a.description()) })
	return func(w http.ResponseWriter, r *http.Request) {
		if q, ok := a.ask(w, r, "", nil, false); ok {
			q.given, q.negotiated = true, false // the description is the same on every day and in every language
			a.send(w, r, q, answer())
		}
	}
}

// description returns the description of the API as JSON.
func (a *API) description() []byte {
	view := descriptionView{
		Title: a.site.Name(), Server: strings.TrimSuffix(a.site.Absolute(""), "/"),
		Languages: a.site.Library.Site.Tags(), IDs: a.site.Rules.IDs(), MaxRefusals: maxRefusals,
		Products: a.site.Library.Site.ProductIDs(), SomeFound: someFound, MostFound: mostFound, MostListed: mostListed,
	}
	for _, id := range view.IDs {
		view.Checkers = append(view.Checkers, a.knownChecker(id))
	}
	var text bytes.Buffer
	var document any
	err := openAPITemplate.Execute(&text, view)
	if err == nil {
		err = yaml.Unmarshal(text.Bytes(), &document)
	}
	if err != nil {
		panic("api: " + err.Error()) // impossible: ids are plain words, and all else is quoted
	}
	return Encode(document)
}

func (a *API) knownChecker(id string) knownChecker {
	k := knownChecker{ID: id, Title: a.optional(id + ".title"), MaxBatch: maxBatch}
	for _, set := range a.site.Rules.Versions(id) {
		words := a.site.Checker(set, a.site.Library.Site.DefaultLanguage)
		for n, f := range set.Facts {
			i := slices.Index(k.FactIDs, f.ID)
			if i < 0 {
				i = len(k.Facts)
				k.FactIDs = append(k.FactIDs, f.ID)
				k.Facts = append(k.Facts, &knownFact{
					ID: f.ID, Question: words.Question(n).Question, Schema: id + ".fact." + f.ID,
					Kind: f.Type,
				})
			}
			allowed := f.Allowed()
			if !f.NoUnknown {
				allowed, k.Facts[i].unknown = allowed[:len(allowed)-1], true // it comes last
			}
			k.Facts[i].Allowed = union(k.Facts[i].Allowed, allowed...)
		}
		for _, anchor := range set.Anchors {
			other := func(d ruleset.Date) bool { return d.Source != anchor.ID }
			known := knownAnchor{anchor.ID, a.optional(id + ".anchor." + anchor.ID), !slices.ContainsFunc(deadlines(set), other)}
			if i := slices.IndexFunc(k.Anchors, func(a knownAnchor) bool { return a.ID == anchor.ID }); i < 0 {
				k.Anchors = append(k.Anchors, known)
			} else if !known.Needed {
				k.Anchors[i].Needed = false
			}
		}
		for _, o := range set.Outcomes {
			k.Outcomes = union(k.Outcomes, o.ID)
		}
		for _, r := range set.Rules {
			k.Rules = union(k.Rules, r.ID)
		}
		for _, d := range set.Dates {
			k.Dates = union(k.Dates, d.ID)
		}
		for _, d := range deadlines(set) {
			k.Deadlines = union(k.Deadlines, d.ID)
		}
	}
	return k
}

// union appends the words that the list lacks.
func union(list []string, more ...string) []string {
	for _, word := range more {
		if !slices.Contains(list, word) {
			list = append(list, word)
		}
	}
	return list
}

// optional returns a fixed message in the default language, or "" if there is none.
func (a *API) optional(id string) string {
	if words := a.site.Words.Words(a.site.Library.Site.DefaultLanguage); words.Has(id) {
		return words.Text(id)
	}
	return ""
}
