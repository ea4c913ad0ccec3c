package lint

import (
	"slices"
	"strings"
	"testing"

	"helpcenter/site/diag"
)

// A single article is judged like all together.
func TestArticle(t *testing.T) {
	s := base(t)
	s.change(t, "content/it/meet/billing/dates.md", "< ## I tuoi dati {#data}\n> ## I tuoi dati {#dati}\n")
	in, _ := load(s.folders())
	l := New(in)
	all, one := brief(l.Run()), brief(l.Article("meet/billing/dates"))
	if len(one) == 0 || !slices.Equal(all, one) {
		t.Errorf("all: %q, one: %q", all, one)
	}
	if found := l.Article("meet/billing/cancel"); len(found) > 0 {
		t.Error(found)
	}
}

// An article that is too heavy is found, and pictures are counted once.
func TestWeight(t *testing.T) {
	s := base(t)
	s["content/images/page.svg"] += "<!--" + strings.Repeat("x", heaviest) + "-->"
	want := []string{
		"content/en/meet/billing/cancel.md:2:1 page-weight",
		"content/it/meet/billing/cancel.md:2:1 page-weight",
	}
	if got := brief(s.lint()); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestUnusedMessage(t *testing.T) {
	in, _ := load(base(t).folders())
	in.Used = func(id string) bool { return false }
	want := []string{"locales/active.en.toml:15:1 message-unused"}
	if got := brief(New(in).Run()); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	in.Used = func(id string) bool { return id == "updated" }
	if found := New(in).Run(); len(found) > 0 {
		t.Error(found)
	}
}

// Another language needs no code: its months, words and sections are found.
func TestThirdLanguage(t *testing.T) {
	s := base(t)
	s["content/site.toml"] = strings.NewReplacer(
		"[[group]]", "[[language]]\ntag = \"fr\"\nname = \"français\"\n[[group]]",
		"it = \"Prodotti\"", "it = \"Prodotti\", fr = \"Produits\"",
		"it = \"Riunioni via internet\"", "it = \"Riunioni via internet\", fr = \"Réunions par internet\"",
		"it = \"Fatturazione\"", "it = \"Fatturazione\", fr = \"Facturation\"").Replace(s["content/site.toml"])
	s["locales/active.fr.toml"] = strings.NewReplacer("gennaio", "janvier", "febbraio", "février", "marzo", "mars",
		"aprile", "avril", "maggio", "mai", "giugno", "juin", "luglio", "juillet", "agosto", "août",
		"settembre", "septembre", "ottobre", "octobre", "novembre", "novembre", "dicembre", "décembre",
		"Ultimo aggiornamento", "Dernière mise à jour ", "1º", "1er", "}} e {{", "}} et {{").
		Replace(s["locales/active.it.toml"])
	delete(s, "locales/glossary.toml")
	s["content/fr/meet/billing/dates.md"] = `+++
title = "Après l’annulation"
description = "Les dates à retenir."
updated = 2025-03-03
+++

Votre contrat se renouvelle le 15 March 2027 : appelez le support 30 jours avant.

## Vos données {#donnees}

The data is deleted 90 days after the end date. [Les étapes](cancel.md#steps).
`
	want := []string{
		"content/en/meet/billing/cancel.md:2:1 missing-translation",
		"content/fr/meet/billing/dates.md:7:32 foreign-date",
		"content/fr/meet/billing/dates.md:9:1 section-ids",
		"content/fr/meet/billing/dates.md:11:1 wrong-language",
	}
	found := s.lint()
	if got := brief(found); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
		for _, f := range found {
			t.Log(f)
		}
	}
}

// Only warnings are silenced, and only in the block that follows.
func TestSilenceReach(t *testing.T) {
	s := base(t)
	s.change(t, "content/it/meet/billing/dates.md", strings.Join([]string{
		"< Il tuo contratto si rinnova il 15 marzo 2027. Chiama il supporto 30 giorni prima.",
		"> <!-- lint: term because it is quoted -->",
		"> Il tuo contratto si rinnova il 15 marzo 2027, e l’iscrizione con lui. Chiama il supporto 30 giorni prima.",
		">", "> Anche la tua iscrizione.",
	}, "\n"))
	want := []string{"content/it/meet/billing/dates.md:11:14 term"}
	if got := brief(s.lint()); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Each of many findings in one long passage has its own position.
func TestManyFindings(t *testing.T) {
	const items = 2000
	s := base(t)
	const name = "content/it/meet/billing/dates.md"
	s[name] += "\n" + strings.Repeat("- Anche **questa** [iscrizione](cancel.md) e l’iscrizione\n\n", items)
	first := strings.Count(s[name], "\n") - 2*items + 1
	i := 0
	for _, f := range s.lint() {
		if f.File != name || f.Rule != "term" {
			continue
		}
		column := []int{21, 50}[i%2]
		if f.Line != first+i/2*2 || f.Column != column {
			t.Fatalf("finding %d is at %s, want line %d, column %d", i, f.Position, first+i/2*2, column)
		}
		i++
	}
	if i != 2*items {
		t.Errorf("%d findings, want %d", i, 2*items)
	}
}

// Findings are in the order of their positions, and say what to do.
func TestFindingsHelp(t *testing.T) {
	for _, name := range cases(t) {
		s := base(t)
		s.apply(t, name)
		for _, f := range s.lint() {
			if f.Severity == diag.Warning && (f.Message == "" || strings.HasSuffix(f.Message, ".")) {
				t.Errorf("%s: message %q", f.Position, f.Message)
			}
		}
	}
}
