package helpcenter

import (
	"slices"
	"testing"
)

func TestPack(t *testing.T) {
	want := []string{"permits", "", "it", "è così", "permits"}
	got := slices.Clone(want)
	var texts []*string
	for i := range got {
		texts = append(texts, &got[i])
	}
	Pack(texts...)
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	Pack()
}
