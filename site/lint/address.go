package lint

import (
	"cmp"
	"slices"
	"strings"
)

// addressForm reports the first step of a list that addresses readers in another form than the steps before it.
func addressForm(t *passage) {
	if t.Steps == nil {
		return
	}
	for _, l := range t.lists {
		if l.ordered && t.changesForm(l) {
			return
		}
	}
}

// changesForm reports whether a list changes its form of address, and adds a warning if so.
func (t *passage) changesForm(l list) bool {
	var before string
	for _, item := range l.items {
		first, _ := slices.BinarySearchFunc(t.sentences, item.from, func(s sentence, off int) int { return s.to - off - 1 })
		for n, s := range t.sentences[first:] {
			if s.from >= item.to {
				break
			}
			form, i := t.form(s.words, n > 0)
			if form != "" && before != "" && form != before {
				t.warn(t.words[i].from, "address", "%q is %s, unlike the steps before, which use %s",
					t.written(span{i, i + 1}), form, before).
					Suggestion = "use one form of address in all steps"
				return true
			}
			before = cmp.Or(before, form)
		}
	}
	return false
}

// form returns the form in which a sentence addresses readers and the word that shows it. A later sentence of a step
// may say what happens ("Si apre una pagina"), unless it begins like a step.
func (t *passage) form(s span, later bool) (form string, i int) {
	steps := t.Steps
	i = s.from
	if steps.NextSteps[t.word(i)] {
		i++
	} else if later {
		return "", 0
	}
	if i < s.to && steps.PhraseStarts[t.word(i)] {
		for i++; i < s.to && !strings.Contains(t.between(i-1, i), ","); i++ {
		}
	}
	if i >= s.to || t.words[i].bold {
		return "", 0
	}
	next := ""
	if i+1 < s.to {
		next = t.written(span{i + 1, i + 2})
	}
	switch w := t.word(i); {
	case steps.Formal[w] && (steps.Pronoun == "" || steps.Pronoun == next):
		return "a formal imperative", i
	case steps.Imperative[w]:
		return "an imperative", i
	case steps.Infinitive[w] && steps.Finite == nil:
		return "an infinitive", i
	case w == steps.Impersonal && steps.ThirdPerson[next]:
		return "an impersonal verb", i
	case steps.Finite != nil && isInfinitive(t, s):
		return "an infinitive", s.to - 1
	}
	return "", 0
}

// isInfinitive reports whether a sentence is an infinitive, perhaps with something before it: Auf Weiter klicken.
func isInfinitive(t *passage, s span) bool {
	for i := s.from; i < s.to; i++ {
		if word := t.written(span{i, i + 1}); t.Steps.Finite[t.word(i)] || t.Formal[word] || t.Familiar[t.word(i)] {
			return false
		}
	}
	return t.Steps.Infinitive[t.word(s.to-1)] && !t.words[s.to-1].bold
}

// addressWords reports the first word that addresses readers of an article in another form than the words before
// it: du after Sie. Words on screens or in quotations are not the article's own, and do not count.
func (p *page) addressWords() {
	if p.Familiar == nil {
		return
	}
	var first string
	var formal bool
	for _, t := range slices.Concat(p.front, p.blocks) {
		for i, w := range t.words {
			familiar, isFormal := addresses(t, i)
			if !familiar && !isFormal || w.bold || w.code || w.aside || t.inAlien(i) {
				continue
			}
			if word := t.written(span{i, i + 1}); first == "" {
				first, formal = word, isFormal
			} else if formal != isFormal {
				t.warn(w.from, "address", "%q and %q address readers in two forms", word, first).
					Suggestion = "use one of them in the whole article"
				return
			}
		}
	}
}

// addresses reports whether a word addresses readers, and in which form. A word that needs a capital letter for
// that is not judged at the beginning of a sentence, where any word has one.
func addresses(t *passage, i int) (familiar, formal bool) {
	has := func(set wordSet) bool { return set[t.word(i)] || !t.words[i].initial && set[t.written(span{i, i + 1})] }
	return has(t.Familiar), has(t.Formal)
}
