package ruleset

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"helpcenter/site/civil"
	"helpcenter/site/diag"
)

// With returns a copy of t with one more text.
func (t Typed) With(id, text string) Typed {
	t = maps.Clone(t)
	if t == nil {
		t = Typed{}
	}
	t[id] = text
	return t
}

// Read is like [Ruleset.ParsePath], but also accepts days of anchors. In typed it returns the texts that say more
// than the cell they lie in.
func Read(r *Ruleset, segments []string, on civil.Date) (a Answers, typed Typed, err error) {
	var facts []string
	for _, segment := range segments {
		id, text, _ := strings.Cut(segment, "=")
		switch f := r.Fact(id); {
		case r.anchor(id):
			if _, again := typed[id]; again {
				return a, nil, &AnswerError{problem: twice, Field: id, Given: text}
			}
			if _, err := civil.ParseDate(text); err != nil {
				return a, nil, fmt.Errorf("%s: %w", id, err)
			}
			typed = typed.With(id, text)
			continue
		case f >= 0:
			typed = r.Facts[f].Note(typed, text, on)
		}
		facts = append(facts, segment)
	}
	a, err = r.ParsePath(facts, on)
	return a, typed, err
}

// Note adds a text to typed if it says more than the cell of a fact.
func (f Fact) Note(typed Typed, text string, on civil.Date) Typed {
	if _, ok := f.Exact(text, on); ok {
		return typed.With(f.ID, text)
	}
	return typed
}

// maxStep is about a century in days and months, which keeps years at four digits. Working days have a lower limit,
// since they are counted one by one.
var maxStep = map[string]int{civil.Days: 36_600, civil.Months: 1_200, civil.WorkingDays: 2_600}

// A Day is a computed date.
type Day struct {
	Date int        // index in Dates
	Day  civil.Date // zero if its source was not typed
	Late bool       // the day is before the day of asking; on the day itself it is not too late yet
}

// A Schedule computes what is due when, after some answers.
type Schedule struct {
	*Ruleset
	answers Answers
	typed   Typed
	on      civil.Date
}

// Schedule returns what is due after some answers, counted from what was typed. What is due on the day of asking,
// on, is not late. If on is zero, nothing is.
func (r *Ruleset) Schedule(a Answers, typed Typed, on civil.Date) Schedule {
	return Schedule{r, a, typed, on}
}

// Days returns the dates that apply to the answers, in the order of the file. Once a deadline has passed, the dates
// that depend on meeting it no longer apply: of the dates with its source, Days returns only deadlines.
func (s Schedule) Days() []Day {
	days, missed := []Day{}, map[string]bool{}
	for _, d := range s.all() {
		date := s.Dates[d.Date]
		if s.stands(date) {
			missed[date.Source] = missed[date.Source] || d.Late && date.Deadline
			days = append(days, d)
		}
	}
	return slices.DeleteFunc(days, func(d Day) bool {
		date := s.Dates[d.Date]
		return missed[date.Source] && !date.Deadline
	})
}

// Deadlines returns the deadlines that may apply to the answers.
func (s Schedule) Deadlines() []Day {
	return slices.DeleteFunc(s.all(), func(d Day) bool {
		return !s.Dates[d.Date].Deadline || s.outside(s.answers, s.Dates[d.Date].When)
	})
}

// Sources returns the anchors and facts from which the applicable dates are counted, in the order of the dates.
func (s Schedule) Sources() (list []string) {
	for _, date := range s.Dates {
		if s.stands(date) && !slices.Contains(list, date.Source) {
			list = append(list, date.Source)
		}
	}
	return list
}

// Steps returns how a date is counted from its source, in a form for scripts such as "months=1 end-of-month
// days=7".
func (s Schedule) Steps(date int) string {
	d := s.Dates[date]
	if d.after < 0 {
		return d.step.String()
	}
	return s.Steps(d.after) + " " + d.step.String()
}

// stands reports whether a date applies: all completions of the answers are in its box, and its source is not a
// fact that they leave unasked.
func (s Schedule) stands(date Date) bool {
	f := s.Fact(date.Source)
	return s.inside(s.answers, date.When) && (f < 0 || s.onlyIf[f] == nil || !s.outside(s.answers, s.onlyIf[f]))
}

// all returns all dates, whether or not they apply.
func (s Schedule) all() []Day {
	days := make([]Day, len(s.Dates))
	for i, date := range s.Dates {
		var day civil.Date
		if date.after >= 0 {
			day = days[date.after].Day
		} else {
			day = s.source(date.Source)
		}
		if !day.IsZero() {
			day = date.step.From(day, s.Holidays)
		}
		days[i] = Day{i, day, !day.IsZero() && day.Before(s.on)}
	}
	return days
}

// source returns the day that was typed for an anchor or a fact. It is the zero Date if none was typed, or if it
// contradicts the fact's answer.
func (s Schedule) source(id string) civil.Date {
	text, f := s.typed[id], s.Fact(id)
	day, err := civil.ParseDate(text)
	switch {
	case f < 0:
		return day
	case s.answers.At(f) >= 0 && s.Facts[f].value(text, s.on) != s.answers.At(f):
		return civil.Date{}
	case err == nil || s.on.IsZero():
		return day
	}
	if n, ok := s.Facts[f].Exact(text, s.on); ok {
		return s.on.AddDays(int(n))
	}
	return civil.Date{}
}

// MissingHolidays warns of dates in working days that, counted from a day, fall after the last year in the list of
// holidays.
func MissingHolidays(r *Ruleset, day civil.Date) (found []diag.Finding) {
	typed := Typed{}
	for _, date := range r.Dates {
		typed[date.Source] = day.String()
	}
	s := r.Schedule(Answers{}, typed, day)
	return s.beyondHolidays(s.all(), "counted from "+day.String())
}

// beyondHolidays warns of the first date in working days that falls after the last year in the list of holidays.
func (s Schedule) beyondHolidays(days []Day, how string) []diag.Finding {
	for _, d := range days {
		date := s.Dates[d.Date]
		if len(s.Holidays) == 0 || !date.step.Works() || d.Day.Year <= s.Holidays[len(s.Holidays)-1].Year {
			continue
		}
		return []diag.Finding{diag.Warningf(date.Position, "old-holidays",
			"date %q, %s, is %s, and `holidays` ends with %s", date.ID, how, d.Day, s.Holidays[len(s.Holidays)-1]).
			Suggest("add the holidays of %d", d.Day.Year)}
	}
	return nil
}

// dates reads the anchors and dates of a file.
type dates struct{ *builder }

func (b dates) anchors() {
	b.rs.Holidays = slices.SortedFunc(slices.Values(b.src.Holidays), civil.Date.Compare)
	for i, src := range b.src.Anchors {
		b.ident("anchor", src.ID, "anchor", i, "id")
		at := b.loc.Value("anchor", i, "id")
		reserve(b.builder, "anchor", src.ID, at)
		if b.rs.Fact(src.ID) >= 0 {
			b.add(diag.Errorf(at, "duplicate-id", "%q is a fact", src.ID).Suggest("rename one of them"))
		}
		if !slices.ContainsFunc(b.src.Dates, func(d dateTable) bool { return d.From == src.ID }) {
			b.add(diag.Errorf(at, "dead-anchor", "no date is counted from anchor %q", src.ID).
				Suggest("remove the anchor, or name it in the `from` of a date"))
		}
		b.rs.Anchors = append(b.rs.Anchors, Anchor{src.ID, b.loc.Key("anchor", i)})
	}
}

func (b dates) read() {
	b.anchors()
	b.limit(b.rs.Position, len(b.src.Dates), "dates", maxDates, "leave some out")
	depth := make([]int, len(b.src.Dates))
	for i, src := range b.src.Dates {
		b.ident("date", src.ID, "date", i, "id")
		date := Date{ID: src.ID, Facts: src.Facts, Position: b.loc.Key("date", i)}
		date.When = b.box(src.When, "date", i, "when")
		date.step = b.step(src, i)
		date.Deadline = date.step.Count < 0
		if src.Deadline != nil {
			date.Deadline = *src.Deadline
		}
		if src.Round != "" {
			b.index("round", src.Round, civil.Roundings, "date", i, "round")
		}
		if b.source(&date, src, i); date.after >= 0 {
			depth[i] = depth[date.after] + 1
			b.limit(date.Position, depth[i]+1, "dates are counted from each other", maxChain, "count some from an anchor")
		}
		b.rs.Dates = append(b.rs.Dates, date)
	}
}

// step reads how a date is counted.
func (b dates) step(src dateTable, i int) civil.Step {
	step, misspelt := civil.Step{Round: src.Round}, false
	for _, s := range []struct {
		unit string
		n    *int
	}{{civil.Days, src.Days}, {civil.Months, src.Months}, {civil.WorkingDays, src.WorkingDays}} {
		misspelt = misspelt || b.loc.Misspelt("date", i, s.unit)
		if s.n == nil {
			continue
		}
		at := b.loc.Key("date", i, s.unit)
		switch {
		case step.Unit != "":
			b.add(diag.Errorf(at, "two-steps", "date %q has both %s and %s", src.ID, step.Unit, s.unit).
				Suggest("make it two dates, the second with `from` the first"))
		case max(*s.n, -*s.n) > maxStep[s.unit]:
			b.add(diag.Errorf(at, "table-limit", "%s of date %q exceeds %d", s.unit, src.ID, maxStep[s.unit]).
				Suggest("write fewer"))
		}
		step.Unit, step.Count = s.unit, *s.n
	}
	if step == (civil.Step{}) && !misspelt {
		b.add(diag.Errorf(b.loc.Key("date", i), "missing-days", "date %q does not say how it is counted", src.ID).
			Suggest("add a line such as days = -30, months = 1 or working_days = 3"))
	}
	return step
}

// source reads what a date is counted from. Only earlier dates are allowed, which rules out circles.
func (b dates) source(date *Date, src dateTable, i int) {
	date.Source, date.after = src.From, -1
	allowed := ids(b.rs.Anchors, func(a Anchor) string { return a.ID })
	for _, f := range b.rs.Facts {
		if f.Type == Days {
			allowed = append(allowed, f.ID)
		}
	}
	if slices.Contains(allowed, src.From) {
		return
	}
	at, named := b.loc.Value("date", i, "from"), func(d dateTable) bool { return d.ID == src.From }
	switch n := slices.IndexFunc(b.src.Dates, named); {
	case src.From == "" && !b.loc.Misspelt("date", i, "from"):
		advice := "add an [[anchor]], and name it here"
		if len(allowed) > 0 {
			advice = fmt.Sprintf("add a line such as from = %q", allowed[0])
		}
		b.add(diag.Errorf(date.Position, "missing-from", "date %q does not say what it is counted from", src.ID).
			Suggest("%s", advice))
	case src.From == "":
	case n >= i:
		b.add(diag.Errorf(at, "circle", "date %q is counted from %q, which is not defined before it", src.ID, src.From).
			Suggest("count it from an anchor, a fact of days or an earlier date"))
	case n >= 0:
		date.after, date.Source = n, b.rs.Dates[n].Source
	default:
		for _, earlier := range b.rs.Dates {
			allowed = append(allowed, earlier.ID)
		}
		b.unknown(at, "from", src.From, allowed)
	}
}
