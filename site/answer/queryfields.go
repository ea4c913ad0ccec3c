package answer

// The fields that a question may have besides facts and anchors. Neither may be called so.
const (
	FieldLang = "lang"
	FieldOn   = "on"
)
