// Package starter begins help centers and checkers.
//
// [Site] returns the files of a new help center: site.toml, two articles in each language, a checker with its
// words, workflows for code hosts and a README. [Checker] returns another checker. The texts come from files/,
// which has a folder for each language; other languages get the English texts.
package starter

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"helpcenter/site/article"
	"helpcenter/site/civil"
	"helpcenter/site/library"
	"helpcenter/site/textedit"
	"helpcenter/site/theme"
	"helpcenter/site/tomlfile"
)

//go:embed files
var files embed.FS

// firstChecker is the id of the checker of a new help center.
const firstChecker = "can-i-return-it"

// Languages returns the tags of the languages in which a help center can begin.
func Languages() (tags []string) {
	folders, err := fs.Glob(files, "files/*/words.toml")
	if err != nil {
		panic(err)
	}
	for _, folder := range folders {
		tags = append(tags, path.Base(path.Dir(folder)))
	}
	return tags
}

// texts holds what site.toml says in one language.
type texts struct {
	Language, Group, Summary, Category, Description, Placeholder string
}

// Accent is the accent of a help center that chooses none.
const Accent = "#0d5f5a"

// Site returns the files of a new help center. All languages must be in [Languages]; the first is the default, from
// which the others are translated. The icon is the first letter of the name on the accent.
func Site(name string, languages []string, accent string, day civil.Date) (made []textedit.Change, err error) {
	if _, err := theme.Of(accent); err != nil {
		return nil, err
	}
	product := productID(name)
	fill := strings.NewReplacer("NAME", name, "PRODUCT", product, "UPDATED", day.String(), "CHECKER", firstChecker,
		"ARTICLE", product+"/start/returns")
	add := func(file, text string) {
		made = append(made, textedit.Change{File: file, Is: []byte(fill.Replace(text))})
	}
	config, err := siteTOML(languages, accent)
	if err != nil {
		return nil, err
	}
	add("content/site.toml", config)
	made = append(made, textedit.Change{File: "content/icon.svg", Is: icon(name, accent)})
	for _, lang := range languages {
		for _, article := range []string{"first-steps.md", "returns.md"} {
			add(path.Join("content", lang, product, "start", article), read(lang, article))
		}
		add("locales/active."+lang+".toml", read(lang, "words.toml"))
	}
	add("rules/"+firstChecker+".toml", read("", "checker.toml"))
	add(".github/workflows/helpcenter.yml", read("", "workflow.yml"))
	add(".gitlab-ci.yml", read("", "gitlab-ci.yml"))
	add(".ci/report.sh", read("", "report.sh"))
	add(".gitignore", read("", "gitignore"))
	add("README.md", read("", "README.md"))
	return made, nil
}

// Checker returns the changes that add a checker to the folder of a help center. Its rules cite a section of an
// article, given as PATH#ID. Its words are added in the languages that files/ has, and in the default language.
func Checker(folder fs.FS, id, section string, site *library.Site) (changes []textedit.Change, err error) {
	if !article.IsID(id) || slices.Contains(library.Reserved, id) {
		return nil, fmt.Errorf("%q cannot be the id of a checker: ids are made of %s", id, article.IDForm)
	}
	rules := strings.NewReplacer("ARTICLE#condition", section, "ARTICLE#time", section, "CHECKER", id)
	file := "rules/" + id + ".toml"
	if _, err := fs.Stat(folder, file); err == nil {
		return nil, fmt.Errorf("%s exists already", file)
	}
	changes = append(changes, textedit.Change{File: file, Is: []byte(rules.Replace(read("", "checker.toml")))})
	for _, lang := range site.Languages {
		from, known := base(lang.Tag), true
		if !slices.Contains(Languages(), from) {
			from, known = "en", lang.Tag == site.DefaultLanguage
		}
		if !known {
			continue // shown in the default language until translated
		}
		file := "locales/active." + lang.Tag + ".toml"
		was, err := fs.ReadFile(folder, file)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		words := strings.ReplaceAll(read(from, "words.toml"), "CHECKER", id)
		changes = append(changes, textedit.Change{File: file, Was: was, Is: []byte(words + "\n" + string(was))})
	}
	return changes, nil
}

// base returns a tag's language, without region and script.
func base(tag string) string {
	language, _, _ := strings.Cut(tag, "-")
	return language
}

// read returns a file of a language, or one for all languages if lang is "".
func read(lang, file string) string {
	text, err := fs.ReadFile(files, path.Join("files", lang, file))
	if err != nil {
		panic(err)
	}
	return string(text)
}

// textsOf reads what site.toml says in a language.
func textsOf(lang string) (t texts, err error) {
	if all := Languages(); !slices.Contains(all, lang) {
		return t, fmt.Errorf("no texts in the language %q (allowed: %s)", lang, strings.Join(all, ", "))
	}
	_, found := tomlfile.Decode(lang+"/site.toml", []byte(read(lang, "site.toml")), 1, &t)
	if len(found) > 0 {
		panic(found[0].String())
	}
	return t, nil
}

// siteTOML returns site.toml with its placeholders.
func siteTOML(languages []string, accent string) (string, error) {
	var all []texts
	for _, lang := range languages {
		t, err := textsOf(lang)
		if err != nil {
			return "", err
		}
		all = append(all, t)
	}
	text := func(of func(texts) string) string {
		var parts []string
		for i, lang := range languages {
			parts = append(parts, fmt.Sprintf("%s = %q", lang, of(all[i])))
		}
		return "{ " + strings.Join(parts, ", ") + " }"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# What the help center knows besides its articles; 'go doc ./content' describes all keys.\n\n"+
		"base_url = \"https://help.example.com\" # where it is published\ndefault_language = %q\n\n", languages[0])
	fmt.Fprintf(&b, "[site]\nname = \"NAME\"\ndescription = %s\nplaceholder = %s\nfooter = %s\n"+
		"logo = \"icon.svg\" # before the name\nicon = \"icon.svg\" # of the browser's tab\n\n"+
		"[theme]\naccent = %q # all colours are made of it\n",
		text(func(t texts) string { return t.Description }), text(func(t texts) string { return t.Placeholder }),
		text(func(texts) string { return "© NAME" }), accent)
	for i, lang := range languages {
		fmt.Fprintf(&b, "\n[[language]]\ntag = %q\nname = %q\n", lang, all[i].Language)
	}
	fmt.Fprintf(&b, "\n[[group]]\nid = \"all\"\nname = %s\n", text(func(t texts) string { return t.Group }))
	fmt.Fprintf(&b, "\n[[product]]\nid = \"PRODUCT\"\ngroup = \"all\"\nname = \"NAME\"\nsummary = %s\n",
		text(func(t texts) string { return t.Summary }))
	fmt.Fprintf(&b, "\n[[category]]\nid = \"start\"\nname = %s\n", text(func(t texts) string { return t.Category }))
	return b.String(), nil
}

// icon draws the first letter of a name on the accent.
func icon(name, accent string) []byte {
	letter := "?"
	for _, r := range strings.ToUpper(name) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letter = string(r)
			break
		}
	}
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32">`+
		`<rect width="32" height="32" rx="7" fill="%s"/><text x="16" y="23" text-anchor="middle" `+
		`font-family="system-ui, sans-serif" font-size="20" font-weight="600" fill="#fff">%s</text></svg>`+"\n",
		accent, letter)
}

// productID makes an id from a name.
func productID(name string) string {
	id := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		case r < 0x80:
			return '-'
		}
		return -1
	}, norm.NFD.String(strings.ToLower(name)))
	id = strings.Join(strings.FieldsFunc(id, func(r rune) bool { return r == '-' }), "-")
	if id == "" || slices.Contains(library.Reserved, id) {
		return "product"
	}
	return id
}
