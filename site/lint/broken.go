package lint

import (
	"regexp"
	"strings"
)

// residue is what templates, translation tools and Markdown leave behind when
// they go wrong: none of it is ever text. What stands in code is left alone.
var residue = regexp.MustCompile(`` +
	`\{\{[^{}]*\}?\}?|\}\}|\{%|%\}|\$\{|\$\(` + // templates
	`|\{[0-9a-zA-Z_.-]+\}` + // {0}, {name}
	`|%(?:[0-9]+\$)?[sdvqf]\b|%@` + // printf
	`|\*\*|~~|\]\(|\[\[|\]\]|` + "```" + `|\|-{2,}` + // Markdown
	`|(?m:^#{1,6}\w)` +
	`|&(?:nbsp|amp|lt|gt|quot|[a-z]{2,8}grave|[a-z]acute|#[0-9]+);` + // character references
	`|Ã[\x{80}-\x{BF}]|â€|\x{FFFD}`) // UTF-8 read as another encoding

// signs are those of which all residue has one, but for text that was read as
// another encoding.
const signs = "{}%$*~]`|#&"

// notes are words by which writers remind themselves, and text that stands for
// another.
var notes = set("TODO TBD FIXME XXX XXXX Lorem")

// brokenWords reports residue, and words into which another was spliced.
func (l *Linter) brokenWords(t *passage) {
	if strings.ContainsAny(t.text, signs) || strings.Contains(t.text, "Ã") || strings.Contains(t.text, "â€") || strings.Contains(t.text, "\ufffd") {
		for _, m := range residue.FindAllStringIndex(t.text, -1) {
			if !inside(t.code, m[0]) {
				t.leftOver(m[0], m[1])
				return
			}
		}
	}
	for i, w := range t.words {
		switch {
		case w.code:
		case notes[t.text[w.from:w.to]]:
			t.leftOver(w.from, w.to)
			return
		case w.to-w.from > l.shortest:
			l.splice(t, i)
		}
	}
}

func (t *passage) leftOver(from, to int) {
	t.code = append(t.code, span{from, to})
	t.mark(t.code[len(t.code)-1:], func(w *word) { w.code = true })
	t.warn(from, "broken-word", "%q is left over from a template, from markup or from a draft", t.text[from:to]).
		Suggestion = "write what should stand here; as code, in backquotes, it may stay"
}

func inside(spans []span, off int) bool {
	for _, s := range spans {
		if s.from <= off && off < s.to {
			return true
		}
	}
	return false
}

// readPieces notes the words by which a splice is known: terms of one word, long
// enough that no other word holds them by chance.
func (l *Linter) readPieces() {
	const least = 7 // letters
	l.shortest, l.pieces = 1<<30, map[string][]piece{}
	for _, term := range l.Words.Glossary {
		for _, lang := range l.Library.Site.Languages {
			t := newPassage(term.Words[lang.Tag], l.languages[lang.Tag], markup{})
			if term.Label || len(t.words) != 1 || len(t.word(0)) < least {
				continue
			}
			w := t.word(0)
			l.pieces[w[:prefix]] = append(l.pieces[w[:prefix]], piece{w, t.endings.stem(w), t.language})
			l.shortest = min(l.shortest, len(w))
		}
	}
}

// A piece is a word of a term, and its stem.
type piece struct {
	word, stem string
	language   *language
}

// prefix is the number of bytes by which pieces are found within words.
const prefix = 4

// splice reports a word that holds a whole word of the glossary and something
// else that is none of its endings: subscriptione, abbonamentosubscription. In
// the word's own language only another word of the glossary counts as something
// else, since words may be made of words there.
func (l *Linter) splice(t *passage, i int) {
	w := t.word(i)
	for at := 0; at+prefix <= len(w); at++ {
		for _, p := range l.pieces[w[at:at+prefix]] {
			if len(w) > len(p.word) && strings.HasPrefix(w[at:], p.word) && l.spliced(t, w, at, p) && !t.inAlien(i) {
				t.warn(t.words[i].from, "broken-word", "%q is no word: %q stands in it", t.text[t.words[i].from:t.words[i].to], p.word).
					Suggestion = "write the sentence without the snippet that was put in"
				return
			}
		}
	}
}

// spliced reports whether a piece that stands in a word is there by mistake.
func (l *Linter) spliced(t *passage, w string, at int, p piece) bool {
	switch {
	case l.known[w] != 0, p.language.endings.stem(w) == p.stem && !grown(w, p.word):
		return false
	case p.language == t.language:
		return l.holdsPiece(w[:at]) || l.holdsPiece(w[at+len(p.word):])
	}
	return true
}

// holdsPiece reports whether a part of a word begins with the stem of a word of
// the glossary.
func (l *Linter) holdsPiece(part string) bool {
	if len(part) < prefix {
		return false
	}
	for _, p := range l.pieces[part[:prefix]] {
		if strings.HasPrefix(part, p.stem) {
			return true
		}
	}
	return false
}
