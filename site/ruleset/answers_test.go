package ruleset

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"helpcenter/site/civil"
)

func TestParsePath(t *testing.T) {
	r := shipped(t)
	a := answers(t, r, "role=unknown product=openvoice")
	if a.At(r.Fact("product")) != 5 || a.At(r.Fact("role")) != Unknown || a.At(r.Fact("balance")) != Unanswered {
		t.Errorf("%v", a)
	}
	if got := strings.Join(r.Segments(a), "/"); got != "product=openvoice/role=unknown" {
		t.Errorf("written as %q", got)
	}
	if a.With(r.Fact("role"), Unanswered) != answers(t, r, "product=openvoice") {
		t.Error("an answer is not taken back")
	}
	facts := []string{"product", "contract", "role", "balance"}
	tests := []struct {
		path string
		want AnswerError
	}{
		{"product", AnswerError{problem: malformed, Given: "product", Allowed: facts}},
		{"=openvoice", AnswerError{problem: malformed, Given: "=openvoice", Allowed: facts}},
		{"", AnswerError{problem: malformed, Allowed: facts}},
		{"prodct=openvoice", AnswerError{noSuchFact, "prodct", "openvoice", facts, "product", ""}},
		{
			"balance=claer",
			AnswerError{noSuchValue, "balance", "claer", []string{"clear", "outstanding", "unknown"}, "clear", ""},
		},
		{"balance=", AnswerError{noSuchValue, "balance", "", []string{"clear", "outstanding", "unknown"}, "", ""}},
		{
			"balance=clear=",
			AnswerError{noSuchValue, "balance", "clear=", []string{"clear", "outstanding", "unknown"}, "clear", ""},
		},
		{"Balance=clear", AnswerError{noSuchFact, "Balance", "clear", facts, "balance", ""}},
		{"balance=clear/role=other/balance=clear", AnswerError{problem: twice, Field: "balance", Given: "clear"}},
		{"balance=unknown/balance=clear", AnswerError{problem: twice, Field: "balance", Given: "clear"}},
		{
			"balance=x/role=y",
			AnswerError{noSuchValue, "balance", "x", []string{"clear", "outstanding", "unknown"}, "", ""},
		},
	}
	for _, tt := range tests {
		a, err := r.ParsePath(strings.Split(tt.path, "/"), civil.Date{})
		var got *AnswerError
		if !errors.As(err, &got) || a != (Answers{}) {
			t.Errorf("%q: %v, %v", tt.path, a, err)
			continue
		}
		if got.problem != tt.want.problem || got.Field != tt.want.Field || got.Given != tt.want.Given ||
			!slices.Equal(got.Allowed, tt.want.Allowed) || got.Nearest != tt.want.Nearest {
			t.Errorf("%q: got %+v, want %+v", tt.path, *got, tt.want)
		}
	}
}

func FuzzAnswers(f *testing.F) {
	r := shipped(f)
	f.Add("product=goto-meeting/contract=monthly/role=billing-admin/balance=clear")
	f.Add("balance=unknown/product=unknown")
	f.Add("product=goto-meeting/product=rescue")
	f.Add("=/a=b=c//role")
	f.Fuzz(func(t *testing.T, path string) {
		a, err := r.ParsePath(strings.Split(path, "/"), civil.Date{})
		if err != nil {
			if _, ok := err.(*AnswerError); !ok {
				t.Errorf("%T", err)
			}
			return
		}
		if back, err := r.ParsePath(r.Segments(a), civil.Date{}); back != a || err != nil {
			t.Errorf("%q is read back as %v, %v", path, back, err)
		}
		c := r.Canonical(a)
		if r.Canonical(c) != c {
			t.Errorf("%q: the canonical state of a canonical state is another", path)
		}
		if d := r.Decide(a); d.Possible.Empty() || d.Decided() != (d.Possible.Len() == 1) {
			t.Errorf("%q: %+v", path, d)
		}
	})
}
