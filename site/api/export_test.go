package api

import "helpcenter/site/ruleset"

// Internals for the external tests of this package.

const (
	MaxBatch     = maxBatch
	MaxBatchSize = maxBatchSize
	MaxBatches   = maxBatches
	MaxReplies   = maxReplies
	MaxRefusals  = maxRefusals
)

type (
	Calendar = calendar
	Problem  = problem
)

var EscapeText = escapeText

// AddLine adds a content line and returns the file so far.
func (c *calendar) AddLine(name, value string) string {
	c.line(name, value)
	return string(c.text)
}

// Deciders returns how many batches may be decided at once; Batches returns how many are under way.
func (a *API) Deciders() int { return cap(a.deciding) }
func (a *API) Batches() int  { return len(a.batches) }

// HoldDeciders occupies all places for batches being decided, and reports whether all were free.
func (a *API) HoldDeciders() bool {
	free := len(a.deciding) == 0
	for len(a.deciding) < cap(a.deciding) {
		a.deciding <- struct{}{}
	}
	return free
}

// CacheOne caches a reply for some answers. It reports whether the reply is found and how many are cached.
func (a *API) CacheOne(answers ruleset.Answers) (found bool, n int) {
	key := replyKey{answers: answers}
	a.replies.Add(key, &reply{})
	return a.replies.Contains(key), a.replies.Len()
}
