package lint

import (
	"fmt"
	"maps"
	"slices"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/library"
)

// readabilityRule is the only rule with a threshold.
const readabilityRule = "readability"

// Configure applies the table [lint] of site.toml to the findings of all packages: it removes warnings of rules
// that are off, turns those of rules set to error into errors, and reports mistakes in the table. Errors stay
// errors.
func Configure(site *library.Site, found []diag.Finding) []diag.Finding {
	severities := map[string]string{}
	rules := ruleIDs()
	for _, id := range slices.Sorted(maps.Keys(site.Lint)) {
		at := site.Locator.Value("lint", id)
		severity, isText := site.Lint[id].(string)
		_, isNumber := site.Lint[id].(int64)
		switch near := diag.Nearest(id, rules); {
		case !slices.Contains(rules, id) && near != "":
			found = append(found, diag.Errorf(at, "site", "unknown rule %q", id).Suggest("did you mean %q?", near))
		case !slices.Contains(rules, id):
			found = append(found, diag.Errorf(at, "site", "unknown rule %q", id).Suggest("helpcenter lint --rules lists them"))
		case isNumber && id == readabilityRule:
		case isText && slices.Contains([]string{"off", "warning", "error"}, severity):
			severities[id] = severity
		default:
			allowed := "off, warning, error"
			if id == readabilityRule {
				allowed += ", a whole number"
			}
			found = append(found, diag.Errorf(at, "site", "invalid value %q for the rule %s (allowed: %s)",
				fmt.Sprint(site.Lint[id]), id, allowed))
		}
	}
	found = slices.DeleteFunc(found, func(f diag.Finding) bool {
		return f.Severity == diag.Warning && severities[f.Rule] == "off"
	})
	for i, f := range found {
		if severities[f.Rule] == "error" {
			found[i].Severity = diag.Error
		}
	}
	return diag.Sort(found)
}

// leastEase returns the threshold of the rule readability.
func (l *Linter) leastEase() float64 {
	if n, ok := l.Library.Site.Lint[readabilityRule].(int64); ok {
		return float64(n)
	}
	return usualEase
}

// Silence removes the findings of all packages that writers' comments silence ([article.Silence]), and adds
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

// silence is a comment with the range of lines that it covers.
type silence struct {
	article.Silence
	from, to int
	used     bool
}

// silencesOf returns the silences of an article. Each covers the next block, up to the block after it. Before the
// first block, it also covers the front matter.
func silencesOf(a *article.Article) (all []*silence) {
	blocks := a.Read().Blocks
	for _, s := range a.Silences {
		v := &silence{Silence: s, from: s.Line, to: 1 << 30}
		i := slices.IndexFunc(blocks, func(b article.Block) bool { return int(b.Line) >= s.Line })
		if i == 0 {
			v.from = 0
		}
		if i >= 0 && i+1 < len(blocks) {
			v.to = int(blocks[i+1].Line)
		}
		all = append(all, v)
	}
	return all
}
