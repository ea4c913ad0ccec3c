package search

// A Document is an article as the search sees it: words without markup.
type Document struct {
	Path        string // names it in every language: product/category/name
	URL         string // of its page
	Product     string // id, to filter by
	Kind        string // to filter by
	Title       string
	Description string
	Labels      []string  // names of the product and the category, as in the breadcrumbs
	Text        []string  // paragraphs before the first section
	Sections    []Section // in order
}

// A Section is what stands under a heading, up to the next.
type Section struct {
	ID    string
	Title string
	Text  []string // paragraphs, lists, tables
}

// Config is what the search of a language knows besides documents.
type Config struct {
	Lang     string     // BCP 47
	Names    []string   // of products: each is found however it is parted, GoTo Meeting as gotomeeting
	Synonyms [][]string // groups of words that readers use for one another; an entry may have several words
}

// field is a part of a document. Its weight says how much more a word counts
// there than in the body, bias how far the length of the field tells against it
// (BM25's b), and usual how many words such a field commonly has.
type field struct{ weight, bias, usual float32 }

const (
	titleField = iota
	questionField
	headingField
	descriptionField
	labelField
	bodyField
	fieldCount
)

// usual stands for the corpus's average, so that what a document contributes
// depends on that document alone: it can be made in any order and kept.
var fields = [fieldCount]field{
	titleField:       {weight: 8, bias: 0.4, usual: 4},
	questionField:    {weight: 3, bias: 0.3, usual: 12},
	headingField:     {weight: 3, bias: 0.3, usual: 12},
	descriptionField: {weight: 3, bias: 0.4, usual: 10},
	labelField:       {weight: 1.5, bias: 0, usual: 4},
	bodyField:        {weight: 1, bias: 0.3, usual: 200},
}

const (
	saturation    = 8   // BM25's k1, in weighted occurrences
	synonymWeight = 0.7 // of what the other words of the group add
	levels        = 31  // that the saturated frequency is quantised to
	ownShare      = 0.5 // of a word's body weight that makes a section the place of the word
)
