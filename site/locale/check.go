package locale

import (
	"crypto/sha1"
	"fmt"
	"maps"
	"slices"
	"strings"

	"helpcenter/site/diag"
)

// A Need is a place that shows a message, such as a line of a template or a rule.
type Need struct {
	ID     string // of the message
	Pos    diag.Position
	Fields []string // names of the placeholders that the place gives values for

	Others  []string // placeholders that the message may also have
	Numbers []string // those of Others that are numbers, one of which chooses the plural form
}

// Require reports the needs that cannot be met, and only the first for each message. needs must be all needs of the
// site. A message that the default language lacks is an error where it is needed, or where its id is misspelled. A
// message of a translation that neither the default language nor the site knows is an error too; a message that a
// translation lacks is a warning. A placeholder without a value is an error at the message. [Words.Text] gives no
// values; [Words.Plural] gives Count in addition to those that it is called with.
func (c *Catalog) Require(needs []Need) []diag.Finding {
	var f findings
	needs = append(c.ownNeeds(), needs...)
	needed := map[string]bool{}
	for _, n := range needs {
		needed[n.ID] = true
	}
	misspelled := f.lacking(c, needs, needed)
	for _, lang := range c.languages {
		if l := c.locales[lang]; l != c.fallback {
			said := maps.Clone(misspelled)
			f.unknown(l, c.fallback, needed, said)
			f.untranslated(l, c.fallback, said)
		}
	}
	reported := map[string]bool{}
	for _, n := range needs {
		if reported[n.ID] {
			continue
		}
		before := len(f)
		if m := c.fallback.messages[n.ID]; m != nil {
			f.checkNeed(m, n)
		}
		reported[n.ID] = diag.HasErrors(f[before:])
	}
	return f
}

// lacking reports the messages that the site needs and the default language lacks: misspelled ones at their place,
// and the others in one finding for each file that needs some, with the lines to paste. It returns the misspelled
// ids.
func (f *findings) lacking(c *Catalog, needs []Need, needed map[string]bool) (misspelled map[string]bool) {
	var spare []string // not needed by anything
	for id, m := range c.fallback.messages {
		if !needed[id] && !m.label {
			spare = append(spare, id)
		}
	}
	slices.Sort(spare)
	misspelled = map[string]bool{}
	byFile := map[string][]Need{}
	seen := map[string]bool{}
	for _, n := range needs {
		if seen[n.ID] || !c.fallback.lacks(n.ID) {
			continue
		}
		seen[n.ID] = true
		if near := diag.Nearest(n.ID, spare); near != "" {
			f.errorf(c.fallback.messages[near].at, "message-missing", "no message %q, but %q, which nothing shows",
				n.ID, near).Suggestion = fmt.Sprintf("did you mean %q?", n.ID)
			misspelled[near] = true
			spare = slices.DeleteFunc(spare, func(id string) bool { return id == near })
			continue
		}
		byFile[n.Pos.File] = append(byFile[n.Pos.File], n)
	}
	for _, file := range slices.Sorted(maps.Keys(byFile)) {
		list := byFile[file]
		slices.SortFunc(list, func(a, b Need) int { return strings.Compare(a.ID, b.ID) })
		message := fmt.Sprintf("no message %q in %s", list[0].ID, c.fallback.file)
		if len(list) > 1 {
			message = fmt.Sprintf("%d messages are missing in %s", len(list), c.fallback.file)
		}
		var lines []string
		for _, n := range list {
			text := ""
			if len(n.Fields) > 0 {
				text = placeholders(n.Fields)
			}
			lines = append(lines, fmt.Sprintf("%q = %q", n.ID, text))
		}
		f.errorf(list[0].Pos, "message-missing", "%s", message).Suggestion = strings.Join(lines, "\n")
	}
	return misspelled
}

// unknown reports the messages of a translation that the default language lacks and nothing needs. It adds the ids
// that were probably meant to said.
func (f *findings) unknown(l, source *locale, needed, said map[string]bool) {
	ids := slices.Sorted(maps.Keys(source.messages))
	for id, m := range l.messages {
		if !source.lacks(id) || needed[id] {
			continue
		}
		advice := "add it to " + source.file
		if near := diag.Nearest(id, ids); near != "" {
			said[near] = true
			advice = fmt.Sprintf("did you mean %q?", near)
		}
		f.errorf(m.at, "message-missing", "unknown message %q: %q has none of this id", id, source.lang).Suggestion = advice
	}
}

// untranslated reports the messages that a language lacks, except those in said.
func (f *findings) untranslated(l, source *locale, said map[string]bool) {
	var missing []string
	ofInterface := 0
	for _, id := range slices.Sorted(maps.Keys(source.messages)) {
		switch {
		case !l.lacks(id), source.messages[id].label, said[id]:
		case !source.owns(source.messages[id]):
			ofInterface++
		default:
			missing = append(missing, id)
		}
	}
	switch n := len(missing); n {
	case 0:
	case 1:
		w := f.warnf(l.placeFor(missing[0]), "message-missing", "the message %q is not translated", missing[0])
		*w = w.Suggest("in %q it is %q", source.lang, source.messages[missing[0]].Other)
	default:
		f.warnf(diag.Position{File: l.file}, "message-missing", "%d of %d messages are not translated: %s",
			n, len(source.messages), diag.List(missing)).
			Suggestion = "goi18n merge writes them into a file to translate"
	}
	if ofInterface > 0 {
		w := f.warnf(diag.Position{File: l.file}, "message-missing",
			"words of the interface not translated into %q: %d", l.lang, ofInterface)
		*w = w.Suggest("translate those of interface.%s.toml in locales/interface.%s.toml", source.lang, l.lang)
	}
}

// checkNeed checks that a message can be shown with the values that a place gives.
func (f *findings) checkNeed(m *message, n Need) {
	given := slices.Concat(n.Fields, n.Others)
	if extra := without(m.fields, given); len(extra) > 0 {
		f.errorf(m.at, "message-placeholder", "the message %q has %s, for which %s gives no value",
			m.ID, placeholders(extra), n.Pos).
			Suggestion = allowed(given)
	}
	numbers := without(m.fields, without(m.fields, n.Numbers))
	switch counts := slices.Contains(n.Fields, "Count"); { // by Words.Plural
	case m.plural && !counts && len(n.Numbers) > 0 && len(numbers) != 1:
		f.errorf(m.at, "message-plural", "the message %q has plural forms, and %d numbers that could choose one",
			m.ID, len(numbers)).
			Suggestion = "let it have one of " + placeholders(n.Numbers) + ", or write one text instead of the table"
	case m.plural && !counts && len(numbers) == 0:
		f.errorf(m.at, "message-plural", "the message %q has plural forms, but %s gives no number", m.ID, n.Pos).
			Suggestion = "write one text instead of the table"
	case !m.plural && counts:
		f.warnf(m.at, "message-plural", "the message %q has no plural forms, but %s gives a number", m.ID, n.Pos).
			Suggestion = "write a table of plural forms"
	}
}

// Unused finds the messages of the default language that nothing shows: neither this package nor the site, as used
// reports.
func (c *Catalog) Unused(used func(id string) bool) []diag.Finding {
	own := c.ownNeeds()
	var found findings
	for id, m := range c.fallback.messages {
		if c.fallback.owns(m) && !used(id) && !slices.ContainsFunc(own, func(n Need) bool { return n.ID == id }) {
			found.warnf(m.at, "message-unused", "nothing shows the message %q", id).
				Suggestion = "remove it, and its translations"
		}
	}
	return diag.Sort(found)
}

// checkForms removes messages without text, and fills missing plural forms with the text of "other". It reports
// both.
func (r *reader) checkForms(l *locale) {
	report, needed := r.warnf, pluralForms(l.lang)
	if l == r.fallback {
		report = r.errorf
	}
	if needed == nil {
		clear(l.messages)
		r.errorf(diag.Position{File: l.file}, "message-plural", "no plural rules are known for the language %q", l.lang).
			Suggestion = "use a tag that begins with a language of CLDR"
	}
	for id, m := range l.messages {
		src := r.fallback.messages[id]
		switch {
		case m.Other != "":
			missing := m.fillForms(needed)
			if len(missing) > 0 && l.owns(m) && (m.plural || src != nil && src.plural) {
				r.warnf(m.at, "message-plural", "the message %q lacks plural forms of %q: %s",
					id, l.lang, strings.Join(missing, ", "))
			}
			continue
		case m.plural:
			report(m.at, "message-plural", "the message %q lacks the form \"other\"", id)
		default:
			report(m.at, "message-missing", "the message %q has no text", id)
		}
		delete(l.messages, id)
	}
}

// fillForms fills the missing forms with the text of "other" and returns their names.
func (m *message) fillForms(needed []string) (missing []string) {
	for _, name := range needed {
		if text := form(&m.Message, name); *text == "" {
			missing = append(missing, name)
			*text = m.Other
		}
	}
	return missing
}

// compare compares a language with the default language, and removes the messages that cannot be shown with the
// same values.
func (r *reader) compare(l *locale) {
	source := r.fallback
	if l == source {
		return
	}
	for id, m := range l.messages {
		if src := source.messages[id]; src != nil {
			r.compareMessage(m, src)
			if len(without(m.fields, src.fields)) > 0 {
				delete(l.messages, id)
			}
		}
	}
}

// compareMessage compares a message with its source. A translation may omit a value on purpose, but cannot show one
// that it is not given.
func (r *reader) compareMessage(m, source *message) {
	missing, extra := without(source.fields, m.fields), without(m.fields, source.fields)
	switch {
	case len(extra) > 0:
		r.errorf(m.at, "message-placeholder", "the message %q has %s, but %s does not", m.ID, placeholders(extra), source.at).
			Suggestion = allowed(source.fields)
	case len(missing) > 0:
		r.warnf(m.at, "message-placeholder", "the message %q lacks %s, which %s has", m.ID, placeholders(missing), source.at)
	}
	if m.plural && !source.plural {
		r.warnf(m.at, "message-plural", "the message %q has plural forms but %s has none, so only \"other\" is shown",
			m.ID, source.at)
	}
	// goi18n merge writes the hash into translations.
	hash := fmt.Sprintf("sha1-%x", sha1.Sum([]byte(source.Description+source.Other)))
	if m.Hash != "" && m.Hash != hash && m.translates(source) {
		f := r.warnf(m.at, "outdated-translation", "the message %q was translated from an earlier text of %s",
			m.ID, source.at)
		*f = f.Suggest("translate %q, delete the key hash and run goi18n merge", source.Other)
	}
}

// translates reports whether a message was translated from source. Messages of the interface are translated from
// English, those of the site from its default language.
func (m *message) translates(source *message) bool {
	const english = "locales/interface.en.toml"
	if strings.HasPrefix(m.at.File, "locales/interface.") {
		return source.at.File == english
	}
	return !strings.HasPrefix(source.at.File, "locales/interface.")
}

// without returns the names of a that b lacks.
func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

// placeholders formats names as placeholders.
func placeholders(names []string) string { return "{{." + strings.Join(names, "}}, {{.") + "}}" }

// allowed returns a suggestion that lists the placeholders that a message may have.
func allowed(names []string) string {
	if len(names) == 0 {
		return "write it without placeholders"
	}
	return "use only " + placeholders(names)
}
