package api

import (
	"bytes"
	"encoding/json"

	"helpcenter/site/encoded"
	"helpcenter/site/ruleset"
)

// A reply is an answer that can be sent any number of times.
type reply struct {
	*encoded.Body
	dated   bool   // whether it depends on the day of asking
	outcome string // of a decision, or "open"
}

// JSONType is the media type of JSON.
const JSONType = "application/json"

func newReply(mediaType string, body []byte) *reply {
	return &reply{Body: encoded.NewBody(mediaType, body)}
}

// Encode returns v as JSON on one line. It panics if v cannot be encoded, which is a defect of the program.
func Encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("api: " + err.Error())
	}
	return b.Bytes()
}

// maxReplies is how many decisions without dates are cached. Most clients ask about a few cases. A reply takes some
// 3 KB.
const maxReplies = 4096

// A replyKey is everything that a decision without dates depends on.
type replyKey struct {
	set     *ruleset.Ruleset
	lang    string
	answers ruleset.Answers
}
