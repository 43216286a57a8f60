package catalogue

import (
	"context"
	"io"
	"strings"
	"time"

	"datacharter/domain/catalogue"
)

// record is one row of a mapped file, by what its mapping calls the parts.
type record struct {
	skip  Reason
	get   func(path string) []string
	parts func(path string) []record // the objects at a path; nil where a file has none
}

// ReadMapped is Read for a file of a source that has a mapping.
func ReadMapped(ctx context.Context, file io.Reader, m Mapping, onRow func(Row) error) error {
	content, failure := wholeFile(file, MaxBytes)
	if failure != nil {
		return failure
	}
	var records []record
	switch m.Form {
	case CSV, XLSX:
		records, failure = m.table(content)
	case CKAN, DCAT:
		records, failure = m.objects(content)
	default:
		failure = &Failure{Code: FormatUnknown}
	}
	switch {
	case failure != nil:
		return failure
	case len(records) == 0:
		return &Failure{Code: NoRows}
	case len(records) > MaxRows:
		return &Failure{Code: TooManyRows, Row: MaxRows + 1, Offset: int64(len(content))}
	}
	for i, r := range records {
		if err := ctx.Err(); err != nil {
			return &Failure{Code: Interrupted, Row: i + 1, cause: err}
		}
		row := Row{Number: i + 1, Skip: r.skip}
		if row.Skip == "" {
			m.fill(&row, r)
		}
		if err := onRow(row); err != nil {
			return err
		}
	}
	return nil
}

func wholeFile(file io.Reader, most int64) ([]byte, *Failure) {
	content, err := io.ReadAll(io.LimitReader(file, most+1))
	switch {
	case err != nil:
		return nil, &Failure{Code: ReadFailed, Offset: int64(len(content)), cause: err}
	case int64(len(content)) > most:
		return nil, &Failure{Code: TooLarge, Offset: most}
	}
	return content, nil
}

// fill makes the row's resource from a record.
func (m Mapping) fill(row *Row, r record) {
	all := func(field string) []string {
		if path := m.path(field); path != "" {
			for one := range strings.SplitSeq(path, "|") {
				if values := said(r.get(one)); len(values) > 0 {
					return values
				}
			}
		}
		if fixed := m.Fixed[field]; fixed != "" {
			return []string{fixed}
		}
		return nil
	}
	first := func(field string) string {
		if values := all(field); len(values) > 0 {
			return values[0]
		}
		return ""
	}
	published := catalogue.Resource{
		Source: m.Source, SourceKey: first("sourceKey"), Title: first("title"), Summary: first("summary"), Provider: first("provider"), ProviderCode: first("providerCode"),
		Theme: first("theme"), Subject: first("subject"), Industry: first("industry"), Scenario: first("scenario"), Tags: parts(all("tags")), Formats: formatsOf(all("formats")),
		FirstPublished: m.date(first("firstPublished")), Updated: m.date(first("updated")), Version: first("version"), License: first("license"), Contact: first("contact"),
		DetailURL: first("detailUrl"), Language: languageOf(first("language"), m.Language),
	}
	published.Holder, published.Spatial = first("holder"), places(all("spatial"))
	published.TemporalFrom, published.TemporalTo = m.period(first("temporalFrom")), m.period(first("temporalTo"))
	published.Fields = m.dataFields(r, all("fields"))
	published.Frequency, published.FrequencyPublished = meant(m.Words["frequency"], first("frequency"), catalogue.FrequencyOf)
	published.Access, published.AccessPublished = meant(m.Words["access"], first("access"), catalogue.AccessOf)
	row.finish(published, nil, m.path("sourceKey") != "", m.Source)
}

// memberPaths are where the members of a data field stand in JSON: of CSV on the Web, and of lists that portals make.
var memberPaths = map[string][]string{
	"name": {"title", "titles", "name", "label", "id"}, "type": {"dataType", "datatype", "type"}, "description": {"description", "notes", "info.notes"},
}

// dataFields are the data fields of a record: objects with members, or texts.
func (m Mapping) dataFields(r record, written []string) []catalogue.DataField {
	var out []catalogue.DataField
	if r.parts != nil {
		for path := range strings.SplitSeq(m.path("fields"), "|") {
			for _, part := range r.parts(path) {
				first := func(member string) string {
					for _, path := range memberPaths[member] {
						if values := said(part.get(path)); len(values) > 0 {
							return values[0]
						}
					}
					return ""
				}
				out = append(out, catalogue.DataField{Name: first("name"), Type: first("type"), Description: first("description")})
			}
			if len(out) > 0 {
				return out
			}
		}
	}
	for _, text := range written {
		out = append(out, catalogue.FieldsIn(text)...)
	}
	return out
}

// places leaves out coordinates: where a resource is found is said in names and codes.
func places(values []string) []string {
	var out []string
	for _, v := range parts(values) {
		if v = strings.TrimSpace(v); !strings.ContainsAny(v, "{}[]") {
			out = append(out, v)
		}
	}
	return out
}

// period writes a day as Normalise reads it, and leaves months and years as they are.
func (m Mapping) period(s string) string {
	if catalogue.ValidPeriod(strings.TrimSpace(s)) {
		return strings.TrimSpace(s)
	}
	return m.date(s)
}

// meant is what a word means by the mapping or by itself; else the word, for Normalise to tell.
func meant[T ~string](words Words, word string, of func(string) (T, bool)) (value T, published string) {
	code := word
	if named, is := words[word]; is {
		code = named
	}
	if value, known := of(code); known {
		return value, ""
	}
	return "", word
}

// said leaves out what is empty.
func said(values []string) []string {
	var out []string
	for _, v := range values {
		if strings.TrimSpace(v) != "" {
			out = append(out, v)
		}
	}
	return out
}

// parts takes lists apart that are written as one text.
func parts(values []string) []string {
	var out []string
	for _, v := range values {
		out = append(out, strings.FieldsFunc(v, func(r rune) bool { return strings.ContainsRune(",，、;；|\n", r) })...)
	}
	return out
}

// formatsOf are the names of formats; of an address or a media type the last part is one.
func formatsOf(values []string) []string {
	out := parts(values)
	for i, v := range out {
		out[i] = v[strings.LastIndexAny(v, "/#")+1:]
	}
	return out
}

// languageOf is the last part of an address of a language, or what the mapping says.
func languageOf(named, usual string) string {
	if named == "" {
		return usual
	}
	return named[strings.LastIndexAny(named, "/#")+1:]
}

// dateForms are those in which tables have dates besides YYYY-MM-DD.
var dateForms = []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "20060102"}

// date writes a date as Normalise reads it; what it cannot read stays for Normalise to remark on.
func (m Mapping) date(s string) string {
	if day, is := serialDate(s); is && m.Form == XLSX {
		return day
	}
	day := strings.TrimSpace(s)
	if i := strings.IndexAny(day, " T"); i > 0 {
		day = day[:i]
	}
	for _, form := range dateForms {
		if at, err := time.Parse(form, day); err == nil {
			return at.Format(time.DateOnly)
		}
	}
	return s
}
