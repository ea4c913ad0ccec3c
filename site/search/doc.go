// Package search answers what readers type, in a help center that may have no
// server: it makes an index of small files, and answers from them in Go. The
// page's script, search.js, answers from the same files with the same integers,
// so that page, service and command agree on every hit, order and score.
//
// # Words
//
// A text is read by one analysis, for documents and queries alike. Case and
// accents are folded (NFD without marks), and all apostrophes are one. A run of
// letters and digits is a word; hyphens, dots and the border between letters and
// digits make it a compound (e-1042, v4, join.me), indexed as a whole and in its
// parts. What a language adds is data, see tongue: Italian drops elided articles
// before an apostrophe (l', dell'), Italian and English drop stop words from
// queries, unless there is nothing else, and stem lightly. Words of other languages are folded and
// left whole; scripts without spaces between words are not taken apart.
//
// Entries of several words, among names of products and the writers' synonyms,
// are phrases: one term beside those of their words. A name has one term however
// it is parted, so that GoTo Meeting, gotomeeting and goto-meeting find each
// other. A word that a group of synonyms holds is lent the occurrences of the
// group's other words, at three quarters of their weight.
//
// # Score
//
// BM25F, in its simple form (S. Robertson, H. Zaragoza and M. Taylor, Simple BM25
// extension to multiple weighted fields, CIKM 2004, with lengths normalised by
// field as in H. Zaragoza et al., TREC-13, 2004). Of a term t in a document d:
//
//	f(t,d) = Σ over fields  weight · occurrences / (1 − b + b · length / usual length)
//	s(t,d) = ln(1 + N/n(t)) · f / (k + f)
//
// where N is the number of documents and n(t) of those with t. The fields, their
// weights and b stand in the table fields, k is saturation. They were chosen on one half
// of the judged queries (testdata); the other half was held out. Two things differ from the papers. The usual
// length of a field is a constant and not the corpus's mean, so that what a
// document contributes depends on that document alone. And the idf keeps common
// words above nothing: in a help center they are what it is about.
//
// A term with synonyms has, besides, 0.7 of what they would add: s is made of
// f/(k+f) + 0.7·(g/(k+g) − f/(k+f)), where g counts all words of the group. So a
// document with the very word is before one with a synonym only.
//
// The two factors are quantised when the index is made, ln(1 + N/n) to sixteenths
// and the other to one of 31 levels, and all that follows is in integers. A
// query's words add up; question words (how, chi) weigh a quarter. The sum is
// multiplied by the share of the query's words that the document has, by weight,
// those in its title counted one and a half times. So all words count, and a
// missing one empties nothing. Documents with equal scores stay in the order of
// the index.
//
// # Files
//
// All files are JSON that a page may fetch under a strict CSP: <lang>.json, the
// manifest, and below <lang>/<edition>/ lists of lines:
//
//	t-ca-cl   lists of the terms from ca to before cl: term, weight, gaps between documents, levels (raised by 31 where the title has the term), sections, synonyms
//	w-c       the commonest words that begin with c, for what is mistyped or unfinished
//	d0, d1 ...  documents: title, address, ids of sections, product and kind
//	n0, n1 ...  what may come a moment later: descriptions and headings
//	f         product and kind of every document, for filters
//
// An edited article changes few of them: the lists of its words, and its own
// lines. So that the others stay as they are, also by name, no name depends on
// bytes: the edition stands for the order of documents and their addresses, and
// changes when a document comes, goes or moves. Files of one edition may be mixed,
// old and new, as caches and copies to another host do: a hit may have the score of
// yesterday, but leads where it says.
//
// Lists are in the order of terms and parted where the letters of terms differ,
// see gather; the manifest has the first letters of each file. Numbers are written in base 46, see
// char. Documents stand in the order of their names, which brings those about one
// thing together. A list keeps its heaviest documents and all that have the term
// in their title: beyond some thousand documents, the rest of a common word's
// list is cut.
//
// # A query, step by step
//
// Each word is looked for as it is; a compound or phrase without a list, by its
// parts. A word at the very end of a query may be unfinished: without a list it
// stands for the three commonest words that begin with it, at three quarters of
// their weight. Any other word without a list is corrected, and the results say
// so: an article glued to it is taken off (labbonamento), or else the nearest known word is
// taken, where doubled letters are no difference, one edit is allowed from four letters and two
// from eight, and the first letter is believed unless nothing else helps; before
// two edits, the word is taken for two written together. Words with digits are
// never corrected. Each posting names the section in which the document has the
// term, if one has most of it; hits lead to the section that most of the query
// points to, and to the document as a whole where all its words are in the title.
//
// A query of less than two characters, or without a word, is too short.
//
// # What may go wrong
//
// Nothing in the data: writers' mistakes are found by others before an index is
// made. A page that holds the manifest of an edition, or of shards, that are no
// longer published asks for the new manifest and answers from that.
package search
