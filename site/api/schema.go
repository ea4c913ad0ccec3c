package api

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
)

// The building blocks of the API description.

func list(items ...any) []any { return items }

func str() object { return object{"type": "string"} }

func day() object { return object{"type": "string", "format": "date"} }

// enum describes one of some words, or any word if the list is empty.
func enum(values []string) object {
	if len(values) == 0 {
		return str()
	}
	return object{"type": "string", "enum": values}
}

func array(items object) object { return object{"type": "array", "items": items} }

func ref(schema string) object { return object{"$ref": "#/components/schemas/" + schema} }

func orNull(schema object) object { return object{"oneOf": list(schema, object{"type": "null"})} }

// closed describes an object with exactly these properties.
func closed(properties object) object {
	required := []string{}
	for name := range properties {
		required = append(required, name)
	}
	slices.Sort(required)
	return object{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

func parameter(name string, schema object, about string) object {
	return object{"name": name, "in": "query", "schema": schema, "description": about}
}

func operation(id, summary string, parameters []any, responses object) object {
	return object{"operationId": id, "summary": summary, "parameters": parameters, "responses": responses}
}

func media(mediaType string, schema object) object {
	return object{mediaType: object{"schema": schema}}
}

// answers describes the responses to valid and to invalid requests.
func answers(mediaType string, schema object) object {
	return object{
		strconv.Itoa(http.StatusOK):          object{"description": "The answer.", "content": media(mediaType, schema)},
		strconv.Itoa(http.StatusNotModified): object{"description": "Not modified."},
		strconv.Itoa(http.StatusBadRequest): problemAnswer(fmt.Sprintf(
			"The request is invalid; up to %d errors are listed.", maxRefusals)),
	}
}

func problemAnswer(about string) object {
	return object{"description": about, "content": media("application/problem+json", ref("Problem"))}
}
