package ruleset

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"

	"helpcenter/site/civil"
	"helpcenter/site/diag"
	"helpcenter/site/tomlfile"
)

// A Set holds the checkers of a folder, each in one or several versions, and knows
// what files it could not make a checker of.
type Set struct {
	versions map[string][]*Ruleset // by checker, the earliest first
	broken   []*Ruleset            // what could be read of the other files
}

// Load reads every .toml file at the top of fsys, which is the folder rules/. The
// Set holds those that decide every case; the findings say what is wrong with
// all of them. A folder without files has no checker. Of a file with mistakes it
// keeps the id and the references, so that others are not blamed for it
// ([Set.Lacks]) and what else is wrong is found in the same run
// ([Set.References]).
func Load(fsys fs.FS) (*Set, []diag.Finding) {
	set := &Set{versions: map[string][]*Ruleset{}}
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		set.broken = append(set.broken, &Ruleset{})
		return set, []diag.Finding{unreadable("rules", err)}
	}
	var found []diag.Finding
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
		r, fs, ok := compile("rules/"+name, data)
		found = append(found, fs...)
		if ok {
			found = append(found, set.add(r)...)
		} else {
			set.broken = append(set.broken, r)
		}
	}
	return set, diag.Sort(found)
}

func unreadable(name string, err error) diag.Finding {
	return diag.Errorf(diag.Position{File: name}, "unreadable", "cannot be read: %v", err)
}

// add puts a version in its place, unless that place is taken.
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

// IDs returns the checkers, sorted.
func (s *Set) IDs() []string { return slices.Sorted(maps.Keys(s.versions)) }

// Known returns the checkers and those whose files have mistakes, sorted.
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

// Lacks reports whether no file is of that checker. One whose file has mistakes is
// there: they have been found. Where the id of a file cannot be read, it may be
// any.
func (s *Set) Lacks(id string) bool {
	return len(s.versions[id]) == 0 && !slices.ContainsFunc(s.broken, func(r *Ruleset) bool {
		return r.ID == id || !idForm.MatchString(r.ID)
	})
}

// Whole reports whether a checker could be made of every file.
func (s *Set) Whole() bool { return len(s.broken) == 0 }

// References returns the sections and addresses that any version of any checker names, as far
// as its file could be read.
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

// At returns the version of a checker that holds on a day: the last that is
// valid from that day or an earlier one. If all are valid from a later day, it
// returns the earliest, which is not yet [Ruleset.InForce]; nil if there is no
// such checker.
func (s *Set) At(id string, day civil.Date) *Ruleset {
	var at *Ruleset
	for _, r := range s.versions[id] {
		if at == nil || !day.Before(r.ValidFrom) {
			at = r
		}
	}
	return at
}

// Draft is like [Set.At], but also returns a checker whose file leaves cases undecided or
// has other mistakes, if it has a table. It must not be published.
func (s *Set) Draft(id string, day civil.Date) *Ruleset {
	for _, r := range s.broken {
		if r.ID == id && r.table != nil && r.questions != nil && (s.At(id, day) == nil || r.InForce(day)) {
			return r
		}
	}
	return s.At(id, day)
}

// Boundaries returns the days, in order, on which a version of some checker comes
// into force.
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
