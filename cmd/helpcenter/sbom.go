package main

import (
	"net/url"
	"runtime/debug"
	"strings"
)

// A bill of materials as CycloneDX 1.5 has it (https://cyclonedx.org/docs/1.5/json/),
// as far as the build info of a Go program can fill it. It has no serial number
// and no time, which would make two of the same program differ.
type bill struct {
	Format     string      `json:"bomFormat"`
	Spec       string      `json:"specVersion"`
	Version    int         `json:"version"` // of the bill
	Metadata   metadata    `json:"metadata"`
	Components []component `json:"components"`
}

type metadata struct {
	Component component `json:"component"`
}

type component struct {
	Ref        string     `json:"bom-ref"`
	Type       string     `json:"type"`
	Name       string     `json:"name"`
	Version    string     `json:"version"`
	URL        string     `json:"purl"`
	Properties []property `json:"properties,omitempty"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// materials lists the program, the standard library and all modules. A module's
// line in go.sum goes along as a property: it is no hash of one file, which
// CycloneDX would have in its place.
func materials(info *debug.BuildInfo) bill {
	program := goComponent("application", info.Main.Path, info.Main.Version)
	for _, s := range info.Settings {
		if s.Value != "" {
			program.Properties = append(program.Properties, property{"go:build:" + s.Key, s.Value})
		}
	}
	std := goComponent("library", "std", strings.TrimPrefix(info.GoVersion, "go"))
	b := bill{Format: "CycloneDX", Spec: "1.5", Version: 1, Metadata: metadata{program}, Components: []component{std}}
	for _, m := range modules(info) {
		c := goComponent("library", m.Path, m.Version)
		if m.Sum != "" {
			c.Properties = []property{{"go:sum", m.Sum}}
		}
		b.Components = append(b.Components, c)
	}
	return b
}

// goComponent names a module by its package URL, in which Go's modules are in
// lower case (https://github.com/package-url/purl-spec).
func goComponent(kind, path, version string) component {
	at := "pkg:golang/" + strings.ToLower(path)
	if version != "" {
		at += "@" + strings.ReplaceAll(url.PathEscape(version), "+", "%2B")
	}
	return component{Ref: at, Type: kind, Name: path, Version: version, URL: at}
}
