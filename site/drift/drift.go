package drift

import (
	"helpcenter/site/diag"
)

// A DriftKind is what became of a block of the source.
type DriftKind uint8

// What a translation that did not follow is for it.
const (
	Older   DriftKind = iota // the block says something else now
	Missing                  // the block is new
	Extra                    // the block is gone
)

// A Drift is one block of a source that a translation has not followed.
type Drift struct {
	Lang, Path string // of the translation
	Section    string // id in the source of today, or the one on record if it is gone; "" before the first heading
	Kind       DriftKind
	Was, Is    string        // the source's text on record and of today, "" for none
	Source     diag.Position // the block in the source, or what stands before the place of one that is gone
	At         diag.Position // the block in the translation, or where it belongs
}

// Diff compares what the source said with what it says.
func (d *Drift) Diff() WordDiff { return diffWords(d.Was, d.Is) }

// OfSubstance reports whether the change is one that readers should know of:
// more than upper case and punctuation. Numbers always count, with the marks and
// signs in them.
func (d *Drift) OfSubstance() bool { return gist(d.Was) != gist(d.Is) }

const DriftRule = "outdated-translation"

// Finding is what lint says of the drift.
func (d *Drift) Finding() diag.Finding {
	what := [...]string{Older: "says something else", Missing: "says more", Extra: "says less"}[d.Kind]
	return diag.Warningf(d.At, DriftRule, "%s %s since this was translated: %s", d.Source, what, d.Diff().Brief(3, 12)).
		Suggest("translate what changed, then run helpcenter translations accept %s#%s --lang %s", d.Path, d.Section, d.Lang)
}
