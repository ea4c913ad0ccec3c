package api

import (
	"bytes"
	"encoding/json"
	"sync"

	"helpcenter/site/encoded"
	"helpcenter/site/ruleset"
)

// A reply is the body of an answer, ready to be sent any number of times.
type Reply struct {
	*encoded.EntryBytes
	dated   bool   // it holds dates, counted from a day of asking
	outcome string // of a decision
}

const JSONType = "application/json"

// newReply makes a reply whose ETag is a hash of the body. How long it is fresh
// and what it varies by, the asker knows.
func newReply(mediaType string, body []byte) *Reply {
	offered := encoded.InQuick
	if len(body) < encoded.WorthCompressing {
		offered = encoded.InNone
	}
	k := encoded.NewKind(offered, [2]string{"Content-Type", mediaType})
	return &Reply{EntryBytes: encoded.NewEntry(k, body)}
}

// Encode writes a value as JSON on one line. What it is given can be written.
func Encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("site: " + err.Error())
	}
	return b.Bytes()
}

// MaxReplies is how many decisions are kept: some 3 KB each.
const MaxReplies = 4096

// Replies keeps the decisions that were asked for, since most of those who ask
// are in one of a few cases. Decisions with dates are not kept: there is one for
// each day.
type Replies struct {
	mu   sync.RWMutex
	Kept map[Asked]*Reply
}

// Asked is what a decision without dates depends on.
type Asked struct {
	set     *ruleset.Ruleset
	lang    string
	Answers ruleset.Answers
}

// Get returns the reply that is kept, or nil.
func (k *Replies) Get(q Asked) *Reply {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.Kept[q]
}

// Keep keeps a reply. Where there are too many, any other is forgotten.
func (k *Replies) Keep(q Asked, a *Reply) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.Kept == nil {
		k.Kept = map[Asked]*Reply{}
	}
	if len(k.Kept) >= MaxReplies {
		for other := range k.Kept {
			delete(k.Kept, other)
			break
		}
	}
	k.Kept[q] = a
}
