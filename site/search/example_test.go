package search_test

import (
	"context"
	"fmt"
	"slices"

	"helpcenter/site/search"
)

func ExampleNew() {
	invoices := &search.Document{
		Path: "meeting/billing/download-invoices", URL: "/en/meeting/billing/download-invoices/",
		Title: "Download your invoices", Description: "All invoices of GoToMeeting in one place.",
		Sections: []search.Section{{ID: "post", Title: "By post", Text: []string{"We send letters on request."}}},
	}
	cancel := &search.Document{
		Path: "meeting/billing/cancel", URL: "/en/meeting/billing/cancel/",
		Title: "Cancel your subscription", Text: []string{"Pay your last invoice first."},
	}
	index := search.New(search.Config{
		Lang:     "en",
		Names:    []string{"GoTo Meeting"},
		Synonyms: [][]string{{"bill", "invoice"}},
	}, slices.Values([]*search.Document{cancel, invoices}))

	for _, text := range []string{"bills", "canceling", "go to meeting", "subscribtion", "letter"} {
		found := index.Search(context.Background(), search.Query{Text: text})
		fmt.Println(text)
		for _, c := range found.Corrected {
			fmt.Printf("  read as %s\n", c.To)
		}
		for _, hit := range found.Hits {
			fmt.Printf("  %s#%s\n", hit.URL, hit.Section)
		}
	}
	// Output:
	// bills
	//   /en/meeting/billing/download-invoices/#
	//   /en/meeting/billing/cancel/#
	// canceling
	//   /en/meeting/billing/cancel/#
	// go to meeting
	//   /en/meeting/billing/download-invoices/#
	// subscribtion
	//   read as subscription
	//   /en/meeting/billing/cancel/#
	// letter
	//   /en/meeting/billing/download-invoices/#post
}
