package site

import "slices"

// thin returns the site without what only its files need, once they have all been
// made. What is still made on demand are states of checkers, which show sections
// that their rules cite, and lists of articles.
func (s *Site) thin() *Site {
	shown := map[string]bool{}
	for _, c := range s.checkers {
		for _, path := range c.cited {
			shown[path] = true
		}
	}
	next := *s
	next.Library = s.Library.Thin(func(path string) bool { return shown[path] })
	needed := slices.Clone(s.mostNeeded()) // they are the first of all
	next.listArticles()
	next.prepareOrders()
	next.mostNeeded = func() []string { return needed }
	next.checkers, next.pages = nil, nil
	for _, c := range s.checkers {
		next.checkers = append(next.checkers, next.newChecker(c.id, c.set))
	}
	return &next
}
