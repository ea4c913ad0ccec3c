package article

// What external tests of this package see of its inside.

const MaxAddress = maxAddress
const MaxBlock = maxBlock
const MaxBrackets = maxBrackets
const MaxCells = maxCells
const MaxFront = maxFront
const MaxHTML = maxHTML
const MaxHeadings = maxHeadings
const MaxNesting = maxNesting

type Front = front

var Slug = slug
