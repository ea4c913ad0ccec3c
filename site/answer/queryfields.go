package answer

import "helpcenter/site/ruleset"

// The fields that a question may have besides facts and anchors. Neither may be called so.
const (
	FieldLang = ruleset.FieldLang
	FieldOn   = ruleset.FieldOn
)
