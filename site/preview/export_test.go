package preview

// Internals for the external tests of this package.

const PreviewEvents = previewEvents
const PreviewTag = previewTag

type Report = report
