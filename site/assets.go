package site

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"regexp"
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

func loadAssets(s *Site) (*assets, []diag.Finding) {
	a := &assets{links: map[string]string{}, names: map[string]bool{}}
	failed := func(file string, err error) (*assets, []diag.Finding) {
		return a, []diag.Finding{diag.Errorf(diag.Position{File: "site/" + file}, "asset", "%s", err)}
	}
	entries, err := fs.ReadDir(s.Files, "assets")
	if err != nil {
		return failed("assets", err)
	}
	own := func(name string, data []byte) {
		data = minify(name, data)
		a.add(s.addresses, name, hashedName(name, data), MediaType(name), data)
	}
	for _, e := range entries {
		data, err := fs.ReadFile(s.Files, "assets/"+e.Name())
		if err != nil {
			return failed("assets/"+e.Name(), err)
		}
		own(e.Name(), data)
	}
	own("search.js", search.Script())
	for _, file := range s.Library.Assets {
		a.add(s.addresses, file.File, file.Name, file.Type, file.Data)
	}
	return a, nil
}

// hashedName returns name with a part of the hash of data before its extension.
func hashedName(name string, data []byte) string {
	sum := sha256.Sum256(data)
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:4]) + ext
}

// What browsers need not read. In our own files comments in scripts stand on
// lines of their own, and no literal spans lines.
var (
	styleComments = regexp.MustCompile(`(?s)/\*.*?\*/`)
	lineComments  = regexp.MustCompile(`(?m)^\s*//.*\n`)
	indentation   = regexp.MustCompile(`(?m)^\s+`)
)

// minify returns a style or a script without comments and indentation; other
// files as they are.
func minify(name string, data []byte) []byte {
	switch path.Ext(name) {
	case ".css":
		return indentation.ReplaceAll(styleComments.ReplaceAll(data, nil), nil)
	case ".js":
		return indentation.ReplaceAll(lineComments.ReplaceAll(data, nil), nil)
	}
	return data
}

// AssetLink returns the address of a file of assets/, such as site.css.
func (s *Site) AssetLink(name string) string { return s.assets.links[name] }

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
