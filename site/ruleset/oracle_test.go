package ruleset

import (
	"slices"
	"testing"
)

// oracle decides a case from the facts of the subject, without the rule file. Each comment below is one of these
// facts. Reasons are in output order.
func oracle(product, contract, role, balance string) (outcome string, reasons []string) {
	// A21: a free trial needs no cancelling.
	if contract == "trial" {
		return "nothing-to-cancel", []string{"trial-expires"}
	}
	// A14: at present only these can be cancelled in GoTo Admin.
	online := slices.Contains([]string{
		"goto-meeting", "goto-webinar", "goto-training", "openvoice", "goto-assist-v5", "goto-assist-v4",
	}, product)
	// A13, A18, A19: with a contract, support must be contacted.
	if contract == "fixed-term" {
		reasons = append(reasons, "under-contract")
	}
	// A15: for all other products support must be contacted.
	if !online {
		reasons = append(reasons, "product-not-online")
	}
	// A5: under contract, a billing admin, a product admin or an authorized
	// billing contact may cancel, and nobody else.
	if contract == "fixed-term" && role == "other" {
		reasons = append(reasons, "not-authorized")
	}
	if len(reasons) > 0 {
		return "contact-support", reasons
	}
	// A6: cancelling online needs billing admin permission.
	if role != "billing-admin" {
		reasons = append(reasons, "not-billing-admin")
	}
	// A8: an outstanding balance can prevent it.
	if balance == "outstanding" {
		reasons = append(reasons, "balance-outstanding")
	}
	if len(reasons) > 0 {
		return "not-yet", reasons
	}
	// A16.
	return "cancel-online", []string{"all-clear"}
}

// disagrees returns the first case in which a ruleset and the oracle differ.
func disagrees(r *Ruleset) (words []string, differ bool) {
	for a := range cases(r) {
		var w []string
		for f, fact := range r.Facts {
			w = append(w, fact.Values[a.At(f)])
		}
		v, ok := r.eval(a)
		outcome, reasons := oracle(w[0], w[1], w[2], w[3])
		if !ok || v.Outcome < 0 || r.Outcomes[v.Outcome].ID != outcome ||
			!slices.Equal(pick(r.ruleIDs(), v.Hits), reasons) {
			return w, true
		}
	}
	return nil, false
}

func TestOracleAgreesOnAllCases(t *testing.T) {
	r := shipped(t)
	if got, want := r.Cases(), 19*3*4*2; got != want {
		t.Errorf("%d cases, want %d", got, want)
	}
	if w, differ := disagrees(r); differ {
		t.Errorf("the rules and the facts differ in %v", w)
	}
}

func TestRulesRestOnFacts(t *testing.T) {
	r := shipped(t)
	want := map[string][]string{
		"trial-expires":       {"A21"},
		"under-contract":      {"A13", "A18", "A19"},
		"product-not-online":  {"A14", "A15", "A18"},
		"not-authorized":      {"A5"},
		"not-billing-admin":   {"A6", "A17"},
		"balance-outstanding": {"A8", "A18", "A23"},
		"all-clear":           {"A13", "A16", "A18", "A22"},
	}
	for _, rule := range r.Rules {
		if !slices.Equal(rule.Facts, want[rule.ID]) {
			t.Errorf("%s rests on %v, want %v", rule.ID, rule.Facts, want[rule.ID])
		}
	}
}
