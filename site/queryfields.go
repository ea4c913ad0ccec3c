package site

// The fields that a question may have besides facts. No fact may be called so.
const (
	fieldLang    = "lang"
	fieldRenewal = "renewal"
	fieldOn      = "on"
)
