package publish

import (
	"helpcenter/site"
	"helpcenter/site/encoded"
)

// Twins are files beside a file that hold the same compressed, for servers that
// send them to clients that take them (nginx's gzip_static, Caddy's
// precompressed). Like all that is published they stand in the manifest.

// twinCodings are those that files get.
var twinCodings = []*encoded.Coding{encoded.Brotli, encoded.Gzip, encoded.Zstd}

// twins writes the twins of a file. One of a file that is as it was before, and
// that is itself as that build left it, is not made again.
func (b *build) twins(f site.File, of fileState, data []byte, before *partState) ([]fileState, error) {
	var made []fileState
	for _, c := range twinCodings {
		path := f.Path + c.Extension
		old := before.file(path)
		if before.file(f.Path).sum == of.sum && b.unchanged(old) {
			if err := b.reuse(path); err != nil {
				return nil, err
			}
			made = append(made, old)
			continue
		}
		r, err := b.put(fileState{path: path, twin: true}, c.Encode(f.Type, data), old)
		if err != nil {
			return nil, err
		}
		made = append(made, r)
	}
	return made, nil
}
