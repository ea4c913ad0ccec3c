package library

import (
	"path"

	"helpcenter/site/article"
	"helpcenter/site/diag"
)

// maxCandidates bounds the cost of a suggestion: in a larger folder, only an equal name elsewhere is suggested.
const maxCandidates = 500

// A pathIndex finds the path that was probably meant by one that does not exist.
type pathIndex struct {
	byName   map[string]string   // the first path of each name
	byFolder map[string][]string // names, in order
}

func newPathIndex[T any](items []T, pathOf func(T) string) *pathIndex {
	x := &pathIndex{map[string]string{}, map[string][]string{}}
	for _, item := range items {
		p := pathOf(item)
		if x.byName[path.Base(p)] == "" {
			x.byName[path.Base(p)] = p
		}
		x.byFolder[path.Dir(p)] = append(x.byFolder[path.Dir(p)], path.Base(p))
	}
	return x
}

// nearest returns a path with the same name in another folder, else one with the nearest name in the same folder,
// or "".
func (x *pathIndex) nearest(missing string) string {
	if p := x.byName[path.Base(missing)]; p != "" {
		return p
	}
	beside := x.byFolder[path.Dir(missing)]
	if len(beside) > maxCandidates {
		return ""
	}
	if name := diag.Nearest(path.Base(missing), beside); name != "" { // not of paths: a shared folder makes any two near
		return path.Join(path.Dir(missing), name)
	}
	return ""
}

func articlePath(a *article.Article) string { return a.Path }
func assetFile(a *Asset) string             { return a.File }
