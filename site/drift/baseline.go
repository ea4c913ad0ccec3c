// Package drift compares a translation's source with what the source said when
// it was translated, and keeps the record of the old text.
//
// A translation drifts when its source changes and it does not. What it was made
// from is on record, so that the source of today can be compared block by block
// with the one that the translation is right about. Formatting, the targets of
// links and white space never count; nor do renamed ids of sections, or where the
// article stands. An article without a record is not judged.
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
	"helpcenter/site/tomlfile"
)

// What a translation was made from is kept in content/translations.<lang>.toml,
// in a record for each article:
//
//	["goto-meeting/billing/free-trial"]
//	"" = [
//	  "Cancel a free trial",
//	  "A trial ends by itself.",
//	  "You need not do anything.",
//	]
//	expires = [
//	  "When it expires",
//	  "After 14 days.",
//	]
//
// These are the passages of the source as they were when a person last found the
// translation right: title, description and what stands before the first heading
// under "", every section under its id. A passage lists the texts of its blocks.
// Baselines stand in the order of their paths and every text on a line of its own,
// so that versions of the file can be compared and merged line by line. Only
// records begin with a bracket at the start of a line.
//
// The file holds as much text as the articles do. It is read at every start, but
// hardly ever decoded: a record that is, byte for byte, what would be written now
// tells that nothing has changed.

// maxBaselines is the most bytes that a file of records may have.
const maxBaselines = 512 << 20

// A passage is what an article says between two headings.
type Passage struct {
	ID    string // of the section, "" before the first heading
	Texts []string
	lines []int // where the texts stand in the file; not known of what was recorded
}

// Passages returns all that an article says, in order.
func Passages(a *article.Article) []Passage {
	ps := make([]Passage, 1+len(a.Sections))
	ps[0] = Passage{Texts: []string{fold(a.Title), fold(a.Description)}, lines: []int{article.FrontLine, article.FrontLine}}
	for i, s := range a.Sections {
		ps[i+1].ID = s.ID
	}
	for _, b := range a.Blocks {
		p := &ps[b.Section+1]
		p.Texts = append(p.Texts, fold(a.Text(b)))
		p.lines = append(p.lines, int(b.Line))
	}
	return ps
}

// fold writes one space for white space of any kind and length, and composed
// letters for decomposed ones (Unicode NFC), so that none of that makes a
// difference.
func fold(s string) string {
	if isFolded(s) {
		return s
	}
	return norm.NFC.String(strings.Join(strings.Fields(s), " "))
}

// isFolded reports whether fold can change nothing. It knows the characters of
// Western languages, which are most of what is asked; of others it says no.
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

// A record is the part of the file that is about one article.
type Baseline struct {
	Path string
	line int    // number of its first line
	Text []byte // without empty lines at its end
}

// A recordFile is the records of one language.
type BaselineFile struct {
	Name      string // as findings name it
	Raw       []byte // nil where there is no file yet
	head      []byte // what stands before the records: comments
	Baselines []Baseline
}

// ReadBaselines reads the records of a language. A file that is not there has
// none; of one that is damaged, those are returned that could be told apart.
func ReadBaselines(fsys fs.FS, lang string) (*BaselineFile, []diag.Finding) {
	file := "translations." + lang + ".toml"
	f := &BaselineFile{Name: "content/" + file}
	info, err := fs.Stat(fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	var data bytes.Buffer
	if err == nil {
		data.Grow(int(min(info.Size(), maxBaselines)) + bytes.MinRead)
	}
	if bad := article.Read(fsys, file, maxBaselines, &data); bad != nil {
		return f, []diag.Finding{*bad}
	}
	f.Raw = data.Bytes()
	return f, f.parse()
}

// parse parts the file into records. It proves their first lines; the rest of a
// record is proven when it is decoded.
func (f *BaselineFile) parse() []diag.Finding {
	head, rs := splitBaselines(article.Normalize(f.Raw))
	_, found := tomlfile.Decode(f.Name, head, 1, &struct{}{})
	lines := map[string]int{}
	for _, r := range rs {
		at := diag.Position{File: f.Name, Line: r.line, Column: 1}
		first, _, _ := bytes.Cut(r.Text, []byte{'\n'})
		path, ok := bytes.CutPrefix(first, []byte(`["`))
		path, closed := bytes.CutSuffix(path, []byte(`"]`))
		r.Path = string(path)
		switch {
		case !ok || !closed || !IsArticlePath(r.Path):
			found = append(found, diag.Errorf(at, "translations", "%q does not begin the record of an article", first).
				Suggest(`write ["product/category/name"]`))
		case lines[r.Path] > 0:
			found = append(found, diag.Errorf(at, "translations", "%q has a record in line %d already", path, lines[r.Path]).
				Suggest("delete the one that is older"))
		default:
			f.Baselines = append(f.Baselines, r)
			lines[r.Path] = r.line
		}
	}
	f.head = head
	slices.SortFunc(f.Baselines, func(a, b Baseline) int { return cmp.Compare(a.Path, b.Path) })
	return found
}

// IsArticlePath reports whether s has the form product/category/name.
func IsArticlePath(s string) bool { return article.IsPath(s) && strings.Count(s, "/") == 2 }

// splitBaselines parts a file at the lines that begin with a bracket.
func splitBaselines(data []byte) (head []byte, rs []Baseline) {
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
		rs = append(rs, Baseline{line: line, Text: bytes.TrimRight(data[start:end], "\n")})
		line += bytes.Count(data[start:end], []byte{'\n'})
		start = end
	}
	return head, rs
}

// Passages decodes the record. They come in the order of their ids.
func (r Baseline) Passages(file string) ([]Passage, []diag.Finding) {
	var v map[string]map[string][]string
	_, found := tomlfile.Decode(file, r.Text, r.line, &v)
	if len(found) > 0 {
		found[0] = found[0].Suggest("undo what was changed by hand, or delete the record and run helpcenter translations accept %s", r.Path)
		return nil, found
	}
	var ps []Passage
	for _, id := range slices.Sorted(maps.Keys(v[r.Path])) {
		ps = append(ps, Passage{ID: id, Texts: v[r.Path][id]})
	}
	return ps, nil
}

// AppendBaseline writes the record of an article.
func AppendBaseline(dst []byte, path string, ps []Passage) []byte {
	dst = append(dst, `["`...)
	dst = append(dst, path...)
	dst = append(dst, `"]`...)
	for _, p := range ps {
		dst = append(dst, '\n')
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

// appendQuoted writes a basic string of TOML.
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

// Set puts a record in its place, or takes it out where there is no text.
func (f *BaselineFile) Set(path string, text []byte) {
	i, found := slices.BinarySearchFunc(f.Baselines, path, func(r Baseline, path string) int { return cmp.Compare(r.Path, path) })
	switch {
	case found && text == nil:
		f.Baselines = slices.Delete(f.Baselines, i, i+1)
	case found:
		f.Baselines[i].Text = text
	case text != nil:
		f.Baselines = slices.Insert(f.Baselines, i, Baseline{Path: path, Text: text})
	}
}

// Get returns the record of an article, or nil.
func (f *BaselineFile) Get(path string) *Baseline {
	i, found := slices.BinarySearchFunc(f.Baselines, path, func(r Baseline, path string) int { return cmp.Compare(r.Path, path) })
	if !found {
		return nil
	}
	return &f.Baselines[i]
}

// Bytes writes the file.
func (f *BaselineFile) Bytes() []byte {
	dst := bytes.TrimRight(f.head, "\n")
	dst = dst[:len(dst):len(dst)]
	for _, r := range f.Baselines {
		if len(dst) > 0 {
			dst = append(dst, "\n\n"...)
		}
		dst = append(dst, r.Text...)
	}
	return append(dst, '\n')
}

// OpenBaselines reads the records of a language in order to change them.
func OpenBaselines(fsys fs.FS, lang string) (*BaselineFile, error) {
	file, found := ReadBaselines(fsys, lang)
	if len(found) > 0 {
		return nil, fmt.Errorf("%s", found[0])
	}
	if file.Raw == nil {
		file.head = []byte(fileHeader)
	}
	return file, nil
}

// fileHeader begins a file of records.
const fileHeader = `# What the translations in this language were made from: the texts of the source
# as they were when a person last found the translation right. It is written by
# helpcenter translations accept.
`

// AcceptSection puts one section of the source in the record of an article that
// has one, or takes it out where the source has it no more.
func (f *BaselineFile) AcceptSection(source *article.Article, id string) error {
	r := f.Get(source.Path)
	if r == nil {
		return fmt.Errorf("article %q has no record yet: accept the whole of it first", source.Path)
	}
	was, found := r.Passages(f.Name)
	if len(found) > 0 {
		return fmt.Errorf("%s", found[0])
	}
	recorded := ByID(was)
	var is, gone []Passage
	var ids []string
	for _, p := range Passages(source) {
		ids = append(ids, p.ID)
		switch {
		case p.ID == id:
			is = append(is, p)
		case recorded[p.ID] != nil:
			is = append(is, *recorded[p.ID])
		}
	}
	for _, p := range was {
		if !slices.Contains(ids, p.ID) && p.ID != id {
			gone = append(gone, p)
		}
	}
	if !slices.Contains(ids, id) && recorded[id] == nil {
		err := fmt.Errorf("%s has no section %q, it has: %s", source.File, id, diag.List(ids[1:]))
		if near := diag.Nearest(id, ids); near != "" {
			err = fmt.Errorf("%w; did you mean %q?", err, near)
		}
		return err
	}
	r.Text = AppendBaseline(nil, source.Path, slices.Concat(is, gone))
	return nil
}
