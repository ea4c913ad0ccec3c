package article

import (
	"helpcenter/site/diag"
)

// A Body is HTML with placeholders in ascending order. It is never changed once made.
type Body struct {
	HTML         []byte
	Placeholders []Placeholder
}

// PlaceholderKind is what belongs in a placeholder.
type PlaceholderKind uint8

// The kinds of placeholders.
const (
	// LinkAddress is the address of the article Ref, as readers of the page's
	// language see it ([Library.Shown]), with the fragment Anchor unless that is
	// "". It stands in the value of an attribute. Ref may be the article itself.
	LinkAddress PlaceholderKind = iota
	// AssetAddress is the address of the asset whose file is Ref. It stands in the
	// value of an attribute.
	AssetAddress
	// ImageAttributes is the attributes src="..." width="..." height="..." of the asset
	// whose file is Ref, without the last two where its size is not known. It
	// stands between "<img " and " alt".
	ImageAttributes
	// AlertTitle is the title of an alert of the kind Ref: note, tip, important,
	// warning, example. It stands in text.
	AlertTitle
	// ValueList is a list of the labels of Values. It stands between blocks.
	ValueList
)

// A Placeholder is a place in a body that only the site can fill.
type Placeholder struct {
	At     int32 // offset in the body's HTML
	Kind   PlaceholderKind
	Ref    string
	Anchor string
	Values *Values // of a ValueList
}

// Values asks the rules for the values of a fact of a checker with which an
// outcome can be reached.
type Values struct {
	Checker, Fact, Outcome string
	Pos                    diag.Position // of the block
}

// Fill appends the body to dst. At each placeholder, fill appends what belongs there.
func (b Body) Fill(dst []byte, fill func([]byte, Placeholder) []byte) []byte {
	from := int32(0)
	for _, h := range b.Placeholders {
		dst = append(dst, b.HTML[from:h.At]...)
		dst = fill(dst, h)
		from = h.At
	}
	return append(dst, b.HTML[from:]...)
}

// cut returns a part of the body, from the end of one block to that of another, as
// a body of its own. A placeholder at either end is in it.
func (b Body) cut(from, to int32) Body {
	part := Body{HTML: b.HTML[from:to:to]}
	for _, h := range b.Placeholders {
		if from <= h.At && h.At <= to {
			h.At -= from
			part.Placeholders = append(part.Placeholders, h)
		}
	}
	return part
}
