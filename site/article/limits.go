package article

import (
	"bytes"
	"io"
	"io/fs"
	"path"

	"helpcenter/site/diag"
)

// Limits that no text meant for readers comes near. Within them Markdown is
// parsed in time that grows with its length; some of what CommonMark allows
// takes time that grows with the square of it, in one block or one line.
const (
	MaxArticle  = 256 << 10 // bytes of an article
	MaxSite     = 1 << 20   // bytes of site.toml
	maxFront    = 8 << 10   // bytes of front matter
	MaxAsset    = 16 << 20  // bytes of a picture
	maxBlock    = 32 << 10  // bytes without a blank line
	maxNesting  = 32        // lists and quotations begun in one line
	maxCells    = 20_000    // cells of a table
	maxBrackets = 2000      // opening brackets without a blank line: each may begin a link
	maxHeadings = 1000      // headings of an article
	maxHTML     = 4 << 20   // bytes that become of it: one reference may stand in thousands of places
	maxAddress  = 2 << 10   // bytes of a destination
)

func tooLarge(at diag.Position, what string, limit int) diag.Finding {
	return diag.Errorf(at, "too-large", "more than %d %s", limit, what)
}

// checkSize reports the first place where a text leaves the limits.
func checkSize(text []byte, lines *Cursor) []diag.Finding {
	start, count, bars, brackets := 0, 0, 0, 0 // of the block: where it starts, lines, most bars in a line
	for off := 0; off < len(text); {
		line, _, _ := bytes.Cut(text[off:], []byte{'\n'})
		if len(bytes.TrimSpace(line)) == 0 {
			start, count, bars, brackets = off+len(line)+1, 0, 0, 0
		} else {
			count++
			bars = max(bars, bytes.Count(line, []byte{'|'}))
			brackets += bytes.Count(line, []byte{'['})
		}
		switch {
		case off+len(line)-start > maxBlock:
			return []diag.Finding{tooLarge(lines.At(start), "bytes without a blank line", maxBlock)}
		case count*(bars+1) > maxCells:
			return []diag.Finding{tooLarge(lines.At(start), "cells in a table", maxCells)}
		case brackets > maxBrackets:
			return []diag.Finding{tooLarge(lines.At(start), "opening brackets without a blank line", maxBrackets)}
		case nesting(line) > maxNesting:
			return []diag.Finding{tooLarge(lines.At(off), "lists and quotations in one another", maxNesting)}
		}
		off += len(line) + 1
	}
	return nil
}

// nesting returns at least how many lists and quotations a line begins.
func nesting(line []byte) int {
	depth := 0
	for i, c := range line {
		switch {
		case c == '>':
			depth++
		case c == ' ' || c == '\t':
			if i > 0 && bytes.IndexByte([]byte("-+*.)"), line[i-1]) >= 0 {
				depth++
			}
		case bytes.IndexByte([]byte("-+*.)0123456789"), c) < 0:
			return depth
		}
	}
	return depth
}

// Read reads a file of at most limit bytes, and says what went wrong.
func Read(fsys fs.FS, file string, limit int, into *bytes.Buffer) *diag.Finding {
	f, err := fsys.Open(file)
	if err == nil {
		defer f.Close()
		_, err = into.ReadFrom(io.LimitReader(f, int64(limit)+1))
	}
	var found diag.Finding
	switch {
	case err != nil:
		at := diag.Position{File: path.Join("content", file)}
		found = diag.Errorf(at, "layout", "the file cannot be read: %v", err)
	case into.Len() > limit:
		found = tooLarge(diag.Position{File: path.Join("content", file)}, "bytes", limit)
	default:
		return nil
	}
	return &found
}
