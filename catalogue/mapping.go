package catalogue

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"datacharter/domain/catalogue"
	"datacharter/domain/refusal"
)

// Mapping says how a source of one's own writes its resources. It is kept under the source's key, so that importing again needs the key alone.
type Mapping struct {
	Source   string            `json:"source" yaml:"source"`               // key of the source, which is its name too
	Form     MappedForm        `json:"form" yaml:"form"`                   // of the file
	Language string            `json:"language,omitempty" yaml:"language"` // of titles and summaries, such as zh
	Fields   map[string]string `json:"fields,omitempty" yaml:"fields"`     // by field of a resource: the column, or the path in JSON; a|b is b where a is empty
	Fixed    map[string]string `json:"fixed,omitempty" yaml:"fixed"`       // by field: a value that the source does not write
	Words    map[string]Words  `json:"words,omitempty" yaml:"words"`       // for frequency and access: what the source's words mean
	Sheet    string            `json:"sheet,omitempty" yaml:"sheet"`       // of XLSX; the first when empty
	Skip     int               `json:"skipRows,omitempty" yaml:"skipRows"` // rows above the headings of a table
}

// Words are codes by the words for them.
type Words map[string]string

// MappedForm is a form of file that a mapping can read.
type MappedForm string

// The forms.
const (
	CSV  MappedForm = "csv"
	XLSX MappedForm = "xlsx"
	CKAN MappedForm = "ckan" // the answer of CKAN's package_search or current_package_list_with_resources
	DCAT MappedForm = "dcat" // JSON-LD
)

var mappedForms = []MappedForm{CSV, XLSX, CKAN, DCAT}

// usual are the paths of the fields in forms that have names of their own; a mapping need not repeat them.
var usual = map[MappedForm]map[string]string{
	CKAN: {
		"sourceKey": "id|name", "title": "title|name", "summary": "notes", "provider": "organization.title|organization.name|author", "providerCode": "organization.id",
		"theme": "groups.title|groups.display_name|groups.name", "tags": "tags.display_name|tags.name|tags", "formats": "resources.format", "license": "license_title|license_id",
		"firstPublished": "metadata_created", "updated": "metadata_modified", "version": "version", "contact": "maintainer_email|author_email|maintainer|author",
		"detailUrl": "url", "frequency": "frequency|update_frequency", "holder": "data_holder|holder", "fields": "fields|data_dictionary", "spatial": "spatial_text|spatial_coverage|geographic_coverage",
		"temporalFrom": "temporal_start|temporal_coverage_from", "temporalTo": "temporal_end|temporal_coverage_to",
	},
	DCAT: {
		"sourceKey": "identifier|@id", "title": "title", "summary": "description", "provider": "publisher.name|publisher.prefLabel|publisher.label", "providerCode": "publisher.identifier",
		"theme": "theme.prefLabel|theme.label|theme", "subject": "subject.prefLabel|subject.label|subject", "industry": "industry.prefLabel", "scenario": "scenario.prefLabel",
		"tags": "keyword", "formats": "distribution.format.label|distribution.format.@id|distribution.format|distribution.mediaType", "license": "license.label|license.title|license.@id|license",
		"firstPublished": "issued", "updated": "modified", "version": "version|versionInfo", "contact": "contactPoint.fn|contactPoint.hasEmail|contactPoint", "detailUrl": "landingPage.@id|landingPage",
		"frequency": "frequencyPublished|accrualPeriodicity.@id|accrualPeriodicity", "access": "accessPublished|access|accessRights.@id|accessRights", "language": "language.@id|language",
		"holder": "rightsHolder.name|rightsHolder.prefLabel|rightsHolder.label", "fields": "tableSchema.column|tableSchema.columns|column", "spatial": "spatial.prefLabel|spatial.label|spatial.@id|spatial",
		"temporalFrom": "temporal.startDate|temporal.hasBeginning.inXSDDate", "temporalTo": "temporal.endDate|temporal.hasEnd.inXSDDate",
	},
}

// mappable are the fields of a resource that a mapping can fill.
var mappable = []string{
	"sourceKey", "title", "summary", "provider", "providerCode", "theme", "subject", "industry", "scenario", "tags", "frequency", "access", "formats",
	"firstPublished", "updated", "version", "license", "contact", "detailUrl", "language", "holder", "fields", "spatial", "temporalFrom", "temporalTo",
}

// Greatest sizes of a mapping.
const (
	maxSourceRunes  = 60
	maxMappingBytes = 64 << 10
	maxSkippedRows  = 100
)

// ParseMapping reads a mapping from YAML or JSON and lists what is wrong with it.
func ParseMapping(file []byte) (Mapping, *refusal.Refusal) {
	var m Mapping
	if len(file) > maxMappingBytes || !utf8.Valid(file) {
		return m, refusal.MappingUnreadable.With()
	}
	if err := yaml.NewDecoder(bytes.NewReader(file), yaml.Strict()).Decode(&m); err != nil {
		return m, refusal.MappingUnreadable.With()
	}
	return m, refusal.InvalidFields(m.Faults())
}

// Faults lists what is wrong with the mapping.
func (m Mapping) Faults() []refusal.Field {
	var faults []refusal.Field
	fault := func(wrong bool, code refusal.Code, path string, params ...string) {
		if wrong {
			faults = append(faults, code.At(path, params...))
		}
	}
	_, published := catalogue.SourceByKey(m.Source)
	fault(m.Source == "", refusal.Required, "source")
	fault(published || strings.ContainsFunc(m.Source, func(r rune) bool { return r < ' ' || r == '=' }), refusal.SourceKeyUnfit, "source")
	fault(utf8.RuneCountInString(m.Source) > maxSourceRunes, refusal.TooLong, "source", "max", strconv.Itoa(maxSourceRunes))
	fault(!slices.Contains(mappedForms, m.Form), refusal.NotAChoice, "form", "choices", "csv, xlsx, ckan, dcat")
	fault(m.Skip < 0 || m.Skip > maxSkippedRows, refusal.NotAChoice, "skipRows", "choices", "0–"+strconv.Itoa(maxSkippedRows))
	for _, section := range []struct {
		name   string
		fields map[string]string
	}{{"fields", m.Fields}, {"fixed", m.Fixed}} {
		for _, name := range slices.Sorted(maps.Keys(section.fields)) {
			fault(!slices.Contains(mappable, name), refusal.NotAChoice, section.name+"."+name, "choices", strings.Join(mappable, ", "))
		}
	}
	for _, name := range []string{"title", "provider"} {
		fault(m.path(name) == "" && m.Fixed[name] == "", refusal.Required, "fields."+name)
	}
	for _, name := range slices.Sorted(maps.Keys(m.Words)) {
		fault(name != "frequency" && name != "access", refusal.NotAChoice, "words."+name, "choices", "frequency, access")
		for _, word := range slices.Sorted(maps.Keys(m.Words[name])) {
			_, frequency := catalogue.FrequencyOf(m.Words[name][word])
			_, access := catalogue.AccessOf(m.Words[name][word])
			fault(name == "frequency" && !frequency, refusal.NotAChoice, "words.frequency", "choices", codesOf(catalogue.Frequencies()))
			fault(name == "access" && !access, refusal.NotAChoice, "words.access", "choices", codesOf(catalogue.Accesses()))
		}
	}
	return faults
}

func codesOf[T ~string](all []T) string {
	out := make([]string, len(all))
	for i, c := range all {
		out[i] = string(c)
	}
	return strings.Join(out, ", ")
}

// path is where a field is found; empty when nowhere.
func (m Mapping) path(field string) string {
	if p, named := m.Fields[field]; named {
		return p
	}
	return usual[m.Form][field]
}
