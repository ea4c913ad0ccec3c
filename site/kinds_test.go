package site_test

// What holds of every kind of page, shown by a browser.
