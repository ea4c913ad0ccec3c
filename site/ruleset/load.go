package ruleset

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"

	"helpcenter/site/civil"
	"helpcenter/site/diag"
	"helpcenter/site/tomlfile"
)

// A Set holds the checkers of a folder, each in one or more versions, and records the files that did not make one.
type Set struct {
	versions map[string][]*Ruleset   // by checker, the earliest first
	broken   []*Ruleset              // what could be read of the other files
	days     map[string][]civil.Date // by checker: the first days of its versions, including those with mistakes
}

// Load reads every .toml file at the top level of fsys, the folder rules/. The Set holds the checkers that decide
// every case; the findings say what is wrong with all files. An empty or missing folder has no checker. For a file
// with mistakes, the Set keeps the id and the references, so that other files are not blamed for it ([Set.Lacks])
// and other mistakes are found in the same run ([Set.References]).
func Load(fsys fs.FS) (*Set, []diag.Finding) {
	set := &Set{versions: map[string][]*Ruleset{}, days: map[string][]civil.Date{}}
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		set.broken = append(set.broken, &Ruleset{})
		return set, []diag.Finding{unreadable("rules", err)}
	}
	var found []diag.Finding
	var files []*builder
	for _, e := range entries {
		name := e.Name()
		if path.Ext(name) != ".toml" {
			continue
		}
		data, err := tomlfile.Read(fsys, name)
		if err != nil {
			found = append(found, unreadable("rules/"+name, err))
			set.broken = append(set.broken, &Ruleset{})
			continue
		}
		if b, ok := decode("rules/"+name, data); ok {
			files = append(files, b)
		} else {
			found = append(found, b.found...)
			set.broken = append(set.broken, b.rs)
		}
	}
	return set, diag.Sort(append(found, set.compile(files)...))
}

// compile adds the checkers of some files, each after the checkers that its facts are from.
func (s *Set) compile(files []*builder) (found []diag.Finding) {
	checkers := map[string][]*builder{}
	for _, b := range files {
		checkers[b.src.ID] = append(checkers[b.src.ID], b)
		s.days[b.src.ID] = append(s.days[b.src.ID], b.src.ValidFrom)
	}
	visited, waiting := map[*builder]bool{}, map[string]bool{}
	var visit func(b *builder)
	visit = func(b *builder) {
		if visited[b] {
			return
		}
		visited[b] = true
		defer func(before bool) { waiting[b.src.ID] = before }(waiting[b.src.ID])
		waiting[b.src.ID] = true
		for _, fact := range b.src.Facts {
			for _, other := range checkers[fact.From] {
				visit(other)
			}
		}
		r, more, ok := b.compile(s, waiting)
		if found = append(found, more...); ok {
			found = append(found, s.add(r)...)
		} else {
			s.broken = append(s.broken, r)
		}
	}
	for _, b := range files {
		visit(b)
	}
	return found
}

// read returns the versions of a checker that could be read, the earliest first, including those with mistakes.
func (s *Set) read(id string) []*Ruleset {
	list := s.Versions(id)
	for _, r := range s.broken {
		if r.ID == id {
			list = append(list, r)
		}
	}
	slices.SortStableFunc(list, func(x, y *Ruleset) int { return x.ValidFrom.Compare(y.ValidFrom) })
	return list
}

// next returns the first day of the version of a checker that follows the one in force on a day, or zero if none
// follows.
func (s *Set) next(id string, day civil.Date) (next civil.Date) {
	for _, d := range s.days[id] {
		if day.Before(d) && (next.IsZero() || d.Before(next)) {
			next = d
		}
	}
	return next
}

func unreadable(name string, err error) diag.Finding {
	return diag.Errorf(diag.Position{File: name}, "unreadable", "cannot be read: %v", err)
}

// add inserts a version in order, unless another is valid from the same day.
func (s *Set) add(r *Ruleset) []diag.Finding {
	list := s.versions[r.ID]
	at, taken := slices.BinarySearchFunc(list, r.ValidFrom, func(v *Ruleset, day civil.Date) int {
		return v.ValidFrom.Compare(day)
	})
	if taken {
		s.broken = append(s.broken, r)
		return []diag.Finding{diag.Errorf(r.Position, "duplicate-version",
			"checker %q is valid from the same day in %s", r.ID, list[at].Position).
			Suggest("give the later version a later valid_from, or remove one of the files")}
	}
	s.versions[r.ID] = slices.Insert(list, at, r)
	return nil
}

// IDs returns the ids of the checkers, sorted.
func (s *Set) IDs() []string { return slices.Sorted(maps.Keys(s.versions)) }

// Known returns the ids of the checkers and of those whose files have mistakes, sorted.
func (s *Set) Known() []string {
	ids := s.IDs()
	for _, r := range s.broken {
		if idForm.MatchString(r.ID) {
			ids = append(ids, r.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Lacks reports whether the set is known to have no file for this checker. It returns false if a file for it has
// mistakes, or if the id of some file cannot be read.
func (s *Set) Lacks(id string) bool {
	return len(s.versions[id]) == 0 && !slices.ContainsFunc(s.broken, func(r *Ruleset) bool {
		return r.ID == id || !idForm.MatchString(r.ID)
	})
}

// Whole reports whether every file made a checker.
func (s *Set) Whole() bool { return len(s.broken) == 0 }

// References returns the sections and addresses that any version of any checker names, as far as the files could be
// read.
func (s *Set) References() []Reference {
	var list []Reference
	for _, id := range s.IDs() {
		for _, r := range s.versions[id] {
			list = append(list, r.references...)
		}
	}
	for _, r := range s.broken {
		list = append(list, r.references...)
	}
	return list
}

// Versions returns the versions of a checker, the earliest first.
func (s *Set) Versions(id string) []*Ruleset { return slices.Clone(s.versions[id]) }

// At returns the version of a checker in force on a day: the latest that is valid from that day or earlier. If all
// are valid from a later day, it returns the earliest, which is not yet [Ruleset.InForce]. It returns nil if there
// is no such checker.
func (s *Set) At(id string, day civil.Date) *Ruleset {
	var at *Ruleset
	for _, r := range s.versions[id] {
		if at == nil || !day.Before(r.ValidFrom) {
			at = r
		}
	}
	return at
}

// Draft is like [Set.At], but also returns a checker whose file leaves cases undecided or has other mistakes, as
// long as it has a table. It must not be published.
func (s *Set) Draft(id string, day civil.Date) *Ruleset {
	for _, r := range s.broken {
		if r.ID == id && r.table != nil && r.questions != nil && (s.At(id, day) == nil || r.InForce(day)) {
			return r
		}
	}
	return s.At(id, day)
}

// Boundaries returns the days on which a version of some checker comes into force, in order.
func (s *Set) Boundaries() []civil.Date {
	var days []civil.Date
	for _, list := range s.versions {
		for _, r := range list {
			if !r.ValidFrom.IsZero() {
				days = append(days, r.ValidFrom)
			}
		}
	}
	slices.SortFunc(days, civil.Date.Compare)
	return slices.Compact(days)
}

// NamesChecker reports whether a reference is the id of a checker rather than a section.
func NamesChecker(ref string) bool { return idForm.MatchString(ref) }

// others reads facts whose values are the outcomes of other checkers.
type others struct {
	*builder
	set     *Set
	waiting map[string]bool  // this checker, and those that take values from it
	only    map[int]*Ruleset // by fact: the version that its values are from, if there is only one
}

// read takes the values from the other checkers. It returns false if some cannot be determined.
func (b others) read() bool {
	known := true
	for i, src := range b.src.Facts {
		if src.From == "" {
			continue
		}
		b.alone(src, i)
		at := b.loc.Value("fact", i, "from")
		switch {
		case b.waiting[src.From]:
			b.add(diag.Errorf(at, "circle", "the facts of checker %q are from %q", src.From, b.src.ID).
				Suggest("give the fact values of its own"))
			known = false
		case b.set.Lacks(src.From):
			b.noChecker(at, src.From)
			known = false
		default:
			known = b.take(src, i) && known
		}
	}
	return known
}

// noChecker reports a checker that has no file, unless some file has a mistake in its id.
func (b others) noChecker(at diag.Position, id string) {
	all := slices.Sorted(maps.Keys(b.set.days))
	if slices.ContainsFunc(all, func(id string) bool { return !idForm.MatchString(id) }) {
		return
	}
	all = slices.DeleteFunc(all, func(id string) bool { return id == b.src.ID })
	f := diag.Errorf(at, "checker", "no such checker: %q (allowed: %s)", id, diag.List(all))
	if near := diag.Nearest(id, all); near != "" {
		b.add(f.Suggest("did you mean %q?", near))
	} else {
		b.add(f.Suggest("add its rules as a file of their own, or give the fact values"))
	}
}

// alone refuses keys that the other checker already determines.
func (b others) alone(src factTable, i int) {
	for _, key := range []string{"type", "values", "min", "max", "step", "find_out"} {
		if at := b.loc.Key("fact", i, key); at != b.loc.Key("fact", i) {
			b.add(diag.Errorf(at, "from", "fact %q is from %q, and has no %s of its own", src.ID, src.From, key).
				Suggest("remove the line: the values are that checker's outcomes, and readers are led there"))
		}
	}
}

// take gives a fact the outcomes of another checker, in the version in force when this one begins. Later versions
// must have the same outcomes for as long as this one is in force.
func (b others) take(src factTable, i int) bool {
	versions := b.set.read(src.From)
	if len(versions) == 0 || slices.ContainsFunc(versions, func(r *Ruleset) bool { return len(r.Outcomes) == 0 }) {
		return false
	}
	later := slices.IndexFunc(versions, func(r *Ruleset) bool { return b.src.ValidFrom.Before(r.ValidFrom) })
	if later < 0 {
		later = len(versions)
	}
	now, until := versions[max(later-1, 0)], b.set.next(b.src.ID, b.src.ValidFrom)
	src.Values = now.outcomeIDs()
	b.factValues(src, i, 2, maxValues)
	b.rs.Facts[i].Values, b.rs.Facts[i].FindOut = src.Values, src.From
	b.rs.version = fmt.Sprintf("%x", sha256.Sum256([]byte(b.rs.version+now.version)))[:12]
	b.only[i] = now
	for _, r := range versions[later:] {
		if r == now || !until.IsZero() && !r.ValidFrom.Before(until) {
			continue
		}
		if delete(b.only, i); !sameNames(src.Values, r.outcomeIDs()) {
			b.add(diag.Errorf(b.loc.Value("fact", i, "from"), "from", "from %s on, checker %q has other outcomes: %s",
				r.ValidFrom, src.From, diag.List(r.outcomeIDs())).
				Suggest("add a version of %q with valid_from = %s", b.src.ID, r.ValidFrom))
			break
		}
	}
	return true
}

func sameNames(x, y []string) bool {
	return len(x) == len(y) && !slices.ContainsFunc(x, func(name string) bool { return !slices.Contains(y, name) })
}
