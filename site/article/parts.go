package article

import "slices"

// A Part is a heading and what follows it up to the next heading of any level.
type Part struct {
	Section *Section // nil before the first heading
	Heading Body     // with its tags
	Body    Body
}

// Parts splits the article's body: the headings and bodies of all parts, in order, are [Article.Body].
func (a *Article) Parts() []Part {
	a = a.Read()
	end := func(i int) int32 {
		if i < len(a.Sections) {
			return a.Sections[i].at
		}
		return int32(len(a.Body.HTML))
	}
	parts := make([]Part, 0, len(a.Sections)+1)
	parts = append(parts, Part{Body: a.Body.cut(0, end(0))})
	for i := range a.Sections {
		s := &a.Sections[i]
		heading := a.Body.cut(s.at, s.from)
		heading.Placeholders = slices.DeleteFunc(heading.Placeholders, func(p Placeholder) bool {
			return p.Kind == ValueList || p.Kind == SectionText // it is before or after
		})
		parts = append(parts, Part{s, heading, a.Body.cut(s.from, end(i+1))})
	}
	return parts
}

// HasSubsections reports whether a section has sections below it.
func (a *Article) HasSubsections(s *Section) bool {
	for _, other := range a.Read().Sections {
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
