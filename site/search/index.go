package search

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"regexp"
	"slices"
	"strings"

	"helpcenter/site/buildcache"
)

// An Index answers queries in one language, from the same files as the page's script. It is immutable and may be
// used by many goroutines at once.
type Index struct {
	lang     string
	manifest manifest
	starts   []string                    // how the first term of each shard begins, except the first shard
	files    map[string]buildcache.Value // except those of documents, which plan makes when asked for
	plan     *Plan
	*analyzer
}

// Files yields the files that the page's script reads, in a fixed order.
func (ix *Index) Files() iter.Seq[File] {
	return func(yield func(File) bool) {
		for f := range ix.terms() {
			if !yield(f) {
				return
			}
		}
		for part := range ix.plan.Parts() {
			for f := range ix.plan.Documents(part) {
				if !yield(f) {
					return
				}
			}
		}
	}
}

// terms yields the files of [Index.Files] except those of documents.
func (ix *Index) terms() iter.Seq[File] {
	return func(yield func(File) bool) {
		if !yield(ix.manifestFile()) {
			return
		}
		for _, name := range slices.Sorted(maps.Keys(ix.files)) {
			if !yield(File{ix.folder() + name + ".json", ix.data(name)}) {
				return
			}
		}
	}
}

// File returns the file of [Index.Files] with the given name.
func (ix *Index) File(name string) (File, bool) {
	if name == ix.lang+".json" {
		return ix.manifestFile(), true
	}
	inFolder, ok := strings.CutPrefix(name, ix.folder())
	file, isJSON := strings.CutSuffix(inFolder, ".json")
	data := ix.data(file)
	return File{name, data}, ok && isJSON && data != nil
}

// keep stores a file of lines outside memory, since there are many files and few are asked for.
func (ix *Index) keep(name string, lines []string) {
	ix.files[name] = ix.plan.store.Put("", encode(lines))
}

// data returns the content of a file, or nil if there is no such file.
func (ix *Index) data(name string) []byte {
	if v, ok := ix.files[name]; ok {
		return read(v)
	}
	ix.plan.mu.RLock()
	defer ix.plan.mu.RUnlock()
	return ix.plan.file(name)
}

func read(v buildcache.Value) []byte {
	data, err := v.Read(0, v.Len())
	if err != nil {
		panic("search: " + err.Error()) // it was written without an error
	}
	return data
}

func (ix *Index) manifestFile() File { return File{ix.lang + ".json", encode(ix.manifest)} }

// folder returns the folder of all files except the manifest.
func (ix *Index) folder() string { return ix.manifest.folder(ix.lang) }

func (m *manifest) folder(lang string) string { return fmt.Sprintf("%s/%s/", lang, m.Revision) }

// lines returns the lines of a file, or none if it does not exist.
func (ix *Index) lines(name string) []string {
	var lines []string
	if data := ix.data(name); data != nil {
		if err := json.Unmarshal(data, &lines); err != nil {
			panic(fmt.Errorf("search: %s of %s: %w", name, ix.lang, err)) // keep wrote it
		}
	}
	return lines
}

// hits is the list of a term, as parsed from its line.
type hits struct {
	term     string
	weight   int
	docs     []int
	levels   []int
	titles   []int // 1 if the title has the term, 2 if it consists of it
	sections []int // empty if all are 0
	others   []string
}

// parseHits parses a line written by (*term).line.
func parseHits(line string) (*hits, bool) {
	f := strings.Split(line, " ")
	if len(f) < 5 {
		return nil, false
	}
	h := &hits{term: f[0], others: f[5:]}
	var weights []int
	var ok [4]bool
	weights, ok[0] = numbers(f[1])
	h.docs, ok[1] = numbers(f[2])
	h.levels, ok[2] = values(f[3])
	h.sections, ok[3] = numbers(f[4])
	if slices.Contains(ok[:], false) || len(weights) != 1 || len(h.levels) != len(h.docs) ||
		len(h.sections) != len(h.docs) && f[4] != "" {
		return nil, false
	}
	h.weight = weights[0]
	h.titles = make([]int, len(h.levels))
	for i, level := range h.levels {
		h.titles[i], h.levels[i] = (level-1)/levels, (level-1)%levels+1
	}
	next := 0
	for i, gap := range h.docs {
		h.docs[i] = next + gap
		next = h.docs[i] + 1
	}
	return h, true
}

// shardOf returns the name of the file that has the list of a term, if there is one.
func (ix *Index) shardOf(term string) string {
	n, exact := slices.BinarySearch(ix.starts, term)
	if exact {
		n++
	}
	return ix.shardName(n)
}

// list returns the list of a term, or nil. It does not decode the whole file, since lines of lists have no quotes
// and no other character that JSON escapes.
func (ix *Index) list(term string) *hits {
	_, line, ok := bytes.Cut(ix.data(ix.shardOf(term)), []byte(`"`+term+" "))
	if !ok {
		return nil
	}
	rest, _, _ := bytes.Cut(line, []byte{'"'})
	h, _ := parseHits(term + " " + string(rest))
	return h
}

// list is like (*Index).list, but counts the cost.
func (s *search) list(term string) *hits {
	s.cost++
	return s.Index.list(term)
}

// show fills in what a hit shows of its document.
func (s *search) show(r *Hit, doc, section int) {
	s.plan.mu.RLock()
	defer s.plan.mu.RUnlock()
	e := &s.plan.entries[doc]
	title, sections, lines := s.plan.shown(doc)
	notes := strings.Split(lines, "\n")
	r.Path, r.Title, r.URL, r.Passage = e.path, title, e.url, notes[0]
	if ids := strings.Fields(sections); section > 0 && section <= len(ids) {
		heading, text, _ := strings.Cut(notes[section], "\t")
		r.Section, r.Heading = ids[section-1], heading
		if text != "" {
			r.Passage = s.passage(text)
		}
	}
	r.Product, _, _ = strings.Cut(s.manifest.Products[e.product], " ")
	r.Kind = s.manifest.Kinds[e.kind]
}

// passage returns the rest of a text from the sentence that has the most words that were looked up, or the first
// such sentence.
func (s *search) passage(text string) string {
	best, most := 0, -1
	for start := 0; start < len(text); {
		end := len(text)
		if at := sentenceEnd.FindStringIndex(text[start:]); at != nil {
			end = start + at[1]
		}
		if n := len(s.Marks(s.results, text[start:end])); n > most {
			best, most = start, n
		}
		start = end
	}
	return text[best:]
}

var sentenceEnd = regexp.MustCompile(`[.!?] `)

//go:embed search.js
var source string

// Script returns the page's script without its comments: an ES module that imports nothing. It reads the indexes
// from its own folder, unless its function open is given another.
func Script() []byte {
	var out strings.Builder
	for line := range strings.Lines(source) {
		if code := strings.TrimSpace(line); code != "" && !strings.HasPrefix(code, "//") {
			out.WriteString(code + "\n")
		}
	}
	return []byte(out.String())
}
