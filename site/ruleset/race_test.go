//go:build race

package ruleset

func init() { raceDetector = true }
