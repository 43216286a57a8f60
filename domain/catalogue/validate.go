package catalogue

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"datacharter/domain/refusal"
)

// Greatest sizes, in characters and items. Published catalogues stay well below: the longest title seen has 414 characters, the longest summary 4,965.
const (
	MaxTitleRunes   = 500
	MaxSummaryRunes = 10_000
	MaxLineRunes    = 300
	MaxAddressRunes = 2_000
	MaxKeyRunes     = 1_000
	MaxItems        = 50
	MaxFields       = 300
	MaxFieldsRunes  = 30_000 // of all data fields together: what a cell of a spreadsheet holds
)

// Validate lists what keeps a normalised resource out of the catalogue, by field; nil means it is good.
// Title and provider are required: nobody can apply for a resource without a name, or ask the consent of a provider nobody knows.
// own are keys of sources that are known beside the list.
func Validate(r Resource, own ...string) []refusal.Field {
	var faults []refusal.Field
	fault := func(wrong bool, code refusal.Code, field string, params ...string) {
		if wrong {
			faults = append(faults, code.At(field, params...))
		}
	}
	length := func(field, value string, limit int) {
		fault(utf8.RuneCountInString(value) > limit, refusal.TooLong, field, "max", strconv.Itoa(limit))
	}
	items := func(field string, values []string) {
		fault(len(values) > MaxItems, refusal.TooMany, field, "max", strconv.Itoa(MaxItems))
		for _, v := range values[:min(len(values), MaxItems)] {
			length(field, v, MaxLineRunes)
		}
	}

	fault(r.Title == "", refusal.Required, "title")
	fault(r.Provider == "", refusal.Required, "provider")
	_, known := SourceByKey(r.Source)
	fault(!known && !slices.Contains(own, r.Source), refusal.UnknownReference, "source")
	fault(r.SourceKey == "", refusal.Required, "sourceKey")
	fault(!slices.Contains(Frequencies(), r.Frequency), refusal.NotAChoice, "frequency", "choices", join(Frequencies()))
	fault(!slices.Contains(Accesses(), r.Access), refusal.NotAChoice, "access", "choices", join(Accesses()))
	fault(r.FirstPublished != "" && !ValidDate(r.FirstPublished), refusal.NotADate, "firstPublished")
	fault(r.Updated != "" && !ValidDate(r.Updated), refusal.NotADate, "updated")

	length("sourceKey", r.SourceKey, MaxKeyRunes)
	length("title", r.Title, MaxTitleRunes)
	length("summary", r.Summary, MaxSummaryRunes)
	length("provider", r.Provider, MaxLineRunes)
	length("providerCode", r.ProviderCode, MaxLineRunes)
	length("theme", r.Theme, MaxLineRunes)
	length("subject", r.Subject, MaxLineRunes)
	length("industry", r.Industry, MaxLineRunes)
	length("scenario", r.Scenario, MaxLineRunes)
	items("tags", r.Tags)
	length("frequencyPublished", r.FrequencyPublished, MaxLineRunes)
	length("accessPublished", r.AccessPublished, MaxLineRunes)
	items("formats", r.Formats)
	length("version", r.Version, MaxLineRunes)
	length("license", r.License, MaxLineRunes)
	length("contact", r.Contact, MaxLineRunes)
	length("detailUrl", r.DetailURL, MaxAddressRunes)
	length("language", r.Language, MaxLineRunes)
	length("holder", r.Holder, MaxLineRunes)
	items("spatial", r.Spatial)
	fault(len(r.Fields) > MaxFields, refusal.TooMany, "fields", "max", strconv.Itoa(MaxFields))
	length("fields", joinFields(r.Fields), MaxFieldsRunes)
	fault(r.TemporalFrom != "" && !ValidPeriod(r.TemporalFrom), refusal.NotADate, "temporalFrom")
	fault(r.TemporalTo != "" && !ValidPeriod(r.TemporalTo), refusal.NotADate, "temporalTo")
	return faults
}

func join[T ~string](values []T) string {
	s := ""
	for i, v := range values {
		if i > 0 {
			s += ", "
		}
		s += string(v)
	}
	return s
}
