package site

// Twins are files beside a file that hold the same compressed, for servers that
// send them to clients that take them (nginx's gzip_static, Caddy's
// precompressed). Like all that is published they stand in the manifest.

// twinCodings are those that files get.
var twinCodings = []*coding{asBrotli, asGzip, asZstd}

// twins writes the twins of a file. One of a file that is as it was before, and
// that is itself as the record has it, is not made again.
func (b *build) twins(f File, of fileRecord, data []byte, before map[string]fileRecord) ([]fileRecord, error) {
	var made []fileRecord
	for _, c := range twinCodings {
		path := f.Path + c.ending
		if old, ok := before[path]; ok && before[f.Path].Sum == of.Sum && b.unchanged([]fileRecord{old}) {
			if err := b.reuse(path); err != nil {
				return nil, err
			}
			made = append(made, old)
			continue
		}
		r, err := b.put(fileRecord{Path: path, Twin: true}, c.encodeFile(f, data), before)
		if err != nil {
			return nil, err
		}
		made = append(made, r)
	}
	return made, nil
}
