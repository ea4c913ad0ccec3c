package api

import (
	"net/http"
	"slices"
	"strings"

	"helpcenter/site/answer"
)

// The description of the API is made from the rules: each checker has paths of its
// own, whose parameters list the allowed values. If a checker has several versions,
// it lists the values of all.

// object is a JSON object; encoding/json writes its keys in order.
type object = map[string]any

// openAPI answers with the description of the API, in OpenAPI 3.1.
func (a *API) openAPI() http.HandlerFunc {
	answer := newReply(JSONType, Encode(a.description()))
	return func(w http.ResponseWriter, r *http.Request) {
		if q, ok := a.ask(w, r, "", nil, false); ok {
			q.given, q.negotiated = true, false // it is the same on every day and in every language
			a.send(w, r, q, answer)
		}
	}
}

// description returns the description of the API.
func (a *API) description() object {
	paths := object{
		"/api/v1/checkers": object{"get": operation("listCheckers", "All checkers",
			list(a.langParameter()), answers(JSONType, ref("Checkers")))},
	}
	schemas := a.commonSchemas()
	for _, id := range a.site.Rules.IDs() {
		a.describeChecker(id, paths, schemas)
	}
	return object{
		"openapi": "3.1.0",
		"info": object{
			"title": a.optional("site.name"), "version": "1",
			"description": "Decisions by the rules that the site itself shows. " +
				"Texts are in the language asked for; links are addresses on the site.",
		},
		"servers":    list(object{"url": strings.TrimSuffix(a.site.Absolute(""), "/")}),
		"paths":      paths,
		"components": object{"schemas": schemas},
	}
}

// describeChecker adds the addresses of a checker and what they answer.
func (a *API) describeChecker(id string, paths, schemas object) {
	known := a.knownOf(id)
	root := "/api/v1/checkers/" + id
	about := func(word string) string { return a.optional(id + "." + word) }
	name := func(what string) string { return id + "." + what }
	days := list(
		a.langParameter(),
		parameter(answer.FieldRenewal, day(), "The day from which dates are counted."),
		parameter(answer.FieldOn, day(), "The day of asking; today if it is not given."))

	facts := []any{}
	for _, f := range known.facts {
		facts = append(facts, parameter(f.id, ref(name("fact."+f.id)), about("fact."+f.id+".question")))
		schemas[name("fact."+f.id)] = enum(append(slices.Clone(f.values), answer.Unknown))
	}
	schemas[name("Facts")] = known.factSchema(name)
	schemas[name("Question")] = known.questionSchema(name, a.languages())
	schemas[name("Decision")] = known.decisionSchema(name, a.languages())

	paths[root] = object{"get": operation("describe-"+id, about("title")+" What may be asked and answered",
		list(a.langParameter(), days[2]), answers(JSONType, ref("Checker")))}
	paths[root+"/decision"] = object{"get": operation("decide-"+id, about("title"),
		append(facts, days...), answers(JSONType, ref(name("Decision"))))}
	batch := operation("decide-all-"+id, about("title")+" Many at once", days,
		answers(JSONType, array(ref(name("Decision")))))
	batch["requestBody"] = object{"required": true, "content": media(JSONType, object{
		"type": "array", "maxItems": maxBatch, "items": ref(name("Question"))})}
	responses := batch["responses"].(object)
	responses["413"] = problemAnswer("The batch is too large.")
	responses["415"] = problemAnswer("The body has a Content-Encoding.")
	responses["503"] = problemAnswer("Too many batches are under way; Retry-After says when to try again.")
	paths[root+"/decisions"] = object{"post": batch}
	if len(known.deadlines) > 0 {
		renewal := parameter(answer.FieldRenewal, day(), "The day from which the deadline is counted.")
		renewal["required"] = true
		responses := answers("text/calendar", object{"type": "string"})
		responses["410"] = problemAnswer("Every deadline is past.")
		paths[root+"/deadline.ics"] = object{"get": operation("deadline-"+id, "The deadlines as a calendar file",
			list(a.langParameter(), renewal), responses)}
	}
}

// known holds the ids of all versions of a checker.
type known struct {
	facts                             []knownFact
	outcomes, rules, dates, deadlines []string
}

type knownFact struct {
	id     string
	values []string
}

func (a *API) knownOf(id string) (k known) {
	for _, set := range a.site.Rules.Versions(id) {
		for _, f := range set.Facts {
			i := slices.IndexFunc(k.facts, func(other knownFact) bool { return other.id == f.ID })
			if i < 0 {
				i = len(k.facts)
				k.facts = append(k.facts, knownFact{id: f.ID})
			}
			k.facts[i].values = union(k.facts[i].values, f.Values...)
		}
		for _, o := range set.Outcomes {
			k.outcomes = union(k.outcomes, o.ID)
		}
		for _, r := range set.Rules {
			k.rules = union(k.rules, r.ID)
		}
		for _, d := range set.Dates {
			k.dates = union(k.dates, d.ID)
			if d.Deadline() {
				k.deadlines = union(k.deadlines, d.ID)
			}
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

func (k known) factIDs() (ids []string) {
	for _, f := range k.facts {
		ids = append(ids, f.id)
	}
	return ids
}

// factSchema describes answers by the ids of their facts.
func (k known) factSchema(name func(string) string) object {
	properties := object{}
	for _, f := range k.facts {
		properties[f.id] = ref(name("fact." + f.id))
	}
	return object{"type": "object", "properties": properties, "additionalProperties": false}
}

// questionSchema describes one question of a batch.
func (k known) questionSchema(name func(string) string, tags []string) object {
	q := k.factSchema(name)
	properties := q["properties"].(object)
	properties[answer.FieldLang], properties[answer.FieldRenewal], properties[answer.FieldOn] = enum(tags), day(), day()
	return q
}

func (k known) decisionSchema(name func(string) string, tags []string) object {
	outcome := enum(k.outcomes)
	ask := object{"fact": enum(k.factIDs()), "question": str(), "values": array(ref("Value"))}
	ask["find_out"] = orNull(ref("Citation"))
	decision := closed(object{
		"checker": str(), "version": str(), "lang": enum(tags),
		"facts":    ref(name("Facts")),
		"status":   enum([]string{string(answer.Decided), string(answer.Open), string(answer.NotInForce)}),
		"outcome":  orNull(closed(object{"id": outcome, "title": str(), "action": orNull(ref("Action"))})),
		"reasons":  array(closed(object{"rule": enum(k.rules), "text": str(), "cite": orNull(ref("Citation"))})),
		"ask":      orNull(closed(ask)),
		"possible": array(outcome),
		"changes":  array(closed(object{"set": ref(name("Facts")), "outcome": outcome})),
		"dates":    array(closed(object{"id": enum(k.dates), "date": day(), "text": str()})),
	})
	decision["properties"].(object)["from"] = day() // only while not in force
	return decision
}

func (a *API) commonSchemas() object {
	summary := func() object {
		return object{"id": enum(a.site.Rules.IDs()), "title": str(), "description": str(), "url": str()}
	}
	checker := summary()
	checker["version"], checker["lang"] = str(), enum(a.languages())
	checker["facts"] = array(closed(object{
		"id": str(), "name": str(), "question": str(), "hint": str(), "find_out": orNull(ref("Citation")),
		"values": array(closed(object{"id": str(), "label": str(), "hint": str()})),
	}))
	checker["outcomes"] = array(closed(object{"id": str(), "title": str(), "action": orNull(ref("Action"))}))
	checker["deadlines"] = array(str())
	refusal := closed(object{
		"pointer": str(), "field": str(), "given": str(), "allowed": array(str()), "detail": str()})
	refusal["required"] = []string{"allowed", "detail", "field", "given"}
	problem := closed(object{
		"type": str(), "title": str(), "status": object{"type": "integer"}, "detail": str(), "errors": array(refusal)})
	problem["required"] = []string{"detail", "status", "title", "type"}
	return object{
		"Checkers": closed(object{"lang": enum(a.languages()), "checkers": array(closed(summary()))}),
		"Checker":  closed(checker),
		"Action":   closed(object{"id": str(), "name": str(), "url": str()}),
		"Citation": closed(object{"title": str(), "url": str()}),
		"Value":    closed(object{"id": str(), "label": str()}),
		"Problem":  problem,
	}
}

func (a *API) langParameter() object {
	return parameter(answer.FieldLang, enum(a.languages()),
		"The language of the texts; the one that Accept-Language prefers if it is not given.")
}

// optional returns a fixed message in the default language, "" if there is none.
func (a *API) optional(id string) string {
	if words := a.site.Words.Words(a.site.Library.Site.DefaultLanguage); words.Has(id) {
		return words.Text(id)
	}
	return ""
}
