package article

import (
	"slices"
)

// A Content is an article together with its content. For an article in a cache, it is read on demand.
type Content struct {
	*Article
	Sections []Section // headings, in order
	Blocks   []Block   // the top-level blocks that have text, in order, for search, lint and drift
	Links    []Link    // in order, without images; then the sections of others that it shows
	Assets   []AssetUse
	Body     Body

	front string // text of the front matter, for Key
}

// Read returns the article with its content. It panics if the cache can no longer be read.
func (a *Article) Read() *Content {
	if a.content != nil {
		return a.content
	}
	data, err := a.kept.Read(0, a.kept.Len())
	if err != nil {
		panic("article: " + a.File + ": " + err.Error())
	}
	c, err := decodeContent(a, data)
	if err != nil {
		panic("article: " + a.File + ": " + err.Error())
	}
	return c
}

// summarize sets the fields of the article that summarize its content.
func (c *Content) summarize() {
	a := c.Article
	a.Leads, a.Shows, a.Size, a.Refers = nil, nil, len(c.Body.HTML), len(c.Assets) > 0
	for _, link := range c.Links {
		a.Refers = a.Refers || link.Anchor != "" || link.Shows || link.Site != ""
		if link.Ref != "" && !slices.Contains(a.Leads, link.Ref) {
			a.Leads = append(a.Leads, link.Ref)
		}
		if link.Shows && !slices.Contains(a.Shows, link.Ref) {
			a.Shows = append(a.Shows, link.Ref)
		}
	}
	a.Values = slices.ContainsFunc(c.Body.Placeholders, func(p Placeholder) bool { return p.Kind == ValueList })
}

// Section returns the section with this id, or nil.
func (c *Content) Section(id string) *Section {
	for i := range c.Sections {
		if c.Sections[i].ID == id {
			return &c.Sections[i]
		}
	}
	return nil
}

// HasSection reports whether a heading of the article has this id.
func (c *Content) HasSection(id string) bool { return c.Section(id) != nil }

// Lacks reports whether the article is known to have no heading with this id. It returns false if errors may have
// hidden some headings.
func (c *Content) Lacks(id string) bool { return !c.idsUnknown && !c.HasSection(id) }

// SectionIDs returns the ids of all sections, in order.
func (c *Content) SectionIDs() (ids []string) {
	for _, section := range c.Sections {
		ids = append(ids, section.ID)
	}
	return ids
}

// SectionBody returns what follows a heading, up to the next heading of its level or above.
func (c *Content) SectionBody(s *Section) Body { return c.Body.cut(s.from, s.to) }

// Text returns a block as plain text: white space folded, images as their descriptions. Items of a list, rows
// of a table and blocks of an alert are separated by line feeds, cells by tabs. Titles of sections are made
// in the same way.
func (c *Content) Text(b Block) string { return Plain(c.Body.HTML[b.from:b.to]) }

// LinkText is [Content.Text] for a link.
func (c *Content) LinkText(l Link) string { return Plain(c.Body.HTML[l.from:l.to]) }

// A Part is a heading and what follows it up to the next heading of any level.
type Part struct {
	Section *Section // nil before the first heading
	Heading Body     // with its tags
	Body    Body
}

// Parts splits the article's body. The headings and bodies of the parts, in order, make up [Content.Body].
func (c *Content) Parts() []Part {
	end := func(i int) int32 {
		if i < len(c.Sections) {
			return c.Sections[i].at
		}
		return int32(len(c.Body.HTML))
	}
	parts := make([]Part, 0, len(c.Sections)+1)
	parts = append(parts, Part{Body: c.Body.cut(0, end(0))})
	for i := range c.Sections {
		s := &c.Sections[i]
		heading := c.Body.cut(s.at, s.from)
		heading.Placeholders = slices.DeleteFunc(heading.Placeholders, func(p Placeholder) bool {
			return p.Kind == ValueList || p.Kind == SectionText // it belongs to the body before or after
		})
		parts = append(parts, Part{s, heading, c.Body.cut(s.from, end(i+1))})
	}
	return parts
}

// HasSubsections reports whether a section has sections below it.
func (c *Content) HasSubsections(s *Section) bool {
	for _, other := range c.Sections {
		if at := other.at; s.from <= at && at < s.to {
			return true
		}
	}
	return false
}

// Shown returns the sections of other articles that a body shows, as placeholders.
func (b Body) Shown() (list []Placeholder) {
	for _, p := range b.Placeholders {
		if p.Kind == SectionText {
			list = append(list, p)
		}
	}
	return list
}
