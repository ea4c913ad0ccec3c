package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// The limits of a batch and of all batches together, which leave memory and processors to other requests. Half of
// the processors read and decide batches.
const (
	maxBatch     = 1000      // questions
	maxBatchSize = 512 << 10 // bytes
	maxBatches   = 16        // at once, including those sent or received slowly
)

// decisions answers with a decision on each question of a batch, in order. A language and days in the query are the
// defaults for the questions.
func (a *API) decisions(id string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		q, ok := a.ask(w, r, id, questionFields, false)
		if !ok {
			return
		}
		if coding := r.Header.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
			AnswerProblem(w, http.StatusUnsupportedMediaType, "send the body without Content-Encoding")
			return
		}
		select {
		case a.batches <- struct{}{}:
			defer func() { <-a.batches }()
		default:
			w.Header().Set("Retry-After", "1")
			AnswerProblem(w, http.StatusServiceUnavailable, fmt.Sprintf("%d batches are under way; try again", maxBatches))
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBatchSize))
		if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
			AnswerProblem(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("a batch has at most %d bytes", maxBatchSize))
			return
		}
		if err != nil {
			AnswerProblem(w, http.StatusBadRequest, "the body ended before it was complete")
			return
		}
		answer, refused := a.decideBatch(r.Context(), q, body)
		switch {
		case len(refused) > 0:
			a.answerRefused(w, refused)
		case answer != nil:
			w.Header().Set("Cache-Control", "no-store")
			answer.ServeHTTP(w, r)
		}
	}
}

// decideBatch returns the decisions on the questions in a body as one JSON array, or the errors in the body. It
// returns neither if ctx ends first.
func (a *API) decideBatch(ctx context.Context, common question, body []byte) (*reply, []refusal) {
	select {
	case a.deciding <- struct{}{}:
		defer func() { <-a.deciding }()
	case <-ctx.Done():
		return nil, nil
	}
	questions, refused := a.readQuestions(common, body)
	if len(refused) > 0 {
		return nil, refused
	}
	array := []byte("[")
	for i, q := range questions {
		if ctx.Err() != nil {
			return nil, nil
		}
		if i > 0 {
			array = append(array, ',')
		}
		array = append(array, a.decide(q).Plain()...)
	}
	return newReply(JSONType, append(array, "]\n"...)), nil
}

// readQuestions reads the questions of a batch until it has maxRefusals errors. It returns errors of form before
// errors of values.
func (a *API) readQuestions(common question, body []byte) (list []question, refused []refusal) {
	objects, wrong := readArray(body)
	if wrong != nil {
		return nil, []refusal{*wrong}
	}
	var values []refusal
	for i, object := range objects {
		fields, malformed := readObject(object)
		for _, r := range malformed {
			r.Pointer = pointer(strconv.Itoa(i)) + r.Pointer
			refused = append(refused, r)
		}
		q, wrong := a.read(common.set.ID, common, fields, questionFields, true)
		for _, r := range wrong {
			r.Pointer = pointer(strconv.Itoa(i), r.Field)
			values = append(values, r)
		}
		if len(refused)+len(values) >= maxRefusals {
			break
		}
		list = append(list, q)
	}
	return list, append(refused, values...)
}

// readArray returns the elements of a JSON array, or the reason why body is not one.
func readArray(body []byte) (elements []json.RawMessage, refused *refusal) {
	body = bytes.Trim(body, " \t\r\n")
	if !json.Valid(body) || body[0] != '[' {
		err := json.Unmarshal(body, new(json.RawMessage))
		r := refuse(field{value: string(body)}, []string{"a JSON array of objects"}, syntaxWords(err))
		return nil, &r
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	for dec.Token(); dec.More(); {
		if len(elements) == maxBatch {
			r := refuse(field{value: fmt.Sprint(maxBatch+1, " or more")}, nil,
				fmt.Sprintf("a batch has at most %d questions", maxBatch))
			return nil, &r
		}
		var element json.RawMessage
		dec.Decode(&element)
		elements = append(elements, element)
	}
	return elements, nil
}

func syntaxWords(err error) string {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Sprintf("this is not JSON: %s at byte %d", syntax, syntax.Offset)
	}
	return "the body is not a JSON array"
}

// readObject reads one object of a batch, whose values must be strings, into fields in their order, so a repeated
// one is noticed. The JSON is well-formed.
func readObject(item []byte) (fields []field, refused []refusal) {
	if item[0] != '{' {
		return nil, []refusal{refuse(field{value: string(item)}, []string{"an object"}, "this is not an object")}
	}
	dec := json.NewDecoder(bytes.NewReader(item))
	for dec.Token(); dec.More() && len(fields) <= maxFields && len(refused) < maxRefusals; {
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
