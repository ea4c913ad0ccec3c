package site

// What holds of every kind of page, shown by a browser.
