package content_test

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
	"datacharter/web/content"
)

func noNames(reflect.Type, string, string) (content.Value, bool) { return content.Value{}, false }

func partOf(parts []content.Part, path string) content.Part {
	head, rest, nested := strings.Cut(path, ".")
	for _, p := range parts {
		if p.Name == head && nested {
			return partOf(p.Parts, rest)
		}
		if p.Name == head {
			return p
		}
	}
	return content.Part{}
}

func TestWords(t *testing.T) {
	names := func(of reflect.Type, field, value string) (content.Value, bool) {
		if of == reflect.TypeFor[agreement.Agreement]() && field == "resources" {
			return content.Value{Words: text.Text{ZH: "公交到站", EN: "公交到站"}, URL: "/resources/" + value}, true
		}
		return content.Value{}, false
	}
	parts := content.Of(agreement.Agreement{
		Resources: []string{"res-1"}, Term: agreement.Term{From: calendar.NewDate(2026, 3, 1)},
		Products: []agreement.Product{{Name: "接口", Class: agreement.PublicBenefit}},
		Disputes: agreement.Disputes{Ways: []agreement.Way{agreement.Litigation}},
	}, names)
	for path, want := range map[string]string{
		"resources": "公交到站", "term.from": "2026-03-01", "disputes.ways": "litigation", "disclosure.no_redevelopment": "no",
	} {
		if got := partOf(parts, path); len(got.Values) != 1 || got.Values[0].Words.EN != want || !got.Label.Complete() {
			t.Errorf("%s: %+v", path, got)
		}
	}
	if got := partOf(parts, "resources").Values[0].URL; got != "/resources/res-1" {
		t.Error(got)
	}
	if rows := partOf(parts, "products").Rows; len(rows) != 1 || partOf(rows[0], "class").Values[0].Words.ZH != "公共治理、公益事业" {
		t.Errorf("%+v", rows)
	}
	if !partOf(parts, "platform").Empty() || !partOf(parts, "accounting").Empty() || partOf(parts, "term").Empty() {
		t.Error("what is empty is not told from what is not")
	}
}

func differences(before, after authorization.Application) map[string]content.Difference {
	out := map[string]content.Difference{}
	var put func(prefix string, all []content.Difference)
	put = func(prefix string, all []content.Difference) {
		for _, d := range content.Changes(all) {
			if len(d.Parts) == 0 {
				out[prefix+d.Name] = d
			}
			put(prefix+d.Name+".", d.Parts)
		}
	}
	put("", content.Compare(content.Of(before, noNames), content.Of(after, noNames)))
	return out
}

func TestDifferences(t *testing.T) {
	before := authorization.Application{
		Title: "甲", Purpose: "第一句。第二句。第三句。", TermMonths: 36, Resources: []string{"a", "b", "c"}, Plan: "方案",
		Products: []authorization.Intended{{Name: "接口", Class: agreement.Industry, Form: "API"}, {Name: "报告", Form: "report"}},
	}
	after := before
	after.Purpose, after.Resources, after.Plan, after.TermReason = "第一句。另一句。第三句。", []string{"a", "c", "d"}, "", "理由"
	after.Products = []authorization.Intended{{Name: "接口", Class: agreement.PublicBenefit, Form: "API"}, {Name: "模型", Form: "model"}}
	after.Capabilities.Security = "等保三级"
	got := differences(before, after)
	marked := map[string]content.Mark{
		"purpose": content.Changed, "resources": content.Changed, "plan": content.Removed, "term_reason": content.Added,
		"products": content.Changed, "capabilities.security": content.Added,
	}
	if len(got) != len(marked) {
		t.Errorf("%d fields differ: %v", len(got), got)
	}
	for path, mark := range marked {
		if got[path].Mark != mark {
			t.Errorf("%s: %q", path, got[path].Mark)
		}
	}
	if runs := got["purpose"].Runs; len(runs) != 4 || runs[1].Words.ZH != "第二句。" || runs[1].Mark != content.Removed || runs[2].Mark != content.Added {
		t.Errorf("%+v", runs)
	}
	var items []string
	for _, i := range got["resources"].Items {
		items = append(items, string(i.Mark)+":"+i.Words.ZH)
	}
	if strings.Join(items, " ") != ":a removed:b :c added:d" {
		t.Error(items)
	}
	var rows []content.Mark
	for _, r := range got["products"].Rows {
		rows = append(rows, r.Mark)
	}
	if !reflect.DeepEqual(rows, []content.Mark{content.Changed, content.Removed, content.Added}) {
		t.Error(rows)
	}
}

// What a submission keeps as its changes is what the pages show: no field more, none less.
func TestShowsTheRecordedChanges(t *testing.T) {
	some := rapid.SampledFrom([]string{"", "甲", "甲。乙。", "乙"})
	application := rapid.Custom(func(t *rapid.T) authorization.Application {
		a := authorization.Application{
			Title: some.Draw(t, "title"), Purpose: some.Draw(t, "purpose"), TermMonths: rapid.IntRange(0, 2).Draw(t, "months"),
			Resources: rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c"}), 1, 3, rapid.ID).Draw(t, "resources"),
		}
		a.Capabilities.Security = some.Draw(t, "security")
		for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"x", "y"}), 1, 2, rapid.ID).Draw(t, "products") {
			a.Products = append(a.Products, authorization.Intended{Name: name, Form: some.Draw(t, "form")})
		}
		return a
	})
	rapid.Check(t, func(t *rapid.T) {
		before, after := application.Draw(t, "before"), application.Draw(t, "after")
		got, want := differences(before, after), map[string]bool{}
		for _, c := range lifecycle.Diff(before, after) {
			want[c.Path] = true
			if _, ok := got[c.Path]; !ok {
				t.Fatalf("%s is not shown", c.Path)
			}
		}
		for path := range got {
			if !want[path] {
				t.Fatalf("%s is shown and has not changed", path)
			}
		}
	})
}

// Whatever two texts are, what is the same and what came is the newer one, what is the same and what went the older.
func TestNothingIsLost(t *testing.T) {
	prose := rapid.StringOf(rapid.SampledFrom([]rune("甲乙。；\n. a")))
	rapid.Check(t, func(t *rapid.T) {
		before, after := prose.Draw(t, "before"), prose.Draw(t, "after")
		d := content.Compare(content.Of(agreement.Agreement{Other: before}, noNames), content.Of(agreement.Agreement{Other: after}, noNames))
		was, is := "", ""
		for _, r := range partOfDifferences(d, "other").Runs {
			if r.Mark != content.Added {
				was += r.Words.ZH
			}
			if r.Mark != content.Removed {
				is += r.Words.ZH
			}
		}
		if was != before || is != after {
			t.Fatalf("%q became %q, shown as %q and %q", before, after, was, is)
		}
	})
}

func partOfDifferences(all []content.Difference, name string) content.Difference {
	for _, d := range all {
		if d.Name == name {
			return d
		}
	}
	return content.Difference{}
}

func TestLongTextsAreReplacedWhole(t *testing.T) {
	before, after := strings.Repeat("甲。\n", 2000), strings.Repeat("乙。\n", 2000)
	d := content.Compare(content.Of(agreement.Agreement{Other: before}, noNames), content.Of(agreement.Agreement{Other: after}, noNames))
	if runs := partOfDifferences(d, "other").Runs; len(runs) != 3 { // the last line end stays
		t.Errorf("%d runs", len(runs))
	}
}

func TestMarksHaveWords(t *testing.T) {
	for _, m := range []content.Mark{content.Same, content.Added, content.Removed, content.Changed} {
		if !m.Words().Complete() {
			t.Errorf("%q", m)
		}
	}
}

// A part that was left out as a whole says nothing of itself, not even no.
func TestPartLeftOut(t *testing.T) {
	type inner struct {
		NoHarm bool `json:"no_harm"`
	}
	type outer struct {
		Inner *inner `json:"association"`
	}
	if got := partOf(content.Of(outer{}, noNames), "association"); !got.Empty() || len(got.Parts) != 1 {
		t.Errorf("left out: %+v", got)
	}
	if got := partOf(content.Of(outer{Inner: &inner{}}, noNames), "association.no_harm"); len(got.Values) != 1 || got.Values[0].Words.EN != "no" {
		t.Errorf("given: %+v", got)
	}
}
