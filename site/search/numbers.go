package search

// Numbers are written in the printable ASCII characters that JSON does not escape: ! to ~ without " and \. The
// least significant digit comes first. The base is added to all digits but the last.
const base = 46

func char(n int) byte {
	c := byte(n) + '!'
	if c >= '"' {
		c++
	}
	if c >= '\\' {
		c++
	}
	return c
}

// value is the inverse of char; it is negative for other characters.
func value(c byte) int {
	n := int(c) - '!'
	if c > '"' {
		n--
	}
	if c > '\\' {
		n--
	}
	if c == '"' || c == '\\' || n >= 2*base {
		return -1
	}
	return n
}

func appendNumber(dst []byte, n int) []byte {
	for n >= base {
		dst = append(dst, char(n%base+base))
		n /= base
	}
	return append(dst, char(n))
}

// numbers parses all numbers in a text. It returns false if the text is malformed.
func numbers(text string) ([]int, bool) {
	all := make([]int, 0, len(text))
	n, unit := 0, 1
	for i := range len(text) {
		v := value(text[i])
		if v < 0 || unit > 1<<32 {
			return nil, false
		}
		n += v % base * unit
		unit *= base
		if v < base {
			all = append(all, n)
			n, unit = 0, 1
		}
	}
	return all, unit == 1
}

// values parses numbers of one character each.
func values(text string) ([]int, bool) {
	all := make([]int, len(text))
	for i := range len(text) {
		if all[i] = value(text[i]); all[i] < 0 {
			return nil, false
		}
	}
	return all, true
}
