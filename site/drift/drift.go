// Package drift compares the source of a translation with its baseline: what the source said when it was
// translated.
//
// A translation drifts when its source changes and it does not. [Compare] matches the blocks of baseline and
// source. It ignores formatting, targets of links, white space, renamed ids of sections, and the place of the
// article. Articles without a baseline are not compared.
//
// [ReadBaselines] reads the file content/translations.<lang>.toml, whose format is described in baseline.go.
package drift

import "helpcenter/site/diag"

// A Kind is what became of a block of the source.
type Kind uint8

// The kinds of drift.
const (
	Older   Kind = iota // the block has changed
	Missing             // the block is new
	Extra               // the block was removed
)

// A Drift is one block of a source that a translation has not followed.
type Drift struct {
	Lang, Path string // of the translation
	Section    string // id in the source, or in the baseline if it was removed; "" before the first heading
	Kind       Kind
	Was, Is    string        // the text in the baseline and in the source; "" for none
	Source     diag.Position // the block in the source, or the one before a removed block
	At         diag.Position // the block in the translation, or where it belongs
}

// Diff compares the texts of baseline and source.
func (d *Drift) Diff() WordDiff { return diffWords(d.Was, d.Is) }

// OfSubstance reports whether readers should know of the change: it is more than a change of case or punctuation.
// Numbers always count, with their signs.
func (d *Drift) OfSubstance() bool { return gist(d.Was) != gist(d.Is) }

// Rule is the rule of all findings of this package.
const Rule = "outdated-translation"

// Finding returns the drift as a warning.
func (d *Drift) Finding() diag.Finding {
	what := [...]string{Older: "has changed", Missing: "is new", Extra: "was removed"}[d.Kind]
	return diag.Warningf(d.At, Rule, "%s %s since this was translated: %s", d.Source, what, d.Diff().Brief(3, 12)).
		Suggest("translate the change, then run helpcenter translations accept %s#%s --lang %s", d.Path, d.Section, d.Lang)
}
