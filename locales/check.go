package locales

import (
	"crypto/sha1"
	"fmt"
	"slices"
	"strings"

	"helpcenter"
)

// A Need is a place that shows a message: a template, a rule.
type Need struct {
	ID     string
	Pos    helpcenter.Position
	Fields []string // the values that the place gives, by the names of their placeholders
}

// Require finds the needs that cannot be met. A message that the default language
// lacks is an error where it is needed; what another language lacks, [Load] has
// found. A message that has a placeholder for which no value is given is an error too.
func (c *Catalog) Require(needs []Need) []helpcenter.Finding {
	ids := c.fallback.ids()
	var found []helpcenter.Finding
	for _, n := range needs {
		m := c.fallback.messages[n.ID]
		if m == nil {
			f := helpcenter.Errorf(n.Pos, "message-missing", "no message %q in %s", n.ID, c.fallback.file)
			if near := helpcenter.Nearest(n.ID, ids); near != "" {
				f = f.Suggest("did you mean %q?", near)
			}
			found = append(found, f)
			continue
		}
		if extra := without(m.fields, n.Fields); len(extra) > 0 {
			f := helpcenter.Errorf(m.at, "message-placeholder", "the message %q has %s, for which %s gives no value", n.ID, list(extra), n.Pos)
			if len(n.Fields) > 0 {
				f = f.Suggest("it may have %s", list(n.Fields))
			}
			found = append(found, f)
		}
	}
	return found
}

// Unused finds the messages of the default language that are not used. Those
// with which this package itself writes dates and lists always are.
func (c *Catalog) Unused(used func(id string) bool) []helpcenter.Finding {
	own := map[string]bool{}
	for _, n := range ownNeeds("") {
		own[n.ID] = true
	}
	var found []helpcenter.Finding
	for _, id := range c.fallback.ids() {
		if !own[id] && !used(id) {
			found = append(found, helpcenter.Warningf(c.fallback.messages[id].at, "message-unused", "nothing shows the message %q", id).
				Suggest("remove it, and its translations"))
		}
	}
	return found
}

// check proves each language by itself and against the default language, and
// takes out the messages that could not be shown.
func (c *Catalog) check() []helpcenter.Finding {
	var found []helpcenter.Finding
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

// checkForms finds messages without text and missing plural forms. A missing form
// is then written like "other".
func (l *locale) checkForms(fallback *locale) []helpcenter.Finding {
	report, needed := helpcenter.Warningf, pluralForms(l.lang)
	if l == fallback {
		report = helpcenter.Errorf
	}
	if needed == nil {
		clear(l.messages)
		return []helpcenter.Finding{helpcenter.Errorf(helpcenter.Position{File: l.file}, "message-plural", "go-i18n knows no plural rules for the language %q", l.lang).
			Suggest("use a language tag whose first part is a language of CLDR")}
	}
	var found []helpcenter.Finding
	for _, id := range l.ids() {
		m := l.messages[id]
		source := fallback.messages[id]
		switch {
		case m.Other == "" && !m.plural:
			found = append(found, report(m.at, "message-missing", "the message %q has no text", id))
			delete(l.messages, id)
		case m.Other == "":
			found = append(found, report(m.at, "message-plural", "the message %q lacks the form \"other\"", id))
			delete(l.messages, id)
		case m.plural || source != nil && source.plural:
			if missing := m.fillForms(needed); len(missing) > 0 {
				found = append(found, helpcenter.Warningf(m.at, "message-plural", "the message %q lacks the plural forms %s, which %q needs", id, strings.Join(missing, ", "), l.lang))
			}
		}
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

// checkAgainst finds what differs between a translation and its source.
func (l *locale) checkAgainst(source *locale) []helpcenter.Finding {
	var found []helpcenter.Finding
	ids := l.ids()
	for _, id := range ids {
		m, src := l.messages[id], source.messages[id]
		if src == nil {
			f := helpcenter.Errorf(m.at, "message-missing", "unknown message %q: %s has none of this id", id, source.file)
			if near := helpcenter.Nearest(id, source.ids()); near != "" {
				f = f.Suggest("did you mean %q?", near)
			}
			found = append(found, f)
			continue
		}
		found = append(found, m.checkTranslation(src)...)
		if extra := without(m.fields, src.fields); len(extra) > 0 {
			delete(l.messages, id)
		}
	}
	if len(ids) == 0 {
		return found // the file is missing or unreadable, which has been said
	}
	for _, id := range source.ids() {
		if _, there := slices.BinarySearch(ids, id); !there {
			found = append(found, helpcenter.Warningf(l.placeFor(id, ids), "message-missing", "the message %q is not translated, in %q it is %q", id, source.lang, source.messages[id].Other))
		}
	}
	return found
}

// checkTranslation compares a message with the one that it translates. A value
// that the translation leaves out may be a choice; one that it invents would
// break the page.
func (m *message) checkTranslation(source *message) []helpcenter.Finding {
	var found []helpcenter.Finding
	if extra := without(m.fields, source.fields); len(extra) > 0 {
		f := helpcenter.Errorf(m.at, "message-placeholder", "the message %q has %s, which %s lacks", m.ID, list(extra), source.at)
		if lost := without(source.fields, m.fields); len(lost) > 0 {
			f = f.Suggest("did you mean %s?", list(lost))
		}
		return append(found, f)
	}
	if lost := without(source.fields, m.fields); len(lost) > 0 {
		found = append(found, helpcenter.Warningf(m.at, "message-placeholder", "the message %q lacks %s, which %s has", m.ID, list(lost), source.at))
	}
	if m.plural && !source.plural {
		found = append(found, helpcenter.Warningf(m.at, "message-plural", "the message %q has plural forms, which %s has not: only \"other\" is shown", m.ID, source.at))
	}
	if m.Hash != "" && m.Hash != source.sum() {
		found = append(found, helpcenter.Warningf(m.at, "outdated-translation", "the message %q was translated from an earlier text, now it is %q", m.ID, source.Other).
			Suggest("set it right, delete its key hash, and run goi18n merge"))
	}
	return found
}

// sum returns the hash by which goi18n merge knows the text that was translated.
func (m *message) sum() string {
	return fmt.Sprintf("sha1-%x", sha1.Sum([]byte(m.Description+m.Other)))
}

// placeFor returns where in the file a message of that id belongs: before the
// first of a greater id, or at the last.
func (l *locale) placeFor(id string, ids []string) helpcenter.Position {
	i, _ := slices.BinarySearch(ids, id)
	if m := l.messages[ids[min(i, len(ids)-1)]]; m != nil {
		return m.at
	}
	return helpcenter.Position{File: l.file}
}

// without returns the names of a that b lacks.
func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

// list writes names as the placeholders they are.
func list(fields []string) string { return "{{." + strings.Join(fields, "}}, {{.") + "}}" }
