package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"helpcenter/site/sitetest"
	"helpcenter/site/testsample"
)

// realRules is a help center of rule sets written from public descriptions.
const realRules = "../../site/ruleset/testdata/real"

func TestRealRulesAreSound(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"lint", "--dir", realRules, "--strict"}, {"rules", "test", "--dir", realRules},
		{"rules", "test", "--boundaries", "--dir", realRules}, {"rules", "table", "visa", "--dir", realRules},
	} {
		var out, log bytes.Buffer
		if code := run(t.Context(), args, testConsole(&out, &log)); code != exitFine {
			t.Errorf("%s: exit %d\n%s%s", strings.Join(args, " "), code, &out, &log)
		}
	}
}

// TestRealDecisions checks what readers are told at boundaries, in both languages.
func TestRealDecisions(t *testing.T) {
	sitetest.WithoutRaces(t)
	t.Parallel()
	for _, test := range testsample.Of([]struct{ asked, en, it string }{
		{"inheritance region=abroad", "The law of that country decides", "Decide la legge di quel paese"},
		{"inheritance region=england-and-wales partner=yes estate=322000 children=yes",
			"The partner inherits everything",
			"Il coniuge eredita tutto"},
		{"inheritance region=england-and-wales partner=yes estate=322001 children=yes",
			"The partner first, then the children",
			"Prima il coniuge, poi i figli"},
		{"inheritance region=northern-ireland partner=yes estate=250000", "The partner inherits everything",
			"Il coniuge eredita tutto"},
		{"inheritance region=northern-ireland partner=yes estate=250001 children=yes",
			"The partner shares with the family",
			"Il coniuge divide con la famiglia"},
		{"visa passport=ie", "No, you need no visa", "No, non ti serve un visto"},
		{"visa passport=us purpose=study months=6", "No, you need no visa", "No, non ti serve un visto"},
		{"visa passport=us purpose=study months=7", "Yes, apply for a visa for your purpose",
			"Sì, chiedi un visto per il tuo scopo"},
		{"visa passport=in purpose=transit onwards=elsewhere border=no", "Yes, apply for a transit visa",
			"Sì, chiedi un visto di transito"},
		{"withdrawal bought=doorstep price=49",
			"No, you have no right to withdraw", "No, non hai il diritto di recesso"},
		{"withdrawal bought=doorstep price=50 kind=goods special= informed=unknown delivered=2026-11-06",
			"Yes, you can withdraw", "Sì, puoi recedere"},
		{"withdrawal bought=online kind=goods special= informed=unknown delivered=2026-11-05", "No, it is too late",
			"No, è troppo tardi"},
		{"withdrawal bought=online kind=service begun=no informed=no agreed=-379",
			"Yes, you can withdraw", "Sì, puoi recedere"},
		{"withdrawal bought=online kind=service begun=no informed=no agreed=-380",
			"No, it is too late", "No, è troppo tardi"},
		{"vat scheme=standard method=card", "Pay so that it arrives on a working day",
			"Paga in modo che arrivi in un giorno lavorativo"},
		{"snap household=3 elderly=unknown gross=2694 net=2072", "Yes, the income is within the limits",
			"Sì, il reddito è entro i limiti"},
		{"snap household=3 elderly=unknown gross=2695",
			"No, the income is above the limit", "No, il reddito supera il limite"},
		{"snap household=3 elderly=yes net=2073",
			"No, the income is above the limit", "No, il reddito supera il limite"},
		{"qualifying-lease height=10 storeys=4",
			"The building is not covered", "L’edificio non rientra nella legge"},
		{"qualifying-lease height=11 before-2022=yes main-home=no homes=3", "Yes, the lease is protected",
			"Sì, il contratto è protetto"},
		{"qualifying-lease height=11 before-2022=yes main-home=no homes=4", "No, the lease is not protected",
			"No, il contratto non è protetto"},
		{"building-safety lease=qualifying developer=unknown place=london value=324999", "Nothing", "Niente"},
		{"building-safety lease=qualifying developer=unknown place=london value=325000", "At most 15,000 pounds",
			"Al massimo 15.000 sterline"},
		{"building-safety lease=qualifying developer=unknown place=elsewhere value=2000001",
			"At most 100,000 pounds",
			"Al massimo 100.000 sterline"},
	}, 8) {
		for lang, want := range map[string]string{"en": test.en, "it": test.it} {
			var out, log bytes.Buffer
			args := []string{"decide", "--dir", realRules, "--lang", lang, "--on", "2026-11-20"}
			args = append(args, strings.Fields(test.asked)...)
			code := run(t.Context(), args, testConsole(&out, &log))
			if got, _, _ := strings.Cut(out.String(), " ["); code != exitFine || got != want {
				t.Errorf("%s: exit %d, %q, want %q\n%s", test.asked, code, got, want, &log)
			}
		}
	}
}

// Fourteen questions about a family lead to few pages, since each is asked only if no closer relative has been
// found; 224 passports lead to many, but small ones.
func TestRealSitesAreSmall(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds 9,000 pages")
	}
	testsample.Skip(t)
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "public")
	var out, log bytes.Buffer
	args := []string{"build", "--dir", realRules, "--out", dir, "--no-cache", "--no-twins"}
	if code := run(t.Context(), args, testConsole(&out, &log)); code != exitFine {
		t.Fatalf("exit %d: %s", code, &log)
	}
	pages, size := map[string]int{}, map[string]int64{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.Name() != "index.html" {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		if parts := strings.Split(filepath.ToSlash(name), "/"); len(parts) > 2 {
			pages[parts[0]+"/"+parts[1]]++
			size[parts[1]] += info.Size()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("pages: %v, bytes: %v", pages, size)
	for _, lang := range []string{"en", "it"} {
		if n := pages[lang+"/inheritance"]; n == 0 || n > 500 {
			t.Errorf("inheritance has %d pages in %s", n, lang)
		}
	}
	if n := pages["en/visa"] + pages["it/visa"]; n == 0 || n > 10_000 || size["visa"] > 60e6 {
		t.Errorf("visa has %d pages of %d bytes", n, size["visa"])
	}
	if _, err := os.Stat(filepath.Join(dir, "it/visa/passport=jp/purpose=tourism/index.html")); err != nil {
		t.Error(err)
	}
}
