package tomlfile

import (
	"cmp"
	"errors"
	"io"
	"io/fs"

	"helpcenter/site/diag"
)

// Limits that no file of a writer comes near. The toml package takes time that grows
// with the square of the depth.
const (
	maxSize  = 1 << 20 // bytes of a file
	maxDepth = 16      // nested lists and tables, and parts of a dotted key
)

// Read returns the content of a file, but no more of it than [Decode] needs to
// report that it is too large. A pipe is read like a file.
func Read(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return nil, cmp.Or(err, errors.New("not a regular file"))
	}
	return io.ReadAll(io.LimitReader(f, maxSize+1))
}

// checkLimits returns a finding if a text, valid or not, exceeds the limits.
func checkLimits(file string, data []byte, first int) []diag.Finding {
	if len(data) > maxSize {
		return []diag.Finding{diag.Errorf(diag.Position{File: file, Line: first}, "toml",
			"the file is too large (allowed: %d bytes)", maxSize)}
	}
	s := scanner{file: file, first: first, text: data}
	for open, dots := 0, 0; s.pos < len(data); s.pos++ {
		switch data[s.pos] {
		case '"', '\'':
			s.quoted()
			s.pos--
		case '#':
			s.until("\n")
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
			return []diag.Finding{diag.Errorf(s.here(), "toml",
				"lists, tables and dotted keys are nested too deeply (allowed: %d levels)", maxDepth)}
		}
	}
	return nil
}
