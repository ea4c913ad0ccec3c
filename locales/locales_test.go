package locales

import (
	"testing"

	"helpcenter"
)

func TestShipped(t *testing.T) {
	c, found := Load(Files, []string{"it", "en"}, "en")
	for _, f := range found {
		t.Error(f)
	}
	for _, d := range []string{"2025-03-03", "2027-01-01"} {
		day, _ := helpcenter.ParseDate(d)
		t.Log(c.Words("it").Date(day), c.Words("en").Date(day), c.Words("it").Number(1234567), c.Words("en").Number(1234), c.Words("it").List([]string{"a", "b", "c"}))
	}
}
