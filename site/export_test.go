package site

// What external tests of this package see of its inside.

const FailureText = failureText
const FailureTitle = failureTitle
const NearestAddress = nearestAddress
const NearestEntries = nearestEntries

type Entry = entry

var ProgramMessages = programMessages
