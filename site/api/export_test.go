package api

// What external tests of this package see of its inside.

const MaxBatch = maxBatch
const MaxBatches = maxBatches
const MaxRefusals = maxRefusals

type Calendar = calendar
type Problem = problem

var EscapeText = escapeText
var MaxDeciding = maxDeciding
