package catalogue

import (
	"cmp"
	"encoding/json"
	"net/url"
	"regexp"

	"datacharter/domain/dcat"
	"datacharter/domain/text"
)

// DCAT renders resources as a catalogue in the terms of DCAT 3, as JSON-LD that holds its own context: nothing is fetched to read it.
// What DCAT has no term for has one of this system's own, so that every field of a resource is there.
//
// The document is written in parts, so that it can be of any length: Head, each Dataset with a comma between two, dcat.Tail.
type DCAT struct {
	Catalog   string                  // address of the catalogue
	Title     text.Text               // of the catalogue
	Publisher string                  // name of who publishes it
	Address   func(id string) string  // of a resource
	Source    func(key string) Source // what is known of a source
}

// Vocabularies of the Publications Office of the European Union, to which DCAT's own examples refer.
const (
	frequencyTerms = "http://publications.europa.eu/resource/authority/frequency/"
	accessTerms    = "http://publications.europa.eu/resource/authority/access-right/"
	languageTerms  = "http://id.loc.gov/vocabulary/iso639-1/"
)

// dcatContext are the prefixes and types of the document.
var dcatContext = map[string]any{
	"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/", "skos": "http://www.w3.org/2004/02/skos/core#",
	"rdfs": "http://www.w3.org/2000/01/rdf-schema#", "vcard": "http://www.w3.org/2006/vcard/ns#", "xsd": "http://www.w3.org/2001/XMLSchema#", "own": dcat.OwnTerms, "csvw": "http://www.w3.org/ns/csvw#",
	"dct:issued": dcat.AsType("xsd:date"), "dct:modified": dcat.AsType("xsd:date"), "dcat:landingPage": dcat.AsType("@id"), "dcat:accessURL": dcat.AsType("@id"),
	"dct:accrualPeriodicity": dcat.AsType("@id"), "dct:accessRights": dcat.AsType("@id"), "dct:language": dcat.AsType("@id"), "foaf:homepage": dcat.AsType("@id"),
}

type (
	ldAgent struct {
		Type       string `json:"@type"`
		Name       string `json:"foaf:name"`
		Identifier string `json:"dct:identifier,omitempty"`
	}
	ldConcept struct {
		Type  string    `json:"@type"`
		Label dcat.Text `json:"skos:prefLabel"`
	}
	ldCard struct {
		Type string `json:"@type"`
		Name string `json:"vcard:fn"`
	}
	ldLabelled struct {
		Type  string `json:"@type"`
		Label string `json:"rdfs:label"`
	}
	ldSource struct {
		ID         string      `json:"@id,omitempty"`
		Type       string      `json:"@type"`
		Identifier string      `json:"dct:identifier"`
		Title      []dcat.Text `json:"dct:title"`
		Rights     []dcat.Text `json:"dct:rights,omitempty"`
	}
	ldLocation struct {
		Type  string    `json:"@type"`
		Label dcat.Text `json:"skos:prefLabel"`
	}
	ldMoment struct {
		Type  string `json:"@type"`
		Value string `json:"@value"`
	}
	ldPeriod struct {
		Type string    `json:"@type"`
		From *ldMoment `json:"dcat:startDate,omitempty"`
		To   *ldMoment `json:"dcat:endDate,omitempty"`
	}
	ldSchema struct {
		Type    string    `json:"@type"`
		Columns ldColumns `json:"csvw:column"`
	}
	ldColumns struct {
		List []ldColumn `json:"@list"`
	}
	ldColumn struct {
		Type        string     `json:"@type"`
		Title       dcat.Text  `json:"csvw:title"`
		Published   string     `json:"own:dataType,omitempty"` // the source's word, which is none of CSVW's data types
		Description *dcat.Text `json:"dct:description,omitempty"`
	}
	ldDistribution struct {
		Type      string     `json:"@type"`
		Format    ldLabelled `json:"dct:format"`
		AccessURL string     `json:"dcat:accessURL,omitempty"`
	}
	ldDataset struct {
		ID                 string           `json:"@id"`
		Type               string           `json:"@type"`
		Identifier         string           `json:"dct:identifier"` // the source's key
		Own                string           `json:"own:identifier"`
		Title              dcat.Text        `json:"dct:title"`
		Description        *dcat.Text       `json:"dct:description,omitempty"`
		Publisher          ldAgent          `json:"dct:publisher"`
		Theme              *ldConcept       `json:"dcat:theme,omitempty"`
		Subject            *ldConcept       `json:"dct:subject,omitempty"`
		Industry           *ldConcept       `json:"own:industry,omitempty"`
		Scenario           *ldConcept       `json:"own:scenario,omitempty"`
		Keywords           []dcat.Text      `json:"dcat:keyword,omitempty"`
		Frequency          string           `json:"dct:accrualPeriodicity"`
		FrequencyPublished string           `json:"own:frequencyPublished,omitempty"`
		Rights             string           `json:"dct:accessRights,omitempty"`
		Access             string           `json:"own:access"`
		AccessPublished    string           `json:"own:accessPublished,omitempty"`
		Distributions      []ldDistribution `json:"dcat:distribution,omitempty"`
		Issued             string           `json:"dct:issued,omitempty"`
		Modified           string           `json:"dct:modified,omitempty"`
		Version            string           `json:"dcat:version,omitempty"`
		License            *ldLabelled      `json:"dct:license,omitempty"`
		Contact            *ldCard          `json:"dcat:contactPoint,omitempty"`
		LandingPage        string           `json:"dcat:landingPage,omitempty"`
		Language           string           `json:"dct:language,omitempty"`
		LanguagePublished  string           `json:"own:language,omitempty"` // where it is no code of two letters
		Source             ldSource         `json:"dct:source"`
		Holder             *ldAgent         `json:"dct:rightsHolder,omitempty"`
		Spatial            []ldLocation     `json:"dct:spatial,omitempty"`
		Temporal           *ldPeriod        `json:"dct:temporal,omitempty"`
		Schema             *ldSchema        `json:"csvw:tableSchema,omitempty"`
	}
)

// Head begins the document. modified is the day on which it is written.
func (d DCAT) Head(modified string) ([]byte, error) {
	head, err := json.Marshal(struct {
		Context   map[string]any `json:"@context"`
		ID        string         `json:"@id"`
		Type      string         `json:"@type"`
		Title     []dcat.Text    `json:"dct:title"`
		Publisher ldAgent        `json:"dct:publisher"`
		Modified  string         `json:"dct:modified"`
		Homepage  string         `json:"foaf:homepage"`
	}{dcatContext, d.Catalog, "dcat:Catalog", dcat.InBoth(d.Title), ldAgent{Type: "foaf:Agent", Name: d.Publisher}, modified, d.Catalog})
	if err != nil {
		return nil, err
	}
	return append(head[:len(head)-1], `,"dcat:dataset":[`...), nil
}

// Dataset renders one resource.
func (d DCAT) Dataset(r Resource) ([]byte, error) {
	language := r.Language
	if !languageTag.MatchString(language) {
		language = ""
	}
	in := func(s string) dcat.Text { return dcat.Text{Value: s, Language: language} }
	concept := func(s string) *ldConcept {
		if s == "" {
			return nil
		}
		return &ldConcept{"skos:Concept", in(s)}
	}
	out := ldDataset{
		ID: d.Address(r.ID), Type: "dcat:Dataset", Identifier: r.SourceKey, Own: r.ID, Title: in(r.Title), Publisher: ldAgent{"foaf:Agent", r.Provider, r.ProviderCode},
		Theme: concept(r.Theme), Subject: concept(r.Subject), Industry: concept(r.Industry), Scenario: concept(r.Scenario),
		Frequency: frequencyTerms + cmp.Or(dcatFrequencies[r.Frequency], unknownTerm), FrequencyPublished: r.FrequencyPublished, Rights: dcatRights(r.Access), Access: string(r.Access), AccessPublished: r.AccessPublished,
		Issued: r.FirstPublished, Modified: r.Updated, Version: r.Version, LandingPage: iri(r.DetailURL), Source: d.source(r.Source),
	}
	if r.Summary != "" {
		summary := in(r.Summary)
		out.Description = &summary
	}
	for _, tag := range r.Tags {
		out.Keywords = append(out.Keywords, in(tag))
	}
	for _, format := range r.Formats {
		out.Distributions = append(out.Distributions, ldDistribution{"dcat:Distribution", ldLabelled{"dct:MediaTypeOrExtent", format}, out.LandingPage})
	}
	if r.License != "" {
		out.License = &ldLabelled{"dct:LicenseDocument", r.License}
	}
	if r.Contact != "" {
		out.Contact = &ldCard{"vcard:Kind", r.Contact}
	}
	if r.Holder != "" {
		out.Holder = &ldAgent{Type: "foaf:Agent", Name: r.Holder}
	}
	for _, place := range r.Spatial {
		out.Spatial = append(out.Spatial, ldLocation{"dct:Location", in(place)})
	}
	if r.TemporalFrom != "" || r.TemporalTo != "" {
		out.Temporal = &ldPeriod{"dct:PeriodOfTime", moment(r.TemporalFrom), moment(r.TemporalTo)}
	}
	out.Schema = schema(r.Fields, in)
	if twoLetters.MatchString(r.Language) {
		out.Language = languageTerms + r.Language
	} else {
		out.LanguagePublished = r.Language
	}
	return json.Marshal(out)
}

// moment is a day, a month or a year with its type.
func moment(s string) *ldMoment {
	switch len(s) {
	case 0:
		return nil
	case len(yearOnly):
		return &ldMoment{"xsd:gYear", s}
	case len(monthOnly):
		return &ldMoment{"xsd:gYearMonth", s}
	default:
		return &ldMoment{"xsd:date", s}
	}
}

// schema are the data fields in the terms of CSV on the Web, in their order.
func schema(fields []DataField, in func(string) dcat.Text) *ldSchema {
	if len(fields) == 0 {
		return nil
	}
	out := &ldSchema{Type: "csvw:Schema"}
	for _, f := range fields {
		c := ldColumn{Type: "csvw:Column", Title: in(f.Name), Published: f.Type}
		if f.Description != "" {
			said := in(f.Description)
			c.Description = &said
		}
		out.Columns.List = append(out.Columns.List, c)
	}
	return out
}

var (
	twoLetters  = regexp.MustCompile(`^[a-z]{2}$`)
	languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)
)

func (d DCAT) source(key string) ldSource {
	s := d.Source(key)
	out := ldSource{ID: iri(s.Site), Type: "dcat:Catalog", Identifier: key, Title: dcat.InBoth(s.Name)}
	if s.License.Complete() {
		out.Rights = dcat.InBoth(s.License)
	}
	return out
}

// iri is an address as an identifier, with what may not stand in one escaped.
func iri(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.String()
}

const unknownTerm = "UNKNOWN"

var dcatFrequencies = map[Frequency]string{
	Realtime: "UPDATE_CONT", Daily: "DAILY", Weekly: "WEEKLY", HalfMonthly: "MONTHLY_2", Monthly: "MONTHLY", Quarterly: "QUARTERLY", HalfYearly: "ANNUAL_2", Yearly: "ANNUAL",
	Irregular: "IRREG", Static: "NEVER",
}

// dcatRights is the nearest of the vocabulary's three terms; empty when access is unknown.
func dcatRights(a Access) string {
	switch a {
	case Open:
		return accessTerms + "PUBLIC"
	case OnApplication, Authorised:
		return accessTerms + "RESTRICTED"
	default:
		return ""
	}
}
