package content

import "embed"

// Files is the room as it ships.
//
//go:embed *.toml */*
var Files embed.FS
