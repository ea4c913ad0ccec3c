package watch

import (
	"fmt"
	"syscall"
)

// networkTypes are the file systems on which the system does not report changes by other machines, by magic number
// (statfs(2)). They include FUSE, which containers use for folders of their host.
var networkTypes = map[uint32]string{
	0x01021997: "9P",
	0x5346414f: "AFS",
	0x00c36400: "Ceph",
	0xff534d42: "CIFS",
	0x65735546: "FUSE",
	0x00006969: "NFS",
	0x0000517b: "SMB",
	0xfe534d42: "SMB2",
}

// networkFS returns an error if a folder is on a network file system.
func networkFS(dir string) error {
	var disk syscall.Statfs_t
	if syscall.Statfs(dir, &disk) != nil {
		return nil // dir does not exist
	}
	if name, ok := networkTypes[uint32(disk.Type)]; ok {
		return fmt.Errorf("%s is on a network file system (%s)", dir, name)
	}
	return nil
}
