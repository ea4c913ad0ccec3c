package mcp

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// A description is the part of the API's description that the tools need.
type description struct {
	Info       struct{ Title string }
	Paths      map[string]struct{ Get operation }
	Components struct {
		Schemas map[string]json.RawMessage
	}
}

type operation struct {
	Summary    string
	Parameters []parameter
}

// A parameter is a field of a query.
type parameter struct {
	Name        string
	Description string
	Schema      json.RawMessage
}

// An object is a JSON object.
type object map[string]any

// describe reads the API's description. It panics if that is invalid, which is a defect of the program.
func (h *handler) describe() (d description) {
	r := h.ask(context.Background(), "api/openapi.json", nil)
	if err := json.Unmarshal(r.body, &d); err != nil || r.status != http.StatusOK {
		panic("mcp: the API's description cannot be read: " + string(r.body))
	}
	return d
}

// checkers returns the ids of all checkers.
func (d description) checkers() (ids []string) {
	for path := range d.Paths {
		if id, ok := strings.CutPrefix(path, "/"+checkersFolder); ok && !strings.Contains(id, "/") {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// schema returns the schema of a parameter with its description, and any reference in it resolved.
func (d description) schema(p parameter) object {
	schema := object{}
	json.Unmarshal(p.Schema, &schema)
	if ref, ok := schema["$ref"].(string); ok {
		schema = object{}
		json.Unmarshal(d.Components.Schemas[strings.TrimPrefix(ref, "#/components/schemas/")], &schema)
	}
	if about, _ := schema["description"].(string); p.Description != "" {
		schema["description"] = strings.TrimSpace(p.Description + " " + about)
	}
	return schema
}

// parameter returns the schema of a parameter of a path by its name.
func (d description) parameter(path, name string) object {
	list := d.Paths["/"+path].Get.Parameters
	return d.schema(list[slices.IndexFunc(list, func(p parameter) bool { return p.Name == name })])
}

// answers returns the schema of the answers to a checker: one property per fact, and one per day from which dates
// are counted.
func (d description) answers(checker string) object {
	properties := object{}
	for _, p := range d.Paths["/"+checkersFolder+checker+"/decision"].Get.Parameters {
		if p.Name != "lang" {
			properties[p.Name] = d.schema(p)
		}
	}
	return closed(properties)
}

// anyAnswers returns the schema of the answers to any of these checkers.
func (d description) anyAnswers(checkers []string) object {
	schema := d.answers(checkers[0])
	if len(checkers) > 1 {
		var each []object
		for _, id := range checkers {
			one := d.answers(id)
			one["title"] = id
			each = append(each, one)
		}
		schema = object{"type": "object", "anyOf": each}
	}
	schema["description"] = "What is known: the values of facts. Leave out what has not been asked yet; " +
		`"unknown" means that nobody knows. Dates that count from a day need that day.`
	return schema
}

// closed returns the schema of an object that may have only these properties, and must have the required ones.
func closed(properties object, required ...string) object {
	schema := object{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		schema["required"] = required
	}
	return schema
}
