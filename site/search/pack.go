package search

import "helpcenter"

// pack makes all that the index holds lie together. A service holds it for days,
// and what it was made of, among which it lies, for seconds.
func (ix *Index) pack() {
	var texts []*string
	for _, list := range [][]string{ix.starts, ix.names, ix.paths} {
		for i := range list {
			texts = append(texts, &list[i])
		}
	}
	helpcenter.Pack(texts...)
	size := 0
	for _, data := range ix.files {
		size += len(data)
	}
	all, files := make([]byte, 0, size), make(map[string][]byte, len(ix.names))
	for _, name := range ix.names {
		from := len(all)
		all = append(all, ix.files[name]...)
		files[name] = all[from:len(all):len(all)]
	}
	ix.files = files
}
