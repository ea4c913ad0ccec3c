package article

import "slices"

// A Part is a section without those below it: a heading and what stands under
// it up to the next heading of whatever level.
type Part struct {
	Section *Section // nil for what stands before the first heading
	Heading Body     // with its tags
	Body    Body
}

// Parts returns the article's body in parts, in order: joined, heading and body
// of each in turn, they are [Article.Body].
func (a *Article) Parts() []Part {
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
		heading.Placeholders = slices.DeleteFunc(heading.Placeholders, func(h Placeholder) bool { return h.Kind == ValueList }) // it stands before or after
		parts = append(parts, Part{s, heading, a.Body.cut(s.from, end(i+1))})
	}
	return parts
}
