package lint

import "strings"

var english = &tongue{
	common: strings.Fields(`the of and to for with without from by on at as is are was were be been being am an this that these
		those it its you your yours we our us they their them he she his her not or but if then than which who whom whose what
		when where why how can could will would should shall may might must cannot have has had having does did done don doesn
		didn isn aren wasn weren won there here about into over under after before until while because though although during
		between through also only just still already yet more most less least any some each every all both another other such
		same very up out off again once per ad come a i in no me so do data fine piano
		choose select click press enter wait sign go see get make find look ask want need know read keep stay stays buy pay
		remove change changed appears appear expires expire renews renew shows show left right top bottom`),
	endings: newEndings("s es ed ing ies ied y e", true),
	vague: texts("here|click here|click|press here|tap here|see here|go here|read here|more|read more|learn more|find out more|see more|" +
		"more info|more information|more details|details|this|this page|this link|this article|link|page|continue|continue reading|read on"),
	numerals: map[string]int{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
		"ten": 10, "eleven": 11, "twelve": 12, "first": 1, "second": 2, "third": 3, "fourth": 4, "half": 2, "twice": 2, "hundred": 100},
	abbreviations: set("eg e.g i.e ie etc vs nr approx incl excl max min mr mrs ms dr inc ltd co corp st fig ext tel jan feb mar apr jun jul aug sep sept oct nov dec"),
	small:         set("the a an of to in on at by for from with and or but if then as is are was were be this these those it you your not can will"),
	twice:         set("that had is so very bye no"),
	ease: &ease{
		name:   "Flesch reading ease",
		least:  50,
		length: syllables,
		index:  flesch,
	},
}
