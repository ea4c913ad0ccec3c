package site

import (
	"bytes"
	"encoding/json"
	"sync"

	"helpcenter/site/ruleset"
)

// A reply is the body of an answer, ready to be sent any number of times.
type reply struct {
	*entryBytes
	dated   bool   // it holds dates, counted from a day of asking
	outcome string // of a decision
}

const jsonType = "application/json"

// newReply makes a reply whose ETag is a hash of the body. How long it is fresh
// and what it varies by, the asker knows.
func newReply(mediaType string, body []byte) *reply {
	offered := inQuick
	if len(body) < worthCompressing {
		offered = inNone
	}
	k := &kind{headers{{"Content-Type", []string{mediaType}}}, offered}
	return &reply{entryBytes: newEntry(k, body)}
}

// encode writes a value as JSON on one line. What it is given can be written.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("site: " + err.Error())
	}
	return b.Bytes()
}

// maxReplies is how many decisions are kept: some 3 KB each.
const maxReplies = 4096

// replies keeps the decisions that were asked for, since most of those who ask
// are in one of a few cases. Decisions with dates are not kept: there is one for
// each day.
type replies struct {
	mu   sync.RWMutex
	kept map[asked]*reply
}

// asked is what a decision without dates depends on.
type asked struct {
	set     *ruleset.Ruleset
	lang    string
	answers ruleset.Answers
}

// get returns the reply that is kept, or nil.
func (k *replies) get(q asked) *reply {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.kept[q]
}

// keep keeps a reply. Where there are too many, any other is forgotten.
func (k *replies) keep(q asked, a *reply) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kept == nil {
		k.kept = map[asked]*reply{}
	}
	if len(k.kept) >= maxReplies {
		for other := range k.kept {
			delete(k.kept, other)
			break
		}
	}
	k.kept[q] = a
}
