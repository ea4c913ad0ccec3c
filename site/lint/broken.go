package lint

import (
	"regexp"
	"slices"
	"strings"
)

// residue is what templates, translation tools and Markdown leave in a text by mistake. In code it is allowed.
var residue = regexp.MustCompile(`` +
	`\{\{[^{}]*\}?\}?|\}\}|\{%|%\}|\$\{|\$\(` + // templates
	`|\{[0-9a-zA-Z_.-]+\}` + // {0}, {name}
	`|%(?:[0-9]+\$)?[sdvqf]\b|%@` + // printf
	`|\*\*|~~|\]\(|\[\[|\]\]|` + "```" + `|\|-{2,}` + // Markdown
	`|(?m:^#{1,6}\w)` +
	`|&(?:nbsp|amp|lt|gt|quot|[a-z]{2,8}grave|[a-z]acute|#[0-9]+);` + // character references
	`|Ã[\x{80}-\x{BF}]|â€|\x{FFFD}`) // UTF-8 read as another encoding

// All residue has one of the signs, or of the beginnings of misread text.
const signs = "{}%$*~]`|#&"

var misread = []string{"Ã", "â€", "\ufffd"}

// notes are reminders and dummy text.
var notes = map[string]bool{"TODO": true, "TBD": true, "FIXME": true, "XXX": true, "XXXX": true, "Lorem": true}

// brokenWords reports residue, and words into which another one was pasted.
func (l *Linter) brokenWords(t *passage) {
	contains := func(s string) bool { return strings.Contains(t.text, s) }
	if strings.ContainsAny(t.text, signs) || slices.ContainsFunc(misread, contains) {
		for _, m := range residue.FindAllStringIndex(t.text, -1) {
			if !inside(t.code, m[0]) {
				t.leftOver(span{m[0], m[1]})
				return
			}
		}
	}
	for i, w := range t.words {
		switch {
		case w.code:
		case notes[t.text[w.from:w.to]]:
			t.leftOver(w.span)
			return
		case w.to-w.from > l.shortest:
			l.pasted(t, i)
		}
	}
}

// leftOver reports residue. The rules that follow treat it as code.
func (t *passage) leftOver(s span) {
	i, _ := slices.BinarySearchFunc(t.code, s.from, func(c span, off int) int { return c.from - off })
	t.code = slices.Insert(t.code, i, s)
	t.mark(t.code[i:i+1], func(w *word) { w.code = true })
	t.warn(s.from, "broken-word", "%q is left over from a template, markup or a draft", t.text[s.from:s.to]).
		Suggestion = "replace it with text, or put it in backquotes if it is code"
}

// prefix is the number of bytes by which pieces are found within words.
const prefix = 4

// readPieces collects the one-word terms that are so long that no other word contains them by chance.
func (l *Linter) readPieces() {
	const least = 7 // bytes
	l.shortest, l.pieces = 1<<30, map[string][]piece{}
	for _, term := range l.Words.Glossary {
		for _, lang := range l.Library.Site.Languages {
			t := newPassage(term.Words[lang.Tag], l.languages[lang.Tag], markup{})
			if term.Label || len(t.words) != 1 || len(t.word(0)) < least {
				continue
			}
			w := t.word(0)
			l.pieces[w[:prefix]] = append(l.pieces[w[:prefix]], piece{w, t.stem(w), t.language})
			l.shortest = min(l.shortest, len(w))
		}
	}
}

// pasted reports a word that contains a word of the glossary and something that is not one of its endings:
// subscriptione, abbonamentosubscription. In the word's own language, which may have compounds, only another word of
// the glossary counts.
func (l *Linter) pasted(t *passage, i int) {
	w := t.word(i)
	for at := 0; at+prefix <= len(w); at++ {
		for _, p := range l.pieces[w[at:at+prefix]] {
			if len(w) > len(p.word) && strings.HasPrefix(w[at:], p.word) && l.isPasted(t, w, at, p) && !t.inAlien(i) {
				t.warn(t.words[i].from, "broken-word", "%q is not a word: it contains %q", t.written(span{i, i + 1}), p.word).
					Suggestion = "remove what was pasted into the word"
				return
			}
		}
	}
}

// isPasted reports whether a piece is in a word by mistake.
func (l *Linter) isPasted(t *passage, w string, at int, p piece) bool {
	_, known := l.only[w]
	switch {
	case known, p.language.stem(w) == p.stem && !grown(w, p.word):
		return false
	case p.language == t.language:
		return l.startsWithPiece(w[:at]) || l.startsWithPiece(w[at+len(p.word):])
	}
	return true
}

// startsWithPiece reports whether a part of a word begins with the stem of a word of the glossary.
func (l *Linter) startsWithPiece(part string) bool {
	return len(part) >= prefix && slices.ContainsFunc(l.pieces[part[:prefix]],
		func(p piece) bool { return strings.HasPrefix(part, p.stem) })
}
