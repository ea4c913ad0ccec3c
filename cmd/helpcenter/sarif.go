package main

import (
	"bytes"
	"io/fs"
	"net/url"
	"slices"
	"unicode/utf16"

	"helpcenter/site/diag"
)

// A sarifLog is the part of SARIF 2.1.0 that a list of findings needs (OASIS, Static Analysis Results
// Interchange Format; sections 3.13 and following).
type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool       sarifTool     `json:"tool"`
	ColumnKind string        `json:"columnKind"`
	Results    []sarifResult `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name  string      `json:"name"`
	Rules []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID string `json:"id"`
}

type sarifResult struct {
	RuleID    string          `json:"ruleId"`
	RuleIndex int             `json:"ruleIndex"`
	Level     string          `json:"level"`
	Message   sarifMessage    `json:"message"`
	Locations []sarifLocation `json:"locations"`
}

type sarifMessage struct {
	Text string `json:"text"`
}

type sarifLocation struct {
	Physical sarifPhysical `json:"physicalLocation"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   *sarifRegion  `json:"region,omitempty"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn,omitempty"`
}

// newSARIF returns the log of one run. It reads the files to convert columns, which SARIF does not count in
// bytes.
func newSARIF(files fs.FS, found []diag.Finding) sarifLog {
	run := sarifRun{
		Tool:       sarifTool{sarifDriver{Name: "helpcenter", Rules: []sarifRule{}}},
		ColumnKind: "utf16CodeUnits",
		Results:    []sarifResult{},
	}
	var ids []string
	for _, f := range found {
		ids = append(ids, f.Rule)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	for _, id := range ids {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{id})
	}
	for _, f := range found {
		index, _ := slices.BinarySearch(ids, f.Rule)
		run.Results = append(run.Results, newSARIFResult(files, f, index))
	}
	return sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}}
}

func newSARIFResult(files fs.FS, f diag.Finding, rule int) sarifResult {
	text := f.Message
	if f.Suggestion != "" {
		text += "; " + f.Suggestion
	}
	at := sarifPhysical{Artifact: sarifArtifact{(&url.URL{Path: f.File}).String()}}
	if f.Line > 0 {
		at.Region = &sarifRegion{f.Line, column(files, f.Position)}
	}
	return sarifResult{f.Rule, rule, string(f.Severity), sarifMessage{text}, []sarifLocation{{at}}}
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
