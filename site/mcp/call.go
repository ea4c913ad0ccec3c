package mcp

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"helpcenter/site/api"
)

// call answers a call of a tool.
func (h *handler) call(ctx context.Context, t tool, r *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
	args, query, err := t.read(r.Params.Arguments)
	if err != nil {
		return refusal(err.Error()), nil
	}
	answer := h.ask(ctx, t.before+args[t.within]+t.after, query)
	if answer.status != http.StatusOK {
		return refusal(answer.problem()), nil
	}
	body := bytes.TrimSpace(answer.body)
	if t.shape != nil {
		if body, err = t.shape(body); err != nil {
			return nil, err
		}
	}
	for _, key := range []string{"url", "source"} { // clients have no base for root-absolute addresses
		body = bytes.ReplaceAll(body, []byte(`"`+key+`":"/`), []byte(`"`+key+`":"`+h.site.Origin()+`/`))
	}
	return &sdk.CallToolResult{
		Meta:              sdk.Meta{"version": strings.Trim(answer.header.Get("Etag"), `"`)},
		Content:           []sdk.Content{&sdk.TextContent{Text: string(body)}},
		StructuredContent: json.RawMessage(body),
	}, nil
}

func refusal(text string) *sdk.CallToolResult {
	return &sdk.CallToolResult{IsError: true, Content: []sdk.Content{&sdk.TextContent{Text: text}}}
}

// read returns the arguments of a call, and the fields of its request to the API.
func (t tool) read(raw json.RawMessage) (args map[string]string, query url.Values, err error) {
	given, err := readObject(raw, "the arguments")
	if err != nil {
		return nil, nil, err
	}
	args, query = map[string]string{}, url.Values{}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if t.arguments[name] == nil {
			return nil, nil, fmt.Errorf("unknown argument %.100q (allowed: %s)", name, strings.Join(t.allowed(), ", "))
		}
		switch name {
		case argAnswers:
			err = readAnswers(given[name], query)
		default:
			args[name], err = text(name, given[name])
			if t.arguments[name].(object)["type"] == "string" && given[name][0] != '"' {
				err = notString(name)
			}
		}
		if err != nil {
			return nil, nil, err
		}
	}
	for _, name := range t.required() {
		if _, ok := given[name]; !ok {
			return nil, nil, fmt.Errorf("the argument %q is missing", name)
		}
	}
	if id, ok := args[argChecker]; ok {
		if ids := t.arguments[argChecker].(object)["enum"].([]string); !slices.Contains(ids, id) {
			return nil, nil, fmt.Errorf("unknown checker %.100q (allowed: %s)", id, strings.Join(ids, ", "))
		}
	}
	for name, value := range args {
		switch name {
		case argPath, argChecker:
		case argQuery:
			query.Set("q", value)
		default:
			query.Set(name, value)
		}
	}
	return args, query, nil
}

// readAnswers adds answers to a query. An answer must not set a field that the call itself sets.
func readAnswers(raw json.RawMessage, query url.Values) error {
	answers, err := readObject(raw, argAnswers)
	if err != nil {
		return err
	}
	if _, ok := answers[argLang]; ok {
		return fmt.Errorf("%q is an argument of its own, not an answer", argLang)
	}
	for _, fact := range slices.Sorted(maps.Keys(answers)) {
		value, err := text(fact, answers[fact])
		if err != nil {
			return err
		}
		query.Set(fact, value)
	}
	return nil
}

// readObject reads a JSON object, leaving out properties that are null.
func readObject(raw json.RawMessage, what string) (properties map[string]json.RawMessage, err error) {
	if len(raw) == 0 {
		return nil, nil
	}
	if err := json.Unmarshal(raw, &properties); err != nil {
		return nil, fmt.Errorf("%s must be an object", what)
	}
	maps.DeleteFunc(properties, func(_ string, value json.RawMessage) bool { return string(value) == "null" })
	return properties, nil
}

// text returns a value in the form that the API takes: a number as its digits, a list joined by commas.
func text(name string, raw json.RawMessage) (string, error) {
	var value string
	if json.Unmarshal(raw, &value) == nil {
		return value, nil
	}
	var number json.Number
	if json.Unmarshal(raw, &number) == nil {
		return number.String(), nil
	}
	var list []string
	if json.Unmarshal(raw, &list) == nil {
		return strings.Join(list, ","), nil
	}
	return "", notString(name)
}

func notString(name string) error { return fmt.Errorf("the value of %.100q must be a string", name) }

// inMarkdown reduces the sections of an article to one of their three forms, Markdown.
func inMarkdown(body []byte) ([]byte, error) {
	var article struct {
		Lang        json.RawMessage `json:"lang"`
		Path        json.RawMessage `json:"path"`
		Title       json.RawMessage `json:"title"`
		Description json.RawMessage `json:"description"`
		Updated     json.RawMessage `json:"updated"`
		URL         json.RawMessage `json:"url"`
		Translation json.RawMessage `json:"translation"`
		Sections    []struct {
			ID       json.RawMessage `json:"id"`
			Heading  json.RawMessage `json:"heading"`
			URL      json.RawMessage `json:"url"`
			Outdated json.RawMessage `json:"outdated"`
			Markdown json.RawMessage `json:"markdown"`
		} `json:"sections"`
	}
	if err := json.Unmarshal(body, &article); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(api.Encode(article)), nil
}

// A response is an answer of the API.
type response struct {
	status int
	header http.Header
	body   []byte
}

// ask sends a request to the API.
func (h *handler) ask(ctx context.Context, path string, query url.Values) response {
	address := url.URL{Path: h.site.Link(path), RawQuery: query.Encode()}
	r := (&http.Request{Method: http.MethodGet, URL: &address, Header: http.Header{}, Body: http.NoBody}).WithContext(ctx)
	w := &writer{response: response{header: http.Header{}}}
	h.api.ServeHTTP(w, r)
	return w.response
}

// A writer records an answer.
type writer struct{ response }

func (w *writer) Header() http.Header { return w.header }

func (w *writer) WriteHeader(status int) { w.status = cmp.Or(w.status, status) }

func (w *writer) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	w.body = append(w.body, b...)
	return len(b), nil
}

// problem says what is wrong with a request, with a line for each error.
func (r response) problem() string {
	var p struct {
		Detail string
		Errors []struct {
			Field, Detail string
			Allowed       []string
		}
	}
	if json.Unmarshal(r.body, &p) != nil || len(p.Errors) == 0 {
		return cmp.Or(p.Detail, http.StatusText(r.status))
	}
	var lines []string
	for _, e := range p.Errors {
		line := e.Detail
		if len(e.Allowed) > 0 {
			line += " (allowed: " + strings.Join(e.Allowed, ", ") + ")"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
