package lint

import (
	"strings"

	bcp47 "golang.org/x/text/language"
)

// A tongue is what lint knows of a language. Where a part is empty, the rules
// that need it are silent.
type tongue struct {
	common        []string        // words by which a text is known to be in the language
	endings       endings         // by which forms of a word are told apart
	vague         map[string]bool // texts of links that say nothing of where they lead
	numerals      map[string]int  // numbers written as words
	abbreviations map[string]bool // what a full stop may follow within a sentence
	small         map[string]bool // words that are common and say little, so that two in a row are a slip
	twice         map[string]bool // words that may stand twice in a row
	spaced        bool            // some punctuation has a space before it, as in French
	steps         *steps          // how people are told what to do
	ease          *ease           // how easily a text is read
}

// unknown is the language of texts that no rule judges.
var unknown = &language{tongue: &tongue{}}

// tongueOf returns what is known of the language of a BCP 47 tag.
func tongueOf(tag string) *tongue {
	base, _ := bcp47.Make(tag).Base()
	if t := tongues[base.String()]; t != nil {
		return t
	}
	return &tongue{}
}

var tongues = map[string]*tongue{
	"it": italian, "en": english,
	"fr": {common: strings.Fields(french), spaced: true},
	"de": {common: strings.Fields(german)},
	"es": {common: strings.Fields(spanish)},
	"pt": {common: strings.Fields(portuguese)},
	"nl": {common: strings.Fields(dutch)},
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// texts is set for texts of several words, parted by bars.
func texts(list string) map[string]bool {
	m := map[string]bool{}
	for text := range strings.SplitSeq(list, "|") {
		m[text] = true
	}
	return m
}

// The words that follow are the commonest of their languages. A word that two
// languages of a site share counts for neither, so such words may stand in both.
const (
	french = `le la les l un une des du de d au aux et ou mais si que qu qui dont ne pas plus ce cet cette ces c est sont être
		avoir a ont vous votre vos il elle ils elles je nous notre nos son sa ses leur dans sur sous pour par avec sans chez
		peut pouvez doit devez très comme quand où comment pourquoi tout tous toute toutes choisissez cliquez`
	german = `der die das den dem des ein eine einen einem einer und oder aber wenn dass nicht kein keine ist sind war sein
		haben hat wird werden kann können muss müssen sie ihr ihre ihren ich wir es mit ohne für von vom zu zum zur auf aus bei
		nach vor über unter im am an als auch noch nur schon wie was wo warum wählen klicken`
	spanish = `el la los las un una unos unas de del al y o pero si que quien cuyo no más este esta estos estas es son está están
		ser estar haber ha han usted su sus tu tus él ella ellos nosotros nuestro en sobre para por con sin desde hasta puede
		puedes debe debes muy como cuando donde cómo por qué todo todos toda todas elija haga`
	portuguese = `o a os as um uma uns umas de do da dos das no na nos nas ao à e ou mas se que quem não mais este esta estes
		estas é são está estão ser estar ter tem têm você seu sua seus suas ele ela eles nós nosso em sobre para por pelo pela com
		sem até pode deve muito como quando onde todo todos toda todas escolha clique`
	dutch = `de het een en of maar als dat die niet geen is zijn was worden wordt heeft hebben kan kunnen moet moeten u uw je
		jouw ik wij we hij zij ze met zonder voor van naar op uit bij na over onder in aan ook nog alleen al hoe wat waar waarom
		kies klik`
)
