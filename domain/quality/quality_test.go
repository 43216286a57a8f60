package quality_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"datacharter/domain/calendar"
	"datacharter/domain/catalogue"
	"datacharter/domain/policy"
	"datacharter/domain/quality"
)

// whole is a resource with every descriptive field, updated monthly.
func whole() catalogue.Resource {
	return catalogue.Resource{
		Title: "甲", Provider: "乙", Summary: "x", Theme: "x", Tags: []string{"x"}, Frequency: catalogue.Monthly, Access: catalogue.Open, Formats: []string{"csv"},
		FirstPublished: "2020-01-01", Updated: "2026-03-01", License: "x", Contact: "x", DetailURL: "https://example.cn", Language: "zh",
		Holder: "x", Fields: []catalogue.DataField{{Name: "x"}}, Spatial: []string{"x"}, TemporalFrom: "2020",
	}
}

func on(t interface{ Fatal(...any) }, s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// none stands for a score that cannot be said.
const none = -1

func scores(s quality.Score) []int {
	number := func(n *int) int {
		if n == nil {
			return none
		}
		return *n
	}
	out := []int{number(s.Score)}
	for _, p := range s.Parts {
		out = append(out, number(p.Score))
	}
	return out
}

func TestScore(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*catalogue.Resource)
		on     string
		found  quality.Found
		want   []int // whole, completeness, timeliness, accuracy
	}{
		"complete and in time":   {nil, "2026-04-05", quality.Found{}, []int{100, 100, 100, none}},
		"a day late":             {nil, "2026-04-06", quality.Found{}, []int{99, 100, 97, none}},
		"late as long as may be": {nil, "2026-05-10", quality.Found{}, []int{50, 100, 0, none}},
		"late beyond":            {nil, "2030-01-01", quality.Found{}, []int{50, 100, 0, none}},
		"irregular":              {func(r *catalogue.Resource) { r.Frequency = catalogue.Irregular }, "2030-01-01", quality.Found{}, []int{100, 100, none, none}},
		"nothing confirmed":      {nil, "2026-03-01", quality.Found{Answered: 3}, []int{100, 100, 100, 100}},
		"one confirmed":          {nil, "2026-03-01", quality.Found{Answered: 3, Confirmed: 1}, []int{93, 100, 100, 80}},
		"many confirmed":         {nil, "2026-03-01", quality.Found{Answered: 9, Confirmed: 9}, []int{67, 100, 100, 0}},
		"three missing":          {func(r *catalogue.Resource) { r.Summary, r.Contact, r.Access = "", "", catalogue.UnknownAccess }, "2026-03-01", quality.Found{}, []int{91, 81, 100, none}},
		"no holder, no fields":   {func(r *catalogue.Resource) { r.Holder, r.Fields = "", nil }, "2026-03-01", quality.Found{}, []int{94, 88, 100, none}},
		"no coverage":            {func(r *catalogue.Resource) { r.Spatial, r.TemporalFrom = nil, "" }, "2026-03-01", quality.Found{}, []int{94, 88, 100, none}},
		"coverage without end":   {func(r *catalogue.Resource) { r.TemporalTo = "" }, "2026-03-01", quality.Found{}, []int{100, 100, 100, none}},
		"nothing at all":         {func(r *catalogue.Resource) { *r = catalogue.Resource{} }, "2026-03-01", quality.Found{}, []int{0, 0, none, none}},
	} {
		t.Run(name, func(t *testing.T) {
			r := whole()
			if c.change != nil {
				c.change(&r)
			}
			if diff := cmp.Diff(c.want, scores(quality.Of(r, on(t, c.on), c.found))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestMissingFieldsAreNamed(t *testing.T) {
	r := whole()
	r.Summary, r.License, r.Holder, r.Spatial = "", "", "", nil
	p := quality.Of(r, on(t, "2026-03-01"), quality.Found{}).Parts[0]
	if diff := cmp.Diff([]string{"summary", "license", "holder", "spatial"}, p.Missing); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, field := range p.Missing {
		if name := catalogue.FieldName(field); !strings.Contains(p.Explanation.ZH, name.ZH) || !strings.Contains(p.Explanation.EN, name.EN) {
			t.Errorf("%s is not named: %+v", field, p.Explanation)
		}
	}
}

// A score lies between 0 and 100, is never without its explanation, is no better for a fault more or a field less, and the whole lies among its parts.
func TestScoreProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := whole()
		for _, drop := range []func(){
			func() { r.Summary = "" }, func() { r.Tags = nil }, func() { r.License = "" }, func() { r.Updated = "" }, func() { r.Access = catalogue.UnknownAccess },
		} {
			if rapid.Bool().Draw(t, "drop") {
				drop()
			}
		}
		r.Frequency = rapid.SampledFrom(catalogue.Frequencies()).Draw(t, "frequency")
		day := on(t, "2026-03-01").AddDays(rapid.IntRange(-100, 2000).Draw(t, "day"))
		answered := rapid.IntRange(0, 12).Draw(t, "answered")
		found := quality.Found{Answered: answered, Confirmed: rapid.IntRange(0, answered).Draw(t, "confirmed")}
		s := quality.Of(r, day, found)
		var said []int
		for _, p := range s.Parts {
			if !p.Words.Complete() || !p.Explanation.Complete() {
				t.Fatalf("%s has no words: %+v", p.Name, p)
			}
			if p.Score == nil {
				continue
			}
			if *p.Score < 0 || *p.Score > 100 {
				t.Fatalf("%s is %d", p.Name, *p.Score)
			}
			said = append(said, *p.Score)
		}
		if s.Score == nil || *s.Score < slices.Min(said) || *s.Score > slices.Max(said) || !s.Explanation.Complete() || s.Source.Mark != policy.Default {
			t.Fatalf("the whole of %v: %+v", said, s)
		}
		worse := r
		worse.Summary, worse.Contact = "", ""
		if *quality.Of(worse, day, found).Parts[0].Score >= *s.Parts[0].Score {
			t.Fatal("fields less, and no less complete")
		}
		more := quality.Of(r, day, quality.Found{Answered: answered + 1, Confirmed: found.Confirmed + 1}).Parts[2].Score
		if s.Parts[2].Score != nil && *more > *s.Parts[2].Score {
			t.Fatal("a fault more made it better")
		}
	})
}
