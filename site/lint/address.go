package lint

import (
	"cmp"
	"strings"
)

// manner is a way of telling people what to do.
type manner string

const (
	direct     manner = "an imperative"
	infinitive manner = "an infinitive"
	impersonal manner = "impersonal"
)

// steps is how a language tells people what to do, by the words with which a
// step can begin.
type steps struct {
	verbs map[string]manner // imperatives and infinitives
	si    string            // the word that makes a verb impersonal
	third map[string]bool   // verbs that si makes so, in the form that follows it
	after map[string]bool   // words that begin a phrase of place or time, up to a comma, before the verb
	then  map[string]bool   // words that begin a further step in the same item
}

// address reports the first step of a list that tells people what to do in
// another manner than those before it.
func (p *page) address(t *passage) {
	if t.steps == nil {
		return
	}
	for _, l := range t.lists {
		if !l.ordered {
			continue
		}
		var before manner
		for _, item := range l.items {
			for i, s := range t.sentencesIn(item) {
				m, at := t.manner(s, i > 0)
				if m != "" && before != "" && m != before {
					t.warn(t.words[at].from, "address", "%q is %s, and the steps before are %s", t.text[t.words[at].from:t.words[at].to], m, before).
						Suggestion = "address readers in one way in all steps"
					return
				}
				before = cmp.Or(before, m)
			}
		}
	}
}

// sentencesIn returns the sentences of a part of the text.
func (t *passage) sentencesIn(part span) (list []sentence) {
	for _, s := range t.sentences {
		if s.from < part.to && part.from < s.to {
			list = append(list, s)
		}
	}
	return list
}

// manner returns how a sentence tells people what to do, and the word that says
// so. A sentence that is not the first of its step may say what happens ("Si apre
// una pagina"), unless it begins like a step.
func (t *passage) manner(s sentence, later bool) (manner, int) {
	i := s.first
	if t.steps.then[t.word(i)] {
		i++
	} else if later {
		return "", 0
	}
	if i < s.last && t.steps.after[t.word(i)] {
		for i++; i < s.last && !strings.Contains(t.between(i-1, i), ","); i++ {
		}
	}
	switch {
	case i >= s.last || t.words[i].bold:
		return "", 0
	case t.word(i) != t.steps.si:
		return t.steps.verbs[t.word(i)], i
	case i+1 < s.last && t.steps.third[t.word(i+1)]:
		return impersonal, i
	}
	return "", 0
}

// italianSteps knows the verbs that steps begin with, as imperative (scegli), as
// infinitive (scegliere) and after si (si sceglie). Of the last, only those of
// which a page cannot be the subject: "si apre" says what happens.
var italianSteps = newItalianSteps(`selezionare cliccare premere toccare accedere attendere aspettare digitare scrivere
	aprire chiudere controllare verificare confermare copiare incollare caricare scaricare salvare spuntare contattare chiamare
	chiedere cercare trovare passare continuare tornare ripetere creare eliminare rimuovere aggiungere modificare cambiare
	impostare reimpostare attivare disattivare avviare riavviare installare rispondere leggere guardare compilare indicare
	specificare scorrere spostare trascinare annullare inviare acquistare completare registrare usare utilizzare collegare
	scollegare esportare importare condividere mettere prendere lasciare`,
	"scegliere scegli fare fai andare vai dare dai uscire esci togliere togli tenere tieni inserire inserisci assicurarsi assicurati",
	"seleziona clicca preme tocca accede attende inserisce digita scrive controlla verifica conferma contatta chiede cerca risponde sceglie fa va")

// newItalianSteps makes imperatives of regular verbs, and takes irregular ones in
// pairs.
func newItalianSteps(regular, irregular, third string) *steps {
	s := &steps{
		verbs: map[string]manner{},
		si:    "si",
		third: set(third),
		after: set("in nel nello nella nei nelle nell sul sullo sulla su sotto sopra dal dallo dalla dall da dopo prima per se quando alla al a accanto"),
		then:  set("poi quindi infine ora adesso"),
	}
	for verb := range strings.FieldsSeq(regular) {
		s.verbs[verb] = infinitive
		if stem, ok := strings.CutSuffix(verb, "are"); ok {
			s.verbs[stem+"a"] = direct
		} else {
			s.verbs[verb[:len(verb)-len("ere")]+"i"] = direct
		}
	}
	pairs := strings.Fields(irregular)
	for i := 0; i+1 < len(pairs); i += 2 {
		s.verbs[pairs[i]], s.verbs[pairs[i+1]] = infinitive, direct
	}
	return s
}
