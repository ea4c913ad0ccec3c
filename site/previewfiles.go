package site

import (
	"bytes"
	"slices"
	"strings"
)

// onDemand finds the files of a site one by one, each made when it is asked for.
type onDemand struct{ *Site }

func (d onDemand) get(path string) *entryBytes {
	if path == "" || strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	f, ok := d.find(path)
	if !ok {
		return nil
	}
	var b bytes.Buffer
	return newEntry(kindOf(File{Type: f.Type}, inNone), f.Bytes(&b))
}

// find returns the file of that path. It looks first where it need make nothing.
func (s *Site) find(path string) (File, bool) {
	if i, ok := s.pageIndex(path); ok {
		return s.pages[i].File(s), true
	}
	for _, files := range []func(string) []File{s.assetFiles, s.redirectFiles, s.foundFiles, s.otherFiles} {
		all := files(path)
		if i := slices.IndexFunc(all, func(f File) bool { return f.Path == path }); i >= 0 {
			return all[i], true
		}
	}
	return File{}, false
}

// pageIndex returns the place of a page in the list of pages.
func (s *Site) pageIndex(path string) (int, bool) {
	return slices.BinarySearchFunc(s.pages, path, func(p pageFile, path string) int { return strings.Compare(p.file, path) })
}

func (s *Site) assetFiles(string) []File { return s.assets.files }

func (s *Site) redirectFiles(path string) []File {
	if !strings.HasSuffix(path, "/index.html") {
		return nil
	}
	return s.redirects()
}

// foundFiles returns the files of the search index that the path is one of.
func (s *Site) foundFiles(path string) []File {
	for _, l := range s.langs {
		if name := indexFolder + l.Tag; strings.HasPrefix(path, name+".") || strings.HasPrefix(path, name+"/") {
			return slices.Collect(s.indexFiles(l))
		}
	}
	return nil
}

// otherFiles returns what stands at the root, and beside the pages of a language.
func (s *Site) otherFiles(path string) []File {
	if strings.Count(path, "/") > 1 || strings.HasSuffix(path, "/index.html") {
		return nil
	}
	return s.machineFiles()
}
