package ruleset

import (
	"encoding"
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// The schema offers exactly the keys that are read.
func TestSchemaKeys(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("../../rules/checker.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	compareKeys(t, "checker", schema, reflect.TypeFor[file]())
}

// compareKeys compares the properties of a schema with the keys of the type that TOML is decoded into, recursively.
func compareKeys(t *testing.T, at string, schema *jsonschema.Schema, read reflect.Type) {
	t.Helper()
	for schema != nil && schema.Ref != nil {
		schema = schema.Ref
	}
	if schema == nil || schema.Description == "" {
		t.Errorf("%s: the schema does not say what stands here", at)
		return
	}
	switch {
	case read.Kind() == reflect.Pointer:
		compareKeys(t, at, schema, read.Elem())
	case read.Kind() == reflect.Slice:
		compareKeys(t, at+"[]", schema.Items2020, read.Elem())
	case read.Kind() == reflect.Struct && !reflect.PointerTo(read).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		keys := tomlKeys(read)
		if got, want := slices.Sorted(maps.Keys(schema.Properties)),
			slices.Sorted(maps.Keys(keys)); !slices.Equal(got, want) {
			t.Errorf("%s: the schema has %q, read are %q", at, got, want)
		}
		if schema.AdditionalProperties != false {
			t.Errorf("%s: the schema lets any key stand", at)
		}
		for key, below := range keys {
			compareKeys(t, at+" "+key, schema.Properties[key], below)
		}
	}
}

// tomlKeys returns the types of a struct's fields by their TOML keys.
func tomlKeys(read reflect.Type) map[string]reflect.Type {
	keys := map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(read) {
		keys[f.Tag.Get("toml")] = f.Type
	}
	return keys
}
