package article

// Exported for the external tests of this package.
const (
	MaxAddress  = maxAddress
	MaxArticle  = maxArticle
	MaxBlock    = maxBlock
	MaxBrackets = maxBrackets
	MaxCells    = maxCells
	MaxFront    = maxFront
	MaxHTML     = maxHTML
	MaxHeadings = maxHeadings
	MaxNesting  = maxNesting
)

// ForeignFile is foreign.toml, which describes the syntax of other tools.
var ForeignFile = foreignFile
