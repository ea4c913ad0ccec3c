package search

import "strings"

// learn returns the term of an entry in a group of synonyms. An entry of several words becomes a phrase, whose term
// is that of its words written as one.
func (a *analyzer) learn(entry string) string {
	kept := a.kept(entry)
	switch len(kept) {
	case 0:
		return ""
	case 1:
		a.know(kept, kept[0].term)
		return kept[0].term
	}
	term := a.stem(strings.ReplaceAll(texts(kept), " ", ""))
	a.know(kept, term)
	return term
}

// know records words with more than one stem as a phrase.
func (a *analyzer) know(words []word, term string) {
	key := terms(words)
	if n := strings.Count(key, " "); n > 0 {
		a.phrases[key] = term
		first, _, _ := strings.Cut(key, " ")
		a.begins[first] = true
		a.longest = max(a.longest, n+1)
	}
}

// learnName gives a name a single term, however it is written: GoTo Meeting, GoToMeeting, goto-meeting, go to
// meeting.
func (a *analyzer) learnName(name string) {
	pieces := a.allParts(name)
	if len(pieces) > 1 {
		a.spelled[strings.Join(pieces, "")] = pieces
	}
	if len(pieces) > mostPieces {
		a.learn(name)
		a.learn(strings.ToLower(name))
		return
	}
	a.knowPieces(pieces, a.stem(strings.Join(pieces, "")))
}

// learnShort lets names of three or more words be written without the words in the middle, or without the first,
// unless that is another name: GoToAssist Remote Support v5 as GoToAssist v5 and as Remote Support v5.
func (a *analyzer) learnShort(name string) {
	words := strings.Fields(name)
	if len(words) < 3 {
		return
	}
	last := len(words) - 1
	for _, short := range [][]string{{words[0], words[last]}, words[1:]} {
		a.knowPieces(a.allParts(strings.Join(short, " ")), a.stem(strings.Join(a.allParts(name), "")))
	}
}

// knowPieces makes the pieces of a name phrases with its term, however they are joined, unless they are the phrase
// of another name.
func (a *analyzer) knowPieces(pieces []string, term string) {
	for cut := range 1 << min(max(len(pieces)-1, 0), mostPieces) {
		var words []word
		text := ""
		for i, p := range pieces {
			text += p
			if i == len(pieces)-1 || cut>>i&1 == 1 {
				if w := a.word(text); !w.stop {
					words = append(words, w)
				}
				text = ""
			}
		}
		if _, known := a.phrases[terms(words)]; !known {
			a.know(words, term)
		}
	}
}

// mostPieces bounds the number of ways to write a name.
const mostPieces = 5

// allParts returns the words of a text, with compounds split into their parts.
func (a *analyzer) allParts(text string) []string {
	var all []string
	s := scanner{text: text}
	for s.next() {
		all = append(all, parts(a.spell(s.run()))...)
	}
	return all
}
