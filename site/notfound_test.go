package site_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"helpcenter/site"
	"helpcenter/site/sitetest"
)

func TestNearest(t *testing.T) {
	s := sitetest.Shipped(t)
	const cancel = "goto-meeting/billing/cancel-subscription"
	for _, tt := range []struct{ name, lang, address, want string }{
		{"in another category", "it", "/it/goto-meeting/account/annullare-abbonamento/", cancel},
		{"without a slash", "it", "/it/annullare-abbonamento", cancel},
		{"with an ending", "en", "/en/goto-meeting/billing/cancel-subscription.html", cancel},
		{"in another language", "it", "/it/goto-meeting/billing/cancel-subscription/", cancel},
		{"misspelt", "it", "/it/goto-meeting/billing/anullare-abonamento/", cancel},
		{"by its words", "en", "/en/help/outstanding_balance", "goto-meeting/billing/outstanding-balance"},
		{"nothing is near", "en", "/en/xyzzyx/", ""},
		{"nobody typed this", "en", "/en/cancel/" + strings.Repeat("a", site.MaxAddress), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := s.Nearest(tt.lang, tt.address)
			if tt.want == "" {
				if len(got) > 0 {
					t.Errorf("%s is near %v, want nothing", tt.address, got)
				}
				return
			}
			link := s.ArticleLink(tt.lang, tt.want)
			if len(got) > site.MaxSuggestions || !slices.Contains(got, link) {
				t.Errorf("%s is near %v, want %s among them", tt.address, got, link)
			}
		})
	}
}

// An address that does not exist still answers 404.
func TestNotFoundOffersTheNearest(t *testing.T) {
	s := sitetest.Shipped(t)
	h := shippedHandler(t)
	for address, near := range map[string]bool{"/it/annullare-abbonamento": true, "/it/xyzzyx/": false} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
		doc := sitetest.ParsePage(t, address, w.Body.Bytes())
		link := s.ArticleLink("it", "goto-meeting/billing/cancel-subscription")
		if w.Code != http.StatusNotFound || slices.Contains(doc.Links, link) != near {
			t.Errorf("%s answers %d, with a link to %s: %t, want %t", address, w.Code, link, !near, near)
		}
	}
}
