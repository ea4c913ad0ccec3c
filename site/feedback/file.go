package feedback

import (
	"errors"
	"fmt"
	"runtime/debug"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// update writes to a file, which it creates if necessary.
func update(path string, do func(tx *bbolt.Tx) error) error {
	return open(path, &bbolt.Options{Timeout: lockTimeout, MaxSize: maxSize},
		func(db *bbolt.DB) error { return db.Update(do) })
}

// view reads a file.
func view(path string, do func(tx *bbolt.Tx) error) error {
	return open(path, &bbolt.Options{Timeout: lockTimeout, ReadOnly: true},
		func(db *bbolt.DB) error { return db.View(do) })
}

// open opens a file, calls do and closes the file. Whatever is wrong with the file is an error, although bbolt
// panics at an impossible page, and reading beyond the end of a truncated file is a memory fault.
func open(path string, o *bbolt.Options, do func(db *bbolt.DB) error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = damaged(path, fmt.Sprint(p))
		}
	}()
	db, err := bbolt.Open(path, 0o640, o)
	switch {
	case err == nil:
		defer func() { err = errors.Join(err, db.Close()) }()
		return do(db)
	case errors.Is(err, bolterrors.ErrTimeout):
		return fmt.Errorf("%s: another program has locked it for more than %s; end that program, or copy the file",
			path, lockTimeout)
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum),
		errors.Is(err, bolterrors.ErrVersionMismatch):
		return damaged(path, err.Error())
	}
	return err
}

func damaged(path, why string) error {
	return fmt.Errorf("%s: damaged, or not a file of 'helpcenter serve --data' (%s); move it away, "+
		"or put a copy in its place", path, why)
}
