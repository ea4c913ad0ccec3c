package main

import (
	"bytes"
	"io/fs"
	"net/url"
	"slices"
	"unicode/utf16"

	"helpcenter/site/diag"
	language "helpcenter/site/lint"
)

// An object is a JSON object in the SARIF log.
type object map[string]any

// newSARIF returns a log with the part of SARIF 2.1.0 that a list of findings needs (OASIS, Static Analysis Results
// Interchange Format; sections 3.13 and following). It reads the files to convert columns, which SARIF does not
// count in bytes.
func newSARIF(files fs.FS, found []diag.Finding) object {
	var ids []string
	for _, f := range found {
		ids = append(ids, f.Rule)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	rules, results := []object{}, []object{} // never null
	for _, id := range ids {
		rules = append(rules, sarifRule(id))
	}
	for _, f := range found {
		rule, _ := slices.BinarySearch(ids, f.Rule)
		results = append(results, newSARIFResult(files, f, rule))
	}
	return object{
		"$schema": "https://json.schemastore.org/sarif-2.1.0.json",
		"version": "2.1.0",
		"runs": []object{{
			"tool":       object{"driver": object{"name": "helpcenter", "rules": rules}},
			"columnKind": "utf16CodeUnits",
			"results":    results,
		}},
	}
}

// sarifRule describes a rule, with an example of what it finds.
func sarifRule(id string) object {
	all := language.Rules()
	i := slices.IndexFunc(all, func(r language.Rule) bool { return r.ID == id })
	if i < 0 {
		return object{"id": id}
	}
	r := all[i]
	help := "Bad:\n\n" + r.Bad
	if r.Good != "" {
		help += "\n\nGood:\n\n" + r.Good
	}
	return object{
		"id":                   id,
		"shortDescription":     object{"text": r.Summary},
		"help":                 object{"text": help},
		"helpUri":              "https://pkg.go.dev/helpcenter/site/lint#hdr-Rules",
		"defaultConfiguration": object{"level": r.Severity},
	}
}

func newSARIFResult(files fs.FS, f diag.Finding, rule int) object {
	text := f.Message
	if f.Suggestion != "" {
		text += "; " + f.Suggestion
	}
	place := object{"artifactLocation": object{"uri": (&url.URL{Path: f.File}).String()}}
	if f.Line > 0 {
		region := object{"startLine": f.Line}
		if column := column(files, f.Position); column > 0 {
			region["startColumn"] = column
		}
		place["region"] = region
	}
	return object{
		"ruleId":    f.Rule,
		"ruleIndex": rule,
		"level":     f.Severity,
		"message":   object{"text": text},
		"locations": []object{{"physicalLocation": place}},
	}
}

// column converts a column from bytes to UTF-16 code units, both counted from 1. It returns 0 if the column is
// unknown.
func column(files fs.FS, at diag.Position) int {
	data, err := fs.ReadFile(files, at.File)
	lines := bytes.Split(data, []byte("\n"))
	if err != nil || at.Column == 0 || at.Line > len(lines) {
		return 0
	}
	line := lines[at.Line-1]
	return 1 + len(utf16.Encode([]rune(string(line[:min(at.Column-1, len(line))]))))
}
