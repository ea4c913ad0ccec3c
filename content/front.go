package content

// frontLine is the line of a file on which front matter begins, after the +++.
const frontLine = 2
