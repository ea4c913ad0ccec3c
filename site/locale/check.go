package locale

import (
	"crypto/sha1"
	"fmt"
	"slices"
	"strings"

	"helpcenter/site/diag"
)

// A Need is a place that shows a message: a template, a rule.
type Need struct {
	ID     string
	Pos    diag.Position
	Fields []string // the values that the place gives, by the names of their placeholders
}

// counts reports whether the place shows the message in the form of a number, as
// [Words.Plural] does.
func (n Need) counts() bool { return slices.Contains(n.Fields, "Count") }

// Require finds the needs that cannot be met, of each message the first: who mends
// that has mended the others too, or is told of them then. A message that the
// default language lacks is an error where it is needed; what another language
// lacks, [Load] has found. A message with a placeholder for which no value is given
// is an error too, at the message. [Words.Text] gives no values, [Words.Plural]
// gives Count and what else it is told.
func (c *Catalog) Require(needs []Need) []diag.Finding {
	var found []diag.Finding
	told := map[string]bool{}
	for _, n := range needs {
		if told[n.ID] {
			continue
		}
		before := len(found)
		if m := c.fallback.messages[n.ID]; m != nil {
			found = append(found, m.checkNeed(n)...)
		} else if c.fallback.lacks(n.ID) {
			f := diag.Errorf(n.Pos, "message-missing", "no message %q in %s", n.ID, c.fallback.file)
			found = append(found, c.fallback.suggestNear(f, n.ID))
		}
		told[n.ID] = diag.HasErrors(found[before:])
	}
	return found
}

// checkNeed proves that a message can be shown with the values that a place gives.
func (m *message) checkNeed(n Need) []diag.Finding {
	var found []diag.Finding
	if extra := without(m.fields, n.Fields); len(extra) > 0 {
		f := diag.Errorf(m.at, "message-placeholder", "the message %q has %s, for which %s gives no value", n.ID, list(extra), n.Pos)
		if len(n.Fields) > 0 {
			f = f.Suggest("it may have %s", list(n.Fields))
		}
		found = append(found, f)
	}
	if m.plural && !n.counts() {
		found = append(found, diag.Errorf(m.at, "message-plural", "the message %q has plural forms, and %s gives no number", n.ID, n.Pos))
	}
	if n.counts() && !m.plural {
		found = append(found, diag.Warningf(m.at, "message-plural", "the message %q is shown with a number by %s, but has no plural forms", n.ID, n.Pos))
	}
	return found
}

// Unused finds the messages of the default language that are not used. Those
// with which this package itself writes dates and lists always are.
func (c *Catalog) Unused(used func(id string) bool) []diag.Finding {
	own := map[string]bool{}
	for _, n := range c.ownNeeds() {
		own[n.ID] = true
	}
	var found []diag.Finding
	for _, id := range c.fallback.ids() {
		if !own[id] && !used(id) {
			found = append(found, diag.Warningf(c.fallback.messages[id].at, "message-unused", "nothing shows the message %q", id).
				Suggest("remove it, and its translations"))
		}
	}
	return found
}

// check proves each language by itself, then against the default language.
func (c *Catalog) check() []diag.Finding {
	var found []diag.Finding
	for _, lang := range c.languages {
		found = append(found, c.locales[lang].checkForms(c.fallback)...)
	}
	for _, lang := range c.languages {
		if l := c.locales[lang]; l != c.fallback {
			found = append(found, l.checkIDs(c.fallback)...)
			found = append(found, l.checkTranslations(c.fallback)...)
		}
	}
	return found
}

// checkForms finds messages without text, which are then taken out, and those
// that lack a plural form, which is then written like "other".
func (l *locale) checkForms(source *locale) []diag.Finding {
	report, needed := diag.Warningf, pluralForms(l.lang)
	if l == source {
		report = diag.Errorf
	}
	if needed == nil {
		clear(l.messages)
		return []diag.Finding{diag.Errorf(diag.Position{File: l.file}, "message-plural", "there are no plural rules for the language %q", l.lang).
			Suggest("use a tag whose first part is a language that CLDR knows")}
	}
	var found []diag.Finding
	for _, id := range l.ids() {
		m, src := l.messages[id], source.messages[id]
		switch {
		case m.Other != "":
			missing := m.fillForms(needed)
			if len(missing) > 0 && (m.plural || src != nil && src.plural) {
				found = append(found, diag.Warningf(m.at, "message-plural", "the message %q lacks a plural form that %q needs: %s", id, l.lang, strings.Join(missing, ", ")))
			}
			continue
		case m.plural:
			found = append(found, report(m.at, "message-plural", "the message %q lacks the form \"other\"", id))
		default:
			found = append(found, report(m.at, "message-missing", "the message %q has no text", id))
		}
		delete(l.messages, id)
	}
	return found
}

// fillForms writes the needed forms that are missing like "other" and returns
// their names.
func (m *message) fillForms(needed []string) []string {
	var missing []string
	for _, name := range needed {
		if text := form(&m.Message, name); *text == "" {
			missing = append(missing, name)
			*text = m.Other
		}
	}
	return missing
}

// checkIDs finds messages that only one of a language and its source has.
func (l *locale) checkIDs(source *locale) []diag.Finding {
	var found []diag.Finding
	for _, id := range l.ids() {
		if source.lacks(id) {
			f := diag.Errorf(l.places[id], "message-missing", "unknown message %q: %s has none of this id", id, source.file)
			found = append(found, source.suggestNear(f, id))
		}
	}
	for _, id := range source.ids() {
		if l.lacks(id) {
			found = append(found, diag.Warningf(l.placeFor(id), "message-missing", "the message %q is not translated", id).
				Suggest("in %q it is %q", source.lang, source.messages[id].Other))
		}
	}
	return found
}

// suggestNear suggests the id that was probably meant.
func (l *locale) suggestNear(f diag.Finding, id string) diag.Finding {
	if near := diag.Nearest(id, l.ids()); near != "" {
		return f.Suggest("did you mean %q?", near)
	}
	return f
}

// checkTranslations compares each message with the one that it translates. One
// that cannot be shown with the same values is taken out.
func (l *locale) checkTranslations(source *locale) []diag.Finding {
	var found []diag.Finding
	for _, id := range l.ids() {
		m, src := l.messages[id], source.messages[id]
		if src == nil {
			continue
		}
		found = append(found, m.checkSource(src)...)
		if len(without(m.fields, src.fields)) > 0 {
			delete(l.messages, id)
		}
	}
	return found
}

// checkSource compares a message with its source. A value that the translation
// leaves out may be a choice; one that it invents would break the page.
func (m *message) checkSource(source *message) []diag.Finding {
	var found []diag.Finding
	lost, extra := without(source.fields, m.fields), without(m.fields, source.fields)
	switch {
	case len(extra) > 0:
		f := diag.Errorf(m.at, "message-placeholder", "the message %q has %s, which %s has not", m.ID, list(extra), source.at)
		if len(lost) > 0 {
			f = f.Suggest("did you mean %s?", list(lost))
		}
		found = append(found, f)
	case len(lost) > 0:
		found = append(found, diag.Warningf(m.at, "message-placeholder", "the message %q lacks %s, which %s has", m.ID, list(lost), source.at))
	}
	if m.plural && !source.plural {
		found = append(found, diag.Warningf(m.at, "message-plural", "the message %q has plural forms and %s has none, so only \"other\" is shown", m.ID, source.at))
	}
	if m.Hash != "" && m.Hash != source.sum() {
		found = append(found, diag.Warningf(m.at, "outdated-translation", "the message %q was translated from an earlier text of %s", m.ID, source.at).
			Suggest("set it right for %q, delete its key hash and run goi18n merge", source.Other))
	}
	return found
}

// sum returns the hash by which goi18n merge knows the text that was translated.
func (m *message) sum() string {
	return fmt.Sprintf("sha1-%x", sha1.Sum([]byte(m.Description+m.Other)))
}

// without returns the names of a that b lacks.
func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

// list writes names as the placeholders they are.
func list(fields []string) string { return "{{." + strings.Join(fields, "}}, {{.") + "}}" }
