package publish

import "context"

const ManifestName = manifestName

var LinkOrCopy = linkOrCopy
var ReadState = readState
var RemoveFolder = removeFolder

// PublishFile publishes a site of one file; meanwhile is called when it has been written.
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
	return s.publish(manifest)
}
