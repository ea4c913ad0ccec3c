package locale

import (
	"strconv"

	"helpcenter/site/civil"
)

// The messages with which this package itself writes dates and lists.
const (
	dateLong  = "date.long"
	dateDay   = "date.day"
	dateMonth = "date.month." // and the month's number

	listPair   = "list.pair"
	listMiddle = "list.middle"
	listEnd    = "list.end"
)

// ownNeeds returns what this package itself requires of the default language.
func (c *Catalog) ownNeeds() []Need {
	needs := []Need{
		{ID: dateLong, Fields: []string{"Day", "Month", "Year"}},
		{ID: dateDay, Fields: []string{"Day", "Count"}},
	}
	for _, id := range []string{listPair, listMiddle, listEnd} {
		needs = append(needs, Need{ID: id, Fields: []string{"Item", "List"}})
	}
	for month := 1; month <= 12; month++ {
		needs = append(needs, Need{ID: dateMonth + strconv.Itoa(month)})
	}
	for i := range needs {
		needs[i].Pos = c.fallback.placeFor(needs[i].ID)
	}
	return needs
}

// resolveDates writes every day and month once. What is missing [Load] has
// reported.
func (w *Words) resolveDates() {
	for n := 1; n < len(w.months); n++ {
		w.months[n] = w.fixed[dateMonth+strconv.Itoa(n)]
	}
	for n := 1; n < len(w.days); n++ {
		w.days[n], _ = w.localize(dateDay, n, values{"Day": strconv.Itoa(n), "Count": strconv.Itoa(n)})
	}
}

// Date writes a day as the language does, such as 3 March 2025; no day is "".
func (w *Words) Date(d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return w.must(dateLong, nil, values{"Day": w.days[d.Day], "Month": w.months[d.Month], "Year": strconv.Itoa(d.Year)})
}

// List joins items as the language does, such as "a, b and c".
func (w *Words) List(items []string) string {
	if len(items) == 0 {
		return ""
	}
	joined, last := items[0], len(items)-1
	for i := 1; i <= last; i++ {
		id := listMiddle
		switch {
		case last == 1:
			id = listPair
		case i == last:
			id = listEnd
		}
		joined = w.must(id, nil, values{"List": joined, "Item": items[i]})
	}
	return joined
}
