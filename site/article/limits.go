package article

import (
	"bytes"

	"helpcenter/site/diag"
)

// Within these limits, the time to parse Markdown is proportional to its length. Without them, some of what
// CommonMark allows would take quadratic time within a block or a line. No text meant for readers comes near them.
const (
	maxArticle  = 256 << 10 // bytes of an article
	maxFront    = 8 << 10   // bytes of front matter
	maxBlock    = 32 << 10  // bytes without a blank line
	maxNesting  = 32        // lists and quotations begun in one line
	maxCells    = 20_000    // cells of a table
	maxBrackets = 2000      // opening brackets without a blank line: each may begin a link
	maxHeadings = 1000      // headings of an article
	maxShown    = 100       // sections of other articles that an article shows
	maxNotes    = 200       // footnotes: each mark is compared with all of them
	maxHTML     = 4 << 20   // bytes of HTML: one reference definition may be used in thousands of places
	maxAddress  = 2 << 10   // bytes of a destination
)

func tooLarge(at diag.Position, what string, limit int) diag.Finding {
	return diag.Errorf(at, "too-large", "more than %d %s", limit, what)
}

// checkSize reports the first place where a text exceeds the limits.
func checkSize(text []byte, lines *cursor) []diag.Finding {
	notes := 0
	start, count, bars, brackets := 0, 0, 0, 0 // of the block: its start, lines, most bars in a line, and brackets
	for off := 0; off < len(text); {
		line, _, _ := bytes.Cut(text[off:], []byte{'\n'})
		if len(bytes.TrimSpace(line)) == 0 {
			start, count, bars, brackets = off+len(line)+1, 0, 0, 0
		} else {
			count++
			bars = max(bars, bytes.Count(line, []byte{'|'}))
			brackets += bytes.Count(line, []byte{'['})
			notes += bytes.Count(line, []byte("]:"))
		}
		switch {
		case off+len(line)-start > maxBlock:
			return []diag.Finding{tooLarge(lines.position(start), "bytes without a blank line", maxBlock)}
		case count*(bars+1) > maxCells:
			return []diag.Finding{tooLarge(lines.position(start), "cells in a table", maxCells)}
		case brackets > maxBrackets:
			return []diag.Finding{tooLarge(lines.position(start), "opening brackets without a blank line", maxBrackets)}
		case notes > maxNotes && bytes.Contains(text, []byte("[^")):
			return []diag.Finding{tooLarge(lines.position(off), "footnotes and definitions", maxNotes)}
		case nesting(line) > maxNesting:
			return []diag.Finding{tooLarge(lines.position(off), "nested lists and quotations", maxNesting)}
		}
		off += len(line) + 1
	}
	return nil
}

// nesting returns a lower bound on the number of lists and quotations that a line begins.
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
