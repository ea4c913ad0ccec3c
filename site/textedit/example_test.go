package textedit_test

import (
	"fmt"
	"strings"
	"testing"

	"helpcenter/site/diag"
	"helpcenter/site/textedit"
)

func Example() {
	text := []byte("slug = \"old\"\ntitle = 'T'\n")
	edit, ok := textedit.EditString(text, diag.Position{Line: 1, Column: 8}, "old", "new")
	end := len(text)
	fmt.Print(ok, "\n", string(textedit.Apply(text, []textedit.Edit{{From: end, To: end, Text: "draft = true\n"}, edit})))
	// Output:
	// true
	// slug = "new"
	// title = 'T'
	// draft = true
}

// A Cursor finds what Offset finds, in any order, and nothing outside the text.
func TestCursor(t *testing.T) {
	for _, text := range []string{"", "a", "a\nbc\n\nd", "\ufeffab\r\nc"} {
		data := []byte(text)
		c := textedit.Cursor{Data: data}
		lines := strings.SplitAfter(strings.TrimPrefix(text, "\ufeff"), "\n")
		off := len(text) - len(strings.Join(lines, ""))
		for i, line := range lines {
			for column := 1; column <= len(line); column++ {
				at := diag.Position{Line: i + 1, Column: column}
				if got, once := c.Offset(at), textedit.Offset(data, at); got != off || once != off {
					t.Errorf("%q: %v is at %d and %d, want %d", text, at, got, once, off)
				}
				off++
			}
		}
		for _, at := range []diag.Position{
			{Line: len(lines) + 1, Column: 1}, {Line: 1, Column: len(text) + 2}, {Line: 1, Column: -4},
		} {
			if got := c.Offset(at); got >= 0 {
				t.Errorf("%q: %v is at %d", text, at, got)
			}
		}
		if len(text) > 0 && c.Offset(diag.Position{Line: 1, Column: 1}) != len(text)-len(strings.Join(lines, "")) {
			t.Errorf("%q: the first place is not found after the last", text)
		}
	}
}
