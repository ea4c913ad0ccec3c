package locale

import (
	"crypto/sha1"
	"fmt"
	"slices"
	"strings"

	"helpcenter/site/diag"
)

// A Need is a place that shows a message, such as a line of a template or a rule.
type Need struct {
	ID     string // of the message
	Pos    diag.Position
	Fields []string // the names of the placeholders for which the place gives values
}

// Require finds the needs that cannot be met, and of each message only the first.
// A message that the default language lacks is an error where it is needed; what
// another language lacks, [Load] has reported. A placeholder without a value is an
// error at the message. [Words.Text] gives no values; [Words.Plural] gives Count
// besides those that it is called with.
func (c *Catalog) Require(needs []Need) []diag.Finding {
	var found []diag.Finding
	reported := map[string]bool{}
	for _, n := range needs {
		if reported[n.ID] {
			continue
		}
		before := len(found)
		if m := c.fallback.messages[n.ID]; m != nil {
			found = append(found, m.checkNeed(n)...)
		} else if c.fallback.lacks(n.ID) {
			f := diag.Errorf(n.Pos, "message-missing", "no message %q in %s", n.ID, c.fallback.file)
			found = append(found, c.fallback.suggestNear(f, n.ID))
		}
		reported[n.ID] = diag.HasErrors(found[before:])
	}
	return found
}

// checkNeed checks that a message can be shown with the values that a place gives.
func (m *message) checkNeed(n Need) []diag.Finding {
	var found []diag.Finding
	if extra := without(m.fields, n.Fields); len(extra) > 0 {
		found = append(found, diag.Errorf(m.at, "message-placeholder",
			"the message %q has %s, for which %s gives no value", m.ID, placeholders(extra), n.Pos).
			Suggest("%s", allowed(n.Fields)))
	}
	switch counts := slices.Contains(n.Fields, "Count"); { // by Words.Plural
	case m.plural && !counts:
		found = append(found, diag.Errorf(m.at, "message-plural",
			"the message %q has plural forms, but %s gives no number", m.ID, n.Pos).
			Suggest("write one text instead of the table"))
	case !m.plural && counts:
		found = append(found, diag.Warningf(m.at, "message-plural",
			"the message %q has no plural forms, but %s gives a number", m.ID, n.Pos).
			Suggest("write a table of plural forms"))
	}
	return found
}

// Unused finds the messages of the default language that nothing shows: neither
// this package nor, as used reports, the site.
func (c *Catalog) Unused(used func(id string) bool) []diag.Finding {
	own := c.ownNeeds()
	var found []diag.Finding
	for id, m := range c.fallback.messages {
		if c.fallback.owns(m) && !used(id) && !slices.ContainsFunc(own, func(n Need) bool { return n.ID == id }) {
			found = append(found, diag.Warningf(m.at, "message-unused", "nothing shows the message %q", id).
				Suggest("remove it, and its translations"))
		}
	}
	return diag.Sort(found)
}

// check checks each language by itself, then against the default language.
func (c *Catalog) check() []diag.Finding {
	var found []diag.Finding
	for _, lang := range c.languages {
		found = append(found, c.locales[lang].checkForms(c.fallback)...)
	}
	for _, lang := range c.languages {
		if l := c.locales[lang]; l != c.fallback {
			found = append(found, l.checkAgainst(c.fallback)...)
		}
	}
	return found
}

// checkForms removes messages without text, and gives missing plural forms the
// text of "other". It reports both.
func (l *locale) checkForms(source *locale) []diag.Finding {
	report, needed := diag.Warningf, pluralForms(l.lang)
	if l == source {
		report = diag.Errorf
	}
	if needed == nil {
		clear(l.messages)
		return []diag.Finding{diag.Errorf(diag.Position{File: l.file}, "message-plural",
			"no plural rules are known for the language %q", l.lang).
			Suggest("use a tag that begins with a language of CLDR")}
	}
	var found []diag.Finding
	for id, m := range l.messages {
		src := source.messages[id]
		switch {
		case m.Other != "":
			missing := m.fillForms(needed)
			if len(missing) > 0 && l.owns(m) && (m.plural || src != nil && src.plural) {
				found = append(found, diag.Warningf(m.at, "message-plural",
					"the message %q lacks plural forms of %q: %s", id, l.lang, strings.Join(missing, ", ")))
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

// fillForms gives the missing forms the text of "other" and returns their names.
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

// checkAgainst compares a language with the one that it is translated from, and
// removes the messages that cannot be shown with the same values.
func (l *locale) checkAgainst(source *locale) []diag.Finding {
	var found []diag.Finding
	for id, m := range l.messages {
		if src := source.messages[id]; src != nil {
			found = append(found, m.checkSource(src)...)
			if len(without(m.fields, src.fields)) > 0 {
				delete(l.messages, id)
			}
		} else if source.lacks(id) {
			f := diag.Errorf(m.at, "message-missing", "unknown message %q: not in %s", id, source.file)
			found = append(found, source.suggestNear(f, id))
		}
	}
	untranslated := 0
	for id, m := range source.messages {
		if l.lacks(id) && !source.owns(m) {
			untranslated++
		} else if l.lacks(id) {
			found = append(found, diag.Warningf(l.placeFor(id), "message-missing", "the message %q is not translated", id).
				Suggest("in %q it is %q", source.lang, m.Other))
		}
	}
	if untranslated > 0 {
		found = append(found, diag.Warningf(diag.Position{File: l.file}, "message-missing",
			"%d words of the interface are not translated into %q", untranslated, l.lang).
			Suggest("translate those of interface.%s.toml in locales/interface.%s.toml", source.lang, l.lang))
	}
	return found
}

// suggestNear suggests the id that was probably meant.
func (l *locale) suggestNear(f diag.Finding, id string) diag.Finding {
	if near := diag.Nearest(id, l.ids()); near != "" {
		return f.Suggest("did you mean %q?", near)
	}
	return f.Suggest("add it to %s", l.file)
}

// checkSource compares a message with its source. A translation may leave a value
// out on purpose, but cannot show one that it is not given.
func (m *message) checkSource(source *message) []diag.Finding {
	var found []diag.Finding
	missing, extra := without(source.fields, m.fields), without(m.fields, source.fields)
	switch {
	case len(extra) > 0:
		found = append(found, diag.Errorf(m.at, "message-placeholder",
			"the message %q has %s, but %s does not", m.ID, placeholders(extra), source.at).
			Suggest("%s", allowed(source.fields)))
	case len(missing) > 0:
		found = append(found, diag.Warningf(m.at, "message-placeholder",
			"the message %q lacks %s, which %s has", m.ID, placeholders(missing), source.at))
	}
	if m.plural && !source.plural {
		found = append(found, diag.Warningf(m.at, "message-plural",
			"the message %q has plural forms but %s has none, so only \"other\" is shown", m.ID, source.at))
	}
	if m.Hash != "" && m.Hash != source.sum() && m.translates(source) {
		found = append(found, diag.Warningf(m.at, "outdated-translation",
			"the message %q was translated from an earlier text of %s", m.ID, source.at).
			Suggest("translate %q, delete the key hash and run goi18n merge", source.Other))
	}
	return found
}

// translates reports whether a message was translated from another: those of the interface are translated from
// English, and those of the site from its default language.
func (m *message) translates(source *message) bool {
	const english = "locales/interface.en.toml"
	if strings.HasPrefix(m.at.File, "locales/interface.") {
		return source.at.File == english
	}
	return !strings.HasPrefix(source.at.File, "locales/interface.")
}

// sum returns the hash that goi18n merge writes into translations.
func (m *message) sum() string {
	return fmt.Sprintf("sha1-%x", sha1.Sum([]byte(m.Description+m.Other)))
}

// without returns the names of a that b lacks.
func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

// placeholders writes names as placeholders.
func placeholders(names []string) string { return "{{." + strings.Join(names, "}}, {{.") + "}}" }

// allowed suggests the placeholders that a message may have.
func allowed(names []string) string {
	if len(names) == 0 {
		return "write it without placeholders"
	}
	return "use only " + placeholders(names)
}
