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

// changesForm reports whether a list changes its form of address, and where.
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
	switch w := t.word(i); {
	case steps.Imperative[w]:
		return "an imperative", i
	case steps.Infinitive[w]:
		return "an infinitive", i
	case w == steps.Impersonal && i+1 < s.to && steps.ThirdPerson[t.word(i+1)]:
		return "an impersonal verb", i
	}
	return "", 0
}
