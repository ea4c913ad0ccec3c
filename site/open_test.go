package site_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"helpcenter/site"
	"helpcenter/site/civil"
	"helpcenter/site/sitetest"
)

// wideRules returns a checker with more states than may have pages: each of three facts has 26 values, and the half
// that each answer is in decides among eight outcomes.
func wideRules() string {
	var first, second []string
	for i := range 13 {
		first = append(first, fmt.Sprintf("%q", fmt.Sprintf("v%d", i)))
		second = append(second, fmt.Sprintf("%q", fmt.Sprintf("v%d", i+13)))
	}
	halves := []string{"[" + strings.Join(first, ", ") + "]", "[" + strings.Join(second, ", ") + "]"}
	var b strings.Builder
	b.WriteString("id = \"wide\"\nvalid_from = 2025-01-01\nhit_policy = \"output order\"\n")
	for _, fact := range []string{"a", "b", "c"} {
		fmt.Fprintf(&b, "[[fact]]\nid = %q\nvalues = [%s]\n", fact, strings.Trim(halves[0]+", "+halves[1], "[]"))
	}
	for i := range 8 {
		fmt.Fprintf(&b, "[[outcome]]\nid = \"o%d\"\n", i)
	}
	for i := range 8 {
		fmt.Fprintf(&b, "[[rule]]\nid = \"r%d\"\nwhen = { a = %s, b = %s, c = %s }\nthen = \"o%d\"\n",
			i, halves[i&1], halves[i>>1&1], halves[i>>2&1], i)
		b.WriteString("cite = \"city/parking/permits#needed\"\n")
	}
	return strings.ReplaceAll(b.String(), "], [", ", ")
}

// Each question names its checker exactly once, and so does the page of open states.
func TestQuestionsNameTheirChecker(t *testing.T) {
	s := sitetest.Shipped(t)
	title := s.Words.Words("en").Text("cancel-online.title")
	for state, want := range map[string]string{
		"":                      title + " Question 1 of at most 4",
		"product=goto-meeting/": title + " Question 2 of at most 4",
		"product=unknown/contract=monthly/role=unknown/balance=unknown/": title,
	} {
		name := "en/cancel-online/" + state + "index.html"
		f, ok := s.File(name)
		if !ok {
			t.Fatal(name)
		}
		var b bytes.Buffer
		data, err := f.Bytes(&b)
		if err != nil {
			t.Fatal(err)
		}
		isTopic := func(n *html.Node) bool { return sitetest.Attr(n, "class") == "topic" }
		topic := sitetest.ParsePage(t, name, data).Find(isTopic)
		if len(topic) != 1 || sitetest.TextOf(topic[0]) != want {
			t.Errorf("%s does not say %q alone above its heading", name, want)
		}
	}
}

// A state without a page is computed by a service. Its head names no file that does not exist, and pages link to it
// by way of the page of open states.
func TestStatesThatAreNoPages(t *testing.T) {
	s := sitetest.ParkingAnd(t, "wide.toml", wideRules())

	read := func(f site.File) string {
		var b bytes.Buffer
		data, err := f.Bytes(&b)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	const alternate = `type="text/markdown"`
	question, ok := s.File("en/wide/index.html")
	if !ok {
		t.Fatal("the first question is no page")
	}
	if page := read(question); !strings.Contains(page, alternate) || !strings.Contains(page, "/wide/open/?") {
		t.Errorf("the first question has no Markdown, or does not lead to what is open:\n%s", page)
	}
	if _, ok := s.File("en/wide/open/index.html"); !ok {
		t.Error("there is no page for what is open")
	}
	const unknown = "a=unknown/b=v1/c=v2"
	if _, ok := s.File("en/wide/" + unknown + "/index.html"); ok {
		t.Errorf("%s is a page, of too many", unknown)
	}
	_, f, ok := s.State("en", "wide", unknown, "", civil.Date{})
	if !ok {
		t.Fatalf("%s is not computed", unknown)
	}
	if page := read(f); strings.Contains(page, alternate) || !strings.Contains(page, "<h1") {
		t.Errorf("%s names a file in Markdown that is not there:\n%s", unknown, page)
	}
}

// Try makes only some of very many states, and all other pages.
func TestTryOfManyStates(t *testing.T) {
	s := sitetest.ParkingAnd(t, "wide.toml", wideRules())
	if tried := s.Tried(); tried < 1000 || tried > 3000 || s.Pages() < 30_000 {
		t.Errorf("%d parts of %d pages are tried", tried, s.Pages())
	}
	if shipped := sitetest.Bilingual(t); shipped.Tried() < shipped.Pages() {
		t.Errorf("of the shipped site %d parts of %d pages are tried", shipped.Tried(), shipped.Pages())
	}
}
