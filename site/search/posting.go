package search

import "encoding/binary"

// A posting says how much a document is about a term, and where.
type posting struct {
	term    uint32 // the worker's number
	level   uint8  // saturated frequency, 1 to levels; above levels if the title has the term
	section uint8  // from 1; 0 for the document as a whole
}

// append writes a posting in few bytes: a document has hundreds, and all are kept until
// the last document has been read.
func (p posting) append(dst []byte) []byte {
	return append(binary.AppendUvarint(dst, uint64(p.term)), p.level, p.section)
}

// cutPosting reads what append wrote, and returns the rest.
func cutPosting(src []byte) (posting, []byte) {
	term, n := binary.Uvarint(src)
	return posting{uint32(term), src[n], src[n+1]}, src[n+2:]
}
