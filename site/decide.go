package site

import (
	"net/http"
	"strings"
)

// maxState is how long the address of a state may be below its checker's, in
// bytes: what is refused there is compared with all that is allowed.
const maxState = 2000

// state answers below a checker's address. States are files; here come those
// with a renewal date, whose days are counted, and addresses that say the same
// as a state in other words, which are sent to it.
func (h *handler) state(l *language, c *checker) http.HandlerFunc {
	root := h.site.link(l.Tag + "/" + c.id + "/")
	return func(w http.ResponseWriter, r *http.Request) {
		rest := strings.Trim(strings.TrimPrefix(r.URL.Path, root), "/")
		var segments []string
		if rest != "" {
			segments = strings.Split(rest, "/")
		}
		if len(rest) > maxState {
			h.static(w, r)
			return
		}
		a, err := c.set.ParsePath(segments)
		if err != nil {
			h.static(w, r)
			return
		}
		canonical := c.link(l, c.set.Canonical(a))
		switch renewal := r.URL.Query().Get("renewal"); {
		case r.URL.Path != canonical:
			redirect(w, r, canonical, http.StatusPermanentRedirect)
		case renewal == "":
			h.static(w, r)
		default:
			h.render(w, r, c.statePage(l, a, renewal, h.site.Day(h.now())))
		}
	}
}
