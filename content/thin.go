package content

// Thin returns the library without the text of its articles, but for those of
// paths that are kept: it still says what there is, under which title and
// address, and takes a fraction of the memory.
func (l *Library) Thin(keep func(path string) bool) *Library {
	articles := make([]*Article, len(l.Articles))
	for i, a := range l.Articles {
		if articles[i] = a; !keep(a.Path) {
			thin := *a
			thin.Body, thin.Blocks, thin.Links, thin.uses, thin.front = Body{}, nil, nil, nil, ""
			articles[i] = &thin
		}
	}
	next := newLibrary(l.Site, articles, l.Assets)
	next.drift = l.drift
	return next
}
