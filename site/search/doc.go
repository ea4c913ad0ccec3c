// Package search finds the articles that answer what readers type, with or without a server. [New] makes an [Index]
// of documents: a set of small JSON files. A [Plan] makes these files in parts, and reads only a few documents
// again after an edit. [Index.Search] answers from these files in Go. The page's script, search.js, fetches them
// and answers with the same integers: page, service and command agree on every hit, score and order.
//
// # Words
//
// Documents and queries are analysed alike. Case and accents are folded, and all apostrophes are equal. A run of
// letters and digits is a word; hyphens, dots and a change between letters and digits make it a compound (e-1042,
// v4, join.me), which is indexed as a whole and by its parts. Elided articles, stop words, spellings and stems are
// data of a language; see languages.toml.
//
// In German and Dutch, a word that consists of two other words of the documents counts as these too, at half the
// level: Kündigungsfrist is about Frist. A verb in two parts (sage ... ab) is also looked up as a whole.
//
// Product names and synonyms of several words are phrases: each has a term of its own besides those of its words. A
// name has a single term however it is written: GoTo Meeting, gotomeeting, goto-meeting.
//
// # Score
//
// The score is BM25F in its simple form (S. Robertson, H. Zaragoza and M. Taylor, CIKM 2004, with lengths
// normalised by field as in H. Zaragoza et al., TREC-13, 2004). For a term t in a document d:
//
//	f(t,d) = Σ over fields  weight · occurrences / (1 − b + b · length / usual length)
//	s(t,d) = ln(1 + N/n(t)) · f / (k + f)
//
// Keywords are a field of their own, in which a word counts once for each occurrence, and twice if it is a keyword
// by itself. Two adjacent words of a keyword are a pair, which has a term of its own: a query with both, one after
// the other, is more about the document than one with a word from each of two keywords.
//
// N is the number of documents and n(t) the number of those with t. The table fields has the fields, their weights
// and b; k is saturation. Two things differ from the papers. The usual length of a field is a constant, so that the
// contribution of a document depends on that document alone. And the idf is never negative: in a help center,
// common words are what it is about. Synonyms count too: the last factor becomes f/(k+f) + 0.7·(g/(k+g) − f/(k+f)),
// where g counts all words of the group.
//
// Both factors are quantised when the index is made; everything after that is integer arithmetic. The scores of a
// query's words are added up; question words (how, chi) weigh a quarter, completed and corrected words three
// quarters. Pairs add to the sum but have no weight. A document keeps a third of its sum, and of the rest a share:
// that of the query's words that it has, by weight, with words in its title counting one and a half times.
//
// The name of a product counts twice in a title that says more, because that document is about no other product.
// The product's own page, whose title is the name, gains nothing from that title if a query asks for something that
// no checker answers.
//
// # Files
//
// <lang>.json is the manifest; the others are arrays of lines in <lang>/<revision>/:
//
//	t-ca-cl   the lists of the terms from ca up to cl, see (*term).line
//	w-c       the commonest words that begin with c, to correct and complete words
//	d0, d1 ...  documents: title, address, ids of sections, products and kind
//	n0, n1 ...  what may be shown a moment later: descriptions and headings
//	f         products and kind of every document, to filter by
//
// No name depends on content. The revision stands for the order of documents and their addresses. So an edited
// article changes few files, and old and new files of one revision may be mixed, as happens in caches and while
// copying to another host: a score may be out of date, but a hit leads where it says. With more than a thousand
// documents, the lists of common words are cut to the thousand documents that say most about them, and all that have
// the word in their title, unless it is a question word or a stop word.
//
// # Answering a query
//
// Each word is looked up as it is; if a compound or phrase has no list, its parts are looked up. A word at the very
// end of a query may be unfinished: if it has no list, it stands for the three commonest words that begin with it.
// Any other word without a list is corrected (see (*search).correct), or read as two words or by its beginning. If
// corrected words form a phrase, such as a name, the query is that phrase. A hit leads to the section that most of
// the query points to, or to the document as a whole if all its words are in the title.
//
// The cost of a query is bounded by the site, not by the reader: the letters and words of a query are limited, and
// so are the known words that a mistyped one is compared with. [Results.Shortened] tells whether something was left
// out. The script's search fails if a file cannot be fetched; if a new index has been published, it starts again
// once.
package search
