package lint

import (
	"regexp"
	"slices"
	"strings"
)

// residue matches what templates, translation tools and Markdown leave in a text by mistake. It is allowed in code.
var residue = regexp.MustCompile(`` +
	`\{\{[^{}]*\}?\}?|\}\}|\{%|%\}|\$\{|\$\(` + // templates
	`|\{[0-9a-zA-Z_.-]+\}` + // {0}, {name}
	`|%(?:[0-9]+\$)?[sdvqf]\b|%@` + // printf
	`|\*\*|~~|\]\(|\[\[|\]\]|` + "```" + `|\|-{2,}` + // Markdown
	`|(?m:^#{1,6}\w)` +
	`|&(?:nbsp|amp|lt|gt|quot|[a-z]{2,8}grave|[a-z]acute|#[0-9]+);` + // character references
	`|Ã[\x{80}-\x{BF}]|â€|\x{FFFD}`) // UTF-8 read as another encoding

// All residue contains one of signs or of misread.
const signs = "{}%$*~]`|#&"

var misread = []string{"Ã", "â€", "\ufffd"}

// notes are reminders and dummy text.
var notes = map[string]bool{"TODO": true, "TBD": true, "FIXME": true, "XXX": true, "XXXX": true, "Lorem": true}

// brokenWords reports residue, and words into which another one was pasted.
func brokenWords(t *passage) {
	contains := func(s string) bool { return strings.Contains(t.text, s) }
	if strings.ContainsAny(t.text, signs) || slices.ContainsFunc(misread, contains) {
		for _, m := range residue.FindAllStringIndex(t.text, -1) {
			power := t.text[m[0]:m[1]] == "**" && m[0] > 0 && isDigit(t.text[m[0]-1])
			if !power && !inside(t.code, m[0]) {
				t.leftOver(span{m[0], m[1]})
				return
			}
		}
	}
	for i, w := range t.words {
		if !w.code && notes[t.text[w.from:w.to]] {
			t.leftOver(w.span)
			return
		}
		if piece := w.pasted; piece != "" && !w.code && !t.inAlien(i) {
			t.warn(w.from, "broken-word", "%q is not a word: it contains %q", t.written(span{i, i + 1}), piece).
				Suggestion = "remove what was pasted into the word"
		}
	}
}

// leftOver reports residue. Rules that follow treat it as code.
func (t *passage) leftOver(s span) {
	i, _ := slices.BinarySearchFunc(t.code, s.from, func(c span, off int) int { return c.from - off })
	t.code = slices.Insert(t.code, i, s)
	t.mark(t.code[i:i+1], func(w *word) { w.code = true })
	t.warn(s.from, "broken-word", "%q is left over from a template, markup or a draft", t.text[s.from:s.to]).
		Suggestion = "replace it with text, or put it in backquotes if it is code"
}

// A piece is a word of the glossary and its stem.
type piece struct {
	word, stem string
	language   *language
}

// leastPiece is the length in bytes from which no other word contains a word by chance.
const leastPiece = 7

// readPieces collects the terms of the glossary that are one long word.
func (l *Linter) readPieces() {
	for _, term := range l.Words.Glossary {
		for _, lang := range l.all {
			w := lower(term.Words[lang.tag])
			if !term.Label && len(w) >= leastPiece && wordEnd(w, 0) == len(w) {
				l.pieces = append(l.pieces, piece{w, lang.stem(w), lang})
			}
		}
	}
}

// pasted returns a word of the glossary that a word contains, unless the word is only a form of it: subscriptione,
// abbonamentosubscription. In the word's own language, which may have compounds, it counts only beside another word
// of the glossary.
func (l *language) pasted(w string) string {
	if len(w) <= leastPiece || l.having[w] != 0 {
		return ""
	}
	begins := func(part string) bool {
		return slices.ContainsFunc(l.pieces, func(p piece) bool { return strings.HasPrefix(part, p.stem) })
	}
	found := ""
	for _, p := range l.pieces {
		before, after, ok := strings.Cut(w, p.word)
		if !ok || p.language.stem(w) == p.stem && !grown(w, p.word) {
			continue
		}
		if compound := l.has(p.word, w) && !begins(before) && !begins(after); !compound {
			found = p.word
		}
	}
	return found
}

// has reports whether a part of a word is, or is within, a word of this language's glossary that the word contains.
// Languages may share one: Abonnements, abonnement.
func (l *language) has(part, w string) bool {
	return slices.ContainsFunc(l.pieces, func(p piece) bool {
		return p.language == l && strings.Contains(p.word, part) && strings.Contains(w, p.word)
	})
}
