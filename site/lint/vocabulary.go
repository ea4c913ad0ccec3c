package lint

import (
	"strings"
	"sync"
)

// A vocabulary is the words of the texts in a language, each looked up once. It is safe for concurrent use.
type vocabulary struct {
	mu      sync.RWMutex
	entries map[string]*entry // by the word in lower case
}

// An entry is what a language knows of a word.
type entry struct {
	text   string // in lower case
	stem   string
	common bool
	month  bool   // in some language of the site
	having uint64 // the languages that have it
	pasted string // see [language.pasted]
}

// find returns the entry of a word, or nil if no text has it.
func (v *vocabulary) find(word string) *entry {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.entries[word]
}

// lookUp finds the entries of the words of a passage. Those of [unknown] are none.
func (l *language) lookUp(t *passage) {
	if l.vocabulary.entries == nil {
		return
	}
	missing := false
	l.vocabulary.mu.RLock()
	for i := range t.words {
		t.words[i].entry = l.vocabulary.entries[t.word(i)]
		missing = missing || t.words[i].entry == nil
	}
	l.vocabulary.mu.RUnlock()
	if !missing {
		return
	}
	l.vocabulary.mu.Lock()
	defer l.vocabulary.mu.Unlock()
	for i := range t.words {
		if t.words[i].entry == nil {
			t.words[i].entry = l.entry(t.word(i))
		}
	}
}

// entry returns the entry of a word, which may be a new one.
func (l *language) entry(word string) *entry {
	e := l.vocabulary.entries[word]
	if e == nil {
		word = strings.Clone(word) // so that it does not hold its text
		e = &entry{
			text: word, stem: l.stem(word), common: l.Common[word], month: l.isMonth(word), having: l.having[word],
			pasted: l.pasted(word),
		}
		l.vocabulary.entries[word] = e
	}
	return e
}
