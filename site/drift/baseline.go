package drift

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/textedit"
	"helpcenter/site/tomlfile"
)

// The file content/translations.<lang>.toml has a table for each article:
//
//	["goto-meeting/billing/free-trial"]
//	hash = "9f2c61d0a4b7e83512c09d7f6ae4b158"
//	text = "G4QBAI…"
//
// The text is the source as it was when a person last found the translation right, compressed (DEFLATE, base64). It
// consists of lines of TOML: under "" title, description and what precedes the first heading, each section under
// its id, and a line for each block.
//
//	"" = [
//	  "Cancel a free trial",
//	  "A trial ends by itself.",
//	]
//	expires = [
//	  "After 14 days.",
//	]
//
// Earlier versions wrote these lines uncompressed. Such tables are still read, and compressed when the file is next
// written. Tables are ordered by path, so that versions of the file can be compared and merged. Only tables begin
// with a bracket at the start of a line.
//
// The file is read at every start, but a text only if its hash shows that the source has changed.

// maxFile is the most bytes of a file of baselines.
const maxFile = 512 << 20

// A Passage is what an article says between two headings.
type Passage struct {
	ID    string // id of the section; "" before the first heading
	Texts []string
	lines []int // of the texts in the article's file; nil in baselines
}

// Passages returns everything that an article says, in order.
func Passages(a *article.Article) []Passage {
	content := a.Read()
	ps := make([]Passage, 1+len(content.Sections))
	ps[0] = Passage{
		Texts: []string{fold(a.Title), fold(a.Description)},
		lines: []int{article.FrontLine, article.FrontLine},
	}
	for i, s := range content.Sections {
		ps[i+1].ID = s.ID
	}
	for _, b := range content.Blocks {
		p := &ps[b.Section+1]
		p.Texts = append(p.Texts, fold(content.Text(b)))
		p.lines = append(p.lines, int(b.Line))
	}
	return ps
}

// fold replaces white space by single spaces and composes letters (Unicode NFC).
func fold(s string) string {
	if isFolded(s) {
		return s
	}
	return norm.NFC.String(strings.Join(strings.Fields(s), " "))
}

// isFolded reports whether fold would change nothing. It recognizes only the characters of Western languages.
func isFolded(s string) bool {
	before := ' '
	for _, r := range s {
		latin := r > ' ' && r < 0x7f || r > 0xa0 && r < 0x300
		dashOrQuote := r >= 0x2010 && r < 0x2028
		if !latin && !dashOrQuote && (r != ' ' || before == ' ') {
			return false
		}
		before = r
	}
	return before != ' '
}

// A Baseline is the table of one article.
type Baseline struct {
	Path string
	line int    // number of its first line
	text []byte // without trailing empty lines
}

// Equal reports whether the source is still the same.
func (b Baseline) Equal(source *article.Article) bool {
	lines := linesOf(Passages(source))
	if small, ok := b.small(); ok {
		return string(small.hash) == hashOf(lines)
	}
	_, was, _ := bytes.Cut(b.text, []byte{'\n'})
	return bytes.Equal(was, lines)
}

// A BaselineFile holds the baselines of one language.
type BaselineFile struct {
	Name      string     // as findings name it
	Baselines []Baseline // by path
	raw       []byte     // nil if there is no file yet
	head      []byte     // comments before the tables
}

// ReadBaselines reads the baselines of a language. If there is no file, there are none. From a damaged file, it
// returns those that could be separated.
func ReadBaselines(fsys fs.FS, lang string) (*BaselineFile, []diag.Finding) {
	file := "translations." + lang + ".toml"
	f := &BaselineFile{Name: "content/" + file}
	info, err := fs.Stat(fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	var data bytes.Buffer
	if err == nil {
		data.Grow(int(min(info.Size(), maxFile)) + bytes.MinRead)
	}
	if bad := article.Read(fsys, file, maxFile, &data); bad != nil {
		return f, []diag.Finding{*bad}
	}
	f.raw = data.Bytes()
	return f, f.parse()
}

// parse splits the file into tables and checks their first lines. The rest is checked when a table is decoded.
func (f *BaselineFile) parse() []diag.Finding {
	head, tables := splitTables(article.Normalize(f.raw))
	_, found := tomlfile.Decode(f.Name, head, 1, &struct{}{})
	lines := map[string]int{}
	for _, b := range tables {
		at := diag.Position{File: f.Name, Line: b.line, Column: 1}
		first, _, _ := bytes.Cut(b.text, []byte{'\n'})
		path, ok := bytes.CutPrefix(first, []byte(`["`))
		path, closed := bytes.CutSuffix(path, []byte(`"]`))
		b.Path = string(path)
		switch {
		case !ok || !closed || !article.IsArticlePath(b.Path):
			found = append(found, diag.Errorf(at, "translations", "%q is not the path of an article", first).
				Suggest(`write ["product/category/name"]`))
		case lines[b.Path] > 0:
			found = append(found, diag.Errorf(at, "translations",
				"duplicate article %q, already in line %d", path, lines[b.Path]).Suggest("delete the older one"))
		default:
			f.Baselines = append(f.Baselines, b)
			lines[b.Path] = b.line
		}
	}
	f.head = head
	slices.SortFunc(f.Baselines, func(a, b Baseline) int { return cmp.Compare(a.Path, b.Path) })
	return found
}

// splitTables splits a file at lines that begin with a bracket.
func splitTables(data []byte) (head []byte, tables []Baseline) {
	next := func(from int) int { // the start of the first such line after from
		if i := bytes.Index(data[from:], []byte("\n[")); i >= 0 {
			return from + i + 1
		}
		return len(data)
	}
	start, line := 0, 1
	if !bytes.HasPrefix(data, []byte("[")) {
		start = next(0)
		line += bytes.Count(data[:start], []byte{'\n'})
	}
	for head = data[:start]; start < len(data); {
		end := next(start)
		tables = append(tables, Baseline{line: line, text: bytes.TrimRight(data[start:end], "\n")})
		line += bytes.Count(data[start:end], []byte{'\n'})
		start = end
	}
	return head, tables
}

// Passages decodes a baseline, in the order of ids. Findings refer to file.
func (b Baseline) Passages(file string) ([]Passage, []diag.Finding) {
	text := b.text
	var found []diag.Finding
	if small, ok := b.small(); ok {
		head, _, _ := bytes.Cut(b.text, []byte{'\n'})
		lines, err := small.lines()
		if err != nil {
			at := diag.Position{File: file, Line: b.line + 2, Column: 1}
			found = append(found, diag.Errorf(at, "translations", "the text of %q is damaged: %v", b.Path, err))
		}
		text = slices.Concat(head, []byte{'\n'}, lines)
	}
	var v map[string]map[string][]string
	if len(found) == 0 {
		_, found = tomlfile.Decode(file, text, b.line, &v)
	}
	if len(found) > 0 {
		found[0] = found[0].Suggest(
			"undo the change, or delete the table and run helpcenter translations accept %s", b.Path)
		return nil, found
	}
	var ps []Passage
	for _, id := range slices.Sorted(maps.Keys(v[b.Path])) {
		ps = append(ps, Passage{ID: id, Texts: v[b.Path][id]})
	}
	return ps, nil
}

// linesOf returns passages as lines of TOML.
func linesOf(ps []Passage) (dst []byte) {
	for i, p := range ps {
		if i > 0 {
			dst = append(dst, '\n')
		}
		if article.IsID(p.ID) {
			dst = append(dst, p.ID...)
		} else {
			dst = appendQuoted(dst, p.ID)
		}
		dst = append(dst, " = [\n"...)
		for _, text := range p.Texts {
			dst = append(dst, "  "...)
			dst = appendQuoted(dst, text)
			dst = append(dst, ",\n"...)
		}
		dst = append(dst, ']')
	}
	return dst
}

// appendQuoted appends a TOML basic string.
func appendQuoted(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c < ' ' || c == 0x7f:
			dst = fmt.Appendf(dst, `\u%04X`, c)
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, '"')
}

// find returns the index of an article's baseline, or where it would be inserted.
func (f *BaselineFile) find(path string) (int, bool) {
	return slices.BinarySearchFunc(f.Baselines, path, func(b Baseline, path string) int {
		return cmp.Compare(b.Path, path)
	})
}

// Get returns the baseline of an article, or nil.
func (f *BaselineFile) Get(path string) *Baseline {
	i, found := f.find(path)
	if !found {
		return nil
	}
	return &f.Baselines[i]
}

// Accept makes a source the baseline of its translation.
func (f *BaselineFile) Accept(source *article.Article) {
	f.set(source.Path, smallTable(source.Path, linesOf(Passages(source))))
}

func (f *BaselineFile) set(path string, text []byte) {
	if i, found := f.find(path); found {
		f.Baselines[i].text = text
	} else {
		f.Baselines = slices.Insert(f.Baselines, i, Baseline{Path: path, text: text})
	}
}

// Remove removes the baseline of an article, if it has one.
func (f *BaselineFile) Remove(path string) {
	if i, found := f.find(path); found {
		f.Baselines = slices.Delete(f.Baselines, i, i+1)
	}
}

// Move moves the baseline of an article to another path.
func (f *BaselineFile) Move(old, new string) {
	if b := f.Get(old); b != nil {
		text := bytes.Replace(b.text, []byte(old), []byte(new), 1)
		f.Remove(old)
		f.set(new, text)
	}
}

// Change returns the file as it was and as it is now. It returns false if there is no file yet.
func (f *BaselineFile) Change() (textedit.Change, bool) {
	return textedit.Change{File: f.Name, Was: f.raw, Is: f.bytes()}, f.raw != nil
}

func (f *BaselineFile) bytes() []byte {
	dst := bytes.TrimRight(f.head, "\n")
	dst = dst[:len(dst):len(dst)]
	for _, b := range f.Baselines {
		if _, ok := b.small(); !ok {
			if _, found := b.Passages(f.Name); len(found) == 0 { // tables that cannot be read are kept as they are
				_, lines, _ := bytes.Cut(b.text, []byte{'\n'})
				b.text = smallTable(b.Path, lines)
			}
		}
		if len(dst) > 0 {
			dst = append(dst, "\n\n"...)
		}
		dst = append(dst, b.text...)
	}
	return append(dst, '\n')
}

// OpenBaselines reads the baselines of a language in order to change them.
func OpenBaselines(fsys fs.FS, lang string) (*BaselineFile, error) {
	file, found := ReadBaselines(fsys, lang)
	if len(found) > 0 {
		return nil, fmt.Errorf("%s", found[0])
	}
	if file.raw == nil {
		file.head = []byte(fileHeader)
	}
	return file, nil
}

const fileHeader = `# What the translations in this language were made from: the texts of the source
# as they were when a person last found the translation right. It is written by
# helpcenter translations accept.
`

// AcceptSection makes one section of the source part of the baseline of its translation. It removes the section
// from the baseline if the source no longer has it.
func (f *BaselineFile) AcceptSection(source *article.Article, id string) error {
	b := f.Get(source.Path)
	if b == nil {
		return fmt.Errorf("article %q has no baseline yet: accept the whole of it first", source.Path)
	}
	was, found := b.Passages(f.Name)
	if len(found) > 0 {
		return fmt.Errorf("%s", found[0])
	}
	recorded := byID(was)
	kept := map[string]bool{id: true}
	var ids []string
	var now []Passage
	for _, p := range Passages(source) {
		ids = append(ids, p.ID)
		if p.ID == id {
			now = append(now, p)
		} else if recorded[p.ID] != nil {
			now = append(now, *recorded[p.ID])
		}
		kept[p.ID] = true
	}
	if !slices.Contains(ids, id) && recorded[id] == nil {
		err := fmt.Errorf("%s has no section %q (it has: %s)", source.File, id, diag.List(ids[1:]))
		if near := diag.Nearest(id, ids); near != "" {
			err = fmt.Errorf("%w; did you mean %q?", err, near)
		}
		return err
	}
	for _, p := range was {
		if !kept[p.ID] {
			now = append(now, p)
		}
	}
	b.text = smallTable(source.Path, linesOf(now))
	return nil
}
