package ruleset

import (
	"fmt"
	"strings"
	"testing"

	"helpcenter/site/diag"
)

// tenancy has dates of all kinds: a tenancy ends, a deposit is returned, a tax is due.
const tenancy = `id = "tenancy"
hit_policy = "output order"
holidays = [2027-01-01, 2026-12-25, 2026-12-28, 2027-05-31]
[[fact]]
id = "landlord"
values = ["private", "council"]
[[fact]]
id = "noticed"
type = "days"
min = -60
max = 0
only_if = { landlord = "private" }
[[anchor]]
id = "end"
[[outcome]]
id = "late"
[[outcome]]
id = "fine"
[[rule]]
id = "noticed-long-ago"
when = { noticed = "< -30" }
then = "late"
cite = "a#b"
[[rule]]
id = "noticed-just-now"
when = { noticed = ">= -30" }
then = "fine"
cite = "a#b"
[[rule]]
id = "council"
when = { landlord = "council" }
then = "fine"
cite = "a#b"
[[date]]
id = "notice"
from = "end"
months = -1
[[date]]
id = "inspection"
from = "notice"
working_days = -3
deadline = false
[[date]]
id = "deposit"
from = "end"
days = 14
round = "working-day-before"
deadline = true
[[date]]
id = "bill"
from = "end"
months = 1
round = "end-of-month"
[[date]]
id = "tax"
from = "bill"
days = 7
round = "working-day-after"
[[date]]
id = "objection"
from = "noticed"
working_days = 10
deadline = true
`

func TestDatesOfAllKinds(t *testing.T) {
	r := compiled(t, tenancy)
	for _, tt := range []struct{ given, typed, on, want string }{
		{"landlord=council", "end=2026-12-31", "2026-11-27", "notice 2026-11-30, inspection 2026-11-25 late, " +
			"deposit 2027-01-14, bill 2027-01-31, tax 2027-02-08"},
		{"landlord=council", "end=2026-12-31", "2026-12-01", "notice 2026-11-30 late, deposit 2027-01-14"},
		{"landlord=council", "end=2026-12-31", "2027-01-14", "notice 2026-11-30 late, deposit 2027-01-14"},
		{"landlord=council", "end=2026-12-31", "2027-01-15", "notice 2026-11-30 late, deposit 2027-01-14 late"},
		{"landlord=council", "end=2027-03-31", "2026-11-27", "notice 2027-02-28, inspection 2027-02-24, " +
			"deposit 2027-04-14, bill 2027-04-30, tax 2027-05-07"},
		{"landlord=council", "end=2027-01-29", "2026-12-01", "notice 2026-12-29, inspection 2026-12-22, " +
			"deposit 2027-02-12, bill 2027-02-28, tax 2027-03-08"},
		{"landlord=council", "end=2027-05-15", "2026-12-01", "notice 2027-04-15, inspection 2027-04-12, " +
			"deposit 2027-05-28, bill 2027-06-30, tax 2027-07-07"},
		{"landlord=council", "", "2026-12-01", "notice, inspection, deposit, bill, tax"},
		{"landlord=council", "noticed=2026-12-01", "2026-12-01", "notice, inspection, deposit, bill, tax"},
		{"landlord=private noticed=-30..0", "noticed=2026-12-18", "2026-12-20",
			"notice, inspection, deposit, bill, tax, objection 2027-01-06"},
		{"landlord=private noticed=-30..0", "noticed=-2", "2026-12-20",
			"notice, inspection, deposit, bill, tax, objection 2027-01-06"},
		{"landlord=private noticed=-30..0", "noticed=2026-11-18", "2026-12-20", // in another cell than the answer
			"notice, inspection, deposit, bill, tax, objection"},
		{"landlord=private", "noticed=2026-12-18 end=2028-02-29", "2027-01-07",
			"notice 2028-01-29, inspection 2028-01-26, deposit 2028-03-14, bill 2028-03-31, tax 2028-04-07, " +
				"objection 2027-01-06 late"},
	} {
		_, typed, err := Read(r, strings.Fields(tt.typed), mustDate(t, tt.on))
		if err != nil {
			t.Fatal(err)
		}
		a := answers(t, r, tt.given)
		if strings.Contains(tt.given, "noticed") != (a.At(1) >= 0) {
			t.Fatal(a)
		}
		var got []string
		for _, d := range r.Schedule(a, typed, mustDate(t, tt.on)).Days() {
			words := []string{r.Dates[d.Date].ID}
			if !d.Day.IsZero() {
				words = append(words, d.Day.String())
			}
			if d.Late {
				words = append(words, "late")
			}
			got = append(got, strings.Join(words, " "))
		}
		if s := strings.Join(got, ", "); s != tt.want {
			t.Errorf("%s, %s on %s:\ngot  %s\nwant %s", tt.given, tt.typed, tt.on, s, tt.want)
		}
	}
}

func TestMistakesInDates(t *testing.T) {
	for _, tt := range []struct{ old, new, want string }{
		{"months = -1", "days = 1\nmonths = -1", "two-steps"},
		{"months = -1\n", "", "missing-days"},
		{"from = \"end\"\n", "", "missing-from"},
		{"from = \"end\"", "from = \"ned\"", "unknown-from"},
		{"from = \"end\"", "from = \"landlord\"", "unknown-from"},
		{"from = \"end\"", "from = \"bill\"", "circle"},
		{"from = \"end\"", "from = \"notice\"", "circle"},
		{"round = \"end-of-month\"", "round = \"friday\"", "unknown-round"},
		{"months = 1\n", "months = 1201\n", "table-limit"},
		{"working_days = -3", "working_days = -2601", "table-limit"},
		{"days = 14", "days = 36601", "table-limit"},
		{"id = \"end\"", "id = \"noticed\"", "duplicate-id"},
		{"id = \"end\"", "id = \"on\"", "reserved-name"},
		{"id = \"end\"", "id = \"end\"\n[[anchor]]\nid = \"beginning\"", "dead-anchor"},
		{"2026-12-25", "2026-02-30", "toml"},
	} {
		_, found := Compile(nil, "rules/x.toml", []byte(strings.Replace(tenancy, tt.old, tt.new, 1)))
		if len(found) == 0 || !strings.Contains(fmt.Sprint(found), "["+tt.want+"]") {
			t.Errorf("%q for %q: found %v, want %s", tt.new, tt.old, found, tt.want)
		}
	}
	r := compiled(t, tenancy)
	for day, want := range map[string]int{"2026-11-27": 0, "2027-10-10": 0, "2027-12-10": 1} {
		if found := MissingHolidays(r, mustDate(t, day)); len(found) != want {
			t.Errorf("on %s: %v", day, found)
		}
	}
	_, found := Compile(nil, "rules/x.toml", []byte(tenancy+
		"[[example]]\ngiven = { landlord = \"council\", end = 2028-01-02 }\nexpect = \"fine\"\non = 2027-06-01\n"))
	if len(found) != 1 || found[0].Rule != "old-holidays" || found[0].Severity != diag.Warning {
		t.Errorf("an example beyond the holidays: %v", found)
	}
	chain := tenancy
	for i := range maxChain {
		from := fmt.Sprint("d", i-1)
		if i == 0 {
			from = "notice"
		}
		chain += fmt.Sprintf("[[date]]\nid = \"d%d\"\nfrom = %q\ndays = 1\n", i, from)
	}
	if _, found := Compile(nil, "rules/x.toml", []byte(chain)); !strings.Contains(fmt.Sprint(found), "[table-limit]") {
		t.Errorf("a chain of %d dates: %v", maxChain+1, found)
	}
}
