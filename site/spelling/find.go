package spelling

import (
	"fmt"
	"io/fs"
	"strings"

	"golang.org/x/text/language"
)

// Find reads the dictionary for a BCP 47 tag from the first folder that has one: the one for its region
// (it_IT.dic), it.dic, the one for the region where most people speak the language, or any other it_*.dic. It
// returns nil if no folder has one, and an error if it cannot be read.
func Find(tag string, folders ...fs.FS) (*Dictionary, error) {
	t := language.Make(tag)
	base, _ := t.Base()
	region, _ := t.Region()
	likely, _ := language.Make(base.String()).Region()
	for _, folder := range folders {
		names, _ := fs.Glob(folder, base.String()+"_*.dic") // the pattern is valid
		files := append([]string{
			fmt.Sprintf("%s_%s.dic", base, region), fmt.Sprintf("%s.dic", base), fmt.Sprintf("%s_%s.dic", base, likely),
		}, names...)
		for _, name := range files {
			dic, err := fs.ReadFile(folder, name)
			if err != nil {
				continue
			}
			aff, err := fs.ReadFile(folder, strings.TrimSuffix(name, "dic")+"aff")
			if err != nil {
				return nil, err
			}
			d, err := Read(aff, dic)
			if err != nil {
				return nil, fmt.Errorf("dictionary %s: %w", name, err)
			}
			return d, nil
		}
	}
	return nil, nil
}
