package answer

import (
	"strings"

	"helpcenter/site/ruleset"
	"helpcenter/site/unary"
)

// Label returns the words for a value of a fact, or for [Unknown]. A range of numbers or days is put into the words
// of the language, with the fact's unit if it has one.
func (c Checker) Label(fact, value string) string {
	if value == Unknown {
		return c.Words.Text("checker.unknown")
	}
	f := c.Set.Facts[c.Set.Fact(fact)]
	switch f.Type {
	case ruleset.SetOf:
		return c.setLabel(f, value)
	case ruleset.Number, ruleset.Days:
		cell, err := f.Domain.ParseName(value)
		if err != nil {
			return value
		}
		if f.Type == ruleset.Days {
			return c.daysLabel(f, cell)
		}
		return c.numberLabel(f, cell)
	}
	return c.plainLabel(fact, value)
}

func (c Checker) numberLabel(f ruleset.Fact, cell unary.Interval) string {
	label := c.rangeLabel(f, cell)
	if unit := c.Optional("fact." + f.ID + ".unit"); unit != "" {
		label += " " + unit
	}
	return label
}

func (c Checker) plainLabel(fact, value string) string {
	if text := c.Optional("value." + fact + "." + value); text != "" {
		return text
	}
	if from := c.Set.Facts[c.Set.Fact(fact)].From; from != "" {
		return c.outcome(from, value)
	}
	return c.Name(fact, value)
}

// Labels returns the words for some values of a fact by its index. Adjacent ranges are joined.
func (c Checker) Labels(f int, values ruleset.Bits) (labels []string) {
	for _, name := range c.Set.Facts[f].Names(values) {
		labels = append(labels, c.Label(c.Set.Facts[f].ID, name))
	}
	return labels
}

func (c Checker) setLabel(f ruleset.Fact, value string) string {
	if value == "" {
		return c.Words.Text("checker.set.none")
	}
	var labels []string
	for name := range strings.SplitSeq(value, ",") {
		labels = append(labels, c.plainLabel(f.ID, name))
	}
	last := len(labels) - 1
	if last == 0 {
		return labels[0]
	}
	return c.Words.Format("checker.set.and", "Before", strings.Join(labels[:last], ", "), "Last", labels[last])
}

func (c Checker) rangeLabel(f ruleset.Fact, cell unary.Interval) string {
	decimals := f.Domain.Decimals
	low, high := c.Words.Decimal(cell.Low, decimals), c.Words.Decimal(cell.High, decimals)
	switch {
	case cell.Low == cell.High:
		return low
	case cell.High == f.Domain.Max:
		return c.Words.Format("checker.number.least", "Low", low)
	case cell.Low == f.Domain.Min:
		return c.Words.Format("checker.number.most", "High", high)
	}
	return c.Words.Format("checker.number.range", "Low", low, "High", high)
}

// daysLabel describes a range of days by distance from today, which stays true as a page ages.
func (c Checker) daysLabel(f ruleset.Fact, cell unary.Interval) string {
	low, high := int(cell.Low), int(cell.High)
	switch {
	case low == 0 && high == 0:
		return c.Words.Text("checker.days.today")
	case cell.Low == f.Domain.Min && high < -1:
		return c.Words.Plural("checker.days.earlier", -high-1)
	case cell.High == f.Domain.Max && low > 1:
		return c.Words.Plural("checker.days.later", low-1)
	case high == 0, cell.Low == f.Domain.Min && high == -1:
		return c.Words.Plural("checker.days.last", -low)
	case low == 0, cell.High == f.Domain.Max && low == 1:
		return c.Words.Plural("checker.days.next", high)
	case low == high && low < 0:
		return c.Words.Plural("checker.days.ago", -low)
	case low == high:
		return c.Words.Plural("checker.days.in", low)
	case high < 0:
		return c.Words.Plural("checker.days.ago.range", -low, "From", -high)
	case low > 0:
		return c.Words.Plural("checker.days.in.range", high, "From", low)
	}
	return c.Words.Format("checker.days.around", "Before", -low, "After", high)
}
