package search

import "helpcenter/site/buildcache"

// A Document is an article in the form in which it is indexed, without markup.
type Document struct {
	Sum         [16]byte // of everything it is made of; needed for caching
	Path        string   // the same in every language: product/category/name
	URL         string   // of its page
	Product     string   // id of a product, to filter by
	Products    []string // ids of further products, to filter by
	Kind        string   // to filter by: article, guide, video, product, category, checker
	Lists       bool     // it only lists others, so its title counts no more than a label
	Question    bool     // a query with the words of its title finds it first: a question or a name
	Unread      bool     // the fields that follow are missing; see Config.Read
	Title       string
	Description string
	Keywords    []string  // further words by which readers may search for it
	Labels      []string  // names of the product and the category, as in the breadcrumbs
	Text        []string  // paragraphs before the first section
	Sections    []Section // in order
}

// A Section is a heading and the text below it, up to the next heading.
type Section struct {
	ID    string
	Title string
	Text  []string // paragraphs, lists, tables
}

// A Config is what an index is made of, besides the documents.
type Config struct {
	Lang     string     // BCP 47
	Names    []string   // of products: each is found however it is written, such as GoTo Meeting as gotomeeting
	Synonyms [][]string // groups of words with one meaning; an entry may have several words
	Answers  []Answer
	Fallback string // query for the document that helps if no other does; may be ""

	Read func(path string) *Document // returns the whole of an unread document; may be nil if there is none
	Kept Kept                        // may be nil

	most int // postings of a term; 0 for mostPostings
}

// Kept opens a cache of what earlier runs of the program made. For an index it is asked for "search-" and the
// language; that cache is saved once all documents have been read.
type Kept func(name string) *buildcache.Cache

// An Answer is shown above the results of queries that name a product and ask a question.
type Answer struct {
	Checker, Product string   // ids of the rules that answer and of the product
	Name             string   // of the product
	Words            []string // words that ask the question; their synonyms do too
	Title, Text, URL string
}

// A field is a part of a document. weight is how much a word in it counts, bias how much a long field lowers that
// (BM25's b), and usual how many words such a field commonly has.
type field struct{ weight, bias, usual float32 }

const (
	titleField = iota
	questionField
	headingField
	descriptionField
	keywordField
	labelField
	bodyField
	fieldCount
)

// fields uses usual in place of the average over all documents, so that the contribution of a document depends on
// that document alone.
var fields = [fieldCount]field{
	titleField:       {weight: 8, bias: 0.4, usual: 4},
	questionField:    {weight: 3, bias: 0.3, usual: 12},
	headingField:     {weight: 3, bias: 0.3, usual: 12},
	descriptionField: {weight: 3, bias: 0.4, usual: 10},
	keywordField:     {weight: 3, bias: 0, usual: 4},
	labelField:       {weight: 1.5, bias: 0, usual: 4},
	bodyField:        {weight: 0.6, bias: 0.3, usual: 200},
}

const (
	saturation    = 16  // BM25's k1, in weighted occurrences
	synonymWeight = 0.7 // share that counts of what the other words of a group add
	levels        = 30  // that the saturated frequency is quantised to
	ownShare      = 0.5 // of a word's body weight, enough for a section to be the place of the word
)
