package feedback

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"go.etcd.io/bbolt"
)

// A Report is what readers said and did not find.
type Report struct {
	Pages    []Page   `json:"pages"`    // least helpful first
	Searches []Search `json:"searches"` // most frequent first
}

// Counts are answers to "was this helpful?".
type Counts struct {
	Helpful    int            `json:"helpful"`
	NotHelpful int            `json:"not_helpful"`
	Reasons    map[string]int `json:"reasons"` // of answers that mean no, by id
}

// A Page is what was said about an article, or about the answers of a checker.
type Page struct {
	Language string `json:"language"`
	Page     string `json:"page"`  // path of the article, or id of the checker
	Title    string `json:"title"` // "" if unknown
	Counts
	Sections []Section `json:"sections"`
}

// A Section is what was said about a section, or about an outcome of a checker.
type Section struct {
	ID string `json:"id"`
	Counts
}

// A Search is the words of a search.
type Search struct {
	Language string `json:"language"`
	Words    string `json:"words"`
	Times    int    `json:"times"`
	Matched  string `json:"matched"` // "nothing", or "part": these words matched, but others of the search did not
}

// Read adds up the files ending in .db in some folders, from the month since, such as 2026-11, or from the first
// month if since is "".
func Read(dirs []string, since string) (*Report, error) {
	sum := map[row]int{}
	for _, dir := range dirs {
		files, _ := filepath.Glob(filepath.Join(dir, "*.db")) // fails only for a bad pattern
		if len(files) == 0 {
			return nil, fmt.Errorf("%s: no file *.db; name the folder of 'helpcenter serve --data', or of copies", dir)
		}
		for _, file := range files {
			err := view(file, func(tx *bbolt.Tx) error {
				return each(tx, func(at row, n uint64) {
					if at.month >= since {
						at.month = ""
						sum[at] += int(n)
					}
				})
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return newReport(sum), nil
}

func newReport(sum map[row]int) *Report {
	r := &Report{Pages: []Page{}, Searches: []Search{}}
	pages := map[[2]string]*Page{}
	sections := map[[3]string]*Section{}
	for at, n := range sum {
		fields := strings.Split(at.key, "\x00")
		switch {
		case at.bucket == searches && len(fields) == 3:
			r.Searches = append(r.Searches, Search{fields[0], fields[1], n, fields[2]})
		case at.bucket == votes && len(fields) == 4:
			lang, path, section, answer := fields[0], fields[1], fields[2], fields[3]
			page := entry(pages, [2]string{lang, path})
			page.Language, page.Page, page.Sections = lang, path, []Section{}
			page.add(answer, n)
			if section != "" {
				s := entry(sections, [3]string{lang, path, section})
				s.ID = section
				s.add(answer, n)
			}
		}
	}
	for key, section := range sections {
		page := pages[[2]string(key[:2])]
		page.Sections = append(page.Sections, *section)
	}
	for _, page := range pages {
		slices.SortFunc(page.Sections, func(a, b Section) int {
			return cmp.Or(cmp.Compare(b.NotHelpful, a.NotHelpful), cmp.Compare(a.ID, b.ID))
		})
		r.Pages = append(r.Pages, *page)
	}
	slices.SortFunc(r.Pages, func(a, b Page) int {
		return cmp.Or(cmp.Compare(b.NotHelpful, a.NotHelpful), cmp.Compare(a.Page, b.Page),
			cmp.Compare(a.Language, b.Language))
	})
	slices.SortFunc(r.Searches, func(a, b Search) int {
		return cmp.Or(cmp.Compare(b.Times, a.Times), cmp.Compare(a.Words, b.Words),
			cmp.Compare(a.Language, b.Language), cmp.Compare(a.Matched, b.Matched))
	})
	return r
}

// entry returns the value of a key, which it adds if necessary.
func entry[K comparable, V any](all map[K]*V, key K) *V {
	if all[key] == nil {
		all[key] = new(V)
	}
	return all[key]
}

func (c *Counts) add(answer string, n int) {
	if c.Reasons == nil {
		c.Reasons = map[string]int{}
	}
	switch answer {
	case Yes:
		c.Helpful += n
		return
	case No:
	default:
		c.Reasons[answer] += n
	}
	c.NotHelpful += n
}

// String returns the counts as a short text: "12 helpful, 5 not (missing 2, unclear 1)".
func (c Counts) String() string {
	text := fmt.Sprintf("%d helpful, %d not", c.Helpful, c.NotHelpful)
	var reasons []string
	for _, id := range slices.SortedFunc(maps.Keys(c.Reasons), func(a, b string) int {
		return cmp.Or(cmp.Compare(c.Reasons[b], c.Reasons[a]), cmp.Compare(a, b))
	}) {
		reasons = append(reasons, fmt.Sprintf("%s %d", id, c.Reasons[id]))
	}
	if len(reasons) > 0 {
		text += " (" + strings.Join(reasons, ", ") + ")"
	}
	return text
}
