package search

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sizes of what is fetched at a time, and of what is worth keeping.
const (
	shardSize    = 2400 // characters of a shard of lists at most, before compression, unless one list has more
	docFiles     = 2500 // about which number of files of documents is not exceeded
	mostDocs     = 4    // in such a file, whatever their number
	fewDocs      = 24   // so many are in one file: any query shows a good part of them
	mostPostings = 1000 // of a term, the heaviest
	mostWordsOf  = 500  // with one first letter, that mistyped words are compared with
)

// A File is one of the index as it is published.
type File struct {
	Name string // below the folder of all indexes: it.json, it/3f9a1c2b/t-ca-cl.json
	Data []byte
}

// A manifest is what the page reads first.
type manifest struct {
	Revision string            `json:"edition"` // names the folder of all other files, see (*manifest).revision
	Docs     int               `json:"docs"`
	PerFile  int               `json:"perFile"` // documents in a file of them
	Prefix   string            `json:"prefix"`  // that all addresses begin with
	Products []string          `json:"products"`
	Kinds    []string          `json:"kinds"`
	Shards   string            `json:"shards"`  // how the first term of each shard but the first begins
	Letters  string            `json:"letters"` // with which words begin
	Language language          `json:"tongue"`
	Phrases  map[string]string `json:"phrases"`
}

// writeIndex lays lists and documents out in files.
func writeIndex(c Config, records []record, lists []list, a *analyzer) *Index {
	ix := &Index{lang: c.Lang, analyzer: a, files: map[string][]byte{}}
	m := &ix.manifest
	m.Docs, m.PerFile, m.Language, m.Phrases = len(records), perFile(len(records)), languageOf(c.Lang), a.phrases
	ix.writeShards(lists)
	ix.writeVocabulary(lists)
	ix.writeDocuments(records)
	m.Revision = m.revision(records)
	return ix
}

// perFile returns how many of n documents stand in a file.
func perFile(n int) int {
	if n <= fewDocs {
		return fewDocs
	}
	return min(1+n/docFiles, mostDocs)
}

// format is that of the files; it changes whenever they are to be read otherwise.
const format = "2"

// revision hashes what the numbers of documents, products and kinds stand for.
// Files of one revision go together, also when some are older than others.
func (m *manifest) revision(records []record) string {
	hash := sha256.New()
	fmt.Fprintln(hash, format, m.PerFile, m.Prefix, m.Products, m.Kinds)
	for _, r := range records {
		fmt.Fprintln(hash, r.url)
	}
	return hex.EncodeToString(hash.Sum(nil)[:5])
}

func (ix *Index) put(name string, lines []string) {
	ix.names = append(ix.names, name)
	ix.files[name] = encode(lines)
}

// encode writes JSON as JavaScript would, without escapes for HTML.
func encode(v any) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // texts and numbers have no way to fail
	}
	return bytes.TrimSuffix(out.Bytes(), []byte{'\n'})
}

// writeShards parts the lists into files, each named by what its terms begin
// with and what those of the next do: a name stands for the same terms always,
// whatever else is written.
func (ix *Index) writeShards(lists []list) {
	lines := make([]string, len(lists))
	var buf []byte
	for i := range lists {
		buf = lists[i].append(buf[:0], ix.manifest.Docs)
		lines[i] = string(buf)
	}
	c := cabinet{lists, lines}
	shards := c.gather(0, len(lists), 0)
	for _, s := range shards[1:] {
		start := parting(lists[s.from-1].term, lists[s.from].term)
		ix.starts = append(ix.starts, strings.Clone(start)) // without the letters of all other terms
	}
	ix.manifest.Shards = strings.Join(ix.starts, " ")
	for i, s := range shards {
		ix.put(ix.shardName(i), lines[s.from:s.to])
	}
}

// A shard is a file of lists whose terms follow one another.
type shard struct {
	from, to int // numbers of the lists
	size     int // of their lines, in bytes
}

// A cabinet holds lists and the lines that they are written as.
type cabinet struct {
	lists []list
	lines []string
}

// gather brings lists together whose terms have so many letters in common, by
// their next letter where they are too many for one shard, and neighbours where
// they are not. Where shards end depends on terms that begin alike and not on
// what comes before them: an edit moves few ends, and so few files change.
func (c *cabinet) gather(from, to, letters int) []shard {
	all := shard{from: from, to: to}
	for _, line := range c.lines[from:to] {
		all.size += len(line)
	}
	if all.size <= shardSize || to-from < 2 {
		return []shard{all}
	}
	var shards []shard
	for from < to {
		next := from + 1
		for next < to && alike(c.lists[from].term, c.lists[next].term, letters) {
			next++
		}
		for _, s := range c.gather(from, next, letters+1) {
			if last := len(shards) - 1; last >= 0 && shards[last].size+s.size <= shardSize {
				shards[last].to = s.to
				shards[last].size += s.size
			} else {
				shards = append(shards, s)
			}
		}
		from = next
	}
	return shards
}

// alike reports whether two terms have the same letter, in bytes, at a place.
func alike(a, b string, at int) bool { return at < len(a) && at < len(b) && a[at] == b[at] }

// shardName returns the name of the file of a shard, by number.
func (ix *Index) shardName(n int) string {
	from, to := "", ""
	if n > 0 {
		from = ix.starts[n-1]
	}
	if n < len(ix.starts) {
		to = ix.starts[n]
	}
	return "t-" + plain(from) + "-" + plain(to)
}

// plain writes a text in letters that every file system and address takes as
// they are.
func plain(text string) string {
	var out strings.Builder
	for _, r := range text {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			out.WriteRune(r)
		} else {
			fmt.Fprintf(&out, "_%x_", r)
		}
	}
	return out.String()
}

// parting returns the shortest start of b that comes after a.
func parting(a, b string) string {
	for i := range b {
		if i > 0 && b[:i] > a {
			return b[:i]
		}
	}
	return b
}

// append writes a list: term, weight, gaps between documents, levels, sections
// (none where all are 0), synonyms.
func (l *list) append(dst []byte, docs int) []byte {
	dst = append(append(dst, l.term...), ' ')
	dst = append(appendNumber(dst, rarity(l.found, docs)), ' ')
	next, placed := 0, false
	for _, p := range l.postings {
		dst = appendNumber(dst, int(p.doc)-next)
		next, placed = int(p.doc)+1, placed || p.section > 0
	}
	dst = append(dst, ' ')
	for _, p := range l.postings {
		dst = append(dst, char(int(p.level)))
	}
	dst = append(dst, ' ')
	for _, p := range l.postings {
		if placed {
			dst = appendNumber(dst, int(p.section))
		}
	}
	for _, other := range l.others {
		dst = append(append(dst, ' '), other...)
	}
	return dst
}

// writeVocabulary writes, for each first letter, the commonest words that begin
// with it.
func (ix *Index) writeVocabulary(lists []list) {
	byLetter := map[rune][]*list{}
	for i := range lists {
		l := &lists[i]
		r, size := utf8.DecodeRuneInString(l.term)
		if size < len(l.term) && !ix.stop[l.form] && strings.IndexFunc(l.term, unicode.IsNumber) < 0 {
			byLetter[r] = append(byLetter[r], l)
		}
	}
	letters := slices.Sorted(maps.Keys(byLetter))
	for _, r := range letters {
		words := byLetter[r]
		slices.SortStableFunc(words, func(a, b *list) int { return cmp.Compare(b.found, a.found) })
		words = words[:min(len(words), mostWordsOf)]
		slices.SortFunc(words, func(a, b *list) int { return strings.Compare(a.term, b.term) })
		lines := make([]string, len(words))
		for i, l := range words {
			lines[i] = l.word()
		}
		ix.put("w-"+plain(string(r)), lines)
	}
	ix.manifest.Letters = string(letters)
}

// word writes what the vocabulary has of a list: term, how common it is, its form
// as the number of letters to cut off the term and those to add.
func (l *list) word() string {
	shared := len(commonStart([]string{l.term, l.form}))
	for !utf8.RuneStart(append([]byte(l.term), 0)[shared]) {
		shared--
	}
	cut := utf8.RuneCountInString(l.term[shared:])
	return fmt.Sprintf("%s %c%s%s", l.term, char(bits.Len(uint(l.found))), appendNumber(nil, cut), l.form[shared:])
}

// writeDocuments writes what results show, in d0, d1 ... (title, rest of the
// address, ids of the sections, product and kind as numbers) and n0, n1 ...
// (description, headings), line by line; and in f what is filtered by: the
// numbers of all documents' products, and of their kinds.
func (ix *Index) writeDocuments(records []record) {
	var urls, is []string // is: product and kind
	var products, kinds []byte
	m := &ix.manifest
	m.Products, m.Kinds = []string{}, []string{}
	for _, r := range records {
		urls = append(urls, r.url)
		ix.paths = append(ix.paths, r.path)
		product, kind := indexIn(&m.Products, r.product), indexIn(&m.Kinds, r.kind)
		products, kinds = appendNumber(products, product), appendNumber(kinds, kind)
		is = append(is, string(appendNumber(appendNumber(nil, product), kind)))
	}
	prefix := commonStart(urls)
	m.Prefix = prefix[:strings.LastIndexByte(prefix, '/')+1]
	per := m.PerFile
	ix.put("f", []string{string(products), string(kinds)})
	for i := 0; i < len(records); i += per {
		var docs, notes []string
		for j, r := range records[i:min(i+per, len(records))] {
			docs = append(docs, strings.Join([]string{r.title, r.url[len(m.Prefix):], r.sections, is[i+j]}, "\n"))
			notes = append(notes, r.notes)
		}
		ix.put(fmt.Sprint("d", i/per), docs)
		ix.put(fmt.Sprint("n", i/per), notes)
	}
}

// indexIn returns the place of a name in a list, to which it is added if need be.
func indexIn(names *[]string, name string) int {
	i := slices.Index(*names, name)
	if i < 0 {
		i = len(*names)
		*names = append(*names, name)
	}
	return i
}
