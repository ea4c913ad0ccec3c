//go:build !linux

package content

import "time"

// stampOf knows no stamps: what stands for them differs from system to system, and
// reading a file is safe on all of them.
func stampOf(source, time.Time) Sum { return Sum{} }
