package content

import "bytes"

// readPlain reads front matter that is nothing but a title, a description and a
// date, each written plainly on a line of its own, as that of most articles is:
// the decoder of TOML takes twenty times as long for it. Of all else it reports
// false, for the decoder to read and to judge.
func (v *front) readPlain(toml []byte) bool {
	var plain front
	for line := range bytes.Lines(toml) {
		key, value, _ := bytes.Cut(bytes.TrimSuffix(line, []byte{'\n'}), []byte(" = "))
		var ok bool
		switch string(key) {
		case "title":
			ok = readPlainText(value, &plain.Title)
		case "description":
			ok = readPlainText(value, &plain.Description)
		case "updated":
			ok = plain.Updated.IsZero() && len(value) == len("2025-03-03") && plain.Updated.UnmarshalText(value) == nil
		}
		if !ok {
			return false
		}
	}
	v.Title, v.Description, v.Updated = plain.Title, plain.Description, plain.Updated
	return true
}

// readPlainText reads a text in quotes, without another quote and without an
// escape, unless there is one already. That it holds no control character has
// been proven.
func readPlainText(value []byte, into *string) bool {
	last := len(value) - 1
	if *into != "" || last < 2 || value[0] != '"' || value[last] != '"' || bytes.ContainsAny(value[1:last], `"\`) {
		return false
	}
	*into = string(value[1:last])
	return true
}
