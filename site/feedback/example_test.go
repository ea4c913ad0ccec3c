package feedback_test

import (
	"fmt"
	"os"
	"time"

	"helpcenter/site/feedback"
)

func Example() {
	dir, err := os.MkdirTemp("", "feedback")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	store, err := feedback.Open(dir, feedback.Options{Now: time.Now})
	if err != nil {
		fmt.Println(err)
		return
	}
	store.Vote(feedback.Vote{Lang: "it", Page: "meet/billing/cancel", Answer: feedback.Yes})
	store.Vote(feedback.Vote{Lang: "it", Page: "meet/billing/cancel", Section: "steps", Answer: "unclear"})
	store.Search("it", "Rimborso", false)
	if err := store.Close(); err != nil {
		fmt.Println(err)
		return
	}
	report, err := feedback.Read([]string{dir}, "")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, page := range report.Pages {
		fmt.Printf("%s %s: %s\n", page.Language, page.Page, page.Counts)
	}
	for _, search := range report.Searches {
		fmt.Printf("%s %q: %d, matched %s\n", search.Language, search.Words, search.Times, search.Matched)
	}
	// Output:
	// it meet/billing/cancel: 1 helpful, 1 not (unclear 1)
	// it "rimborso": 1, matched nothing
}
