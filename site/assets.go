package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"helpcenter/site/diag"
	"helpcenter/site/search"
)

// link returns the address of an asset for a template.
func (a *assets) link(name string) (string, error) {
	link, ok := a.links[name]
	if !ok {
		return "", &fs.PathError{Op: "link", Path: "site/assets/" + name, Err: fs.ErrNotExist}
	}
	return link, nil
}

// add publishes data under a name that contains its hash. Equal files are
// published once.
func (a *assets) add(at addresses, ref, name, mediaType string, data []byte) {
	f := BytesFile("assets/"+name, mediaType, data)
	f.Immutable = true
	a.links[ref] = at.Link(f.Path)
	if !a.names[name] {
		a.names[name] = true
		a.files = append(a.files, f)
	}
}

// loadAssets publishes the files of assets/, the script of the search, and the
// files of the articles.
func loadAssets(s *Site) (*assets, []diag.Finding) {
	a := &assets{links: map[string]string{}, names: map[string]bool{}}
	failed := func(file string, err error) (*assets, []diag.Finding) {
		return a, []diag.Finding{diag.Errorf(diag.Position{File: "site/" + file}, "asset", "%s", err)}
	}
	entries, err := fs.ReadDir(s.Files, "assets")
	if err != nil {
		return failed("assets", err)
	}
	files := map[string][]byte{}
	for _, e := range entries {
		data, err := fs.ReadFile(s.Files, "assets/"+e.Name())
		if err != nil {
			return failed("assets/"+e.Name(), err)
		}
		if embedded, err := fs.ReadFile(Files, "assets/"+e.Name()); err == nil && bytes.Equal(data, embedded) {
			data = stripComments(e.Name(), data)
		}
		files[e.Name()] = data
	}
	for _, e := range entries {
		a.publish(s.addresses, e.Name(), files)
	}
	a.add(s.addresses, "search.js", hashedName("search.js", search.Script()), MediaType("search.js"), search.Script())
	for _, file := range s.Library.Assets {
		a.add(s.addresses, file.File, file.Name, file.Type, file.Data)
	}
	return a, nil
}

// styleURL matches a reference of a style to a file in the same folder.
var styleURL = regexp.MustCompile(`url\(\s*(?:"([\w.-]+)"|'([\w.-]+)'|([\w.-]+))\s*\)`)

// publish adds a file of assets/ unchanged, except that a style refers to the other
// files by their published names. Those are added first.
func (a *assets) publish(at addresses, name string, files map[string][]byte) {
	data, ok := files[name]
	if !ok {
		return // added already, or a style that imports itself
	}
	delete(files, name)
	if path.Ext(name) == ".css" {
		data = styleURL.ReplaceAllFunc(data, func(reference []byte) []byte {
			m := styleURL.FindSubmatch(reference)
			file := string(slices.Concat(m[1], m[2], m[3]))
			a.publish(at, file, files)
			if link, ok := a.links[file]; ok {
				return []byte("url(" + path.Base(link) + ")")
			}
			return reference
		})
	}
	a.add(at, name, hashedName(name, data), MediaType(name), data)
}

// hashLength is how many bytes of a hash stand in the name of a file: enough that
// no two versions share a name, since browsers keep them for a year.
const hashLength = 8

// hashedName returns name with a part of the hash of data before its extension.
func hashedName(name string, data []byte) string {
	sum := sha256.Sum256(data)
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:hashLength]) + ext
}

// In the embedded files comments of scripts are whole lines, and no literal
// contains line breaks, and in styles none has a space beside such a mark.
var (
	styleSpaces   = regexp.MustCompile(`([:;{},]) | ([{}])`)
	styleComments = regexp.MustCompile(`(?s)/\*.*?\*/`)
	lineComments  = regexp.MustCompile(`(?m)^\s*//.*\n`)
	indentation   = regexp.MustCompile(`(?m)^\s+`)
)

// stripComments removes comments and indentation from an embedded style or script, and from
// a style other spaces that say nothing. They are 6 to 8 % of the bytes that a page takes,
// compressed by Brotli.
func stripComments(name string, data []byte) []byte {
	switch path.Ext(name) {
	case ".css":
		data = indentation.ReplaceAll(styleComments.ReplaceAll(data, nil), nil)
		return styleSpaces.ReplaceAll(data, []byte("$1$2"))
	case ".js":
		return indentation.ReplaceAll(lineComments.ReplaceAll(data, nil), nil)
	}
	return data
}

// AssetLink returns the address of a file of assets/, such as site.css.
func (s *Site) AssetLink(name string) string { return s.assets.links[name] }

// Assets returns the files that pages load, such as styles and pictures.
func (s *Site) Assets() []File { return s.assets.files }

// mediaTypes are those of the site's own files, the same on every machine.
var mediaTypes = map[string]string{
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json",
	".svg":  "image/svg+xml",
	".png":  "image/png",
}

// MediaType returns the media type of a file of the site by its name.
func MediaType(name string) string {
	if t := mediaTypes[path.Ext(name)]; t != "" {
		return t
	}
	return "application/octet-stream"
}

// card returns the address of the picture that represents the site.
func card(at addresses, files *assets) string { return at.Origin() + files.links["card.png"] }
