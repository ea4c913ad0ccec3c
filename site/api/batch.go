package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strconv"
)

// The limits of a batch, and of all batches together: what they take of memory
// and processors is what others lack.
const (
	maxBatch     = 1000      // questions
	MaxBatchSize = 512 << 10 // bytes
	maxBatches   = 16        // under way at once, those that are sent or received slowly among them
)

// maxDeciding is how many batches are read and decided at once.
func maxDeciding() int64 { return int64(max(1, runtime.GOMAXPROCS(0)/2)) }

// decisions answers with a decision on each question of a batch, in order. What
// the query says of language and days holds for the questions that do not.
func (a *API) decisions(id string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		q, ok := a.ask(w, r, id, questionFields, false)
		if !ok {
			return
		}
		if !a.Batches.TryAcquire(1) {
			w.Header().Set("Retry-After", "1")
			AnswerProblem(w, http.StatusServiceUnavailable, fmt.Sprintf("%d batches are under way; try again", maxBatches))
			return
		}
		defer a.Batches.Release(1)
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBatchSize))
		var tooLarge *http.MaxBytesError
		switch {
		case errors.As(err, &tooLarge):
			AnswerProblem(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("a batch has at most %d bytes", MaxBatchSize))
			return
		case err != nil:
			AnswerProblem(w, http.StatusBadRequest, "the body ended before it was complete")
			return
		}
		answer, refused := a.decideBatch(r.Context(), q, body)
		switch {
		case len(refused) > 0:
			a.answerRefused(w, refused)
		case answer != nil:
			w.Header().Set("Cache-Control", "no-store")
			w.Header()["Vary"] = varyEncoding
			answer.ServeHTTP(w, r)
		}
	}
}

// decideBatch returns the decisions on the questions in a body as one JSON
// array, or what is refused; neither if ctx ends first.
func (a *API) decideBatch(ctx context.Context, common question, body []byte) (*Reply, []refusal) {
	if a.Deciding.Acquire(ctx, 1) != nil {
		return nil, nil
	}
	defer a.Deciding.Release(1)
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

// readQuestions reads the questions of a batch, up to too many refusals. First
// come those of what is not of the form of a batch.
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

// readArray returns the elements of a JSON array, or why there are none.
func readArray(body []byte) ([][]byte, *refusal) {
	var whole json.RawMessage
	err := json.Unmarshal(body, &whole)
	if err != nil || bytes.TrimSpace(body)[0] != '[' {
		r := refuse(field{value: string(body)}, []string{"a JSON array of objects"}, syntaxWords(err))
		return nil, &r
	}
	elements, n := split(body)
	if n > maxBatch {
		r := refuse(field{value: strconv.Itoa(n)}, nil, fmt.Sprintf("a batch has at most %d questions", maxBatch))
		return nil, &r
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

// split returns the elements of a well-formed JSON array, the first maxBatch of
// them, and how many there are. Decoding them would take memory for each first.
func split(array []byte) (elements [][]byte, n int) {
	begin, depth, quoted := 0, 0, false
	for i := 0; i < len(array); i++ {
		ends := false
		switch c := array[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '{':
			if depth++; depth == 1 {
				begin = i + 1
			}
		case c == ']' || c == '}':
			depth--
			ends = depth == 0
		case c == ',':
			ends = depth == 1
		}
		if !ends {
			continue
		}
		if element := bytes.TrimSpace(array[begin:i]); len(element) > 0 { // it is empty in [] alone
			if n++; n <= maxBatch {
				elements = append(elements, element)
			}
		}
		begin = i + 1
	}
	return elements, n
}

// readObject reads one object of a batch, whose values are strings, into its
// fields in their order, so that one given twice is seen. The JSON is known to be
// well-formed.
func readObject(item []byte) (fields []field, refused []refusal) {
	dec := json.NewDecoder(bytes.NewReader(item))
	if start, _ := dec.Token(); start != json.Delim('{') {
		return nil, []refusal{refuse(field{value: string(item)}, []string{"an object"}, "this is not an object")}
	}
	for dec.More() && len(fields) <= maxFields && len(refused) < maxRefusals {
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
