package lint

import (
	"slices"
	"strings"

	"helpcenter/site/diag"
)

// A Rule is one that findings name.
type Rule struct {
	ID       string
	Severity diag.Severity // of most of its findings
	Summary  string        // what it asks for: one sentence
	Bad      string        // an example of what it finds
	Good     string        // the same, set right; "" where that is to take it out
}

// Rules returns every rule of the program, whichever room applies it, by id.
func Rules() []Rule { return slices.Clone(catalog) }

var catalog = func() []Rule {
	all := slices.Concat(articleRules, textRules, wordRules, decisionRules, siteRules)
	slices.SortFunc(all, func(a, b Rule) int { return strings.Compare(a.ID, b.ID) })
	return all
}()

// ruleOf returns the rule of that id.
func ruleOf(id string) (Rule, bool) {
	i, ok := slices.BinarySearchFunc(catalog, id, func(r Rule, id string) int { return strings.Compare(r.ID, id) })
	if !ok {
		return Rule{}, false
	}
	return catalog[i], true
}

func ruleIDs() []string {
	var ids []string
	for _, r := range catalog {
		ids = append(ids, r.ID)
	}
	return ids
}

// textRules are the judgements of this package.
var textRules = []Rule{
	{"address", diag.Warning, "Italian steps address readers in one way: imperatives, infinitives or si, not a mixture",
		"1. Apri il menu.\n2. Selezionare **Fatturazione**.", "1. Apri il menu.\n2. Seleziona **Fatturazione**."},
	{"broken-word", diag.Warning, "no word has another spliced in, and no residue of templates or markup is left",
		"Disattivare la subscriptione di {name}", "Annullare l’abbonamento"},
	{"foreign-date", diag.Warning, "dates are written as their language writes them, with the month as a word",
		"Il rinnovo avviene il March 3, 2025.", "Il rinnovo avviene il 3 marzo 2025."},
	{"message-unused", diag.Warning, "every message is shown on some page",
		`"search.old" = "Look for"`, ""},
	{"missing-translation", diag.Warning, "every article exists in every language of the site",
		"content/en/account/site/new.md alone", "content/it/account/site/new.md beside it"},
	{"orphan", diag.Warning, "another article links or relates to each article, or a rule cites it",
		"an article that stands in lists only", `related = ["account/site/lonely"] in another`},
	{"page-weight", diag.Warning, "the text of an article and its pictures have 500 KB or less",
		"![The page](photo.png), of 3 MB", "![The page](drawing.svg), of 20 KB"},
	{"parity", diag.Warning, "a translation has the numbers, dates, links, steps and bold labels of its source",
		"30 days before · 20 giorni prima", "30 days before · 30 giorni prima"},
	{"punctuation", diag.Warning, "no full stop stands in a menu path or within a sentence, no sign twice, none after a space",
		"**Billing.** > **Subscriptions**", "**Billing** > **Subscriptions**"},
	{"readability", diag.Warning, "sections have an index Gulpease (Italian) or Flesch reading ease (English) of 50 or more",
		"sentences of forty words", "sentences of fifteen"},
	{"repeated-text", diag.Warning, "nothing is said twice in a row",
		"It stays active until its end date until its end date.", "It stays active until its end date."},
	{"section-ids", diag.Warning, "sections have the same ids in all languages, in the same order",
		"## Steps {#steps} · ## Passaggi {#passaggi}", "## Steps {#steps} · ## Passaggi {#steps}"},
	{"silence", diag.Warning, "a comment that silences a rule names one, says why, and is needed",
		"<!-- lint: term -->", "<!-- lint: term because the screen says so -->"},
	{"term", diag.Warning, "one concept has one word in each language, that of locales/glossary.toml",
		"La tua iscrizione scade.", "Il tuo abbonamento scade."},
	{"vague-link", diag.Warning, "the text of a link says where it leads",
		"To cancel, [click here](steps.md).", "See [how to cancel](steps.md)."},
	{"wrong-language", diag.Warning, "every sentence is in the language of its page",
		"Scegli il prodotto. Then wait for the page to load.", "Scegli il prodotto. Attendi poi che la pagina si carichi."},
}
