package library

import "testing"

// A suggestion is near by its name: a long folder that both share does not make names alike.
func TestNearestPath(t *testing.T) {
	paths := []string{"goto-meeting/billing/free-trial", "goto-meeting/audio/toll-free"}
	x := newPathIndex(paths, func(path string) string { return path })
	for missing, want := range map[string]string{
		"goto-meeting/billing/free-trail": paths[0],
		"goto-meeting/billing/nowhere":    "",
		"goto-meeting/billing/toll-free":  paths[1], // in another folder
	} {
		if got := x.nearest(missing); got != want {
			t.Errorf("%s: %q, want %q", missing, got, want)
		}
	}
}
