package preview

// What external tests of this package see of its inside.

const PreviewEvents = previewEvents
const PreviewTag = previewTag

type Report = report
