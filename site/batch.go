package site

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// The limits of a batch.
const (
	maxBatch     = 1000      // questions
	maxBatchSize = 512 << 10 // bytes
)

// readBatch reads a JSON array of objects whose values are strings, each into
// its fields in their order, so that one given twice is seen. What is not of
// that form is refused, all of it at once.
func readBatch(body []byte) (items [][]field, refused []refusal) {
	var raw []json.RawMessage
	if err := json.Unmarshal(body, &raw); err != nil || raw == nil {
		return nil, []refusal{refuse(field{value: string(body)}, []string{"a JSON array of objects"}, syntaxWords(err))}
	}
	if len(raw) > maxBatch {
		r := refuse(field{value: strconv.Itoa(len(raw))}, nil, fmt.Sprintf("a batch has at most %d questions", maxBatch))
		return nil, []refusal{r}
	}
	for i, item := range raw {
		fields, wrong := readObject(item)
		for _, r := range wrong {
			r.Pointer = pointer(strconv.Itoa(i)) + r.Pointer
			refused = append(refused, r)
		}
		items = append(items, fields)
	}
	return items, refused
}

func syntaxWords(err error) string {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Sprintf("this is not JSON: %s at byte %d", syntax, syntax.Offset)
	}
	return "the body is not a JSON array"
}

// readObject reads one object of a batch. The JSON is known to be well-formed.
func readObject(item []byte) (fields []field, refused []refusal) {
	dec := json.NewDecoder(bytes.NewReader(item))
	if start, _ := dec.Token(); start != json.Delim('{') {
		return nil, []refusal{refuse(field{value: string(item)}, []string{"an object"}, "this is not an object")}
	}
	for dec.More() {
		name, _ := dec.Token()
		f := field{name: name.(string)}
		var value json.RawMessage
		dec.Decode(&value)
		if json.Unmarshal(value, &f.value) != nil || value[0] != '"' {
			f.value = string(value)
			r := refuse(f, []string{"a string"}, "the value is not a string")
			r.Pointer = pointer(f.name)
			refused = append(refused, r)
			continue
		}
		fields = append(fields, f)
	}
	return fields, refused
}
