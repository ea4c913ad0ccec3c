package lint

import (
	"slices"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/library"
)

// Silence takes out of the findings of all rooms those that writers answer for
// where they stand ([content.Silence]), and adds those about silences
// themselves: one of a rule that does not exist, and one that silences nothing.
// The findings come back sorted; the list given is used up.
func Silence(lib *library.Library, found []diag.Finding) []diag.Finding {
	byFile := map[string][]*silence{}
	for _, a := range lib.Articles {
		if len(a.Silences) > 0 {
			byFile[a.File] = silencesOf(a)
		}
	}
	found = slices.DeleteFunc(found, func(f diag.Finding) bool {
		quiet := false
		for _, s := range byFile[f.File] {
			if f.Severity == diag.Warning && f.Rule == s.Rule && s.from <= f.Line && f.Line < s.to {
				s.used, quiet = true, true
			}
		}
		return quiet
	})
	for _, a := range lib.Articles {
		for _, s := range byFile[a.File] {
			found = append(found, s.judge(a.File)...)
		}
	}
	return diag.Sort(found)
}

// silence is a comment and the lines of which it speaks.
type silence struct {
	article.Silence
	from, to int
	used     bool
}

// silencesOf returns the silences of an article. One speaks of the block after
// it, up to where the next one begins; the first block has the front matter with
// it.
func silencesOf(a *article.Article) []*silence {
	var all []*silence
	for _, s := range a.Silences {
		v := &silence{Silence: s, from: s.Line, to: 1 << 30}
		i := slices.IndexFunc(a.Blocks, func(b article.Block) bool { return int(b.Line) >= s.Line })
		if i == 0 {
			v.from = 0
		}
		if i >= 0 && i+1 < len(a.Blocks) {
			v.to = int(a.Blocks[i+1].Line)
		}
		all = append(all, v)
	}
	return all
}

// judge reports what is wrong with a silence.
func (s *silence) judge(file string) []diag.Finding {
	at := diag.Position{File: file, Line: s.Line, Column: 1}
	if _, known := ruleOf(s.Rule); !known {
		f := diag.Warningf(at, "silence", "there is no rule %q", s.Rule)
		if near := diag.Nearest(s.Rule, ruleIDs()); near != "" {
			f = f.Suggest("did you mean %q?", near)
		}
		return []diag.Finding{f}
	}
	if s.used {
		return nil
	}
	return []diag.Finding{diag.Warningf(at, "silence", "%q has no warning in the block after this comment", s.Rule).
		Suggest("take the comment out; errors cannot be silenced")}
}
