package main

import (
	"bytes"
	"encoding/json"
	"regexp"
	"runtime/debug"
	"strings"
	"testing"
)

// The bill has the shape of CycloneDX, names everything once, and is the same
// each time.
func TestBillOfMaterials(t *testing.T) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		t.Fatal("the test knows nothing of its build")
	}
	text := billText(t)
	if text != billText(t) {
		t.Error("two bills of the same program differ")
	}
	var b bill
	if err := json.Unmarshal([]byte(text), &b); err != nil {
		t.Fatal(err)
	}
	if b.Format != "CycloneDX" || b.Spec != "1.5" || b.Version != 1 || b.Metadata.Component.Type != "application" || b.Metadata.Component.Name != "helpcenter" {
		t.Errorf("it begins with %+v", b.Metadata)
	}
	if want := len(info.Deps) + 1; len(b.Components) != want { // and the standard library
		t.Errorf("it has %d components, want %d", len(b.Components), want)
	}
	purl := regexp.MustCompile(`^pkg:golang/[a-z0-9./_~-]+@[A-Za-z0-9.%_-]+$`)
	refs := map[string]bool{}
	for _, c := range b.Components {
		if c.Type != "library" || c.Name == "" || c.Version == "" || !purl.MatchString(c.URL) || refs[c.Ref] {
			t.Errorf("component %+v", c)
		}
		refs[c.Ref] = true
	}
	for _, want := range []string{`"purl": "pkg:golang/std@1.`, `"purl": "pkg:golang/github.com/burntsushi/toml@v1.`, `"value": "h1:`} {
		if !strings.Contains(text, want) {
			t.Errorf("it lacks %s", want)
		}
	}
}

func billText(t *testing.T) string {
	t.Helper()
	var out, log bytes.Buffer
	if code := run(t.Context(), []string{"version", "--sbom"}, console{&out, &log}); code != exitFine {
		t.Fatalf("exit %d: %s", code, &log)
	}
	return out.String()
}

func TestPackageURLs(t *testing.T) {
	for _, test := range []struct{ path, version, want string }{
		{"github.com/BurntSushi/toml", "v1.6.0", "pkg:golang/github.com/burntsushi/toml@v1.6.0"},
		{"example.com/old", "v2.0.0+incompatible", "pkg:golang/example.com/old@v2.0.0%2Bincompatible"},
		{"helpcenter", "(devel)", "pkg:golang/helpcenter@%28devel%29"},
		{"helpcenter", "", "pkg:golang/helpcenter"},
	} {
		if got := goComponent("library", test.path, test.version).URL; got != test.want {
			t.Errorf("%s %s: %s, want %s", test.path, test.version, got, test.want)
		}
	}
}
