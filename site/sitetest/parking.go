package sitetest

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"helpcenter/locales"
	"helpcenter/site"
	"helpcenter/site/library"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
)

// Parking is a small site in memory. It has two languages, a base path, and a checker in two versions whose facts
// are unrelated to the shipped ones.

const (
	parkingSite = `base_url = "https://help.test/base/"
default_language = "en"
timezone = "Europe/Rome"
[[language]]
tag = "it"
name = "italiano"
[[language]]
tag = "en"
name = "English"
[[group]]
id = "streets"
name = { en = "Streets", it = "Strade" }
[[product]]
id = "city"
group = "streets"
name = { en = "The city", it = "La città" }
summary = { en = "Where people live", it = "Dove si vive" }
[[category]]
id = "parking"
name = { en = "Parking", it = "Parcheggio" }
`
	ParkingArticle = `+++
title = "%s"
description = "%[1]s."
updated = 2025-03-03
+++

## %[1]s A {#which}

Text.

## %[1]s B {#needed}

Text.
`
	parkingRules = `id = "may-i-park"
hit_policy = "output order"
valid_from = 2025-01-01
[[fact]]
id = "permit"
values = ["resident", "visitor", "none"]
find_out = "city/parking/permits#which"
changeable = { from = "none", to = "visitor", by = "buy" }
[[fact]]
id = "zone"
values = ["centre", "outside"]
[[outcome]]
id = "no"
[[outcome]]
id = "yes"
alone = true
[[rule]]
id = "needs-a-permit"
when = { permit = "none", zone = "centre" }
then = "no"
cite = "city/parking/permits#needed"
[[rule]]
id = "has-one"
when = { permit = ["resident", "visitor"], zone = "centre" }
then = "yes"
cite = "city/parking/permits#needed"
[[rule]]
id = "free"
when = { zone = "outside" }
then = "yes"
cite = "city/parking/permits#needed"
[[anchor]]
id = "renewal"
[[date]]
id = "renew-by"
from = "renewal"
when = { permit = "visitor" }
days = -10
[[date]]
id = "towed"
from = "renewal"
when = { permit = "visitor" }
days = 3
[ranking]
better = ["yes", "no"]
`
)

// From 2027 on, the centre is for residents only.
var parkingRulesLater = strings.NewReplacer(
	"2025-01-01", "2027-01-01",
	`permit = "none", zone = "centre"`, `permit = ["none", "visitor"], zone = "centre"`,
	`permit = ["resident", "visitor"], zone = "centre"`, `permit = "resident", zone = "centre"`,
	`to = "visitor", by = "buy"`, `to = "resident", by = "buy"`,
	`from = "none"`, `from = ["none", "visitor"]`,
).Replace(parkingRules)

// ParkingDay is a moment at which it is already the next day in Rome.
var ParkingDay = time.Date(2026, 11, 20, 23, 30, 0, 0, time.UTC)

func ParkingFiles() (articles, tables fstest.MapFS) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	articles = fstest.MapFS{
		"site.toml":                  file(parkingSite),
		"en/city/parking/permits.md": file(fmt.Sprintf(ParkingArticle, "Permits")),
		"it/city/parking/permits.md": file(fmt.Sprintf(ParkingArticle, "Permessi")),
	}
	return articles, fstest.MapFS{"parking.toml": file(parkingRules), "parking-later.toml": file(parkingRulesLater)}
}

// interfaceWords returns the shipped words of the interface in all languages.
func interfaceWords(t testing.TB) fstest.MapFS {
	t.Helper()
	words := fstest.MapFS{}
	names, err := fs.Glob(locales.Files, "interface.*.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(locales.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		words[name] = &fstest.MapFile{Data: text}
	}
	return words
}

// ParkingWords returns the shipped words of the interface and the messages that the rules need. Each message is its
// own id and the language.
func ParkingWords(t testing.TB, set *ruleset.Set) fstest.MapFS {
	t.Helper()
	words := interfaceWords(t)
	for _, lang := range []string{"en", "it"} {
		name := "active." + lang + ".toml"
		text, err := fs.ReadFile(locales.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		seen := map[string]bool{}
		for _, id := range set.IDs() {
			for _, version := range set.Versions(id) {
				for _, m := range version.Messages() {
					if seen[m.ID] {
						continue
					}
					seen[m.ID] = true
					fmt.Fprintf(&b, "%q = %q\n", m.ID, lang+" "+m.ID+strings.Repeat(" {{.Date}}", len(m.Data)))
				}
			}
		}
		words[name] = &fstest.MapFile{Data: append([]byte(b.String()), text...)}
	}
	return words
}

func Parking(t testing.TB) *site.Site {
	t.Helper()
	s, found := site.New(ParkingInput(t))
	FailOnFindings(t, found)
	return s
}

func ParkingInput(t testing.TB) site.Input {
	t.Helper()
	_, tables := ParkingFiles()
	return ParkingWith(t, tables)
}

// ParkingWith is [ParkingInput] with other rules.
func ParkingWith(t testing.TB, tables fs.FS) site.Input {
	t.Helper()
	articles, _ := ParkingFiles()
	lib, found := library.Load(articles)
	FailOnFindings(t, found)
	set := MustRules(t, tables)
	words, found := locale.Load(ParkingWords(t, set), []string{"it", "en"}, "en")
	FailOnFindings(t, found)
	return site.Input{Library: lib, Words: words, Rules: set, Now: ParkingDay}
}

// ParkingAnd returns the site of [ParkingInput] with another checker.
func ParkingAnd(t testing.TB, file, rules string) *site.Site {
	t.Helper()
	_, tables := ParkingFiles()
	tables[file] = &fstest.MapFile{Data: []byte(rules)}
	s, found := site.New(ParkingWith(t, tables))
	FailOnFindings(t, found)
	return s
}

func MustRules(t testing.TB, files fs.FS) *ruleset.Set {
	t.Helper()
	set, found := ruleset.Load(files)
	FailOnFindings(t, found)
	return set
}
