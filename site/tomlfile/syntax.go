package tomlfile

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"time"

	"helpcenter/site/diag"
)

// syntaxError turns an error into a finding, with advice.
func (l *Locator) syntaxError(err error) diag.Finding {
	at, line := l.Key(), ""
	advice := syntaxAdvice
	if l.yaml {
		advice = yamlAdvice
	}
	if e, ok := err.(*invalid); ok {
		at = l.position(min(e.off, len(l.data)-1))
		line = string(bytes.Split(l.data, []byte{'\n'})[at.Line-l.first])
	}
	return diag.Errorf(at, "toml", "%v", err).Suggest("%s", advice(line, err.Error()))
}

var (
	// pairForm matches the key, the sign after it and the value.
	pairForm    = regexp.MustCompile(`^\s*([\pL\d_-]+)\s*([=:])\s*(.*?)\s*$`)
	curlyQuotes = regexp.MustCompile(`(^|[=:,\[{])\s*[“”„‟‘’‚«»″′]|[“”„‟‘’‚«»″′]\s*[,\]}]*\s*$`)
	dateLike    = regexp.MustCompile(`^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$`)
	trueOrFalse = regexp.MustCompile(`(?i)^(true|false|yes|no|on|off)$`)
	bareText    = regexp.MustCompile(`^[^"'\[{=]`)
)

// syntaxAdvice says what to write instead of a line with a syntax error, or returns "" if the message says enough.
func syntaxAdvice(line, message string) string {
	key, sign, value := line, "", strings.TrimSpace(line)
	if m := pairForm.FindStringSubmatch(line); m != nil {
		key, sign, value = m[1], m[2], m[3]
	}
	switch {
	case strings.Contains(message, "already"): // the line itself may be right
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

// yamlAdvice says what to write instead of a line of TOML within YAML.
func yamlAdvice(line, _ string) string {
	if m := pairForm.FindStringSubmatch(line); m != nil && m[2] == "=" {
		return "write " + m[1] + ": " + m[3] + "; or put the TOML between two lines of +++"
	}
	return ""
}

// quoted puts a value in quotes, unless it already has them or is a list or a table.
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

// messageAdvice returns advice based on the message of the toml package.
func messageAdvice(message string) string {
	for _, m := range []struct{ part, advice string }{
		{"be an array of tables", "write the table's name in double brackets everywhere: [[name]]"},
		{"already", "delete one of the two"},
		{"cannot have new lines", "end the text with a quotation mark on its line"},
		{"terminated", "end the text with a quotation mark"},
		{"escape", `write \\ for a backslash, or put the text in single quotes`},
		{"expected newline", `write \" for a quotation mark within a text, and each key on a line of its own`},
		{"after array value", "write a comma between values and ] after the last"},
		{"after inline table key-value", "write a comma between keys and } after the last"},
		{"']]'", "write ]] after the name of a table in a list"},
		{"']'", "write ] after the name of a table"},
		{"after key", "write key = value; put a key in quotes if it has more than letters, digits, - and _"},
	} {
		if strings.Contains(message, m.part) {
			return m.advice
		}
	}
	return ""
}
