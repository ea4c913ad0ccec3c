package api

import (
	"bytes"
	"encoding/json"
	"sync"

	"helpcenter/site/encoded"
	"helpcenter/site/ruleset"
)

// A reply is an answer ready to be sent any number of times.
type reply struct {
	*encoded.Body
	dated   bool   // it depends on the day of asking
	outcome string // of a decision, or "open"
}

// JSONType is the media type of JSON.
const JSONType = "application/json"

func newReply(mediaType string, body []byte) *reply {
	return &reply{Body: encoded.NewBody(mediaType, body)}
}

// Encode writes a value as JSON on one line. It panics if v cannot be encoded, which
// is a defect of the program.
func Encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("api: " + err.Error())
	}
	return b.Bytes()
}

// maxReplies is how many decisions are cached: some 3 KB each.
const maxReplies = 4096

// replies caches decisions without dates, since most clients ask about a few cases.
type replies struct {
	mu     sync.RWMutex
	cached map[replyKey]*reply
}

// A replyKey is everything that a decision without dates depends on.
type replyKey struct {
	set     *ruleset.Ruleset
	lang    string
	answers ruleset.Answers
}

// get returns the cached reply, or nil.
func (c *replies) get(key replyKey) *reply {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.cached[key]
}

// put caches a reply. If there are too many, it drops any other.
func (c *replies) put(key replyKey, made *reply) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cached == nil {
		c.cached = map[replyKey]*reply{}
	}
	if len(c.cached) >= maxReplies {
		for other := range c.cached {
			delete(c.cached, other)
			break
		}
	}
	c.cached[key] = made
}
