package library

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"
	"maps"
	"path"
	"slices"
	"strings"

	"helpcenter/site/diag"
)

// mediaTypes are the types of assets by extension.
var mediaTypes = map[string]string{
	".gif":  "image/gif",
	".jpeg": "image/jpeg",
	".jpg":  "image/jpeg",
	".mp4":  "video/mp4",
	".pdf":  "application/pdf",
	".png":  "image/png",
	".svg":  "image/svg+xml",
	".webm": "video/webm",
	".webp": "image/webp",

	fontEnding: "font/woff2",
}

// fontEnding is the extension of fonts, which only site.toml may name.
const fontEnding = ".woff2"

// endings are the extensions of assets that articles use, for findings.
var endings = slices.DeleteFunc(slices.Sorted(maps.Keys(mediaTypes)), func(e string) bool { return e == fontEnding })

// newAsset returns the asset in a file below content/.
func newAsset(file string, data []byte) (*Asset, []diag.Finding) {
	ext := path.Ext(file)
	hash := sha256.Sum256(data)
	stem := strings.TrimSuffix(path.Base(file), ext)
	a := &Asset{
		File: file,
		Name: fmt.Sprintf("%s.%x%s", stem, hash[:8], strings.ToLower(ext)),
		Type: mediaTypes[strings.ToLower(ext)],
		Data: data,
	}
	at := diag.Position{File: path.Join("content", file)}
	if a.Type == mediaTypes[".svg"] {
		var found []diag.Finding
		a.Width, a.Height, found = readSVG(at.File, data)
		return a, found
	}
	if err := a.measure(); err != nil {
		return a, []diag.Finding{diag.Errorf(at, "asset", "%v", err).
			Suggest("save it again, or correct its extension")}
	}
	return a, nil
}

// measure reads the size of an image and checks that the file matches its extension.
func (a *Asset) measure() error {
	var format string
	switch a.Type {
	case "application/pdf", "video/mp4", "video/webm", "font/woff2":
		first := map[string]string{
			"application/pdf": "%PDF-", "video/mp4": "ftyp", "video/webm": "\x1aE\xdf\xa3", "font/woff2": "wOF2",
		}[a.Type]
		if !bytes.Contains(a.Data[:min(len(a.Data), 8)], []byte(first)) {
			return fmt.Errorf("the file is not %s", a.Type)
		}
		return nil
	case "image/webp":
		a.Width, a.Height, format = sizeWebP(a.Data)
	default:
		var c image.Config
		c, format, _ = image.DecodeConfig(bytes.NewReader(a.Data))
		a.Width, a.Height = c.Width, c.Height
	}
	if "image/"+format != a.Type {
		return fmt.Errorf("the file is not %s", a.Type)
	}
	return nil
}

// sizeWebP reads the size of an image from the first chunk of its RIFF container, which has one of three forms (RFC
// 9649, 2.5 to 2.7).
func sizeWebP(b []byte) (width, height int, format string) {
	if len(b) < 30 || string(b[:4]) != "RIFF" || string(b[8:12]) != "WEBP" {
		return 0, 0, ""
	}
	le := binary.LittleEndian
	switch string(b[12:16]) {
	case "VP8X": // 24 bits each, less one
		return 1 + int(le.Uint32(b[24:])&0xffffff), 1 + int(le.Uint32(b[26:])>>8), "webp"
	case "VP8L": // 14 bits each, less one, after a byte of signature
		bits := le.Uint32(b[21:])
		return 1 + int(bits&0x3fff), 1 + int(bits>>14&0x3fff), "webp"
	case "VP8 ": // 14 bits each, after the frame's tag and start code
		return int(le.Uint16(b[26:]) & 0x3fff), int(le.Uint16(b[28:]) & 0x3fff), "webp"
	}
	return 0, 0, ""
}

// IsAsset reports whether articles may show or link to a file with this name.
func IsAsset(name string) bool { return slices.Contains(endings, strings.ToLower(path.Ext(name))) }
