package exchange

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/drift"
	"helpcenter/site/library"
	"helpcenter/site/textedit"
)

// Import returns the changes that bring a translator's document into the articles and the baselines. left has a
// sentence for everything that cannot be used: units whose source has changed since the export, and incomplete
// translations of articles that are new or have other sections than their source.
func Import(l *library.Library, content fs.FS, doc Document) (changes []textedit.Change, left []string, err error) {
	records, err := drift.OpenBaselines(content, doc.To)
	if err != nil {
		return nil, nil, err
	}
	known, accepted, byPath := 0, false, map[string]map[string]Unit{}
	for _, u := range doc.Units {
		path, id, _ := strings.Cut(u.ID, "#")
		if byPath[path] == nil {
			byPath[path] = map[string]Unit{}
		}
		byPath[path][id] = u
	}
	for _, source := range l.Articles {
		units := byPath[source.Path]
		if source.Lang != l.Site.DefaultLanguage || units == nil {
			continue
		}
		known += len(units)
		p, err := openPair(l, content, source, doc.To)
		if err != nil {
			return nil, nil, err
		}
		in := importer{pair: p, units: units, lang: doc.To}
		if change, ok := in.change(); ok {
			changes = append(changes, change)
		}
		left = append(left, in.left...)
		accepted = in.accept(l, records) || accepted
	}
	if more := len(doc.Units) - known; more > 0 {
		left = append(left, fmt.Sprintf("%d units are of articles that do not exist", more))
	}
	if change, _ := records.Change(); accepted {
		changes = append(changes, change)
	}
	return changes, left, nil
}

// An importer imports the units of one article.
type importer struct {
	*pair
	units map[string]Unit // by section/number
	lang  string
	whole bool // the article was written as a whole
	left  []string
}

// use returns the translation of a chunk of the source, if there is one that can be used.
func (in *importer) use(c chunk) (string, bool) {
	u, ok := in.units[c.id]
	return u.Target, ok && u.Target != "" && !u.Fuzzy && u.Source == c.text
}

// change returns the change to the article, if there is any.
func (in *importer) change() (textedit.Change, bool) {
	missing, loose := 0, false
	var edits []textedit.Edit
	for _, c := range in.sourceChunks {
		u, ok := in.units[c.id]
		if ok && u.Source != c.text {
			in.left = append(in.left, fmt.Sprintf("%s:%d: the source has changed since it was exported", in.source.File, c.line))
		}
		text, usable := in.use(c)
		if !usable {
			missing++
			continue
		}
		at, aligned := in.targets[c.id]
		if !aligned {
			loose = true
		} else if text != at.text {
			edits = append(edits, edit(at, text, in.targetData))
		}
	}
	file := "content/" + in.lang + "/" + in.source.Path + ".md"
	switch {
	case loose && missing == 0:
		in.whole = true
		return textedit.Change{File: file, Was: in.targetData, Is: in.anew()}, true
	case loose:
		in.left = append(in.left, fmt.Sprintf("%s: %d of %d blocks are not translated, so the new ones are left out",
			file, missing, len(in.sourceChunks)))
	}
	if len(edits) == 0 {
		return textedit.Change{}, false
	}
	return textedit.Change{File: file, Was: in.targetData, Is: textedit.Apply(in.targetData, edits)}, true
}

// anew returns the source with all blocks translated, below the front matter of the existing translation. A new
// article gets the source's front matter, with slug and aliases, since readers of the language have seen the source
// at these addresses.
func (in *importer) anew() []byte {
	var edits, own []textedit.Edit
	for _, c := range in.sourceChunks {
		text, _ := in.use(c)
		edits = append(edits, edit(c, text, in.sourceData))
		if at, ok := in.targets[c.id]; ok && c.front && text != at.text {
			own = append(own, edit(at, text, in.targetData))
		}
	}
	text := textedit.Apply(in.sourceData, edits)
	if in.target == nil {
		return text
	}
	kept := textedit.Apply(in.targetData, own)
	_, oldBody, _, _ := article.SplitFront(kept)
	_, newBody, _, _ := article.SplitFront(text)
	return append(kept[:len(kept)-len(oldBody):len(kept)-len(oldBody)], newBody...)
}

// edit returns the edit that replaces a chunk by a text.
func edit(c chunk, text string, data []byte) textedit.Edit {
	if c.front {
		text = ` "` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ").Replace(text) + `"`
	} else if bytes.Contains(data, []byte("\r\n")) {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return textedit.Edit{From: c.from, To: c.to, Text: text}
}

// accept accepts the sections that had drifted and in which every unit is translated now. It reports whether there
// are any.
func (in *importer) accept(l *library.Library, records *drift.BaselineFile) (accepted bool) {
	if in.whole {
		records.Accept(in.source)
		return true
	}
	done := map[string]bool{}
	for i, u := range in.pair.units(l) { // in the order of sourceChunks
		section := in.sourceChunks[i].section
		if u.Fuzzy && !done[section] && in.complete(section) {
			done[section] = true
			records.AcceptSection(in.source, section) // it has a baseline, since it has drifted from it
			accepted = true
		}
	}
	return accepted
}

// complete reports whether every chunk of a section of the source has a usable translation in its place.
func (in *importer) complete(section string) bool {
	for _, c := range in.sourceChunks {
		if c.section != section {
			continue
		}
		if _, aligned := in.targets[c.id]; !aligned {
			return false
		}
		if _, usable := in.use(c); !usable {
			return false
		}
	}
	return true
}
