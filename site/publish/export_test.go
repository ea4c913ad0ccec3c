package publish

// What external tests of this package see of its inside.

const ManifestName = manifestName

var LinkOrCopy = linkOrCopy
var OpenStaging = openStaging
var ReadState = readState
var RemoveFolder = removeFolder
