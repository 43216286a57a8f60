// Package catalogue describes public data resources as published catalogues know them: what each is, who provides it, how it may be had.
// It brings published values to one form and says what it had to change; it never guesses a value.
package catalogue

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Resource is one public data resource. Names in brackets are the DCAT 3 terms of the fields; empty means that the catalogue does not say.
// Sets (Tags, Formats, Spatial) are sorted and free of repeats, so that their order in a file makes no difference.
type Resource struct {
	ID                 string    `json:"id"`                           // from Source and SourceKey, see ResourceID
	Source             string    `json:"source"`                       // key of a Source
	SourceKey          string    `json:"sourceKey"`                    // what identifies the resource in its source (dct:identifier)
	Title              string    `json:"title"`                        // one line (dct:title)
	Summary            string    `json:"summary,omitempty"`            // may have several lines (dct:description)
	Provider           string    `json:"provider"`                     // name of the providing organisation as published (dct:publisher)
	ProviderCode       string    `json:"providerCode,omitempty"`       // the source's own code of that organisation
	Theme              string    `json:"theme,omitempty"`              // the source's main division (dcat:theme)
	Subject            string    `json:"subject,omitempty"`            // government subject class (dct:subject)
	Industry           string    `json:"industry,omitempty"`           // industry class
	Scenario           string    `json:"scenario,omitempty"`           // scenario of use
	Tags               []string  `json:"tags,omitempty"`               // (dcat:keyword)
	Frequency          Frequency `json:"frequency"`                    // (dct:accrualPeriodicity)
	FrequencyPublished string    `json:"frequencyPublished,omitempty"` // the source's word for Frequency
	Access             Access    `json:"access"`                       // (dct:accessRights)
	AccessPublished    string    `json:"accessPublished,omitempty"`    // the source's word for Access
	Formats            []string  `json:"formats,omitempty"`            // lower case (dct:format)
	FirstPublished     string    `json:"firstPublished,omitempty"`     // YYYY-MM-DD (dct:issued)
	Updated            string    `json:"updated,omitempty"`            // YYYY-MM-DD (dct:modified)
	Version            string    `json:"version,omitempty"`            // (dcat:version)
	License            string    `json:"license,omitempty"`            // (dct:license)
	Contact            string    `json:"contact,omitempty"`            // (dcat:contactPoint)
	DetailURL          string    `json:"detailUrl,omitempty"`          // the resource's page in its source (dcat:landingPage)
	Language           string    `json:"language,omitempty"`           // language of title and summary, such as zh (dct:language)

	Holder       string      `json:"holder,omitempty"`       // 持有单位: the body that holds the data by its duty, where the source tells it from the provider (dct:rightsHolder)
	Fields       []DataField `json:"fields,omitempty"`       // in the order of the source (csvw:column)
	Spatial      []string    `json:"spatial,omitempty"`      // names or codes of places that it covers (dct:spatial)
	TemporalFrom string      `json:"temporalFrom,omitempty"` // first time that it covers: YYYY, YYYY-MM or YYYY-MM-DD (dct:temporal)
	TemporalTo   string      `json:"temporalTo,omitempty"`   // last time that it covers
}

// ResourceID is the identifier of the resource that has this key in this source: the same on every import.
func ResourceID(source, sourceKey string) string {
	sum := sha256.Sum256([]byte(source + "\x00" + sourceKey))
	return "res-" + hex.EncodeToString(sum[:8])
}

// AnsweredBy is the name of the organisation that answers for the data: its holder where one is named (26号 Art. 3), else its provider.
func (r Resource) AnsweredBy() string { return cmp.Or(r.Holder, r.Provider) }

// Digest is a SHA-256 over everything the resource says, in hex: two resources with the same digest do not differ.
func (r Resource) Digest() string {
	h := sha256.New()
	for _, f := range r.fields() {
		if f.later && f.value == "" {
			continue
		}
		// Neither a field name nor a normalised value holds a NUL, so the fields cannot run into each other.
		h.Write([]byte(f.name + "\x00" + f.value + "\x00"))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Difference is one field in which two resources differ. Sets are joined with commas, data fields with line breaks and their parts with tabs.
type Difference struct {
	Field string `json:"field"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// Differences lists the fields in which two resources differ, in the order of the fields.
func Differences(from, to Resource) []Difference {
	var all []Difference
	after := to.fields()
	for i, f := range from.fields() {
		if f.value != after[i].value {
			all = append(all, Difference{Field: f.name, From: f.value, To: after[i].value})
		}
	}
	return all
}

type field struct {
	name, value string
	later       bool // resources were stored before there was such a field: of one that has none of it the digest stays what it was
}

// fields lists every field with its value, in the order and with the names of the JSON form.
func (r Resource) fields() []field {
	return []field{
		{name: "id", value: r.ID},
		{name: "source", value: r.Source},
		{name: "sourceKey", value: r.SourceKey},
		{name: "title", value: r.Title},
		{name: "summary", value: r.Summary},
		{name: "provider", value: r.Provider},
		{name: "providerCode", value: r.ProviderCode},
		{name: "theme", value: r.Theme},
		{name: "subject", value: r.Subject},
		{name: "industry", value: r.Industry},
		{name: "scenario", value: r.Scenario},
		{name: "tags", value: strings.Join(r.Tags, ",")},
		{name: "frequency", value: string(r.Frequency)},
		{name: "frequencyPublished", value: r.FrequencyPublished},
		{name: "access", value: string(r.Access)},
		{name: "accessPublished", value: r.AccessPublished},
		{name: "formats", value: strings.Join(r.Formats, ",")},
		{name: "firstPublished", value: r.FirstPublished},
		{name: "updated", value: r.Updated},
		{name: "version", value: r.Version},
		{name: "license", value: r.License},
		{name: "contact", value: r.Contact},
		{name: "detailUrl", value: r.DetailURL},
		{name: "language", value: r.Language},
		{name: "holder", value: r.Holder, later: true},
		{name: "fields", value: joinFields(r.Fields), later: true},
		{name: "spatial", value: strings.Join(r.Spatial, ","), later: true},
		{name: "temporalFrom", value: r.TemporalFrom, later: true},
		{name: "temporalTo", value: r.TemporalTo, later: true},
	}
}
