package lint

import (
	"strings"
)

// manner is a way of telling people what to do.
type manner string

const (
	direct     manner = "imperative"
	infinitive manner = "infinitive"
	impersonal manner = "impersonal"
)

// steps is how a language tells people what to do, by the words with which a
// step can begin.
type steps struct {
	verbs map[string]manner // in the form in which they stand
	after map[string]bool   // words that begin a phrase of place or time, up to a comma, before the verb
	skip  map[string]bool   // words that may stand before the verb
	si    string            // the word that makes the verb after it impersonal
}

// address reports lists of steps that tell people what to do in two manners.
func (p *page) address(t *passage) {
	if t.steps == nil {
		return
	}
	for _, l := range t.lists {
		if !l.ordered {
			continue
		}
		var first manner
		for _, item := range l.items {
			for _, s := range t.sentences {
				if s.to <= item.from || s.from >= item.to {
					continue
				}
				m, at := t.manner(s)
				switch {
				case m == "" || m == first:
				case first == "":
					first = m
				default:
					t.warn(t.words[at].from, "address", "%q is %s, and the steps before are %s", t.text[t.words[at].from:t.words[at].to], names[m], names[first]).
						Suggestion = "address readers in one way in all steps"
					return
				}
			}
		}
	}
}

var names = map[manner]string{
	direct:     "an imperative",
	infinitive: "an infinitive",
	impersonal: "impersonal",
}

// manner returns how a sentence tells people what to do, and its verb.
func (t *passage) manner(s sentence) (manner, int) {
	i := s.first
	for i < s.last && t.steps.skip[t.word(i)] {
		i++
	}
	if i < s.last && t.steps.after[t.word(i)] {
		for i++; i < s.last && !strings.Contains(t.between(i-1, i), ","); i++ {
		}
	}
	if i >= s.last || t.words[i].bold {
		return "", 0
	}
	if t.word(i) == t.steps.si && i+1 < s.last {
		if _, ok := t.steps.verbs[t.word(i+1)]; ok {
			return impersonal, i
		}
		return "", 0
	}
	return t.steps.verbs[t.word(i)], i
}

// italianSteps knows the verbs that steps begin with, as imperative (scegli), as
// infinitive (scegliere) and after si (si sceglie).
var italianSteps = newItalianSteps(`selezionare cliccare premere toccare accedere attendere aspettare inserire digitare
	scrivere aprire chiudere controllare verificare confermare copiare incollare caricare scaricare salvare spuntare
	contattare chiamare chiedere cercare trovare passare continuare tornare ripetere creare eliminare rimuovere aggiungere
	modificare cambiare impostare reimpostare attivare disattivare avviare riavviare installare rispondere leggere guardare
	compilare indicare specificare scorrere spostare trascinare annullare inviare acquistare completare registrare usare
	utilizzare assicurarsi collegare scollegare esportare importare condividere mettere prendere lasciare mostrare`,
	map[string]string{"scegliere": "scegli", "fare": "fai", "andare": "vai", "dare": "dai", "uscire": "esci", "togliere": "togli",
		"tenere": "tieni", "inserire": "inserisci", "assicurarsi": "assicurati", "riempire": "riempi", "dire": "di'", "venire": "vieni"})

func newItalianSteps(regular string, irregular map[string]string) *steps {
	s := &steps{
		verbs: map[string]manner{},
		after: set("in nel nello nella nei nelle nell sul sullo sulla su sotto sopra dal dallo dalla dall da dopo prima per se quando alla al a accanto infine"),
		skip:  set("poi quindi infine ora adesso"),
		si:    "si",
	}
	add := func(infinitiveForm, imperativeForm string) {
		s.verbs[infinitiveForm] = infinitive
		s.verbs[imperativeForm] = direct
		stem := infinitiveForm[:len(infinitiveForm)-3]
		if !strings.HasSuffix(infinitiveForm, "are") {
			s.verbs[stem+"e"] = impersonal // only after si
		}
	}
	for verb := range strings.FieldsSeq(regular) {
		if irregular[verb] != "" {
			continue
		}
		stem, ending := verb[:len(verb)-3], verb[len(verb)-3:]
		if ending == "are" {
			add(verb, stem+"a")
		} else {
			add(verb, stem+"i")
		}
	}
	for verb, imperative := range irregular {
		add(verb, imperative)
	}
	return s
}
