package article_test

import (
	"encoding"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"helpcenter/site/article"
	"helpcenter/site/library"
)

// The schemas offer exactly the keys that are read.
func TestSchemaKeys(t *testing.T) {
	for file, read := range map[string]reflect.Type{
		"article.schema.json": reflect.TypeFor[article.Front](),
		"site.schema.json":    reflect.TypeFor[library.Site](),
	} {
		schema, err := jsonschema.NewCompiler().Compile("../../content/" + file)
		if err != nil {
			t.Fatal(err)
		}
		compareKeys(t, file, schema, read)
	}
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
		name, tagged := f.Tag.Lookup("toml")
		if !tagged {
			name = strings.ToLower(f.Name)
		}
		if name != "-" && f.IsExported() {
			keys[name] = f.Type
		}
	}
	return keys
}
