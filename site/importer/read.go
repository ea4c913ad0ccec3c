package importer

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/library"
	"helpcenter/site/tomlfile"
)

// read reads the pages of the source.
func (im *importer) read() error {
	im.site.language, im.site.base = im.Language, im.BaseURL
	switch im.Kind {
	case "zendesk":
		return im.readZendesk()
	case "docusaurus":
		im.readDocusaurusConfig()
	case "hugo":
		im.readHugoConfig()
	}
	if im.site.language == "" {
		im.site.language = "en"
	}
	files, root, err := im.markdownFiles()
	if err != nil {
		return err
	}
	for _, file := range files {
		data, err := fs.ReadFile(im.Source, file)
		if err != nil {
			return err
		}
		im.addFile(file, strings.TrimPrefix(strings.TrimPrefix(file, root), "/"), data)
	}
	return nil
}

// markdownFiles returns the files of articles, and the folder that their places are relative to.
func (im *importer) markdownFiles() (files []string, root string, err error) {
	roots := map[string][]string{"hugo": {"content"}, "docusaurus": {"docs", "i18n"}}[im.Kind]
	err = fs.WalkDir(im.Source, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && file != "." && (library.Ignored(d.Name()) || d.Name() == "node_modules") {
			return fs.SkipDir
		}
		if ext := path.Ext(file); !d.IsDir() && (ext == ".md" || ext == ".mdx" || ext == ".markdown") {
			files = append(files, file)
		}
		return nil
	})
	within := slices.DeleteFunc(slices.Clone(files), func(file string) bool {
		first, _, _ := strings.Cut(file, "/")
		return !slices.Contains(roots, first)
	})
	if len(within) > 0 {
		files = within
	} else if top, _, ok := strings.Cut(commonFolder(files)+"/", "/"); ok && !isTag(top) {
		return files, commonFolder(files), err // one folder has them all
	}
	if len(within) > 0 && im.Kind == "hugo" {
		root = "content"
	}
	return files, root, err
}

// commonFolder returns the folder that contains all files, or "" if there is none.
func commonFolder(files []string) string {
	if len(files) == 0 {
		return ""
	}
	common := path.Dir(files[0])
	for _, file := range files {
		for common != "." && !strings.HasPrefix(file, common+"/") {
			common = path.Dir(common)
		}
	}
	return strings.TrimPrefix(common, ".")
}

var tag = regexp.MustCompile(`^[a-z]{2}(-([A-Z]{2}|[A-Z][a-z]{3}|[a-z]{2}))?$`)

func isTag(s string) bool { return tag.MatchString(s) }

// canonical returns a tag as written in site.toml: pt-br becomes pt-BR.
func canonical(lang string) string {
	if base, region, ok := strings.Cut(lang, "-"); ok && len(region) == 2 {
		return base + "-" + strings.ToUpper(region)
	}
	return lang
}

var order = regexp.MustCompile(`^\d+[-_.]`)

// addFile adds a Markdown file, given its place below the root of articles.
func (im *importer) addFile(file, place string, data []byte) {
	lang, rest := im.languageOf(place)
	rest = strings.TrimSuffix(rest, path.Ext(rest))
	if ext := path.Ext(rest); isTag(strings.TrimPrefix(ext, ".")) {
		lang, rest = canonical(ext[1:]), strings.TrimSuffix(rest, ext)
	}
	p := &page{file: file, lang: lang, front: map[string]any{}}
	im.readFront(p, data)
	if own, _ := p.front["lang"].(string); isTag(own) {
		p.lang = canonical(own)
	}
	var steps []string
	for step := range strings.SplitSeq(rest, "/") {
		if im.Kind == "docusaurus" {
			step = order.ReplaceAllString(step, "")
		}
		steps = append(steps, step)
	}
	last := steps[len(steps)-1]
	isIndex := slices.Contains([]string{"_index", "index", "README", "readme"}, last)
	p.slug = im.slugOf(p, last)
	folder := strings.Join(steps[:len(steps)-1], "/")
	p.key = path.Join(folder, last)
	if isIndex && folder != "" {
		p.key, p.slug = path.Join(folder, path.Base(folder)), ""
	}
	im.oldAddresses(p, folder, last, isIndex)
	if text := strings.TrimSpace(p.body); onlyShortcode.MatchString(text) {
		p.stub = true
		why := "no text of its own; readers see the original, if there is one"
		if isIndex {
			why = "a list of articles, in place of which stands that of the category"
			p.category = folder
			im.lists = append(im.lists, p)
		}
		im.report.LeftOut = append(im.report.LeftOut, note{p.file, 0, why})
		if isIndex {
			return
		}
	}
	im.pages = append(im.pages, p)
}

// onlyShortcode matches a text that is empty or consists of shortcodes.
var onlyShortcode = regexp.MustCompile(`^(\{\{[<%][^}]*[>%]\}\}\s*)*$`)

// languageOf returns the language of a place, and the rest of the place.
func (im *importer) languageOf(place string) (lang, rest string) {
	if im.Kind == "docusaurus" {
		if rest, ok := strings.CutPrefix(place, "docs/"); ok {
			return im.site.language, path.Join("docs", rest)
		}
		parts := strings.SplitN(place, "/", 5) // i18n/<lang>/docusaurus-plugin-content-docs/current/…
		if len(parts) == 5 && parts[0] == "i18n" {
			return canonical(parts[1]), path.Join("docs", parts[4])
		}
		return im.site.language, place
	}
	if first, rest, ok := strings.Cut(place, "/"); ok && isTag(first) {
		return canonical(first), rest
	}
	return im.site.language, place
}

// slugOf returns the last step of the address that a page had in the source.
func (im *importer) slugOf(p *page, name string) string {
	own := fmt.Sprint(p.front["slug"])
	if p.front["slug"] == nil || strings.HasPrefix(own, "/") {
		own = name
	}
	return own
}

// oldAddresses records the addresses that the page had.
func (im *importer) oldAddresses(p *page, folder, name string, isIndex bool) {
	prefix := "/"
	if p.lang != im.site.language || im.site.inFolder {
		prefix = "/" + strings.ToLower(p.lang) + "/"
	}
	add := func(address string) {
		if address != "" && address != "/" {
			p.old = append(p.old, address)
		}
	}
	text := func(key string) string { s, _ := p.front[key].(string); return s }
	switch own := text("slug"); {
	case text("permalink") != "" && !strings.Contains(text("permalink"), ":"):
		add(text("permalink"))
	case text("url") != "":
		add(path.Join(prefix, text("url")))
	case im.Kind == "docusaurus" && strings.HasPrefix(own, "/"):
		add(path.Join(prefix, "docs", own))
	case isIndex:
		add(path.Join(prefix, folder) + "/")
	default:
		last := name
		if im.Kind != "markdown" && p.front["slug"] != nil {
			last = fmt.Sprint(p.front["slug"])
		}
		add(path.Join(prefix, folder, last) + "/")
	}
	for _, key := range []string{"aliases", "redirect_from"} {
		list, _ := p.front[key].([]any)
		if one := text(key); one != "" {
			list = []any{one}
		}
		for _, alias := range list {
			if s, ok := alias.(string); ok && !strings.Contains(s, "://") {
				if !strings.HasPrefix(s, "/") {
					s = path.Join(prefix, folder, s)
				}
				add(s)
			}
		}
	}
}

// readFront reads the front matter of a file, and sets the page's body to the rest.
func (im *importer) readFront(p *page, data []byte) {
	data = bytes.ToValidUTF8(article.Normalize(data), []byte("\ufffd"))
	p.line = 1
	front, body, line, ok := article.SplitFront(data)
	if !ok {
		body = data
	} else {
		p.line = line
		decode := tomlfile.Decode
		if bytes.HasPrefix(data, []byte("---")) {
			decode = tomlfile.DecodeYAML
		}
		if _, found := decode(p.file, front, 2, &p.front); diag.HasErrors(found) {
			im.report.LeftOut = append(im.report.LeftOut, note{p.file, 1, "front matter: " + found[0].Message})
		}
	}
	p.body = string(body)
}

var (
	jsString  = `\s*:\s*['"]([^'"]+)['"]`
	jsLocale  = regexp.MustCompile(`defaultLocale` + jsString)
	jsTitle   = regexp.MustCompile(`(?m)^\s*title` + jsString)
	jsURL     = regexp.MustCompile(`(?m)^\s*url` + jsString)
	jsBaseURL = regexp.MustCompile(`baseUrl` + jsString)
)

func (im *importer) readDocusaurusConfig() {
	for _, name := range []string{"docusaurus.config.js", "docusaurus.config.ts"} {
		data, err := fs.ReadFile(im.Source, name)
		if err != nil {
			continue
		}
		first := func(form *regexp.Regexp) string {
			if m := form.FindSubmatch(data); m != nil {
				return string(m[1])
			}
			return ""
		}
		im.site.name = first(jsTitle)
		im.site.base = cmp.Or(im.BaseURL, strings.TrimSuffix(first(jsURL), "/")+first(jsBaseURL))
		if im.site.language == "" {
			im.site.language = canonical(first(jsLocale))
		}
	}
}

func (im *importer) readHugoConfig() {
	config := map[string]any{} // with keys in lower case
	for _, name := range []string{"hugo.toml", "config.toml", "hugo.yaml", "config.yaml", "config/_default/hugo.toml"} {
		data, err := fs.ReadFile(im.Source, name)
		if err != nil {
			continue
		}
		decode := tomlfile.Decode
		if path.Ext(name) == ".yaml" {
			decode = tomlfile.DecodeYAML
		}
		var all map[string]any
		decode(name, data, 1, &all) // its mistakes are not our concern
		for key, value := range all {
			config[strings.ToLower(key)] = value
		}
		break
	}
	base, _ := config["baseurl"].(string)
	lang, _ := config["defaultcontentlanguage"].(string)
	im.site.name, _ = config["title"].(string)
	im.site.inFolder, _ = config["defaultcontentlanguageinsubdir"].(bool)
	im.site.base = cmp.Or(im.BaseURL, base)
	if im.site.language == "" {
		im.site.language = canonical(lang)
	}
}

// zendesk is the answer of its API for the articles, sections and categories of a help center, in one file or
// several.
type zendesk struct {
	Articles []struct {
		ID           json.Number
		Title, Body  string
		Locale       string
		SourceLocale string      `json:"source_locale"`
		SectionID    json.Number `json:"section_id"`
		HTMLURL      string      `json:"html_url"`
		UpdatedAt    string      `json:"updated_at"`
		EditedAt     string      `json:"edited_at"`
		Draft        bool
		LabelNames   []string `json:"label_names"`
	}
	Sections []struct {
		ID     json.Number
		Name   string
		Locale string
	}
}

func (im *importer) readZendesk() error {
	var all zendesk
	err := fs.WalkDir(im.Source, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(file) != ".json" {
			return err
		}
		data, err := fs.ReadFile(im.Source, file)
		if err != nil {
			return err
		}
		var part zendesk
		if err := json.Unmarshal(data, &part); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		all.Articles, all.Sections = append(all.Articles, part.Articles...), append(all.Sections, part.Sections...)
		return nil
	})
	names := map[string]map[string]string{} // names of sections by id and language
	for _, s := range all.Sections {
		if names[s.ID.String()] == nil {
			names[s.ID.String()] = map[string]string{}
		}
		names[s.ID.String()][canonical(s.Locale)] = s.Name
	}
	im.addZendesk(all, names)
	return err
}

// addZendesk adds the articles, given the names of sections by id and language.
func (im *importer) addZendesk(all zendesk, names map[string]map[string]string) {
	titles := map[string]string{} // by id, in the source language
	for _, a := range all.Articles {
		if titles[a.ID.String()] == "" || a.Locale == a.SourceLocale {
			titles[a.ID.String()] = a.Title
		}
		if im.site.language == "" {
			im.site.language = canonical(a.SourceLocale)
		}
	}
	for _, a := range all.Articles {
		section := names[a.SectionID.String()]
		folder := "guides"
		if name := cmp.Or(section[canonical(a.SourceLocale)], section["en"], section["en-US"]); name != "" {
			folder = slug(name)
		}
		im.categories[folder] = section
		updated, _, _ := strings.Cut(cmp.Or(a.EditedAt, a.UpdatedAt), "T")
		p := &page{
			file: "article " + a.ID.String() + " " + a.Locale, line: 1, lang: canonical(a.Locale),
			key: folder + "/" + a.ID.String(), name: slug(titles[a.ID.String()]), slug: slug(a.Title), title: a.Title,
			html: true, body: a.Body, front: map[string]any{"title": a.Title, "date": updated, "draft": a.Draft},
		}
		if len(a.LabelNames) > 0 {
			p.front["label_names"] = a.LabelNames
		}
		if u, err := url.Parse(a.HTMLURL); err == nil && u.Path != "" {
			im.site.base = cmp.Or(im.site.base, u.Scheme+"://"+u.Host+"/")
			p.old = append(p.old, u.Path, "/hc/"+strings.ToLower(a.Locale)+"/articles/"+a.ID.String())
		}
		im.pages = append(im.pages, p)
	}
}

// slug makes an id from a text, or returns "section" if the text has no letter for one.
func slug(text string) string {
	if len(text) > 80 {
		cut := strings.LastIndexAny(text[:80], " -")
		if cut < 0 {
			for cut = 80; !utf8.RuneStart(text[cut]); cut-- {
			}
		}
		text = text[:cut]
	}
	return article.Slug(text)
}

// title makes a title from an id.
func title(id string) string {
	words := strings.ReplaceAll(id, "-", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}
