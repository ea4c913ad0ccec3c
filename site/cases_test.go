package site_test

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"helpcenter/site"
	"helpcenter/site/sitetest"
)

// square returns a site with a checker that has two facts of size values each and a rule for every pair, so no two
// cases have the same reasons.
func square(t *testing.T, size int) *site.Site {
	t.Helper()
	var rules strings.Builder
	rules.WriteString("id = \"pick\"\nhit_policy = \"output order\"\nvalid_from = 2025-01-01\n" +
		"[[outcome]]\nid = \"yes\"\n[ranking]\nbetter = [\"yes\"]\n")
	for _, fact := range []string{"row", "column"} {
		values := make([]string, size)
		for i := range values {
			values[i] = strconv.Quote(fact + strconv.Itoa(i))
			fmt.Fprintf(&rules, "[[rule]]\nid = %[1]s\nwhen = { %[2]s = %[1]s }\nthen = \"yes\"\n"+
				"cite = \"city/parking/permits#needed\"\n", values[i], fact)
		}
		fmt.Fprintf(&rules, "[[fact]]\nid = %q\nvalues = [%s]\n", fact, strings.Join(values, ", "))
	}
	return sitetest.ParkingAnd(t, "pick.toml", rules.String())
}

// A table of all cases ends after 500 rows and says so.
func TestTableOfAllCasesHasALimit(t *testing.T) {
	for _, test := range []struct{ size, rows int }{{3, 9}, {23, 500}} {
		s := square(t, test.size)
		f, _ := s.File("en/pick/all/index.html")
		text, err := f.Bytes(new(bytes.Buffer))
		if err != nil {
			t.Fatal(err)
		}
		page := sitetest.ParsePage(t, f.Path, text)
		rows := page.Find(func(n *html.Node) bool { return n.Data == "tr" && n.Parent.Data == "tbody" })
		if len(rows) != test.rows {
			t.Errorf("%d rows of %d cases, want %d", len(rows), test.size*test.size, test.rows)
		}
		limited := s.Words.Words("en").Format("checker.rows", "Number", 500)
		if got := bytes.Contains(text, []byte(limited)); got != (test.rows == 500) {
			t.Errorf("%d rows of %d cases: a note of the limit: %t", len(rows), test.size*test.size, got)
		}
	}
}
