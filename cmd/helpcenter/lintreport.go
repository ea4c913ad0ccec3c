package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"helpcenter/site/diag"
)

// below returns the findings in the given files or folders. These are given below DIR (content/it), or as paths of
// articles or of their folders, in all languages (goto-meeting/billing). Without paths, it returns all findings.
func below(files fs.FS, dir string, paths []string, found []diag.Finding) ([]diag.Finding, error) {
	if len(paths) == 0 {
		return found, nil
	}
	var patterns []string
	for _, arg := range paths {
		p := path.Clean(filepath.ToSlash(arg))
		if rel, err := filepath.Rel(dir, arg); dir != "" && err == nil && filepath.IsLocal(rel) {
			p = filepath.ToSlash(rel)
		}
		known := false
		for _, pattern := range []string{p, "content/*/" + p, "content/*/" + p + ".md"} {
			if matches, err := fs.Glob(files, pattern); err == nil && len(matches) > 0 {
				known = true
				patterns = append(patterns, matches...)
			}
		}
		if !known {
			return nil, usagef("no file or article %q", arg)
		}
	}
	return slices.DeleteFunc(found, func(f diag.Finding) bool {
		return !slices.ContainsFunc(patterns, func(p string) bool {
			return p == "." || f.File == p || strings.HasPrefix(f.File, p+"/")
		})
	}), nil
}

// newSince removes the findings of a baseline, a file written earlier by --format json. Findings are the same if
// file, rule and message are, on whatever line; each is removed at most as often as the baseline has it.
func newSince(baseline string, found []diag.Finding) ([]diag.Finding, error) {
	if baseline == "" {
		return found, nil
	}
	data, err := os.ReadFile(baseline)
	if err != nil {
		return nil, err
	}
	var known []diag.Finding
	if err := json.Unmarshal(data, &known); err != nil {
		return nil, fmt.Errorf("%s: not written by helpcenter lint --format json: %w", baseline, err)
	}
	type key struct{ file, rule, message string }
	left := map[key]int{}
	for _, f := range known {
		left[key{f.File, f.Rule, f.Message}]++
	}
	return slices.DeleteFunc(found, func(f diag.Finding) bool {
		k := key{f.File, f.Rule, f.Message}
		left[k]--
		return left[k] >= 0
	}), nil
}

// printSummary prints how often each rule found something, the most frequent first.
func printSummary(w io.Writer, found []diag.Finding) {
	type row struct {
		severity diag.Severity
		rule     string
	}
	count := map[row]int{}
	var rows []row
	for _, f := range found {
		r := row{f.Severity, f.Rule}
		if count[r]++; count[r] == 1 {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Or(count[b]-count[a], strings.Compare(a.rule, b.rule)) })
	for _, r := range rows {
		fmt.Fprintf(w, "%6d %-7s %s\n", count[r], r.severity, r.rule)
	}
}
