package tomlfile

import (
	"bytes"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"helpcenter/site/diag"
)

// syntaxError makes a finding of an error of the toml package, with advice.
func syntaxError(file string, data []byte, first int, err error) diag.Finding {
	var pe toml.ParseError
	if !errors.As(err, &pe) {
		message := strings.TrimPrefix(err.Error(), "toml: ")
		return diag.Errorf(diag.Position{File: file, Line: first}, "toml", "%s", message)
	}
	line := max(1, pe.Position.Line) // 0 at the end of some files
	text, column := lineAt(data, line, pe.Position.Start)
	if column == 1 && line > 1 && strings.Contains(pe.Message, `'\n'`) {
		line-- // the error is at the end of the line before
		text, column = lineAt(data, line, pe.Position.Start)
	}
	at := diag.Position{File: file, Line: first + line - 1, Column: column}
	return diag.Errorf(at, "toml", "%s", strings.TrimSuffix(pe.Message, ".")).
		Suggest("%s", syntaxAdvice(text, pe.Message))
}

// lineAt returns a line of data, counted from 1, and the column of an offset in it.
// The offset of an error at a line's end may be beside that line; then the column is
// that of the nearer end.
func lineAt(data []byte, line, offset int) (text string, column int) {
	start := 0
	for range line - 1 {
		start += bytes.IndexByte(data[start:], '\n') + 1
	}
	before, _, _ := bytes.Cut(data[start:], []byte{'\n'})
	return string(before), min(max(offset-start, 0), len(before)) + 1
}

var (
	// pairForm matches the key, the sign after it and the value.
	pairForm    = regexp.MustCompile(`^\s*([\pL\d_-]+)\s*([=:])\s*(.*?)\s*$`)
	curlyQuotes = regexp.MustCompile(`(^|[=:,\[{])\s*[“”„‟‘’‚«»″′]|[“”„‟‘’‚«»″′]\s*[,\]}]*\s*$`)
	dateLike    = regexp.MustCompile(`^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$`)
	trueOrFalse = regexp.MustCompile(`(?i)^(true|false|yes|no|on|off)$`)
	bareText    = regexp.MustCompile(`^[^"'\[{=]`)
)

// syntaxAdvice says what to write instead of a line with a syntax error, or "" if
// the message says enough.
func syntaxAdvice(line, message string) string {
	key, sign, value := line, "", strings.TrimSpace(line)
	if m := pairForm.FindStringSubmatch(line); m != nil {
		key, sign, value = m[1], m[2], m[3]
	}
	switch {
	case strings.Contains(message, "already"):
		return messageAdvice(message)
	case curlyQuotes.MatchString(line):
		return `write straight quotes: "..."`
	case sign == ":":
		return "write = after the key: " + key + " = " + quoted(value)
	case dateLike.MatchString(value):
		return dateAdvice(key, value)
	case trueOrFalse.MatchString(value):
		return "write true or false, in lower case"
	case sign == "=" && value == "":
		return "write a value after =, such as " + key + ` = "..."`
	case sign == "=" && bareText.MatchString(value):
		return "write text in quotes: " + key + " = " + quoted(value)
	}
	return messageAdvice(message)
}

// quoted puts a value in quotes unless it has them or is a list or a table.
func quoted(value string) string {
	if !bareText.MatchString(value) {
		return value
	}
	return strconv.Quote(strings.Trim(value, `"'`))
}

func dateAdvice(key, value string) string {
	date := "2027-01-31"
	if t, err := time.Parse("2006-1-2", strings.NewReplacer("/", "-", ".", "-").Replace(value)); err == nil {
		date = t.Format(time.DateOnly)
	}
	return "write dates as year-month-day: " + key + " = " + date
}

// messageAdvice goes by the message of the toml package.
func messageAdvice(message string) string {
	for _, m := range []struct{ part, advice string }{
		{"cannot be used as an array", "write the table's name in double brackets everywhere: [[name]]"},
		{"already", "delete one of the two"},
		{"strings cannot contain newlines", "end the text with a quotation mark on its line"},
		{`expected '"'`, "end the text with a quotation mark"},
		{`expected "'"`, "end the text with a quotation mark"},
		{"escape", `write \\ for a backslash, or put the text in single quotes`},
		{"end with a newline", `write \" for a quotation mark within a text, and each key on a line of its own`},
		{"array terminator", "write a comma between values and ] after the last"},
		{"inline table terminator", "write a comma between keys and } after the last"},
		{"table array name", "write ]] after the name of a table in a list"},
		{"end table", "write ] after the name of a table"},
		{"key separator", "write = and a value after the key"},
		{"'.' or '='", "write key = value; put a key in quotes if it has more than letters, digits, - and _"},
	} {
		if strings.Contains(message, m.part) {
			return m.advice
		}
	}
	return ""
}
