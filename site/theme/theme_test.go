package theme

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"
)

// Every accent either gives a theme with readable texts, in light and dark, or is refused with one of the same hue
// that does.
func TestOf(t *testing.T) {
	refused := 0
	for r := 0; r < 256; r += 36 {
		for g := 0; g < 256; g += 36 {
			for b := 0; b < 256; b += 36 {
				accent := color{uint8(r), uint8(g), uint8(b)}
				theme, err := Of(accent.String())
				if err != nil {
					refused++
					text := err.Error()
					if theme, err = Of(text[len(text)-len("#000000"):]); err != nil {
						t.Fatalf("%s: %s, and that: %v", accent, text, err)
					}
					near := theme.light.pine.oklch()
					if turn := math.Abs(math.Remainder(near.h-accent.oklch().h, 2*math.Pi)); near.c > .03 && turn > .2 {
						t.Errorf("%s: %s has another hue", accent, theme.light.pine)
					}
				}
				if got := min(theme.light.least(light), theme.dark.least(dark)); got < minContrast {
					t.Errorf("%s has a contrast of %.2f: %+v", accent, got, theme)
				}
			}
		}
	}
	if refused < 100 || refused > 400 {
		t.Errorf("%d of %d accents are refused", refused, 8*8*8)
	}
}

// A refused accent is darkened only as far as necessary.
func TestNearest(t *testing.T) {
	for accent, want := range map[string]float64{"#ff0000": 4.5, "#ffcc00": 4.5, "#00aaff": 4.5, "#ffffff": 4.5} {
		near := nearest(hex(accent))
		if got := derive(near).light.least(light); got < want || got > want+.15 {
			t.Errorf("%s: %s has a contrast of %.2f", accent, near, got)
		}
	}
}

func TestInvalidAccents(t *testing.T) {
	for _, accent := range []string{"", "red", "#fff", "#12345", "#1234567", "#12345g", "0d5f5a", "#+12345", "# 12345"} {
		if _, err := Of(accent); err == nil {
			t.Errorf("%q is accepted", accent)
		}
	}
}

// Contrasts by definition, and of well-known pairs.
func TestContrast(t *testing.T) {
	for pair, want := range map[[2]string]float64{
		{"#000000", "#ffffff"}: 21, {"#777777", "#ffffff"}: 4.48, {"#0000ff", "#ffffff"}: 8.59, {"#abcdef", "#abcdef"}: 1,
	} {
		if got := contrast(hex(pair[0]), hex(pair[1])); math.Abs(got-want) > .01 {
			t.Errorf("%v: %.2f, want %.2f", pair, got, want)
		}
	}
	for _, c := range []color{{0, 0, 0}, {255, 255, 255}, {13, 95, 90}, {255, 0, 0}, {1, 2, 250}} {
		if back := c.oklch().color(); back != c {
			t.Errorf("%s becomes %s", c, back)
		}
	}
}

// The tokens that do not depend on the accent are those of site.css, which also has each token that does.
func TestTokens(t *testing.T) {
	css, err := os.ReadFile("../assets/site.css")
	if err != nil {
		t.Fatal(err)
	}
	schemes := strings.SplitN(string(css), "prefers-color-scheme: dark", 2)
	for i, g := range []ground{light, dark} {
		tokens := map[string]string{}
		for _, m := range regexp.MustCompile(`--([\w-]+): (#[0-9a-f]+)`).FindAllStringSubmatch(schemes[i], -1) {
			if tokens[m[1]] == "" {
				tokens[m[1]] = strings.Replace(m[2], "#fff", "#ffffff", 1)[:7]
			}
		}
		for name, want := range map[string]color{"paper": g.paper, "card": g.card, "ink": g.ink, "soft": g.soft} {
			if tokens[name] != want.String() {
				t.Errorf("scheme %d: --%s is %q, here %s", i, name, tokens[name], want)
			}
		}
		own := tones{hex(tokens["pine"]), hex(tokens["pine-deep"]), hex(tokens["tint"]), hex(tokens["head"])}
		if got := own.least(g); got < minContrast {
			t.Errorf("scheme %d of site.css has a contrast of %.2f", i, got)
		}
	}
}

func ExampleOf() {
	theme, err := Of("#0d5f5a")
	fmt.Print(theme.CSS(), err, "\n")
	_, err = Of("#ffcc00")
	fmt.Println(strings.SplitAfter(err.Error(), "; ")[1])
	// Output:
	// :root{--pine:#0d5f5a;--pine-deep:#00413e;--tint:#e3f4f2;--head:#003f3b}
	// @media (prefers-color-scheme:dark){:root{--pine:#86cdc7;--pine-deep:#a2ebe4;--tint:#172e2c;--head:#002826}}
	// <nil>
	// the nearest that passes is #876a00
}
