package search

import (
	"strings"

	bcp47 "golang.org/x/text/language"
)

// A language is what the analysis knows of a language. It is data in the manifest, so
// that the page's script reads words as Go does.
type language struct {
	Elided string `json:"elided"` // words that lose their vowel before the next word: l', dell'
	Stop   string `json:"stop"`   // words that say nothing about the subject of a question
	Ask    string `json:"ask"`    // question words, which say little about the subject
	Stem   string `json:"stem"`   // rules of the stemmer, see steps
}

// languageOf returns what is known of the language of a BCP 47 tag. Of most
// languages nothing is known: their words are folded and not stemmed.
func languageOf(tag string) language {
	base, _ := bcp47.Make(tag).Base()
	return languages[base.String()]
}

var languages = map[string]language{"it": italian, "en": english}

// italian has a stemmer after the idea of J. Savoy's light stemmers (2006). Forms of a
// word differ in the last vowel, so that is dropped first, and all endings are listed
// without it. So singular and plural always have one stem. Verbs, and nouns derived
// from them, are cut to what they share:
// annullare, annulli, annullato, annullamento → annull; scade, scadenza → scad.
var italian = language{
	Elided: "l un d c s m t n v gl dell all dall nell sull coll quest quell com dov cos quant tutt bell sant anch " +
		"nient pover grand buon ciascun nessun qualcun alcun mezz senz",
	Stop: "il lo la i gli le un uno una di del dello della dei degli delle a ad al allo alla ai agli alle da dal " +
		"dallo dalla dai dagli dalle in nel nello nella nei negli nelle con col coi su sul sullo sulla sui sugli " +
		"sulle per tra fra e ed o od ma se che cui non si mi ti ci vi ne me te lui lei noi voi loro mio mia miei " +
		"mie tuo tua tuoi tue suo sua suoi sue nostro nostra vostro vostra questo questa questi queste quello " +
		"quella quelli quelle sono sei siamo siete essere ho hai ha abbiamo avete hanno avere aver fare faccio fai " +
		"fa facciamo fate fanno far posso puoi possono possiamo potere poter voglio vuoi vuole vogliamo vorrei " +
		"volere devo devi deve dobbiamo devono so stato stata stati state sia siano era erano sara saranno bisogna " +
		"serve servono modo poi gia piu anche solo ancora ora adesso sto stai sta stanno stare ecco salve ciao " +
		"grazie l d c s m t n v gl dell all dall nell sull quest quell com dov cos",
	Ask: "chi come cosa quando dove perche quale quali qual quanto quanta quanti quante",
	Stem: "arsi3are ersi3ere irsi3ire arlo3are arla3are arli3are arle3are erlo3ere erla3ere erli3ere erle3ere " +
		"irlo3ire irla3ire irli3ire irle3ire armi3are arti4are arci3are arvi3are arne3are ermi3ere erti4ere " +
		"erne4ere irmi3ire irti4ire andolo3ando andola3ando endolo3endo endola3endo mente4\n" +
		"! a2 e2 i2 o2\n" +
		"ament3 iment4 enz4 anz4 azion3 izion4 ator4 atric4 erann4 irann4 erest4 irest4 erebb4 irebb4 erem4 " +
		"irem4 eret4 iret4 era4 ere4 ira4 ire4 avan4 avam4 iam4 and3 end4 ar3 at3 er4 ir4 ut4 it4 av4 an4 in5 " +
		"ass4 iss4\n" +
		"er4 ir4 ut4 it4\n" +
		"i2 ch2c gh2g",
}

// english drops endings as Porter's stemmer does, but only those that change a word's
// form and not its meaning, and unites British and American spelling: cancel,
// cancelled, canceling, cancellation → cancel; authorise, authorize → authoriz.
var english = language{
	Stop: "a an the of to in on at by for from with without into as is are was were be been being am and or but if " +
		"then than that this these those it its i im my me we our you your yours he she they their them his her us " +
		"do does did doing done get gets got have has had having can could will would should shall may might must " +
		"not no so too very just also there here about some any want need like please hi hello thanks s t re ve ll " +
		"d m don doesn didn isn aren wasn won couldn wouldn shouldn",
	Ask: "who how what when where why which whose",
	Stem: "sses3ss ies3y ss2ss us2us is2is s3\n" +
		"* ly4 ation4 ment3 ing3 ed3 able4 at4 tion3t sion3s al5 e3\n" +
		"y3 i3 ll4l\n" +
		"bb2b dd2d gg2g mm2m nn2n pp2p rr2r tt2t\n" +
		"ript3rib is4iz enc3ens",
}

// A rule replaces an ending, if the word is long enough.
type rule struct {
	ending      string
	keep        int // least number of bytes before the ending
	replacement string
}

// A step is a list of rules, of which the first that matches applies.
type step struct {
	last   bool // a word that no rule matches is done, as it is probably foreign
	repeat bool // until no rule matches
	rules  []rule
}

// steps reads the rules of a stemmer. A line is a step; it begins with ! if
// the step is the last for a word that no rule matches, or with * if it is repeated. The
// rule ch2c replaces an ending ch, with at least 2 letters before it, by c.
func steps(text string) []step {
	var all []step
	for line := range strings.Lines(text) {
		var s step
		for _, field := range strings.Fields(line) {
			switch field {
			case "!":
				s.last = true
			case "*":
				s.repeat = true
			default:
				n := strings.IndexAny(field, "0123456789")
				s.rules = append(s.rules, rule{field[:n], int(field[n] - '0'), field[n+1:]})
			}
		}
		all = append(all, s)
	}
	return all
}

// stem returns what all forms of a folded word share. Words with digits
// or letters other than a to z are not changed.
func stem(steps []step, word string) string {
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return word
		}
	}
	for _, s := range steps {
		next, ok := s.apply(word)
		if s.last && !ok {
			return word
		}
		for s.repeat && ok {
			word = next
			next, ok = s.apply(word)
		}
		word = next
	}
	return word
}

func (s step) apply(word string) (string, bool) {
	for _, r := range s.rules {
		if base, ok := strings.CutSuffix(word, r.ending); ok && len(base) >= r.keep {
			return base + r.replacement, true
		}
	}
	return word, false
}
