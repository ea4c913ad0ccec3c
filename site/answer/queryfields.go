package answer

// The fields that a question may have besides facts. No fact may be called so.
const (
	FieldLang    = "lang"
	FieldRenewal = "renewal"
	FieldOn      = "on"
)
