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

// assets are the files that pages refer to, published under names that hold a
// hash of their bytes, so that they may be cached for ever. They come from
// site/assets (style, scripts, icon) and from the articles (pictures).
type assets struct {
	Links map[string]string // address by the name that a template or an article uses
	Files []File            // in a fixed order
	names map[string]bool   // of the files, as published
}

// link returns the address of an asset. A name without one is a mistake in a
// template; those in articles are proven when they are read.
func (a *assets) link(name string) (string, error) {
	link, ok := a.Links[name]
	if !ok {
		return "", &fs.PathError{Op: "link", Path: "site/assets/" + name, Err: fs.ErrNotExist}
	}
	return link, nil
}

// address returns the address of a file of the articles, which exists: that was
// proven when they were read.
func (a *assets) address(file string) string { return a.Links[file] }

// hashed returns name with a part of the hash of data before its ending.
func hashed(name string, data []byte) string {
	sum := sha256.Sum256(data)
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:4]) + ext
}

func (s *Site) loadAssets() []diag.Finding {
	s.AssetFiles = &assets{Links: map[string]string{}, names: map[string]bool{}}
	if s.Files == nil {
		s.Files = Files
	}
	entries, err := fs.ReadDir(s.Files, "assets")
	if err != nil {
		return []diag.Finding{diag.Errorf(diag.Position{File: "site/assets"}, "asset", "%s", err)}
	}
	for _, e := range entries {
		data, err := fs.ReadFile(s.Files, "assets/"+e.Name())
		if err != nil {
			return []diag.Finding{diag.Errorf(diag.Position{File: "site/assets/" + e.Name()}, "asset", "%s", err)}
		}
		data = lean(e.Name(), data)
		s.addAsset(e.Name(), hashed(e.Name(), data), MediaType(e.Name()), data)
	}
	script := lean("search.js", search.Script())
	s.addAsset("search.js", hashed("search.js", script), MediaType("search.js"), script)
	for _, a := range s.Library.Assets {
		s.addAsset(a.File, a.Name, a.Type, a.Data)
	}
	return nil
}

// What browsers need not read. In our own files comments in scripts stand on
// lines of their own, and no literal spans lines.
var (
	styleComments = regexp.MustCompile(`(?s)/\*.*?\*/`)
	lineComments  = regexp.MustCompile(`(?m)^\s*//.*\n`)
	indentation   = regexp.MustCompile(`(?m)^\s+`)
)

// lean returns a style or a script without comments and indentation; other
// files as they are.
func lean(name string, data []byte) []byte {
	switch path.Ext(name) {
	case ".css":
		return indentation.ReplaceAll(styleComments.ReplaceAll(data, nil), nil)
	case ".js":
		return indentation.ReplaceAll(lineComments.ReplaceAll(data, nil), nil)
	}
	return data
}

// addAsset publishes data under a name that holds its hash: what stands in many
// places is published once.
func (s *Site) addAsset(ref, name, mediaType string, data []byte) {
	f := BytesFile("assets/"+name, mediaType, data)
	f.Immutable = true
	if !s.AssetFiles.names[name] {
		s.AssetFiles.names[name] = true
		s.AssetFiles.Files = append(s.AssetFiles.Files, f)
	}
	s.AssetFiles.Links[ref] = s.Link(f.Path)
}

// AssetLink returns the address of one of the site's own files, such as site.css.
func (s *Site) AssetLink(name string) string { return s.AssetFiles.Links[name] }

// mediaTypes are those of the site's own files, the same on every machine.
var mediaTypes = map[string]string{
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json",
	".svg":  "image/svg+xml",
	".png":  "image/png",
}

// MediaType returns the type of a file by its name.
func MediaType(name string) string {
	if t := mediaTypes[path.Ext(name)]; t != "" {
		return t
	}
	return "application/octet-stream"
}
