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

// Sizes of files and lists.
const (
	shardSize    = 2400 // most characters of a shard, before compression, unless one list has more
	docFiles     = 2500 // most files of documents, roughly
	mostDocs     = 4    // most documents in such a file
	fewDocs      = 24   // documents that share one file: any query shows a good part of them
	mostPostings = 1000 // of a term, those of the greatest weight
	mostWordsOf  = 500  // known words with one first letter, the commonest
)

// A File is a published file of an index.
type File struct {
	Name string // relative to the folder of all indexes: it.json, it/3f9a1c2b/t-ca-cl.json
	Data []byte
}

// A manifest is what the page reads first.
type manifest struct {
	Revision string            `json:"edition"` // names the folder of all other files, see (*manifest).revision
	Docs     int               `json:"docs"`
	PerFile  int               `json:"perFile"` // documents in a file
	Prefix   string            `json:"prefix"`  // of all addresses
	Products []string          `json:"products"`
	Kinds    []string          `json:"kinds"`
	Shards   string            `json:"shards"`  // how the first term of each shard but the first begins
	Letters  string            `json:"letters"` // first letters of known words
	Language language          `json:"language"`
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

// perFile returns how many of n documents are in a file.
func perFile(n int) int {
	if n <= fewDocs {
		return fewDocs
	}
	return min(1+n/docFiles, mostDocs)
}

// format is the version of the files' format.
const format = "2"

// revision hashes the addresses, products and kinds that numbers in files stand for.
// Files of one revision fit together, even if some are older than others.
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

// encode writes JSON without escapes for HTML, as JavaScript does.
func encode(v any) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // texts and numbers can always be written
	}
	return bytes.TrimSuffix(out.Bytes(), []byte{'\n'})
}

// writeShards divides the lists among files. Each is named after the first letters of
// its own terms and of those in the next file, so a name always stands for the same
// range of terms.
func (ix *Index) writeShards(lists []list) {
	lines := make([]string, len(lists))
	var buf []byte
	for i := range lists {
		buf = lists[i].append(buf[:0], ix.manifest.Docs)
		lines[i] = string(buf)
	}
	c := layout{lists, lines}
	shards := c.gather(0, len(lists), 0)
	for _, s := range shards[1:] {
		start := shortestAfter(lists[s.from-1].term, lists[s.from].term)
		ix.starts = append(ix.starts, strings.Clone(start)) // lets go of the text of all terms
	}
	ix.manifest.Shards = strings.Join(ix.starts, " ")
	for i, s := range shards {
		ix.put(ix.shardName(i), lines[s.from:s.to])
	}
}

// A shard is a file of lists with adjacent terms.
type shard struct {
	from, to int // numbers of the lists
	size     int // of their lines, in bytes
}

// A layout has lists and the lines that they are written as.
type layout struct {
	lists []list
	lines []string
}

// gather divides lists among shards. Their terms begin with the same letters, as many
// as given. If they are too many for one shard they are divided by their next letter,
// and adjacent shards that are small become one. So the end of a shard depends only on
// terms that begin alike: an edit moves few ends, and few files change.
func (c *layout) gather(from, to, letters int) []shard {
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

// alike reports whether two terms have the same byte at an index.
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

// plain writes a text in characters that are valid in file names and addresses.
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

// shortestAfter returns the shortest prefix of b that sorts after a.
func shortestAfter(a, b string) string {
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
	dst = append(appendNumber(dst, idf(l.found, docs)), ' ')
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

// word writes a list's line in the vocabulary: the term, how common it is, and its
// form as the number of letters to remove from the term and the letters to add.
func (l *list) word() string {
	shared := len(commonStart([]string{l.term, l.form}))
	for !utf8.RuneStart(append([]byte(l.term), 0)[shared]) {
		shared--
	}
	cut := utf8.RuneCountInString(l.term[shared:])
	return fmt.Sprintf("%s %c%s%s", l.term, char(bits.Len(uint(l.found))), appendNumber(nil, cut), l.form[shared:])
}

// writeDocuments writes what results show: d0, d1 ... have title, rest of the address,
// ids of sections, product and kind as numbers; n0, n1 ... have description and
// headings. The file f has the numbers of all documents' products and of their kinds.
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

// indexIn returns the index of a name in a list. It adds the name if it is missing.
func indexIn(names *[]string, name string) int {
	i := slices.Index(*names, name)
	if i < 0 {
		i = len(*names)
		*names = append(*names, name)
	}
	return i
}
