package lint

import (
	"slices"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/library"
)

// Silence removes the findings of all packages that comments of writers silence ([article.Silence]), and adds
// warnings about comments that name no rule or silence nothing. The result is sorted; Silence overwrites found.
func Silence(lib *library.Library, found []diag.Finding) []diag.Finding {
	byFile := map[string][]*silence{}
	for _, a := range lib.Articles {
		if len(a.Silences) > 0 {
			byFile[a.File] = silencesOf(a)
		}
	}
	found = slices.DeleteFunc(found, func(f diag.Finding) bool {
		silenced := false
		for _, s := range byFile[f.File] {
			if f.Severity == diag.Warning && f.Rule == s.Rule && s.from <= f.Line && f.Line < s.to {
				s.used, silenced = true, true
			}
		}
		return silenced
	})
	rules := ruleIDs()
	for _, a := range lib.Articles {
		for _, s := range byFile[a.File] {
			at := diag.Position{File: a.File, Line: s.Line, Column: 1}
			switch near := diag.Nearest(s.Rule, rules); {
			case s.used:
			case slices.Contains(rules, s.Rule):
				found = append(found, diag.Warningf(at, "silence", "%q has no warning in the next block", s.Rule).
					Suggest("delete the comment; errors cannot be silenced"))
			case near != "":
				found = append(found, diag.Warningf(at, "silence", "unknown rule %q", s.Rule).Suggest("did you mean %q?", near))
			default:
				found = append(found, diag.Warningf(at, "silence", "unknown rule %q", s.Rule))
			}
		}
	}
	return diag.Sort(found)
}

// silence is a comment and the range of lines that it covers.
type silence struct {
	article.Silence
	from, to int
	used     bool
}

// silencesOf returns the silences of an article. Each covers the next block, up to the block after it; with the first
// block also the front matter.
func silencesOf(a *article.Article) (all []*silence) {
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
