package answer

import "helpcenter/site/ruleset"

// The fields that a question may have besides facts and anchors, which must not have these names.
const (
	FieldLang = ruleset.FieldLang
	FieldOn   = ruleset.FieldOn
)
