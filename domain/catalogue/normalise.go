package catalogue

import (
	"net/url"
	"slices"
	"strings"
	"time"
)

// Normalise brings a resource, filled with values as published, to the form that Resource describes, and remarks on everything it changed or missed.
// The published words of frequency and access decide Frequency and Access; without such a word the value given stands, or is unknown.
// The identifier is made from source and key when the key is there. Normalising twice changes nothing more.
func Normalise(r Resource) (Resource, []Remark) {
	var rs remarks
	r.SourceKey = rs.line("sourceKey", r.SourceKey)
	r.Title = rs.line("title", r.Title)
	r.Summary = rs.lines("summary", r.Summary)
	r.Provider = rs.line("provider", r.Provider)
	r.ProviderCode = rs.line("providerCode", r.ProviderCode)
	r.Theme = rs.line("theme", r.Theme)
	r.Subject = rs.line("subject", r.Subject)
	r.Industry = rs.line("industry", r.Industry)
	r.Scenario = rs.line("scenario", r.Scenario)
	r.Version = rs.line("version", r.Version)
	r.License = rs.line("license", r.License)
	r.Contact = rs.line("contact", r.Contact)
	r.Language = rs.line("language", r.Language)
	r.Tags = rs.set("tags", r.Tags)
	r.Formats = rs.formats(r.Formats)
	r.FrequencyPublished = rs.line("frequencyPublished", r.FrequencyPublished)
	r.Frequency = decide(&rs, "frequency", frequencies, r.Frequency, r.FrequencyPublished, UnknownFrequency)
	r.AccessPublished = rs.line("accessPublished", r.AccessPublished)
	r.Access = decide(&rs, "access", accesses, r.Access, r.AccessPublished, UnknownAccess)
	r.FirstPublished = rs.date("firstPublished", r.FirstPublished)
	r.Updated = rs.date("updated", r.Updated)
	if r.FirstPublished != "" && r.Updated != "" && r.Updated < r.FirstPublished {
		rs.add(DatesReversed, "updated", "")
	}
	r.DetailURL = rs.address("detailUrl", r.DetailURL)
	r.Holder = rs.line("holder", r.Holder)
	r.Fields = rs.dataFields(r.Fields)
	r.Spatial = rs.set("spatial", r.Spatial)
	r.TemporalFrom, r.TemporalTo = rs.period("temporalFrom", r.TemporalFrom), rs.period("temporalTo", r.TemporalTo)
	if r.TemporalFrom != "" && r.TemporalTo != "" && r.TemporalTo < r.TemporalFrom && !strings.HasPrefix(r.TemporalFrom, r.TemporalTo) {
		rs.add(CoverageReversed, "temporalTo", "")
	}
	rs.empty("summary", r.Summary == "")
	rs.empty("formats", len(r.Formats) == 0)
	rs.empty("updated", r.Updated == "")
	if r.SourceKey != "" {
		r.ID = ResourceID(r.Source, r.SourceKey)
	}
	return r, rs
}

// empty remarks on a missing value that readers of a catalogue look for, unless another remark already says why it is missing.
func (rs *remarks) empty(field string, isEmpty bool) {
	explained := slices.ContainsFunc(*rs, func(r Remark) bool {
		return r.Field == field && (r.Code == Placeholder || r.Code == DateUnreadable)
	})
	if isEmpty && !explained {
		rs.add(Empty, field, "")
	}
}

// set sorts the values and drops empty and repeated ones.
func (rs *remarks) set(field string, published []string) []string {
	var all []string
	for _, p := range published {
		if s := rs.line(field, p); s != "" {
			all = append(all, s)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// knownFormats are the names of file formats and services whose meaning is settled.
var knownFormats = strings.Fields(`
	3ds api asc atom cesium3dtiles csv dae dbf doc docx dgn dwg dxf fbx fgdb geojson geopackage geotiff gltf gml gpx gtfs html ics jpeg jpg json jsonld kml kmz max mdb
	obj ods odt osgb parquet pdf png ppt pptx rdf rinex rss rtcm rtf shp sql svg tiff tsv ttl txt vrml wfs wms xls xlsm xlsx xml yaml zip`)

func (rs *remarks) formats(published []string) []string {
	lower := make([]string, len(published))
	for i, p := range published {
		lower[i] = strings.ToLower(p)
	}
	all := rs.set("formats", lower)
	var unknown []string
	for _, f := range all {
		if !slices.Contains(knownFormats, f) {
			unknown = append(unknown, f)
		}
	}
	if len(unknown) > 0 {
		rs.add(FormatUnknown, "formats", strings.Join(unknown, ", "))
	}
	return all
}

func decide[T ~string](rs *remarks, field string, list []term[T], given T, published string, unknown T) T {
	if published == "" {
		if given == "" {
			return unknown
		}
		return given
	}
	value, ok := meaning(list, published)
	if !ok {
		rs.add(WordUnknown, field, published)
		return unknown
	}
	return value
}

// date keeps the day of a date or of a date with a time. A time without a zone is not moved to another one: the day stands as the source gives it.
func (rs *remarks) date(field, published string) string {
	return rs.dateIn(field, published, ValidDate)
}

// period is date for what may be a month or a year too.
func (rs *remarks) period(field, published string) string {
	return rs.dateIn(field, published, ValidPeriod)
}

func (rs *remarks) dateIn(field, published string, valid func(string) bool) string {
	s := rs.line(field, published)
	if s == "" {
		return ""
	}
	day := s
	if len(s) > len(time.DateOnly) && (s[len(time.DateOnly)] == 'T' || s[len(time.DateOnly)] == ' ') {
		day = s[:len(time.DateOnly)]
	}
	if !valid(day) {
		rs.add(DateUnreadable, field, s)
		return ""
	}
	return day
}

// ValidPeriod reports whether s is a day, a month or a year, written YYYY-MM-DD, YYYY-MM or YYYY.
func ValidPeriod(s string) bool {
	for _, form := range []string{time.DateOnly, monthOnly, yearOnly} {
		if _, err := time.Parse(form, s); err == nil {
			return true
		}
	}
	return false
}

const (
	monthOnly = "2006-01"
	yearOnly  = "2006"
)

// ValidDate reports whether s is a day of the calendar written YYYY-MM-DD.
func ValidDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

func (rs *remarks) address(field, published string) string {
	s := rs.line(field, published)
	if s == "" || validAddress(s) {
		return s
	}
	rs.add(AddressUnreadable, field, s)
	return ""
}

func validAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
