package search

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sizes of files and lists.
const (
	shardSize    = 2400 // most characters of a shard before compression, unless a single list has more
	docFiles     = 2500 // most files of documents, roughly
	mostDocs     = 4    // most documents in such a file
	fewDocs      = 64   // documents that share a single file, since any query shows many of them
	mostPostings = 1000 // of a term, those with the greatest weight
	mostWordsOf  = 500  // known words with the same first letter, the commonest ones
)

// A File is a published file of an index.
type File struct {
	Name string // relative to the folder of all indexes: it.json, it/3f9a1c2b/t-ca-cl.json
	Data []byte
}

// A manifest is the file that the page reads first.
type manifest struct {
	Revision string            `json:"edition"` // names the folder of all other files; see (*manifest).revision
	Docs     int               `json:"docs"`
	PerFile  int               `json:"perFile"`  // documents in a file
	Prefix   string            `json:"prefix"`   // of all addresses
	Products []string          `json:"products"` // of a document: its own, then further ones, separated by spaces
	Kinds    []string          `json:"kinds"`
	Shards   string            `json:"shards"`  // how the first term of each shard begins, except the first shard
	Letters  string            `json:"letters"` // first letters of known words
	Language language          `json:"language"`
	Phrases  map[string]string `json:"phrases"`
	Titles   map[string]int    `json:"titles"`   // documents that come first for the terms of their titles
	Names    map[string]string `json:"names"`    // products by the terms of their names
	Intents  map[string]string `json:"intents"`  // checkers by the terms that ask their questions
	Answers  map[string]int    `json:"answers"`  // lines of the file a by checker and product
	Fallback int               `json:"fallback"` // document for questions that no other answers; -1 if there is none
}

// perFile returns how many of n documents are in a file.
func perFile(n int) int {
	if n <= fewDocs {
		return fewDocs
	}
	return min(1+n/docFiles, mostDocs)
}

// format is the version of the file format.
const format = "4"

// revision hashes the addresses, products and kinds that the numbers in files stand for. Files of the same revision
// fit together, even if some are older than others.
func (m *manifest) revision(urls []string) string {
	hash := sha256.New()
	fmt.Fprintln(hash, format, m.PerFile, m.Prefix, m.Products, m.Kinds)
	for _, url := range urls {
		io.WriteString(hash, url+"\n")
	}
	return hex.EncodeToString(hash.Sum(nil)[:5])
}

// encode writes JSON as JavaScript does, without escapes for HTML.
func encode(v any) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // texts and numbers can always be encoded
	}
	return bytes.TrimSuffix(out.Bytes(), []byte{'\n'})
}

// writeShards divides the lists of terms among files. Each is named after the first letters of its own terms and of
// those in the next file, so that a name always stands for the same range of terms.
func (ix *Index) writeShards(terms []*term) {
	lines := make([]string, len(terms))
	for i, t := range terms {
		lines[i] = t.line(ix.manifest.Docs)
	}
	shards := gather(lines, 0)
	for i, s := range shards[1:] {
		last, first := shards[i][len(shards[i])-1], s[0]
		ix.starts = append(ix.starts, shortestAfter(termOf(last), termOf(first)))
	}
	ix.manifest.Shards = strings.Join(ix.starts, " ")
	for i, s := range shards {
		ix.keep(ix.shardName(i), s)
	}
}

func termOf(line string) string {
	term, _, _ := strings.Cut(line, " ")
	return strings.Clone(term) // so that the line is not kept in memory
}

// gather divides lines among shards. All lines begin with the same letters, as many as given. Lines that are too
// many for one shard are divided by their next letter, and small adjacent shards are joined. So where a shard ends
// depends only on terms that begin alike: an edit moves few ends, and few files change.
func gather(lines []string, letters int) [][]string {
	if size(lines) <= shardSize || len(lines) < 2 {
		return [][]string{lines}
	}
	var shards [][]string
	for len(lines) > 0 {
		n := 1
		for n < len(lines) && lines[n][letters] == lines[0][letters] {
			n++
		}
		for _, s := range gather(lines[:n], letters+1) {
			if last := len(shards) - 1; last >= 0 && size(shards[last])+size(s) <= shardSize {
				shards[last] = slices.Concat(shards[last], s)
			} else {
				shards = append(shards, s)
			}
		}
		lines = lines[n:]
	}
	return shards
}

// size returns the length of lines in bytes.
func size(lines []string) (bytes int) {
	for _, line := range lines {
		bytes += len(line)
	}
	return bytes
}

// shardName returns the name of the file of the n-th shard.
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

// line writes the list of a term: the term, its weight, gaps between documents, levels, sections (empty if all are
// 0), and synonyms that occur.
func (t *term) line(docs int) string {
	var gaps, levels, sections []byte
	next, placed := 0, false
	for _, p := range t.postings {
		gaps = appendNumber(gaps, int(p.doc)-next)
		levels = append(levels, char(int(p.level)))
		sections = appendNumber(sections, int(p.section))
		next, placed = int(p.doc)+1, placed || p.section > 0
	}
	if !placed {
		sections = nil
	}
	weight := appendNumber(nil, idf(t.found, docs))
	fields := []string{t.text, string(weight), string(gaps), string(levels), string(sections)}
	for _, s := range t.synonyms {
		if s.occurs {
			fields = append(fields, s.text)
		}
	}
	return strings.Join(fields, " ")
}

// writeVocabulary writes, for each first letter, the commonest words that begin with it.
func (ix *Index) writeVocabulary(terms []*term) {
	byLetter := map[rune][]*term{}
	for _, t := range terms {
		r, size := utf8.DecodeRuneInString(t.text)
		isPair := strings.Contains(t.text, pairOf("", ""))
		if size < len(t.text) && !isPair && !ix.stop[t.form()] && strings.IndexFunc(t.text, unicode.IsNumber) < 0 {
			byLetter[r] = append(byLetter[r], t)
		}
	}
	letters := slices.Sorted(maps.Keys(byLetter))
	for _, r := range letters {
		words := byLetter[r]
		slices.SortStableFunc(words, func(a, b *term) int { return cmp.Compare(b.found, a.found) })
		words = words[:min(len(words), mostWordsOf)]
		slices.SortFunc(words, func(a, b *term) int { return strings.Compare(a.text, b.text) })
		lines := make([]string, len(words))
		for i, t := range words {
			lines[i] = t.word()
		}
		ix.keep("w-"+plain(string(r)), lines)
	}
	ix.manifest.Letters = string(letters)
}

// word writes a term's line in the vocabulary: the term, how common it is, and its form, given as the number of
// letters to remove from the end of the term and the letters to add.
func (t *term) word() string {
	form := t.form()
	shared := len(commonStart([]string{t.text, form}))
	for !utf8.RuneStart(append([]byte(t.text), 0)[shared]) {
		shared--
	}
	cut := utf8.RuneCountInString(t.text[shared:])
	return fmt.Sprintf("%s %c%s%s", t.text, char(bits.Len(uint(t.found))), appendNumber(nil, cut), form[shared:])
}

// commonStart returns the longest common prefix of the texts.
func commonStart(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	start := texts[0]
	for _, t := range texts {
		for !strings.HasPrefix(t, start) {
			start = start[:len(start)-1]
		}
	}
	return start
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
