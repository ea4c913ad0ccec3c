// Package webtest tests a handler with scripts, which can be written without Go.
//
// A script is a text file of requests, each followed by what is expected of its answer:
//
//	# Comments begin with #. Blank lines mean nothing.
//	POST /api/v1/checkers/cancel-online/decisions?lang=it
//	> Content-Type: application/json
//	| [{"role": "other"},
//	|  {}]
//	code == 200
//	header Content-Type == application/json
//	body !contains error
//	json [0].outcome.id == call-support
//	json .length == 2
//
// A line with a method and an address begins a request. Lines that begin with > are its headers, and lines that
// begin with | its body, without the sign and one space.
//
// An expectation names a thing, an operator and a value, which is the rest of the line. A value that begins with a
// double quote is written as in Go, for values such as "\r\n" or with spaces at the ends. The things are
//
//	code           the status, which must be 200 if no line is about it
//	header NAME    all values of a header, separated by ", "
//	body           the whole body
//	json PATH      a value in a body of JSON
//
// A path is made of .name and [number]; .length is the number of elements of an array, and a single dot the whole
// body. A string is compared by its text, any other value as JSON without spaces. The operators are
//
//	== VALUE          equals the value
//	!= VALUE          differs from the value
//	contains VALUE    contains the value
//	!contains VALUE   does not contain the value
//	matches REGEXP    contains what the expression matches (see regexp/syntax)
//	missing           there is no such header or JSON value
package webtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Run runs the scripts in the files that match a pattern of path/filepath, each as a subtest named after its file.
// It fails if there are none.
func Run(t *testing.T, h http.Handler, pattern string) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no scripts (%v)", pattern, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			script, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, err := range check(h, file, string(script)) {
				t.Error(err)
			}
		})
	}
}

// check runs a script and returns what differs from what is expected, and what cannot be read, each prefixed with
// name:line.
func check(h http.Handler, name, script string) (failures []error) {
	var now *exchange
	report := func(line int, err error) {
		if err != nil {
			failures = append(failures, fmt.Errorf("%s:%d: %w", name, line, err))
		}
	}
	end := func() {
		if now != nil && !now.checked {
			report(now.line, now.expect(h, "code == 200"))
		}
	}
	for i, text := range strings.Split(script, "\n") {
		text = strings.TrimRight(text, " \t\r")
		switch {
		case text == "" || text[0] == '#':
		case isRequest.MatchString(text):
			end()
			var err error
			now, err = newExchange(i+1, text)
			report(i+1, err)
		case now == nil:
			report(i+1, fmt.Errorf("%q stands before any request", text))
		default:
			report(i+1, now.take(h, text))
		}
	}
	end()
	if now == nil && failures == nil {
		report(1, fmt.Errorf("the script has no request"))
	}
	return failures
}

var isRequest = regexp.MustCompile(`^[A-Z]+ /`)

// An exchange is a request and, from its first expectation on, the answer.
type exchange struct {
	line    int
	request *http.Request
	body    []string
	answer  *httptest.ResponseRecorder // nil until the request is sent
	checked bool                       // whether a line is about the status
}

func newExchange(line int, text string) (*exchange, error) {
	method, address, _ := strings.Cut(text, " ")
	var err error
	if _, bad := url.ParseRequestURI(address); bad != nil || strings.Contains(address, " ") {
		err = fmt.Errorf("%q is not an address (write a space as %%20)", address)
		address = "/"
	}
	return &exchange{line: line, request: httptest.NewRequest(method, address, nil), checked: err != nil}, err
}

// take processes a line of a request or an expectation.
func (e *exchange) take(h http.Handler, text string) error {
	rest := strings.TrimPrefix(text[1:], " ")
	switch {
	case text[0] != '>' && text[0] != '|':
		return e.expect(h, text)
	case e.answer != nil:
		return fmt.Errorf("%q comes after an expectation: the request has been sent", text)
	case text[0] == '|':
		e.body = append(e.body, rest)
		return nil
	}
	name, value, ok := strings.Cut(rest, ":")
	if !ok {
		return fmt.Errorf("%q is not a header (write Name: value)", rest)
	}
	e.request.Header.Add(name, strings.TrimSpace(value))
	return nil
}

// send sends the request unless it has been sent.
func (e *exchange) send(h http.Handler) {
	if e.answer != nil {
		return
	}
	body := strings.Join(e.body, "\n")
	r := httptest.NewRequest(e.request.Method, e.request.RequestURI, strings.NewReader(body))
	r.Header = e.request.Header
	e.answer = httptest.NewRecorder()
	h.ServeHTTP(e.answer, r)
}

// expectation matches a thing with its argument, an operator and a value.
var expectation = regexp.MustCompile(
	`^(?:(code|body)|(header|json) (\S+)) (==|!=|!?contains|matches|missing)(?: (.*))?$`)

func (e *exchange) expect(h http.Handler, text string) error {
	part := expectation.FindStringSubmatch(text)
	if part == nil {
		return fmt.Errorf("%q is not an expectation (write for example: code == 200)", text)
	}
	e.send(h)
	thing, operator, want := part[1]+part[2], part[4], part[5]
	if strings.HasPrefix(want, `"`) {
		unquoted, err := strconv.Unquote(want)
		if err != nil {
			return fmt.Errorf("%s is not a quoted value", want)
		}
		want = unquoted
	}
	got, ok, err := e.get(thing, part[3])
	if err != nil {
		return err
	}
	if operator != "missing" && !ok {
		return fmt.Errorf("there is no %s %s; the answer is %.500s", thing, part[3], e.answer.Body)
	}
	holds, err := compare(got, ok, operator, want)
	if err == nil && !holds {
		err = fmt.Errorf("failed: %s; got %.500q", text, got)
	}
	return err
}

// get returns the thing that an expectation is about, and whether it is present.
func (e *exchange) get(thing, argument string) (string, bool, error) {
	switch thing {
	case "code":
		e.checked = true
		return strconv.Itoa(e.answer.Code), true, nil
	case "header":
		values := e.answer.Result().Header.Values(argument)
		return strings.Join(values, ", "), len(values) > 0, nil
	case "body":
		return e.answer.Body.String(), true, nil
	}
	return find(e.answer.Body.Bytes(), argument)
}

func compare(got string, ok bool, operator, want string) (bool, error) {
	switch operator {
	case "==":
		return got == want, nil
	case "!=":
		return got != want, nil
	case "contains":
		return strings.Contains(got, want), nil
	case "!contains":
		return !strings.Contains(got, want), nil
	case "matches":
		return regexp.MatchString(want, got)
	}
	return !ok, nil
}

var steps = regexp.MustCompile(`\.[^.\[\]]+|\[\d+\]`)

// find returns the value at a path in a JSON text, and whether it is present.
func find(text []byte, path string) (string, bool, error) {
	if path != "." && strings.Join(steps.FindAllString(path, -1), "") != path {
		return "", false, fmt.Errorf("%q is not a path (write for example .errors[0].field)", path)
	}
	if !json.Valid(text) {
		return "", false, fmt.Errorf("the body is not JSON: %.500s", text)
	}
	at := json.RawMessage(bytes.TrimSpace(text))
	for _, step := range steps.FindAllString(path, -1) {
		var object map[string]json.RawMessage
		var array []json.RawMessage
		inObject, inArray := json.Unmarshal(at, &object) == nil, json.Unmarshal(at, &array) == nil
		i, err := strconv.Atoi(strings.Trim(step, "[]"))
		switch {
		case inArray && array != nil && step == ".length":
			at = json.RawMessage(strconv.Itoa(len(array)))
		case inArray && err == nil && i < len(array):
			at = array[i]
		case inObject && object[step[1:]] != nil:
			at = object[step[1:]]
		default:
			return "", false, nil
		}
	}
	var word string
	if at[0] == '"' && json.Unmarshal(at, &word) == nil {
		return word, true, nil
	}
	var compact bytes.Buffer
	err := json.Compact(&compact, at)
	return compact.String(), true, err
}
