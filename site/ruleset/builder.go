package ruleset

import (
	"maps"
	"regexp"
	"slices"

	"helpcenter/site/diag"
	"helpcenter/site/tomlfile"
)

// builder turns the tables of a file into a Ruleset, resolving names to indexes.
type builder struct {
	src    file
	loc    *tomlfile.Locator
	rs     *Ruleset
	seen   map[string]bool
	limits []limit

	numbers int // numbers that replaced limits
	found   []diag.Finding
	more    int // findings beyond maxFindings
}

// maxFindings is the most findings listed for one file.
const maxFindings = 200

// add adds a finding. Findings beyond the limit are only counted, in the last one.
func (b *builder) add(f diag.Finding) {
	if len(b.found) < maxFindings {
		b.found = append(b.found, f)
		return
	}
	b.more++
	b.found[maxFindings-1] = diag.Errorf(f.Position, f.Rule, "%d more findings are not listed", b.more+1).
		Suggest("correct the others first")
}

// reported returns how many findings have been added.
func (b *builder) reported() int { return len(b.found) + b.more }

// refer records a reference found at path.
func (b *builder) refer(ref, what string, path ...any) {
	if ref != "" {
		b.rs.references = append(b.rs.references, Reference{ref, what, path[len(path)-1] == "action", b.loc.Value(path...)})
	}
}

var idForm = regexp.MustCompile(`^[a-z0-9]+([-_][a-z0-9]+)*$`)

// ident checks that an id is well-formed, since it becomes part of addresses and message ids, and that it is unique
// among its kind.
func (b *builder) ident(kind, id string, path ...any) {
	at := b.loc.Value(path...)
	switch {
	case id == "" && b.loc.Misspelt(path...):
	case id == "":
		b.add(diag.Errorf(at, "missing-id", "this %s has no id", kind).
			Suggest("give it one, of small letters, digits and hyphens"))
	case len(id) > maxName:
		b.add(diag.Errorf(at, "bad-id", "the id of this %s has %d characters (allowed: %d)", kind, len(id), maxName).
			Suggest("use a shorter one: ids are parts of addresses"))
	case !idForm.MatchString(id):
		b.add(diag.Errorf(at, "bad-id", "invalid %s %q", kind, id).
			Suggest("use small letters and digits, with - or _ between them"))
	case b.seen[kind+" "+id]:
		b.add(diag.Errorf(at, "duplicate-id", "%s %q is defined twice", kind, id).
			Suggest("rename or remove one of them"))
	}
	b.seen[kind+" "+id] = true
}

// unknown adds a finding about a name that is not allowed, unless the table that may define it is misspelt.
func (b *builder) unknown(at diag.Position, kind, name string, allowed []string) {
	if b.loc.Misspelt(kind) || kind == "value" && b.loc.Misspelt("group") {
		return
	}
	if len(b.found) == maxFindings {
		b.add(diag.Errorf(at, "unknown-"+kind, ""))
		return
	}
	f := diag.Errorf(at, "unknown-"+kind, "unknown %s %q (allowed: %s)", kind, name, diag.List(allowed))
	if near := diag.Nearest(name, allowed); near != "" {
		b.add(f.Suggest("did you mean %q?", near))
	} else {
		b.add(f.Suggest("write one of these, or add the %s to the file", kind))
	}
}

// index returns the position of a name in a list. If it is missing, it adds a finding and returns -1.
func (b *builder) index(kind, name string, list []string, path ...any) int {
	i := slices.Index(list, name)
	if i < 0 && !b.loc.Misspelt(path...) {
		b.unknown(b.loc.Value(path...), kind, name, list)
	}
	return i
}

// indexes is like index for one or several names.
func (b *builder) indexes(kind string, raw any, list []string, path ...any) (set Bits) {
	names, paths := b.names(raw, path...)
	for i, name := range names {
		if n := b.index(kind, name, list, paths[i]...); n >= 0 {
			set = set.with(n)
		}
	}
	return set
}

// names returns the names in raw, which is one name or a list, each with its path.
func (b *builder) names(raw any, path ...any) (names []string, paths [][]any) {
	switch raw := raw.(type) {
	case string:
		return []string{raw}, [][]any{path}
	case []any:
		for i, item := range raw {
			at := append(slices.Clone(path), i)
			if name, ok := item.(string); ok {
				names, paths = append(names, name), append(paths, at)
			} else {
				b.add(diag.Errorf(b.loc.Value(at...), "wrong-type", "not a name in quotes").Suggest("write it in quotes"))
			}
		}
		return names, paths
	}
	b.add(diag.Errorf(b.loc.Value(path...), "wrong-type", "not a name in quotes, nor a list of names").
		Suggest(`write for example "name" or ["one", "two"]`))
	return nil, nil
}

// values reads values of a fact, given by name or by the name of a group.
func (b *builder) values(fact int, raw any, path ...any) (set Bits) {
	f := b.rs.Facts[fact]
	if f.Type == SetOf {
		return b.sets(fact, raw, path...)
	}
	if f.numeric() {
		raw = asTexts(raw)
	}
	names, paths := b.names(raw, path...)
	if list, ok := raw.([]any); ok && len(list) == 0 {
		b.add(diag.Errorf(b.loc.Value(path...), "empty-list", "an empty list covers no case").
			Suggest("name at least one value, or leave the fact out for any value"))
	}
	for i, name := range names {
		values, ok := b.named(fact, name)
		at := b.loc.Value(paths[i]...)
		if !ok && f.numeric() {
			values, ok = b.tested(fact, name, at), true
		}
		switch {
		case !ok:
			b.unknown(at, "value", name, append(slices.Clone(b.rs.Facts[fact].Values), b.groupIDs(fact)...))
		case !values.and(set).Empty():
			b.add(diag.Errorf(at, "dead-value", "%q: the list already has %s",
				name, words{b.rs}.valueWords(fact, values.and(set))).
				Suggest("name each value once"))
		}
		set = set.or(values)
	}
	return set
}

// asTexts converts numbers, alone or in a list, to texts.
func asTexts(raw any) any {
	if text, ok := digits(raw); ok {
		return text
	}
	list, ok := raw.([]any)
	if !ok {
		return raw
	}
	texts := slices.Clone(list)
	for i, item := range list {
		if text, ok := digits(item); ok {
			texts[i] = text
		}
	}
	return texts
}

// named returns the values that a name denotes: a value or a group.
func (b *builder) named(fact int, name string) (Bits, bool) {
	if v := slices.Index(b.rs.Facts[fact].Values, name); v >= 0 {
		return Bits{}.with(v), true
	}
	for _, g := range b.rs.Groups {
		if g.Fact == fact && g.ID == name {
			return g.Values, true
		}
	}
	return Bits{}, false
}

func (b *builder) groupIDs(fact int) (list []string) {
	for _, g := range b.rs.Groups {
		if g.Fact == fact {
			list = append(list, g.ID)
		}
	}
	return list
}

// box reads a `when` or a `given`. A fact that it does not mention may have any value.
func (b *builder) box(when map[string]any, path ...any) Box {
	box := b.rs.anything()
	for _, id := range slices.Sorted(maps.Keys(when)) {
		at := append(slices.Clone(path), id)
		if f := b.rs.Fact(id); f >= 0 {
			box[f] = b.values(f, when[id], at...).and(firstBits(len(b.rs.Facts[f].Values)))
		} else {
			b.unknown(b.loc.Key(at...), "fact", id, b.rs.factIDs())
		}
	}
	return box
}
