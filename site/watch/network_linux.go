package watch

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// networkTypes are file systems whose changes by other machines are not reported. FUSE is among them, since
// containers use it for the folders of their host.
var networkTypes = map[uint32]string{
	unix.AFS_SUPER_MAGIC:  "AFS",
	unix.CEPH_SUPER_MAGIC: "Ceph",
	unix.CIFS_SUPER_MAGIC: "CIFS",
	unix.FUSE_SUPER_MAGIC: "FUSE",
	unix.NFS_SUPER_MAGIC:  "NFS",
	unix.SMB_SUPER_MAGIC:  "SMB",
	unix.SMB2_SUPER_MAGIC: "SMB2",
	unix.V9FS_MAGIC:       "9P",
}

// networkFS returns an error if a folder is on a network file system.
func networkFS(dir string) error {
	var disk unix.Statfs_t
	if unix.Statfs(dir, &disk) != nil {
		return nil // it does not exist
	}
	if name, ok := networkTypes[uint32(disk.Type)]; ok {
		return fmt.Errorf("%s is on a network file system (%s)", dir, name)
	}
	return nil
}
