package content

import "strings"

// A chunk is memory in which short strings lie side by side, those of one article
// and of the next: a large room has hundreds of thousands. Strings that live
// longer than others have a chunk of their own.
type chunk struct{ strings.Builder }

// chunkSize is the bytes of a chunk.
const chunkSize = 4 << 10

// keep returns a copy of s.
func (c *chunk) keep(s []byte) string {
	from := c.room(len(s))
	c.Write(s)
	return c.String()[from:]
}

// plain is [plain].
func (c *chunk) plain(html []byte) string {
	from := c.room(len(html))
	writePlain(&c.Builder, html)
	return c.String()[from:]
}

// room makes room for n bytes and returns where they begin. A full chunk belongs
// to its strings alone.
func (c *chunk) room(n int) int {
	if c.Cap()-c.Len() < n {
		c.Reset()
		c.Grow(max(chunkSize, n))
	}
	return c.Len()
}
