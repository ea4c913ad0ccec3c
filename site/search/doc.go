// Package search finds the articles that answer what readers type, with or without
// a server. A [Builder] reads documents and makes an [Index], which is a set of small
// JSON files. [Index.Search] answers from these files in Go. The page's script,
// search.js, fetches them and answers with the same integers, so that page, service
// and command agree on every hit, score and order.
//
// # Words
//
// Documents and queries are analysed alike. Case and accents are folded (NFD without
// marks), and all apostrophes are the same. A run of letters and digits is a word;
// hyphens, dots and a change between letters and digits make it a compound (e-1042,
// v4, join.me), which is indexed as a whole and in its parts. What the analysis knows
// of a language is data, see language: Italian drops elided articles before an
// apostrophe (l', dell'); Italian and English drop stop words from queries, unless
// nothing else is left, and stem lightly. Words of other languages are folded but not
// stemmed; scripts without spaces between words are not segmented.
//
// Product names and synonyms of several words are phrases: each has a term of its own
// besides those of its words. A name has one term however it is written, so that GoTo
// Meeting, gotomeeting and goto-meeting find each other. A word that belongs to a
// group of synonyms also counts the occurrences of the group's other words, at a
// reduced weight.
//
// # Score
//
// The score is BM25F in its simple form (S. Robertson, H. Zaragoza and M. Taylor,
// Simple BM25 extension to multiple weighted fields, CIKM 2004, with lengths
// normalised by field as in H. Zaragoza et al., TREC-13, 2004). For a term t in a
// document d:
//
//	f(t,d) = Σ over fields  weight · occurrences / (1 − b + b · length / usual length)
//	s(t,d) = ln(1 + N/n(t)) · f / (k + f)
//
// N is the number of documents and n(t) the number of those with t. The table fields
// has the fields, their weights and b; k is saturation. They were chosen on one half
// of the judged queries in testdata and checked on the other half. Two things differ
// from the papers. The usual length of a field is a constant instead of the mean of
// the corpus, so that the contribution of a document depends on that document alone.
// And the idf is never negative, so that common words still count: in a help center
// they are what it is about.
//
// A term with synonyms gains 0.7 of what they add: s is made of
// f/(k+f) + 0.7·(g/(k+g) − f/(k+f)), where g counts all words of the group. So a
// document with the word itself comes before one that only has a synonym.
//
// Both factors are quantised when the index is made, ln(1 + N/n) to sixteenths and the
// other to one of 31 levels; everything after that is integer arithmetic. The scores
// of a query's words are added up; question words (how, chi) weigh a quarter. The sum
// is multiplied by the share of the query's words, by weight, that the document has,
// where words in its title count one and a half times. So every word matters, but a
// missing word does not empty the result. Documents with equal scores keep the order
// of the index.
//
// # Files
//
// All files are JSON that a page may fetch under a strict CSP. <lang>.json is the
// manifest; the others are arrays of lines in <lang>/<revision>/:
//
//	t-ca-cl   the lists of the terms from ca up to cl: term, weight, gaps between
//	          documents, levels (raised by 31 if the title has the term), sections,
//	          synonyms
//	w-c       the commonest words that begin with c, to correct and complete words
//	d0, d1 ...  documents: title, address, ids of sections, product and kind
//	n0, n1 ...  what may be shown a moment later: descriptions and headings
//	f         product and kind of every document, to filter by
//
// An edited article changes few files: the lists of its words and its own lines. To
// keep the names of the others, no name depends on content: the revision stands for
// the order of documents and their addresses, and changes if a document is added,
// removed or moved. Old and new files of one revision may be mixed, as caches and
// copies to another host do: a score may be out of date, but a hit leads where it
// says.
//
// Lists are in the order of terms and split into files where the letters of terms
// differ, see gather; the manifest has the first letters of each file. Numbers are
// written in base 46, see char. Documents are in the order of their names, which
// brings together those about one subject. A list keeps its heaviest documents and
// all that have the term in their title; with more than a thousand documents the rest
// of a common word's list is cut.
//
// # Answering a query
//
// Each word is looked up as it is; if a compound or phrase has no list, its parts are.
// A word at the very end of a query may be unfinished: if it has no list it stands for
// the three commonest words that begin with it, at three quarters of their weight. Any
// other word without a list is corrected, and the results say so: a leading article is
// split off (labbonamento), or else the nearest known word is taken. Doubled letters
// make no difference, one edit is allowed from four letters and two from eight, and
// the first letter is taken as right unless nothing else helps. Before two edits, the
// word is tried as two words written together. Words with digits are never corrected.
// Each posting names the section with most of the term's occurrences, if there is one.
// A hit leads to the section that most of the query points to, or to the document as a
// whole if all its words are in the title.
//
// # Limits
//
// Of a query the first 200 characters and 16 words count, where each part of a
// compound is a word. [Results.Shortened] tells whether something was left out, and
// every page that shows results must say so. Words of more than 40 letters are looked
// up but not corrected. A mistyped word is compared with at most 500 words that begin
// with its first letter and 500 that begin with its second. So the cost of a query is
// bounded by the site, not by the reader: FuzzQueryCost counts it. A query of less
// than two characters, or without a word, is too short to be answered.
//
// # Errors
//
// Building an index does not fail: mistakes in articles are found before. Nor does a
// search in Go. The script's search fails if a file cannot be fetched. A page whose
// manifest names files that are no longer published fetches the new manifest once and
// answers from that.
package search
