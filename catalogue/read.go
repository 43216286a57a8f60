package catalogue

import (
	"context"
	"encoding/json"
	"io"
	"slices"
	"unicode/utf8"

	"datacharter/domain/catalogue"
	"datacharter/domain/refusal"
)

// Row is what one row of a file says: a resource, or the reason why it is none.
type Row struct {
	Number   int                // from 1, in the order of the file
	Skip     Reason             // empty for a good row
	Resource catalogue.Resource // normalised; of a skipped row what could be read, without an identifier
	Faults   []refusal.Field    // of a row skipped as RowInvalid
	Remarks  []catalogue.Remark
}

// Read passes every row of a catalogue file to onRow, in order, and returns the key of the catalogue's source. It holds one row at a time.
// The error is a *[Failure] when the file cannot be read to its end, or onRow's own error, which stops the reading.
// The source is empty when the file broke off before telling it.
func Read(ctx context.Context, file io.Reader, onRow func(Row) error) (source string, err error) {
	return read(ctx, file, MaxBytes, onRow)
}

func read(ctx context.Context, file io.Reader, maxBytes int64, onRow func(Row) error) (source string, err error) {
	doc, failure := openDocument(ctx, file, maxBytes)
	if failure != nil {
		return "", failure
	}
	var l layout
	for {
		raw, failure := doc.next()
		if failure != nil {
			return l.source, failure
		}
		if raw == nil {
			break
		}
		row := Row{Number: doc.row}
		values, skip := parse(raw)
		switch {
		case skip == RowNotUTF8 && l.source == "":
			return "", doc.fail(NotUTF8, nil)
		case skip != "":
			row.Skip = skip
		case l.source == "":
			var ok bool
			if l, ok = detect(values); !ok {
				return "", doc.fail(FormatUnknown, nil)
			}
			fallthrough
		default:
			l.fill(&row, values)
		}
		if err := onRow(row); err != nil {
			return l.source, err
		}
	}
	if failure := doc.close(); failure != nil {
		return l.source, failure
	}
	if l.source == "" {
		return "", doc.fail(NoRows, nil)
	}
	return l.source, nil
}

// parse takes a row apart into named values.
func parse(raw json.RawMessage) (values map[string]json.RawMessage, skip Reason) {
	if !utf8.Valid(raw) {
		return nil, RowNotUTF8
	}
	if err := json.Unmarshal(raw, &values); err != nil || values == nil { // valid JSON, but no object
		return nil, RowNotObject
	}
	return values, ""
}

// fill makes the row's resource from its values, or says why there is none.
func (l layout) fill(row *Row, values map[string]json.RawMessage) {
	f := &fields{values: values}
	published := l.resource(f)
	f.remarkOnRest()
	source, _ := catalogue.SourceByKey(l.source)
	published.Source, published.Language = source.Key, source.Language
	row.finish(published, f.remarks, l.hasKeys)
}

// finish makes the row's resource from what was published, or says why there is none. own are sources that are known beside the published catalogues.
func (row *Row) finish(published catalogue.Resource, said []catalogue.Remark, hasKeys bool, own ...string) {
	r, remarks := catalogue.Normalise(published)
	if r.SourceKey == "" {
		// Two departments may use one title, and one department may use a title again for another resource; the day of first publication stays.
		r.SourceKey = r.Title + "|" + r.Provider + "|" + r.FirstPublished
		r.ID = catalogue.ResourceID(r.Source, r.SourceKey)
		if hasKeys {
			remarks = append(remarks, catalogue.NewRemark(catalogue.KeyDerived, "sourceKey", ""))
		}
	}
	row.Remarks = slices.Concat(said, remarks)
	row.Resource = r
	faults := catalogue.Validate(r, own...)
	if row.Skip = skipFor(faults); row.Skip != "" {
		row.Resource.ID = ""
	}
	if row.Skip == RowInvalid {
		row.Faults = faults
	}
}

// skipFor gives the most telling reason for a resource's faults a name of its own.
func skipFor(faults []refusal.Field) Reason {
	if len(faults) == 0 {
		return ""
	}
	for _, f := range faults {
		switch {
		case f.Path == "title" && f.Code == refusal.Required.Name:
			return TitleMissing
		case f.Path == "provider" && f.Code == refusal.Required.Name:
			return ProviderMissing
		}
	}
	return RowInvalid
}
