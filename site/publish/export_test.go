package publish

import (
	"context"
	"io/fs"
)

const ManifestName = manifestName

func LinkOrCopy(old, path string, info fs.FileInfo) error {
	return linkOrCopy(old, path, oldFileOf(info))
}

var ReadState = readState
var RemoveFolder = removeFolder

// PublishFile publishes a site of one file. It calls meanwhile once the file is written.
func PublishFile(ctx context.Context, dir, name string, data, manifest []byte, meanwhile func()) error {
	s, err := openStaging(ctx, dir)
	if err != nil {
		return err
	}
	defer s.discard()
	if _, err := s.write(name, data); err != nil {
		return err
	}
	meanwhile()
	_, err = s.publish(manifest)
	return err
}
