package catalogue

import (
	"slices"
	"strings"
	"testing"
)

func TestValidate(t *testing.T) {
	for _, c := range []struct {
		name string
		set  func(*Resource)
		want string // path:code of the one fault
	}{
		{"title missing", func(r *Resource) { r.Title = "" }, "title:required"},
		{"provider missing", func(r *Resource) { r.Provider = "" }, "provider:required"},
		{"key missing", func(r *Resource) { r.SourceKey = "" }, "sourceKey:required"},
		{"source unknown", func(r *Resource) { r.Source = "nowhere" }, "source:unknown-reference"},
		{"frequency", func(r *Resource) { r.Frequency = "hourly" }, "frequency:not-a-choice"},
		{"access", func(r *Resource) { r.Access = "" }, "access:not-a-choice"},
		{"first publication", func(r *Resource) { r.FirstPublished = "2023-02-30" }, "firstPublished:not-a-date"},
		{"update", func(r *Resource) { r.Updated = "2023" }, "updated:not-a-date"},
		{"title long", func(r *Resource) { r.Title = strings.Repeat("数", MaxTitleRunes+1) }, "title:too-long"},
		{"summary long", func(r *Resource) { r.Summary = strings.Repeat("数", MaxSummaryRunes+1) }, "summary:too-long"},
		{"provider long", func(r *Resource) { r.Provider = strings.Repeat("数", MaxLineRunes+1) }, "provider:too-long"},
		{"address long", func(r *Resource) { r.DetailURL = strings.Repeat("x", MaxAddressRunes+1) }, "detailUrl:too-long"},
		{"key long", func(r *Resource) { r.SourceKey = strings.Repeat("x", MaxKeyRunes+1) }, "sourceKey:too-long"},
		{"tags many", func(r *Resource) { r.Tags = slices.Repeat([]string{"x"}, MaxItems+1) }, "tags:too-many"},
		{"format long", func(r *Resource) { r.Formats = []string{strings.Repeat("x", MaxLineRunes+1)} }, "formats:too-long"},
		{"holder long", func(r *Resource) { r.Holder = strings.Repeat("数", MaxLineRunes+1) }, "holder:too-long"},
		{"places many", func(r *Resource) { r.Spatial = slices.Repeat([]string{"x"}, MaxItems+1) }, "spatial:too-many"},
		{"data fields many", func(r *Resource) { r.Fields = slices.Repeat([]DataField{{Name: "x"}}, MaxFields+1) }, "fields:too-many"},
		{"data fields long", func(r *Resource) {
			r.Fields = []DataField{{Name: "x", Description: strings.Repeat("数", MaxFieldsRunes)}}
		}, "fields:too-long"},
		{"data fields at their limit", func(r *Resource) { r.Fields = slices.Repeat([]DataField{{Name: "x"}}, MaxFields) }, ""},
		{"beginning", func(r *Resource) { r.TemporalFrom = "2020-13" }, "temporalFrom:not-a-date"},
		{"end", func(r *Resource) { r.TemporalTo = "20" }, "temporalTo:not-a-date"},
		{"year and month", func(r *Resource) { r.TemporalFrom, r.TemporalTo = "2020", "2021-02" }, ""},
		{"title at its limit", func(r *Resource) { r.Title = strings.Repeat("数", MaxTitleRunes) }, ""},
		{"tags at their limit", func(r *Resource) { r.Tags = slices.Repeat([]string{"x"}, MaxItems) }, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, _ := Normalise(quiet())
			c.set(&r)
			var got []string
			for _, f := range Validate(r) {
				got = append(got, f.Path+":"+f.Code)
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("%q, want %q", s, c.want)
			}
		})
	}
}
