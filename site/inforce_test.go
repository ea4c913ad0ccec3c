package site_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"helpcenter/site"
	"helpcenter/site/sitetest"
)

// onDay returns the shipped site on a day; its rules are in force from 3 March 2025.
func onDay(t *testing.T, year int, month time.Month, day int) *site.Site {
	t.Helper()
	in := sitetest.SampledInput(t)
	in.Library.Site.Notices = nil // one begins on that day too
	in.Now = time.Date(year, month, day, 12, 0, 0, 0, time.UTC)
	in.Key = func() site.Key { return site.Key{1} } // the input is the same
	s, found := site.New(in)
	sitetest.FailOnFindings(t, found)
	return s
}

// Before the first day of the rules no page says what they decide about a product, and articles say it only with
// that day.
func TestNothingIsDecidedBeforeRulesAreInForce(t *testing.T) {
	sitetest.WithoutRaces(t)
	const notice, ruling = "take effect on 3 March 2025", "You can cancel GoTo Meeting online"
	lists := []string{ // pages with a values block
		"en/account/billing/products-cancelled-online/index.html", "en/account/billing/products-cancelled-online.md",
		"en/goto-meeting/billing/cancel-subscription/index.html", "en/goto-meeting/billing/cancel-subscription.md",
		"en/llms-full.txt",
	}
	before := sitetest.PublishedFiles(t, onDay(t, 2025, 3, 2))
	for name, data := range before {
		if bytes.Contains(data, []byte(ruling)) || bytes.Contains(data, []byte(`class="pill`)) {
			t.Errorf("%s says what will be decided", name)
		}
		if slices.Contains(lists, name) != bytes.Contains(data, []byte(notice)) && !strings.Contains(name, "/cancel-online") {
			t.Errorf("%s: notice %t", name, bytes.Contains(data, []byte(notice)))
		}
	}
	after := sitetest.PublishedFiles(t, onDay(t, 2025, 3, 3))
	if !bytes.Contains(after["en/goto-meeting/index.html"], []byte(ruling)) {
		t.Error("the page of a product does not say what is decided")
	}
	for name, data := range after {
		if bytes.Contains(data, []byte(notice)) {
			t.Errorf("%s has a notice", name)
		}
	}
}

// Parts with the same key on two days have the same bytes.
func TestKeysChangeWithTheDay(t *testing.T) {
	type part struct {
		key  site.Key
		data string
	}
	parts := func(s *site.Site) map[string]part {
		all := map[string]part{}
		var mu sync.Mutex
		err := s.EachPart(context.Background(), func(p site.Part, buf *bytes.Buffer) error {
			made := part{key: p.Key()}
			for f := range p.Files {
				data, err := f.Bytes(buf)
				if err != nil {
					return err
				}
				made.data += f.Path + "\n" + string(data)
			}
			mu.Lock()
			defer mu.Unlock()
			all[p.Name] = made
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	before, after := parts(onDay(t, 2025, 3, 2)), parts(onDay(t, 2025, 3, 3))
	for name, was := range before {
		if is := after[name]; is.key == was.key && is.data != was.data {
			t.Errorf("%s changes with the day, and its key does not", name)
		}
	}
}
