package tomlfile

import (
	"cmp"
	"errors"
	"io"
	"io/fs"

	"helpcenter/site/diag"
)

// Limits that no file of writers comes near. The decoder takes time that grows
// with the square of the depth.
const (
	maxTOML  = 1 << 20 // bytes of a file
	maxDepth = 16      // lists and tables in one another, and parts of a dotted key
)

// Read returns what a file holds, but no more of it than it takes for
// [DecodeTOML] to say that it is too large.
func Read(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, cmp.Or(err, errors.New("not a regular file"))
	}
	return io.ReadAll(io.LimitReader(f, maxTOML+1))
}

// proveLimits returns a finding where a text leaves the limits. It reads the text
// as far as the decoder would.
func proveLimits(file string, data []byte, first int) []diag.Finding {
	if len(data) > maxTOML {
		return []diag.Finding{diag.Errorf(diag.Position{File: file, Line: first}, "toml", "more than %d bytes", maxTOML)}
	}
	s := scanner{Locator: &Locator{file: file, first: first}, text: data}
	for open, dots := 0, 0; s.pos < len(data); s.pos++ {
		switch data[s.pos] {
		case '"', '\'':
			s.quoted()
			s.pos--
		case '#':
			s.upTo('\n')
			dots = 0
		case '[', '{':
			open, dots = open+1, 0
		case ']', '}':
			open, dots = max(0, open-1), 0
		case '=', ',', '\n':
			dots = 0
		case '.':
			dots++
		}
		if open+dots > maxDepth {
			return []diag.Finding{diag.Errorf(s.here(), "toml", "more than %d lists, tables and parts of a key in one another", maxDepth)}
		}
	}
	return nil
}
