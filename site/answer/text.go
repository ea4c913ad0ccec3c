package answer

import (
	"html/template"
	"strings"

	"helpcenter/site/article"
	"helpcenter/site/diag"
	"helpcenter/site/locale"
	"helpcenter/site/ruleset"
)

// A Text is a text of a checker. Where there is no markup, as in JSON, it is [Text.Plain].
type Text struct {
	Plain string
	HTML  template.HTML // the same with emphasis, code and links; "" if there is none
}

func (t Text) String() string { return t.Plain }

// MarshalText returns the text without markup.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.Plain), nil }

// UnmarshalText is the inverse of [Text.MarshalText].
func (t *Text) UnmarshalText(plain []byte) error {
	t.Plain = string(plain)
	return nil
}

// Shown returns what templates show: HTML, or a string for them to escape.
func (t Text) Shown() any {
	if t.HTML != "" {
		return t.HTML
	}
	return t.Plain
}

// Markup returns the text as HTML, for attributes that scripts read.
func (t Text) Markup() string {
	if t.HTML != "" {
		return string(t.HTML)
	}
	return template.HTMLEscapeString(t.Plain)
}

// replace returns the text with each mark replaced by plain text.
func (t Text) replace(mark, by string) Text {
	html := strings.ReplaceAll(string(t.HTML), mark, template.HTMLEscapeString(by))
	return Text{strings.ReplaceAll(t.Plain, mark, by), template.HTML(html)}
}

// text returns a message of the checker by the end of its id, filled with the reader's answers.
func (c Checker) text(id string) (t Text) {
	id = c.Set.ID + "." + id
	names := c.Words.Placeholders(id)
	if len(names) == 0 {
		t.Plain = c.Words.Text(id)
	} else {
		t.Plain = c.Words.Fill(id, c.count(names), placeMark)
	}
	if c.Markdown != nil && strings.ContainsAny(t.Plain, article.PhraseSigns) {
		t = c.Markdown(c.Words.Lang(id), t.Plain)
	}
	for _, name := range names {
		t = t.replace(placeMark(name), c.value(name))
	}
	return t
}

// optional is like text, but returns an empty text if the message is missing.
func (c Checker) optional(id string) (t Text) {
	if c.Words.Has(c.Set.ID + "." + id) {
		t = c.text(id)
	}
	return t
}

// literal is like text, for a message that is not Markdown.
func (c Checker) literal(id string) string {
	c.Markdown = nil
	return c.text(id).Plain
}

// placeMark returns what stands for the value of a placeholder while Markdown is read. To Markdown it is a word,
// next to which emphasis may begin and end.
func placeMark(name string) string { return "\ue000" + name + "\ue001" }

// A Phrase is a text of a checker that may have markup.
type Phrase struct {
	*article.Content
	Source string
	At     diag.Position
}

// Phrases returns the phrases of a language and what is wrong with their Markdown.
func Phrases(words *locale.Catalog, rules *ruleset.Set, lang string) (list []Phrase, found []diag.Finding) {
	marked := map[string]bool{}
	for _, id := range rules.IDs() {
		for _, set := range rules.Versions(id) {
			for _, m := range set.Messages() {
				marked[m.ID] = m.Markdown
			}
		}
	}
	for _, form := range words.Forms(lang) {
		if marked[form.ID] && strings.ContainsAny(form.Text, article.PhraseSigns) {
			a, more := article.Phrase(lang, form.Text, form.At)
			list, found = append(list, Phrase{a, form.Text, form.At}), append(found, more...)
		}
	}
	return list, found
}
