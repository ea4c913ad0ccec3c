package site_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"helpcenter/site"
	"helpcenter/site/sitetest"
)

// validatorConfig is html-validate's own recommendation without these rules:
//
//   - long-title: titles are questions as readers ask them, and are not cut to
//     please a search engine;
//   - no-trailing-whitespace, void-style, doctype-style: white space and spelling
//     that a parser drops;
//   - no-implicit-button-type: every button in a form is there to submit it;
//   - require-sri: every script and style is the site's own, under a name that
//     holds its hash;
//   - tel-non-breaking: articles are prose, whose lines break where they fit.
const validatorConfig = `{
	"root": true,
	"extends": ["html-validate:recommended"],
	"rules": {
		"long-title": "off",
		"no-trailing-whitespace": "off",
		"void-style": "off",
		"doctype-style": "off",
		"no-implicit-button-type": "off",
		"require-sri": "off",
		"tel-non-breaking": "off"
	}
}`

// Every page is valid HTML according to an independent validator, which looks at the same pages as axe; see
// TestAxeEveryPage.
func TestPagesAreValid(t *testing.T) {
	if testing.Short() {
		t.Skip("validates every page")
	}
	t.Parallel()
	validator := filepath.Join(sitetest.NPM(t, "html-validate@10.9.0"), "bin", "html-validate.mjs")
	dir := t.TempDir()
	all := publishedFiles(t)
	for _, name := range pagesToCheck(all) {
		sitetest.Write(t, filepath.Join(dir, filepath.FromSlash(name)), all.files[name])
	}
	asking := askingSite(t)
	for _, link := range []string{asking.ArticleLink("it", asking.Library.Articles[0].Path), "/it/" + trialState} {
		f, _ := asking.File(strings.TrimPrefix(link, asking.Prefix()))
		data, err := f.Bytes(new(bytes.Buffer))
		if err != nil || !bytes.Contains(data, []byte(site.FeedbackThanks)) {
			t.Fatalf("%s does not ask whether it helped (%v)", link, err)
		}
		sitetest.Write(t, filepath.Join(dir, "asking", filepath.FromSlash(f.Path)), data)
	}
	sitetest.Write(t, filepath.Join(dir, ".htmlvalidate.json"), []byte(validatorConfig))
	report := filepath.Join(dir, "report.json")
	cmd := exec.Command("node", validator, "--formatter=json="+report, dir)
	cmd.Dir = dir
	said, err := cmd.CombinedOutput()
	if err == nil {
		return
	}
	var pages []struct {
		FilePath string
		Messages []struct {
			RuleID, Message string
			Line, Column    int
		}
	}
	found, _ := os.ReadFile(report)
	if json.Unmarshal(found, &pages) != nil || len(pages) == 0 {
		t.Fatalf("html-validate: %v: %s", err, said)
	}
	for _, page := range pages {
		for _, m := range page.Messages {
			name, _ := filepath.Rel(dir, page.FilePath)
			t.Errorf("%s:%d:%d: %s (%s)", name, m.Line, m.Column, m.Message, m.RuleID)
		}
	}
}
