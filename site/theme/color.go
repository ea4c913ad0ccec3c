package theme

import (
	"fmt"
	"math"
	"strconv"
)

// A color is a colour in sRGB with 8 bits per channel.
type color [3]uint8

func (c color) String() string { return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]) }

// parse parses #rrggbb.
func parse(s string) (c color, ok bool) {
	if len(s) != 7 || s[0] != '#' {
		return c, false
	}
	for i := range c {
		v, err := strconv.ParseUint(s[1+2*i:3+2*i], 16, 8)
		if err != nil {
			return c, false
		}
		c[i] = uint8(v)
	}
	return c, true
}

// hex is parse for colours known to be valid.
func hex(s string) color {
	c, _ := parse(s)
	return c
}

// linear returns the linear value of an sRGB channel, from 0 to 1.
func linear(v uint8) float64 {
	f := float64(v) / 255
	if f <= .04045 {
		return f / 12.92
	}
	return math.Pow((f+.055)/1.055, 2.4)
}

// luminance returns the relative luminance of WCAG 2.
func (c color) luminance() float64 {
	return .2126*linear(c[0]) + .7152*linear(c[1]) + .0722*linear(c[2])
}

// contrast returns the contrast ratio of WCAG 2, from 1 to 21.
func contrast(a, b color) float64 {
	la, lb := a.luminance(), b.luminance()
	return (max(la, lb) + .05) / (min(la, lb) + .05)
}

// An oklch is a colour in OKLCH: lightness from 0 to 1, chroma, and hue in radians.
type oklch struct{ l, c, h float64 }

// at returns a colour of the same hue with another lightness and chroma.
func (o oklch) at(l, c float64) oklch { return oklch{l, c, o.h} }

func (c color) oklch() oklch {
	r, g, b := linear(c[0]), linear(c[1]), linear(c[2])
	l := math.Cbrt(.4122214708*r + .5363325363*g + .0514459929*b)
	m := math.Cbrt(.2119034982*r + .6806995451*g + .1073969566*b)
	s := math.Cbrt(.0883024619*r + .2817188376*g + .6299787005*b)
	lightness := .2104542553*l + .7936177850*m - .0040720468*s
	x := 1.9779984951*l - 2.4285922050*m + .4505937099*s
	y := .0259040371*l + .7827717662*m - .8086757660*s
	return oklch{lightness, math.Hypot(x, y), math.Atan2(y, x)}
}

// color returns the colour in sRGB, with reduced chroma if sRGB lacks it.
func (o oklch) color() color {
	low, high := 0.0, o.c
	if _, ok := o.rgb(); ok {
		low = o.c
	}
	for range 20 {
		middle := (low + high) / 2
		if _, ok := o.at(o.l, middle).rgb(); ok {
			low = middle
		} else {
			high = middle
		}
	}
	c, _ := o.at(o.l, low).rgb()
	return c
}

// rgb converts to sRGB, and reports whether sRGB has the colour.
func (o oklch) rgb() (c color, ok bool) {
	x, y := o.c*math.Cos(o.h), o.c*math.Sin(o.h)
	l := math.Pow(o.l+.3963377774*x+.2158037573*y, 3)
	m := math.Pow(o.l-.1055613458*x-.0638541728*y, 3)
	s := math.Pow(o.l-.0894841775*x-1.2914855480*y, 3)
	ok = true
	for i, v := range [3]float64{
		4.0767416621*l - 3.3077115913*m + .2309699292*s,
		-1.2684380046*l + 2.6097574011*m - .3413193965*s,
		-.0041960863*l - .7034186147*m + 1.7076147010*s,
	} {
		ok = ok && v >= -.0005 && v <= 1.0005
		v = min(max(v, 0), 1)
		if v <= .0031308 {
			v *= 12.92
		} else {
			v = 1.055*math.Pow(v, 1/2.4) - .055
		}
		c[i] = uint8(math.Round(v * 255))
	}
	return c, ok
}
