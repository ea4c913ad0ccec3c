package ruleset

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Row is a box of cases that have outcome and reasons in common.
type Row struct {
	ID      string // the reasons' ids joined by "--", numbered where rows share them; a link to it lasts
	When    Box
	Outcome int
	Reasons Bits // rules
}

// Rows returns the whole table, merged until no two rows can be made one: every
// case is in exactly one row. Rows stand by outcome, the highest first, then by
// their first case.
func (r *Ruleset) Rows() []Row {
	var rows []Row
	for _, p := range r.table.patches(r.table.cells) {
		v := r.table.verdicts[p.label]
		rows = append(rows, Row{When: p.box, Outcome: v.Outcome, Reasons: v.Hits})
	}
	slices.SortFunc(rows, func(x, y Row) int {
		return cmp.Or(cmp.Compare(x.Outcome, y.Outcome), compareFirst(x.When, y.When))
	})
	times := map[string]int{}
	for i := range rows {
		id := strings.Join(pick(r.ruleIDs(), rows[i].Reasons), "--")
		if times[id]++; times[id] > 1 {
			id = fmt.Sprintf("%s--%d", id, times[id])
		}
		rows[i].ID = id
	}
	return rows
}
