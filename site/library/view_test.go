package library_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"helpcenter/site/articletest"
	"helpcenter/site/diag"
	"helpcenter/site/library"
)

// viewFiles are articles in every stage on 2026-11-23, with links between them.
func viewFiles() fstest.MapFS {
	files := fstest.MapFS{"site.toml": {Data: []byte("timezone = \"Europe/Rome\"\n" + articletest.SiteTOML)}}
	for name, text := range map[string]string{
		"plain":   "",
		"draft":   "draft = true\n",
		"later":   "publish = 2026-12-01\n",
		"old":     "publish = 2026-01-01\nexpires = 2026-11-23\n",
		"ends":    "expires = 2026-11-24\nreview = 2026-11-01\n",
		"related": "related = [\"meet/billing/ends\"]\n",
		"another": "draft = true\nrelated = [\"meet/billing/draft\"]\n",
	} {
		text = strings.Replace(articletest.Article("Text.\n"), "+++\nText", text+"+++\nText", 1)
		files["en/meet/billing/"+name+".md"] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

func paths(l *library.Library) (list []string) {
	for _, a := range l.Articles {
		list = append(list, strings.TrimPrefix(a.Path, "meet/billing/"))
	}
	return slices.Compact(list)
}

func TestViews(t *testing.T) {
	day := func(d string) time.Time {
		at, err := time.Parse("2006-01-02 15:04", d)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for _, tt := range []struct {
		name        string
		view        library.View
		shown       string
		wrong, mild int
	}{
		{"no day", library.View{}, "ends later old plain related", 0, 0},
		{"today", library.View{Now: day("2026-11-23 12:00")}, "ends plain related", 0, 0},
		{"the last second in the site's zone", library.View{Now: day("2026-11-23 22:59")}, "ends plain related", 0, 0},
		{"midnight in the site's zone", library.View{Now: day("2026-11-23 23:00")}, "plain related", 1, 0},
		{"also to come", library.View{Now: day("2026-11-23 12:00"), ToCome: true}, "ends later plain related", 0, 0},
		{"all", library.View{Now: day("2026-11-25 12:00"), All: true}, "another draft ends later old plain related", 0, 1},
		{"December", library.View{Now: day("2026-12-01 12:00")}, "later plain related", 1, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l, found := library.LoadWith(viewFiles(), nil, tt.view)
			if got := strings.Join(paths(l), " "); got != tt.shown {
				t.Errorf("it has %s, want %s", got, tt.shown)
			}
			wrong := 0
			for _, f := range found {
				if f.Severity == diag.Error {
					wrong++
				}
			}
			if wrong != tt.wrong || len(found)-wrong != tt.mild {
				t.Errorf("found %v", found)
			}
			whole, _ := library.Load(viewFiles())
			in, inFound := whole.In(tt.view)
			if !slices.Equal(paths(in), paths(l)) || !slices.Equal(inFound, found) {
				t.Errorf("in the view it has %s, %v", paths(in), inFound)
			}
		})
	}
}

func TestTurns(t *testing.T) {
	l, _ := library.LoadWith(viewFiles(), nil, library.View{Now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)})
	var got []string
	for _, turn := range l.Turns() {
		got = append(got, turn.Day.String()+" "+turn.Article.Path+" "+string(turn.Stage))
	}
	want := []string{"2026-11-24 meet/billing/ends expired", "2026-12-01 meet/billing/later published"}
	if !slices.Equal(got, want) {
		t.Errorf("turns are %q, want %q", got, want)
	}
}
