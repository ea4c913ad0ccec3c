package drift

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
)

// small holds the values of a table: the hash of the lines of a source, and the lines in compressed form.
type small struct{ hash, text []byte }

// What precedes the values of a table.
const (
	hashKey = `hash = "`
	textKey = "\"\ntext = \""
)

// smallTable returns the table of an article, given the lines of its source.
func smallTable(path string, lines []byte) []byte {
	return fmt.Appendf(nil, "[%q]\n%s%s%s%s\"", path, hashKey, hashOf(lines), textKey, compress(lines))
}

// small returns the values of a table. It returns false if the table does not have this form.
func (b Baseline) small() (s small, ok bool) {
	_, rest, _ := bytes.Cut(b.text, []byte{'\n'})
	rest, begins := bytes.CutPrefix(rest, []byte(hashKey))
	rest, ends := bytes.CutSuffix(rest, []byte{'"'})
	s.hash, s.text, ok = bytes.Cut(rest, []byte(textKey))
	return s, ok && begins && ends
}

// maxLines is the most bytes of the lines of a source.
const maxLines = 8 << 20

// lines decompresses the lines of a source and checks their hash.
func (s small) lines() ([]byte, error) {
	compressed := base64.NewDecoder(base64.RawStdEncoding, bytes.NewReader(s.text))
	lines, err := io.ReadAll(io.LimitReader(flate.NewReader(compressed), maxLines+1))
	switch {
	case err != nil:
		return nil, err
	case len(lines) > maxLines:
		return nil, fmt.Errorf("more than %d bytes", maxLines)
	case hashOf(lines) != string(s.hash):
		return nil, errors.New("it has another hash")
	}
	return lines, nil
}

// hashOf returns half of the SHA-256 hash of the lines of a source.
func hashOf(lines []byte) string {
	sum := sha256.Sum256(lines)
	return fmt.Sprintf("%x", sum[:len(sum)/2])
}

// compress returns lines in DEFLATE (RFC 1951) and base64.
func compress(lines []byte) string {
	var out bytes.Buffer
	w, _ := flate.NewWriter(&out, flate.BestCompression) // fails only for a level that does not exist
	w.Write(lines)                                       // to memory
	w.Close()
	return base64.RawStdEncoding.EncodeToString(out.Bytes())
}
