package rules

import "testing"

func TestSmoke(t *testing.T) {
	set, fs := Load(Files)
	for _, f := range fs {
		t.Log(f)
	}
	r := set.versions["cancel-online"]
	if len(r) == 0 {
		t.Fatal("none")
	}
	n := 0
	for range r[0].States() {
		n++
	}
	t.Log("cells", r[0].table.size(), "cases", r[0].Cases(), "states", n)
	for _, row := range r[0].Rows() {
		t.Log(row.ID, r[0].Words(row.When), r[0].Outcomes[row.Outcome].ID, row.When.Cases())
	}
	a, err := r[0].ParsePath([]string{"product=goto-meeting", "contract=monthly", "role=other"})
	t.Log(err)
	t.Logf("%+v", r[0].Decide(a))
	d, err := Diff(r[0], r[0])
	t.Log(d, err)
}
