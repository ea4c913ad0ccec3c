package helpcenter

import "strings"

// Pack makes texts that stay share one piece of memory, and let go of those that
// they were cut from. Many short ones that are left of much that is gone would each
// hold on to the page of memory around it.
func Pack(texts ...*string) {
	size := 0
	for _, t := range texts {
		size += len(*t)
	}
	var all strings.Builder
	all.Grow(size)
	for _, t := range texts {
		all.WriteString(*t)
	}
	rest := all.String()
	for _, t := range texts {
		*t, rest = rest[:len(*t)], rest[len(*t):]
	}
}
