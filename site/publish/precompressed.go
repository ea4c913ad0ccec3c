package publish

import (
	"helpcenter/site"
	"helpcenter/site/encoded"
)

// fileCodings are the codings of precompressed files.
var fileCodings = []*encoded.Coding{encoded.Brotli, encoded.Gzip, encoded.Zstd}

// precompress writes the precompressed files that belong to a file. It reuses those for which neither they nor the
// file has changed since the last build.
func (b *build) precompress(f site.File, of fileState, data []byte, before *partState) ([]fileState, error) {
	var made []fileState
	for _, c := range fileCodings {
		path := f.Path + c.Extension
		old := before.file(path)
		if before.file(f.Path).sum == of.sum && b.unchanged(old) {
			if err := b.reuse(path); err != nil {
				return nil, err
			}
			made = append(made, old)
			continue
		}
		r, err := b.put(fileState{path: path, precompressed: true}, c.Encode(f.Type, data), old)
		if err != nil {
			return nil, err
		}
		made = append(made, r)
	}
	return made, nil
}
