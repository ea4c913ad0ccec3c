package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"helpcenter/site/diag"
	"helpcenter/site/policy"
	"helpcenter/site/search"
	"helpcenter/site/theme"
)

// link returns the address of an asset for a template.
func (a *assets) link(name string) (string, error) {
	link, ok := a.links[name]
	if !ok {
		return "", &fs.PathError{Op: "link", Path: "site/assets/" + name, Err: fs.ErrNotExist}
	}
	return link, nil
}

// add publishes data under a name that contains its hash, and returns the address. It publishes equal files only
// once.
func (a *assets) add(at addresses, name, mediaType string, data []byte) string {
	f := BytesFile("assets/"+name, mediaType, data)
	f.Immutable = true
	if !a.names[name] {
		a.names[name] = true
		a.files = append(a.files, f)
	}
	return at.Link(f.Path)
}

// loadAssets publishes the files of assets/, the search script among them, and the files of the articles. It also
// sets the content security policy.
func loadAssets(s *Site) (found []diag.Finding) {
	a := &assets{links: map[string]string{}, content: map[string]string{}, names: map[string]bool{}}
	s.assets = a
	files, err := readAssets(s.Files)
	if err != nil {
		return []diag.Finding{*err}
	}
	if !s.Feedback {
		delete(files, "feedback.css")
	}
	files["search.js"] = search.Script()
	for _, file := range s.Library.Assets {
		a.content[file.File] = a.add(s.addresses, file.Name, file.Type, file.Data)
	}
	isFont := func(name string) bool { return strings.HasPrefix(MediaType(name), "font/") }
	names := slices.Sorted(maps.Keys(files))
	var more []diag.Finding
	s.policy, more = policy.New(s.Library.Site.CSP, s.Library.Site.Theme.Font != "" || slices.ContainsFunc(names, isFont),
		s.Library.Site.Locator.Value)
	found = append(found, more...)
	exists := func(name string) bool { return slices.Contains(names, name) }
	for _, name := range names {
		if path.Ext(name) == ".css" {
			found = append(found, s.policy.CheckCSS("site/assets/"+name, files[name], exists)...)
		}
	}
	found = append(found, addTheme(s, files)...)
	for _, name := range names {
		a.publish(s.addresses, name, files)
	}
	return found
}

// readAssets reads the files of assets/. It strips the comments from those that are the embedded ones.
func readAssets(from fs.FS) (map[string][]byte, *diag.Finding) {
	failed := func(file string, err error) (map[string][]byte, *diag.Finding) {
		f := diag.Errorf(diag.Position{File: "site/" + file}, "asset", "%s", err)
		return nil, &f
	}
	entries, err := fs.ReadDir(from, "assets")
	if err != nil {
		return failed("assets", err)
	}
	files := map[string][]byte{}
	for _, e := range entries {
		data, err := fs.ReadFile(from, "assets/"+e.Name())
		if err != nil {
			return failed("assets/"+e.Name(), err)
		}
		if embedded, err := fs.ReadFile(Files, "assets/"+e.Name()); err == nil && bytes.Equal(data, embedded) {
			data = stripComments(e.Name(), data)
		}
		files[e.Name()] = data
	}
	return files, nil
}

// defaultColor is the color of the header in site.css, which also colors the frame of the browser.
const defaultColor = "#0d2f2c"

// addTheme applies [theme] of site.toml to the style.
func addTheme(s *Site, files map[string][]byte) []diag.Finding {
	own := s.Library.Site.Theme
	s.color = defaultColor
	var css string
	if own.Accent != "" {
		colors, err := theme.Of(own.Accent)
		if err != nil {
			return []diag.Finding{diag.Errorf(s.Library.Site.Locator.Value("theme", "accent"), "theme", "%s", err)}
		}
		s.color = colors.Color()
		css = colors.CSS()
	}
	if own.Font != "" {
		css += theme.Font(path.Base(s.assets.content[own.Font]))
	}
	if css != "" {
		files["site.css"] = append(slices.Clip(files["site.css"]), css...)
	}
	return nil
}

// publish adds a file of assets/. A style or a script is changed to refer to other files by their published names,
// which are added first; all else is unchanged.
func (a *assets) publish(at addresses, name string, files map[string][]byte) {
	data, ok := files[name]
	if !ok {
		return // already added, or a style that imports itself
	}
	delete(files, name)
	published := func(file string) string {
		a.publish(at, file, files)
		return path.Base(a.links[file])
	}
	switch path.Ext(name) {
	case ".css":
		data = policy.Rewrite(data, published)
	case ".js":
		data = imported.ReplaceAllFunc(data, func(quoted []byte) []byte {
			if other := published(string(quoted[len(`'./`) : len(quoted)-1])); other != "." {
				return []byte("'./" + other + "'")
			}
			return quoted
		})
	}
	a.links[name] = a.add(at, hashedName(name, data), MediaType(name), data)
}

// imported matches how a script names a file beside it.
var imported = regexp.MustCompile(`'\./[\w.-]+'|"\./[\w.-]+"`)

// hashLength is how many bytes of a hash are in the name of a file. No two versions may share a name, since
// browsers keep them for a year.
const hashLength = 8

// hashedName inserts a part of the hash of data before the extension of name.
func hashedName(name string, data []byte) string {
	sum := sha256.Sum256(data)
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:hashLength]) + ext
}

// These patterns rely on the embedded files: comments of scripts are whole lines, no literal contains a line break,
// and in styles no literal has a space beside one of these marks.
var (
	styleSpaces   = regexp.MustCompile(`([{}:;,])\s+`)
	beforeBraces  = strings.NewReplacer(" {", "{", "\n{", "{", " }", "}", "\n}", "}")
	styleComments = regexp.MustCompile(`(?s)/\*.*?\*/`)
	lineComments  = regexp.MustCompile(`(?m)^\s*//.*\n`)
	indentation   = regexp.MustCompile(`(?m)^\s+`)
)

// stripComments removes comments and indentation from an embedded style or script, and other needless spaces from a
// style. They are 6 to 8 % of the bytes of a page, compressed by Brotli.
func stripComments(name string, data []byte) []byte {
	switch path.Ext(name) {
	case ".css":
		data = indentation.ReplaceAll(styleComments.ReplaceAll(data, nil), nil)
		return []byte(beforeBraces.Replace(string(styleSpaces.ReplaceAll(data, []byte("$1")))))
	case ".js":
		return indentation.ReplaceAll(lineComments.ReplaceAll(data, nil), nil)
	}
	return data
}

// AssetLink returns the address of a file of assets/, such as site.css.
func (s *Site) AssetLink(name string) string { return s.assets.links[name] }

// Assets returns the files that pages load, such as styles and pictures.
func (s *Site) Assets() []File { return s.assets.files }

// mediaTypes are fixed here, so they are the same on every machine.
var mediaTypes = map[string]string{
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json",
	".svg":  "image/svg+xml",
	".png":  "image/png",

	".avif": "image/avif", ".gif": "image/gif", ".ico": "image/x-icon", ".jpeg": "image/jpeg", ".jpg": "image/jpeg",
	".webp": "image/webp", ".mp4": "video/mp4", ".webm": "video/webm", ".pdf": "application/pdf",
	".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".otf": "font/otf",
	".html": PageType, ".txt": "text/plain; charset=utf-8", ".xml": "application/xml", ".csv": "text/csv",
	".webmanifest": "application/manifest+json",
}

// MediaType returns the media type of a file of the site by its extension.
func MediaType(name string) string {
	if t := mediaTypes[path.Ext(name)]; t != "" {
		return t
	}
	return "application/octet-stream"
}

// cardLink returns the address of the picture that represents the site where others link to it, or "".
func cardLink(s *Site) string {
	if link := s.assets.content[s.Library.Site.Identity.Card]; link != "" {
		return s.Origin() + link
	}
	return ""
}
