package article

import "helpcenter/site/diag"

// A Body is HTML with placeholders in ascending order. It is immutable.
type Body struct {
	HTML         []byte
	Placeholders []Placeholder
}

// PlaceholderKind says what replaces a [Placeholder].
type PlaceholderKind uint8

// The kinds of placeholders.
const (
	// LinkAddress is the address of the article Ref, as readers of the page's language see it, with the
	// fragment Anchor unless that is "". It is in the value of an attribute. Ref may be the article itself.
	LinkAddress PlaceholderKind = iota
	// AssetAddress is the address of the asset whose file is Ref. It is in the value of an attribute.
	AssetAddress
	// ImageAttributes is src="..." width="..." height="..." for the asset whose file is Ref, without the last
	// two if its size is not known. It is between "<img " and " alt".
	ImageAttributes
	// AlertTitle is the title of an alert of the kind Ref: note, tip, important, warning, caution, example.
	AlertTitle
	// SiteLink is the address of the link of site.toml whose id is Ref. It is in the value of an attribute.
	SiteLink
	// FootnoteMark is the link to the footnote of the article Ref whose number is Anchor. A mark that is not the
	// first of its footnote has its own number after a hyphen: 1-2.
	FootnoteMark
	// FootnoteReturn is the link from the footnote whose number is Anchor to its first mark.
	FootnoteReturn
	// SectionText is the text of the section Anchor, without its heading. Ref is the language and the path of its
	// article: it/goto-meeting/billing/change-plan. It is between blocks.
	SectionText
	// ValueList is a list of the labels of Values. It is between blocks.
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

// Values asks the rules for the values of a fact of a checker with which an outcome can be reached.
type Values struct {
	Checker, Fact, Outcome string
	Pos                    diag.Position // of the block
}

// Fill appends the body to dst. At each placeholder, fill appends what replaces it.
func (b Body) Fill(dst []byte, fill func([]byte, Placeholder) []byte) []byte {
	from := int32(0)
	for _, p := range b.Placeholders {
		dst = append(dst, b.HTML[from:p.At]...)
		dst = fill(dst, p)
		from = p.At
	}
	return append(dst, b.HTML[from:]...)
}

// cut returns a part of the body, including placeholders at either end.
func (b Body) cut(from, to int32) Body {
	part := Body{HTML: b.HTML[from:to:to]}
	for _, p := range b.Placeholders {
		if from <= p.At && p.At <= to {
			p.At -= from
			part.Placeholders = append(part.Placeholders, p)
		}
	}
	return part
}
