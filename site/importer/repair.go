package importer

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/drift"
	"helpcenter/site/library"
	"helpcenter/site/source"
	"helpcenter/site/textedit"
)

// content returns the folder content/ as it would be after the import.
func (im *importer) content() fs.FS {
	var base fs.FS = embed.FS{}
	if im.Existing != nil {
		base = source.Sub(im.Existing, "content")
	}
	return source.Folders{"content": base}.With(im.changes())["content"]
}

// rounds bounds how often repairs are repeated.
const rounds = 30

// repair removes errors from the articles until there are none.
func (im *importer) repair() error {
	byTarget := map[string]*page{}
	for _, p := range im.pages {
		if !p.stub {
			byTarget["content/"+p.target()] = p
			im.report.Kept = append(im.report.Kept, note{p.file, 0, "content/" + p.target()})
			im.frontLeftOut(p)
		}
	}
	tried := map[string]int{}
	var last diag.Finding
	for range rounds {
		byFile, left := map[string][]diag.Finding{}, []diag.Finding{}
		_, found := library.Load(im.content())
		for _, f := range found {
			if f.Severity == diag.Error {
				byFile[f.File], left = append(byFile[f.File], f), append(left, f)
			}
		}
		if len(left) == 0 {
			return nil
		}
		repaired := false
		last = left[0]
		for file, found := range byFile {
			name := strings.TrimPrefix(file, "content/")
			switch p := byTarget[file]; {
			case p != nil:
				was := im.files[name]
				im.files[name] = im.repairFile(p, was, found, tried)
				repaired = repaired || !bytes.Equal(was, im.files[name])
			case found[0].Rule == "asset" && im.files[name] != nil:
				im.report.LeftOut = append(im.report.LeftOut, note{name, 0, found[0].Message})
				delete(im.files, name)
				repaired = true
			}
		}
		if p := byTarget[last.File]; !repaired && p != nil {
			im.drop(p, last)
		} else if !repaired {
			return fmt.Errorf("the help center would have an error: %s", last)
		}
	}
	return fmt.Errorf("the help center would have an error after %d repairs: %s", rounds, last)
}

// drop leaves out an article that cannot be repaired, such as one that is too large.
func (im *importer) drop(p *page, why diag.Finding) {
	p.stub = true
	delete(im.files, p.target())
	im.report.Kept = slices.DeleteFunc(im.report.Kept, func(n note) bool { return n.File == p.file })
	im.report.LeftOut = append(im.report.LeftOut, note{p.file, 0, "the article: " + why.Message})
	im.redirects()
}

// repairFile repairs each place once. It removes a line that has been tried too often.
func (im *importer) repairFile(p *page, data []byte, found []diag.Finding, tried map[string]int) []byte {
	var edits []textedit.Edit
	end := bytes.Index(data, []byte("\n+++\n")) // end of the front matter
	for _, f := range diag.Sort(found) {
		off := textedit.Offset(data, f.Position)
		if off < end || off < 0 || off >= len(data) {
			continue
		}
		from := bytes.LastIndexByte(data[:off], '\n') + 1
		line, _, _ := strings.Cut(string(data[from:]), "\n")
		tried[p.file+line]++
		r := repairOf(f, string(data[off:]))
		if r.was == "" || tried[p.file+line] > 6 {
			r = repair{line, "", "the line"}
			off = from
		} else if r.was == wholeLine {
			r, off = lineRepair(f, line), from
		}
		im.leftOut(p, line, "%s (%s): %s", r.what, f.Message, short(r.was))
		edits = append(edits, textedit.Edit{From: off, To: off + len(r.was), Text: r.is})
		end = max(off+len(r.was), from+len(line))
	}
	return textedit.Apply(data, edits)
}

// A repair replaces a piece of an article.
type repair struct{ was, is, what string }

// wholeLine is the text to replace in a repair that applies to the whole line.
const wholeLine = "\n"

var (
	linkForm = regexp.MustCompile(`^(!?)\[((?:[^\[\]\\]|\\.|\[[^\]]*\])*)\]` +
		`(?:\(([^()\s]*(?:\([^()]*\)[^()\s]*)*)(?:\s+"[^"]*")?\)|\[[^\]]*\])?`)
	saysNothing = regexp.MustCompile(`(?i)^\s*(?:avatar|image|img|picture|photo|icon|logo|screenshot)?\s*$`)
	definition  = regexp.MustCompile(`^[ ]{0,3}\[[^\]]+\]:`)
	tagForm     = regexp.MustCompile(`^</?[A-Za-z][^>]*>`)
)

// repairOf returns the repair of an error, given the text from its position on.
func repairOf(f diag.Finding, rest string) repair {
	switch m := linkForm.FindStringSubmatch(rest); {
	case m != nil && f.Rule == "broken-anchor" && strings.Contains(m[3], "#") && !strings.HasPrefix(m[3], "#"):
		page, _, _ := strings.Cut(m[3], "#")
		return repair{m[0], "[" + m[2] + "](" + page + ")", "the section that a link led to"}
	case m != nil && m[1] != "" && strings.HasPrefix(m[3], "http") && saysNothing.MatchString(m[2]):
		return repair{m[0], "", "a picture of another site"}
	case m != nil && m[1] != "" && strings.HasPrefix(m[3], "http"):
		return repair{m[0], "[" + m[2] + "](" + m[3] + ")", "a picture of another site, now a link"}
	case m != nil && m[1] != "":
		return repair{m[0], m[2], "a picture"}
	case m != nil && strings.HasSuffix(f.Rule, "-link") || m != nil && f.Rule == "broken-anchor":
		return repair{m[0], m[2], "a link; its text stays"}
	}
	_, size := utf8.DecodeRuneInString(rest)
	first := rest[:size]
	switch f.Rule {
	case "raw-html", "foreign-markup":
		if tag := tagForm.FindString(rest); tag != "" && f.Rule == "raw-html" {
			return repair{tag, "", "a tag"}
		}
		return repair{first, `\` + first, "markup, now text"}
	case "invisible", "encoding":
		return repair{first, "", "a character"}
	}
	return repair{wholeLine, "", ""}
}

var (
	idAtEnd     = regexp.MustCompile(`[ \t]*\{#[^}]*\}[ \t]*$`)
	headingLine = regexp.MustCompile(`^([ \t>*+-]*(?:\d+[.)][ \t]+)?)#{1,6}[ \t]+(.*?)(?:[ \t]*\{#[^}]*\})?[ \t]*$`)
	signsOfText = regexp.MustCompile("[][<>{}$=^|!`*_#:~\\\\]")
)

// lineRepair returns the repair of a whole line.
func lineRepair(f diag.Finding, line string) repair {
	m := headingLine.FindStringSubmatch(line)
	switch {
	case m != nil && f.Rule == "heading-order":
		return repair{line, m[1] + "**" + m[2] + "**", "a heading within another block, now bold text"}
	case m != nil && (f.Rule == "heading-id" || f.Rule == "duplicate-id"):
		return repair{line, idAtEnd.ReplaceAllString(line, ""), "the id of a heading"}
	}
	if definition.MatchString(line) {
		return repair{line, "", "a definition"}
	}
	return repair{line, signsOfText.ReplaceAllString(line, `\$0`), "the markup of a line"}
}

// baselines records what each translation was made from, if there is a history.
func (im *importer) baselines() {
	if im.History == nil {
		if len(im.site.languages) > 1 {
			im.report.LeftOut = append(im.report.LeftOut, note{"translations", 0,
				"which versions of the originals they translate: the source has no history"})
		}
		return
	}
	for _, lang := range im.site.languages {
		file, err := drift.OpenBaselines(im.content(), lang)
		if err != nil || lang == im.site.language {
			continue
		}
		for _, p := range im.pages {
			original := im.other(p, im.site.language)
			if p.lang != lang || p.stub || original == nil || original.stub {
				continue
			}
			if a := im.earlier(p, original); a != nil {
				file.Accept(a)
			}
		}
		if change, _ := file.Change(); len(file.Baselines) > 0 {
			im.files[strings.TrimPrefix(change.File, "content/")] = change.Is
		}
	}
}

// earlier returns an original as it was when its translation was last changed, or nil if unknown. If the original
// has not changed since, that is the imported article.
func (im *importer) earlier(p, original *page) *article.Article {
	data, ok := im.History.Beside(p.file, original.file)
	if !ok {
		return nil
	}
	was := *original
	quiet := *im // reports about an earlier version concern nobody
	quiet.readFront(&was, data)
	target := "content/" + original.target()
	text := im.files[original.target()]
	if was.body != original.body {
		quiet.convert(&was)
		text = quiet.links(&was)
	}
	a, found := article.Parse(target, text)
	if diag.HasErrors(found) && was.body != original.body {
		return nil
	}
	return a.Article
}
