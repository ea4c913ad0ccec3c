// Package importer brings articles of other tools into a help center.
//
// [Import] reads a site of Hugo, Docusaurus, Zendesk (its articles as JSON) or any tree of Markdown, and returns
// the files to write: articles with front matter, pictures, site.toml if there is none, and the old addresses as
// redirects. Sections get ids that all languages share. What articles cannot have here is converted or left out,
// and the report names each place.
//
// The result is loaded before it is returned. What is still an error then, such as a link that leads nowhere, is
// removed from the text and reported, so the written articles lint without errors.
package importer

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"helpcenter/site/civil"
	"helpcenter/site/library"
	"helpcenter/site/textedit"
)

// Kinds are the tools whose sites can be read.
var Kinds = []string{"hugo", "docusaurus", "zendesk", "markdown"}

// Options say what to import, and into which help center.
type Options struct {
	Kind     string // one of Kinds
	Source   fs.FS
	Existing fs.FS  // the help center to import into, with content/; nil if there is none yet
	BaseURL  string // of the source; used if its configuration does not say
	Language string // of articles whose path names none; if "", that of the configuration, or en
	Day      civil.Date
	History  History // may be nil
}

// A History knows the versions of the files of a source.
type History interface {
	// Changed returns the day on which a file was last changed.
	Changed(file string) (civil.Date, bool)
	// Beside returns other as it was when file was last changed.
	Beside(file, other string) ([]byte, bool)
}

// A Result is what an import produces.
type Result struct {
	Changes []textedit.Change
	Report  Report
}

// A page is one article in one language while it is imported.
type page struct {
	file      string // in the source
	line      int    // line of the file on which body begins
	lang, key string // pages with the same key are translations of each other
	category  string
	name      string // the same in all languages
	slug      string
	front     map[string]any
	title     string
	html      bool // whether body is HTML
	stub      bool // whether it has no text: the site showed another language instead
	body      string
	text      string   // converted
	masked    []string // code and other pieces that no rule may touch; see converter.hide
	old       []string
	anchors   map[string]string // ids by anchor in the source
	headings  []heading
}

// target returns the file of the article below content/.
func (p *page) target() string { return path.Join(p.lang, p.category, p.name+".md") }

// An importer is an import in progress.
type importer struct {
	Options
	site       siteInfo
	pages      []*page
	lists      []*page             // pages that list articles; their category is their folder
	byPlace    map[[2]string]*page // by language and key; the first of several
	byAddress  map[string]*page
	byFile     map[string]*page
	pictures   map[string]string // new names by file of the source
	files      map[string][]byte // below content/
	categories map[string]map[string]string
	report     Report
}

// A siteInfo is what the configuration of a source says.
type siteInfo struct {
	name, base, language string
	inFolder             bool // whether addresses have a folder for the default language
	languages            []string
}

// Import reads a source and returns the files to write.
func Import(o Options) (Result, error) {
	im := &importer{
		Options: o, byPlace: map[[2]string]*page{}, byAddress: map[string]*page{}, byFile: map[string]*page{},
		pictures: map[string]string{}, files: map[string][]byte{}, categories: map[string]map[string]string{},
	}
	if err := im.read(); err != nil {
		return Result{}, err
	}
	if len(im.pages) == 0 {
		return Result{}, errors.New("no articles found; give the folder of the site, or for zendesk a JSON file")
	}
	im.place()
	site, err := im.siteFile()
	if err != nil {
		return Result{}, err
	}
	for _, p := range im.pages {
		if !p.stub {
			im.convert(p)
		}
	}
	im.align()
	for _, p := range im.pages {
		if !p.stub {
			im.files[p.target()] = im.links(p)
		}
	}
	im.files["site.toml"] = site
	im.redirects()
	if err := im.repair(); err != nil {
		return Result{}, err
	}
	im.baselines()
	return Result{Changes: im.changes(), Report: im.report}, nil
}

// changes returns the files that are new or different.
func (im *importer) changes() (changes []textedit.Change) {
	for file, data := range im.files {
		var was []byte
		if im.Existing != nil {
			was, _ = fs.ReadFile(im.Existing, "content/"+file)
		}
		if was == nil || string(was) != string(data) {
			changes = append(changes, textedit.Change{File: "content/" + file, Was: was, Is: data})
		}
	}
	slices.SortFunc(changes, func(a, b textedit.Change) int { return strings.Compare(a.File, b.File) })
	return changes
}

// place gives each page a category and a name that no other page has.
func (im *importer) place() {
	slices.SortStableFunc(im.pages, func(a, b *page) int { return strings.Compare(a.key, b.key) })
	taken, names := map[string]bool{}, map[string]string{}
	for _, p := range im.pages {
		folder := path.Base(path.Dir(p.key))
		p.category = slug(folder)
		if folder == "." || slices.Contains(library.Reserved, p.category) || p.category == "section" {
			p.category = "guides"
		}
		if _, ok := names[p.key]; !ok {
			names[p.key] = free(taken, p.category+"/"+slug(cmp.Or(p.name, path.Base(p.key))))
		}
		p.name = path.Base(names[p.key])
		if p.slug = slug(p.slug); p.slug == "section" || p.slug == "" {
			p.slug = p.name
		}
		if taken := taken[p.lang+" "+p.category+"/"+p.slug]; taken {
			p.slug = p.name
		}
		taken[p.lang+" "+p.category+"/"+p.slug] = true
		if im.categories[p.category] == nil {
			im.categories[p.category] = map[string]string{"": title(p.category)}
		}
		im.byFile[p.file] = p
		if place := [2]string{p.lang, p.key}; im.byPlace[place] == nil {
			im.byPlace[place] = p
		}
		for _, old := range p.old {
			if key := addressKey(old); im.byAddress[key] == nil {
				im.byAddress[key] = p
			}
		}
	}
}

// free returns a name that is not taken yet, with a number if necessary, and takes it.
func free(taken map[string]bool, name string) string {
	unique := name
	for n := 2; taken[unique]; n++ {
		unique = fmt.Sprintf("%s-%d", name, n)
	}
	taken[unique] = true
	return unique
}

// addressKey returns the same key for addresses that a host does not distinguish.
func addressKey(address string) string {
	address = strings.TrimSuffix(strings.TrimSuffix(address, "index.html"), ".html")
	return strings.ToLower(strings.Trim(address, "/"))
}

// other returns the page of the same article in another language, or nil.
func (im *importer) other(p *page, lang string) *page { return im.byPlace[[2]string{lang, p.key}] }
