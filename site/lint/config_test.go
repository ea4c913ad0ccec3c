package lint

import (
	"slices"
	"strings"
	"testing"
)

func TestConfigure(t *testing.T) {
	for _, tt := range []struct{ table, want string }{
		{"", "content/it/meet/billing/dates.md:12:58 repeated-text warning"},
		{`repeated-text = "off"`, ""},
		{`repeated-text = "error"`, "content/it/meet/billing/dates.md:12:58 repeated-text error"},
		{`repeated-text = "off"` + "\n" + `readability = 30`, ""},
		{`repeated-text = "offf"`, "content/it/meet/billing/dates.md:12:58 repeated-text warning|site error"},
		{`repeated-txt = "off"`, "content/it/meet/billing/dates.md:12:58 repeated-text warning|site error"},
		{`repeated-text = 7`, "content/it/meet/billing/dates.md:12:58 repeated-text warning|site error"},
	} {
		s := base(t)
		s.apply(t, "testdata/repeated-half.txtar")
		s["content/site.toml"] += "\n[lint]\n" + tt.table + "\n"
		in, found := load(s.folders())
		var got []string
		for _, f := range Configure(in.Library.Site, append(found, New(in).Run()...)) {
			text := f.Position.String() + " " + f.Rule + " " + string(f.Severity)
			if f.Rule == "site" {
				text = f.Rule + " " + string(f.Severity)
			}
			got = append(got, text)
		}
		slices.Sort(got)
		if strings.Join(got, "|") != tt.want {
			t.Errorf("%q: %q, want %q", tt.table, strings.Join(got, "|"), tt.want)
		}
	}
}
