//go:build !linux

package site

import "os"

// lockFolder takes no lock where the system has none on folders.
func lockFolder(dir string) (*os.File, error) { return os.Open(dir) }

// exchange swaps two folders by three renames: for a moment there is no b.
func exchange(a, b string) error {
	old := b + ".old"
	if err := os.Rename(b, old); err != nil {
		return err
	}
	if err := os.Rename(a, b); err != nil {
		os.Rename(old, b)
		return err
	}
	return os.Rename(old, a)
}
