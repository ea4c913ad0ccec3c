// Package theme makes the colours of pages from one accent, for light and dark.
//
// Colours are computed in OKLCH, where equal steps of lightness look equal
// (https://bottosson.github.io/posts/oklab/). Every pair of text and background that a page shows has the contrast
// of 4.5 that WCAG 2 requires at level AA. [Of] refuses an accent that is too light for that on a light page, and
// names the nearest one that passes. If a dark page needs a lighter accent, it is computed.
package theme

import (
	"fmt"
	"strings"
)

// A Theme is the colours made from an accent.
type Theme struct{ light, dark tones }

// tones are the tokens of a colour scheme, as site.css names them.
type tones struct{ pine, deep, tint, head color }

// minContrast is the contrast that text needs at level AA.
const minContrast = 4.5

// A ground is the colours of a scheme that do not depend on the accent.
type ground struct{ paper, card, ink, soft color }

// The grounds of site.css, in light and dark.
var (
	light = ground{hex("#fbfaf6"), hex("#ffffff"), hex("#17211f"), hex("#55615e")}
	dark  = ground{hex("#101615"), hex("#18211f"), hex("#e9eeec"), hex("#a9b5b1")}
	white = hex("#ffffff")
)

// Of returns the theme of an accent, written as #rrggbb.
func Of(accent string) (Theme, error) {
	c, ok := parse(accent)
	if !ok {
		return Theme{}, fmt.Errorf("invalid colour %q: write it as #rrggbb, such as #0d5f5a", accent)
	}
	t := derive(c)
	if got := t.light.least(light); got < minContrast {
		return Theme{}, fmt.Errorf("the accent %s has a contrast of %.1f on a light page, and text needs 4.5 (WCAG AA); "+
			"the nearest that passes is %s", accent, got, nearest(c))
	}
	return t, nil
}

// derive returns the theme of an accent, whether it passes or not.
func derive(accent color) Theme {
	a := accent.oklch()
	lightTones := tones{
		pine: accent, deep: a.at(max(a.l-.1, .18), a.c).color(),
		tint: a.at(.955, min(a.c/4, .025)).color(), head: a.at(min(a.l, .33), min(a.c, .1)).color(),
	}
	darkTones := tones{deep: a.at(.89, min(a.c, .08)).color(), head: a.at(.25, min(a.c, .05)).color()}
	darkTones.tint = a.at(.28, min(a.c*.4, .04)).color()
	darkTones.pine = a.at(max(a.l, .8), min(a.c, .12)).color()
	return Theme{lightTones, darkTones}
}

// nearest returns the lightest accent that passes, of the same hue and no lighter than accent.
func nearest(accent color) color {
	a := accent.oklch()
	low, high := 0.0, a.l
	for range 20 {
		middle := (low + high) / 2
		if derive(a.at(middle, a.c).color()).light.least(light) < minContrast {
			high = middle
		} else {
			low = middle
		}
	}
	return a.at(low, a.c).color()
}

// least returns the lowest contrast among the pairs of text and background that pages show.
func (t tones) least(g ground) float64 {
	return min(
		contrast(t.pine, g.paper), contrast(t.pine, g.card), contrast(t.pine, t.tint), // links, and text on buttons
		contrast(t.deep, g.paper), contrast(t.deep, t.tint),
		contrast(g.ink, t.tint), contrast(g.soft, t.tint), contrast(white, t.head),
	)
}

// Color returns the colour of the header on light pages, which also colours the frame of a browser.
func (t Theme) Color() string { return t.light.head.String() }

// CSS returns the tokens that replace those of site.css.
func (t Theme) CSS() string {
	return ":root{" + t.light.tokens() + "}\n@media (prefers-color-scheme:dark){:root{" + t.dark.tokens() + "}}\n"
}

func (t tones) tokens() string {
	return fmt.Sprintf("--pine:%s;--pine-deep:%s;--tint:%s;--head:%s", t.pine, t.deep, t.tint, t.head)
}

// Font returns the rules that set all text in the font at an address, a WOFF2 file.
func Font(address string) string {
	return `@font-face{font-family:"own";font-weight:100 900;font-display:swap;src:url("` +
		strings.NewReplacer(`"`, "%22", `\`, "%5C", "\n", "").Replace(address) + `") format("woff2")}` +
		"\n" + `:root{--sans:"own",system-ui,sans-serif;--serif:var(--sans)}` + "\n"
}
