package locale

import (
	"bytes"
	"cmp"
	"slices"

	"golang.org/x/text/collate"
)

// SortBy sorts items by a text of each, in the dictionary order of the language. Texts that are equal in it are
// sorted by their bytes; items with the same text keep their order.
func SortBy[T any](w *Words, items []T, text func(T) string) {
	c := w.collators.Get().(*collate.Collator)
	defer w.collators.Put(c)
	type keyed struct {
		key  []byte // collation key, computed once for each item
		text string
		item T
	}
	var keys collate.Buffer
	all := make([]keyed, len(items))
	for i, item := range items {
		all[i] = keyed{text: text(item), item: item}
		all[i].key = bytes.Clone(c.KeyFromString(&keys, all[i].text)) // a buffer of all keys would be moved as it grows
		keys.Reset()
	}
	slices.SortStableFunc(all, func(a, b keyed) int {
		return cmp.Or(bytes.Compare(a.key, b.key), cmp.Compare(a.text, b.text))
	})
	for i := range all {
		items[i] = all[i].item
	}
}
