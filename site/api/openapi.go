package api

import (
	"bytes"
	_ "embed"
	"net/http"
	"slices"
	"strings"
	"text/template"

	"go.yaml.in/yaml/v3"

	"helpcenter/site/answer"
	"helpcenter/site/ruleset"
)

// The description of the API is made from the rules: each checker has paths of its
// own, whose parameters list the allowed values. If a checker has several versions,
// it lists the values of all.
//
//go:embed openapi.yaml
var openAPIText string

// openAPITemplate writes values as JSON, which is YAML.
var openAPITemplate = template.Must(template.New("openapi.yaml").Funcs(template.FuncMap{
	"json": func(v any) string { return strings.TrimSpace(string(Encode(v))) },
	"enum": enum,
}).Parse(openAPIText))

// enum describes one of some words, or any word if the list is empty.
func enum(words []string) string {
	schema := map[string]any{"type": "string"}
	if len(words) > 0 {
		schema["enum"] = words
	}
	return string(bytes.TrimSpace(Encode(schema)))
}

// A descriptionView is what openapi.yaml shows.
type descriptionView struct {
	Title, Server  string
	Languages, IDs []string
	Checkers       []knownChecker
	MaxRefusals    int
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
	Values               []string
}

// openAPI answers with the description of the API, in OpenAPI 3.1.
func (a *API) openAPI() http.HandlerFunc {
	answer := newReply(JSONType, a.description())
	return func(w http.ResponseWriter, r *http.Request) {
		if q, ok := a.ask(w, r, "", nil, false); ok {
			q.given, q.negotiated = true, false // it is the same on every day and in every language
			a.send(w, r, q, answer)
		}
	}
}

// description returns the description of the API as JSON.
func (a *API) description() []byte {
	view := descriptionView{
		Title: a.site.Name(), Server: strings.TrimSuffix(a.site.Absolute(""), "/"),
		Languages: a.languages(), IDs: a.site.Rules.IDs(), MaxRefusals: maxRefusals,
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
		panic("api: " + err.Error()) // ids are plain words, all else is quoted
	}
	return Encode(document)
}

func (a *API) knownChecker(id string) knownChecker {
	k := knownChecker{ID: id, Title: a.optional(id + ".title"), MaxBatch: maxBatch}
	for _, set := range a.site.Rules.Versions(id) {
		for _, f := range set.Facts {
			i := slices.Index(k.FactIDs, f.ID)
			if i < 0 {
				i = len(k.Facts)
				k.FactIDs = append(k.FactIDs, f.ID)
				k.Facts = append(k.Facts, &knownFact{
					ID: f.ID, Question: a.optional(id + ".fact." + f.ID + ".question"), Schema: id + ".fact." + f.ID,
				})
			}
			if f.Type == "" {
				k.Facts[i].Values = union(k.Facts[i].Values, f.Values...)
			}
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
	for _, f := range k.Facts {
		if f.Values != nil { // numbers, days and sets are any text
			f.Values = append(f.Values, answer.Unknown)
		}
	}
	return k
}

// union appends the words that are not in the list.
func union(list []string, more ...string) []string {
	for _, word := range more {
		if !slices.Contains(list, word) {
			list = append(list, word)
		}
	}
	return list
}

// optional returns a fixed message in the default language, "" if there is none.
func (a *API) optional(id string) string {
	if words := a.site.Words.Words(a.site.Library.Site.DefaultLanguage); words.Has(id) {
		return words.Text(id)
	}
	return ""
}
