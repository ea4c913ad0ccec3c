package ruleset

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestTrace(t *testing.T) {
	r := shipped(t)
	want := map[string]string{
		"trial-expires":       "out: contract",
		"under-contract":      "out: contract",
		"product-not-online":  "out: product",
		"not-authorized":      "out: contract; waits: role",
		"not-billing-admin":   "waits: role",
		"balance-outstanding": "hit",
		"all-clear":           "out: balance; waits: role",
	}
	for _, trace := range r.Trace(answers(t, r, "product=goto-meeting contract=monthly balance=outstanding")) {
		var words []string
		if trace.Hit {
			words = append(words, "hit")
		}
		if !trace.Out.Empty() {
			words = append(words, "out: "+strings.Join(pick(r.factIDs(), trace.Out), " "))
		}
		if !trace.Waits.Empty() {
			words = append(words, "waits: "+strings.Join(pick(r.factIDs(), trace.Waits), " "))
		}
		if id := r.Rules[trace.Rule].ID; strings.Join(words, "; ") != want[id] {
			t.Errorf("%s: %v, want %s", id, words, want[id])
		}
	}
}

func TestTraceAgreesWithEval(t *testing.T) {
	r := shipped(t)
	for a := range cases(r) {
		v, _ := r.eval(a)
		for _, trace := range r.Trace(a) {
			if trace.Hit != v.Hits.Has(trace.Rule) || !trace.Waits.Empty() {
				t.Fatalf("%v: %+v", r.Segments(a), trace)
			}
		}
	}
}

func TestReaches(t *testing.T) {
	r := shipped(t)
	tests := []struct{ fact, outcome, want string }{
		{"product", "cancel-online", "goto-meeting goto-webinar goto-training openvoice goto-assist-v4 goto-assist-v5"},
		{"role", "cancel-online", "billing-admin"},
		{"contract", "contact-support", "monthly fixed-term"},
		{"contract", "nothing-to-cancel", "trial"},
		{"balance", "not-yet", "clear outstanding"},
	}
	for _, tt := range tests {
		values, err := r.Reaches(tt.fact, tt.outcome)
		if got := strings.Join(values, " "); err != nil || got != tt.want {
			t.Errorf("%s %s: %q, %v, want %q", tt.fact, tt.outcome, got, err, tt.want)
		}
	}
	for _, names := range [][2]string{{"prodct", "cancel-online"}, {"product", "cancel-onlin"}} {
		if values, err := r.Reaches(names[0], names[1]); err == nil || !strings.Contains(err.Error(), "did you mean") {
			t.Errorf("%v: %v, %v", names, values, err)
		}
	}
}

func TestReferences(t *testing.T) {
	r := shipped(t)
	lines := strings.Split(source(t), "\n")
	count := 0
	for _, ref := range r.References() {
		line := lines[ref.Position.Line-1]
		if !strings.HasPrefix(line[ref.Position.Column-1:], fmt.Sprintf("%q", ref.Ref)) {
			t.Errorf("%s does not stand at %s", ref.Ref, ref.Position)
		}
		count++
	}
	sections := strings.Count(source(t), "#") - strings.Count(source(t), "\n#") - 1
	if want := sections + strings.Count(source(t), "\naction ="); count != want {
		t.Errorf("%d references, want %d", count, want)
	}
}

func TestMessages(t *testing.T) {
	var required, optional []string
	for _, m := range compiled(t, parking).Messages() {
		if m.Position.Line == 0 {
			t.Errorf("%s has no place", m.ID)
		}
		if wantDate := m.ID == "parking.date.pay-by"; wantDate != slices.Equal(m.Data, []string{"Date"}) {
			t.Errorf("%s takes %v", m.ID, m.Data)
		}
		if m.Optional {
			optional = append(optional, strings.TrimPrefix(m.ID, "parking."))
		} else {
			required = append(required, strings.TrimPrefix(m.ID, "parking."))
		}
	}
	slices.Sort(required)
	slices.Sort(optional)
	if got, want := strings.Join(required, " "), "anchor.renewal change.buy "+
		"date.pay-by date.pay-by.late date.pay-by.text description "+
		"fact.day fact.day.question fact.permit fact.permit.question outcome.no outcome.pay outcome.yes "+
		"rule.nobody-without rule.residents rule.sundays rule.visitors-pay start title "+
		"value.day.sunday value.day.weekday value.permit.none value.permit.resident value.permit.visitor"; got != want {
		t.Errorf("required: %s\nwant %s", got, want)
	}
	if got, want := strings.Join(optional, " "), "anchor.renewal.over calendar "+
		"fact.day.hint fact.day.open fact.permit.hint fact.permit.open note "+
		"outcome.no.text outcome.pay.text outcome.yes.text value.day.sunday.hint value.day.weekday.hint "+
		"value.permit.holders value.permit.none.hint value.permit.resident.hint value.permit.visitor.hint"; got != want {
		t.Errorf("optional: %s\nwant %s", got, want)
	}
}

func TestVersionFollowsTheFile(t *testing.T) {
	a, b := compiled(t, parking), compiled(t, parking+"# more\n")
	if a.Version() == b.Version() || a.Version() != compiled(t, parking).Version() || len(a.Version()) != 12 {
		t.Errorf("%s, %s", a.Version(), b.Version())
	}
}

// The text of a message may use the facts that are answered in some state that shows it.
func TestAnswered(t *testing.T) {
	r := shipped(t)
	messages := r.Messages()
	facts := Answered(r, messages)
	for id, want := range map[string]string{
		"title": "", "fact.product": "", "fact.product.question": "", "fact.contract.question": "product",
		"fact.balance.hint": "product contract role", "rule.trial-expires": "product contract",
		"rule.under-contract": "product contract role", "rule.balance-outstanding": "product contract role balance",
		"outcome.nothing-to-cancel.text": "product contract", "anchor.renewal.over": "product contract role balance",
		"date.call-by": "product contract role", "date.call-by.late": "product contract role",
	} {
		i := slices.IndexFunc(messages, func(m Message) bool { return m.ID == r.ID+"."+id })
		if got := strings.Join(pick(r.factIDs(), facts[i]), " "); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
}
