package form_test

import (
	"encoding/json"
	"net/url"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/kinds"
	"datacharter/domain/lifecycle"
	"datacharter/domain/meeting"
	"datacharter/domain/refusal"
	"datacharter/web/form"
)

func read[T any](t *testing.T, sent url.Values, shapes form.Shapes) (T, []refusal.Field) {
	t.Helper()
	of := reflect.TypeFor[T]()
	in, faults := form.Read(of, form.Clean(of, sent, shapes), shapes)
	return *in.(*T), faults
}

var dates = cmp.Comparer(func(a, b calendar.Date) bool { return a == b })

func TestReadsWhatItWrote(t *testing.T) {
	agreed := agreement.Agreement{
		Resources: []string{"res-1", "res-2"}, Term: agreement.Term{From: calendar.NewDate(2026, 3, 1), To: calendar.NewDate(2029, 2, 28)},
		Products: []agreement.Product{{Name: "接口", Class: agreement.Industry}, {Name: "报告", Class: agreement.PublicBenefit, Form: "report"}},
		Platform: "平台\n两行", Disclosure: agreement.Openness{NoRedevelopment: true},
		Accounting: agreement.Sharing{Shares: []agreement.Share{{Party: "机构", BasisPoints: 4000}, {Party: "运营", BasisPoints: 6000}}},
		Disputes:   agreement.Disputes{Ways: []agreement.Way{agreement.Negotiation, agreement.Litigation}}, Conditions: []string{"甲", "乙"},
		Volumes: []agreement.Bound{{Stage: "use", Product: "接口", Unit: "calls", Per: "month", Most: 1000}},
	}
	if got, faults := read[agreement.Agreement](t, form.Values(agreed), nil); len(faults) > 0 || cmp.Diff(agreed, got, dates) != "" {
		t.Errorf("%v\n%s", faults, cmp.Diff(agreed, got, dates))
	}
	called := meeting.CallInput{Body: "org-1", AgendaInput: meeting.AgendaInput{Title: "会议", Time: time.Date(2026, 3, 2, 6, 30, 0, 0, time.UTC), Items: []string{"aut-1"}}}
	if got, faults := read[meeting.CallInput](t, form.Values(&called), nil); len(faults) > 0 || cmp.Diff(called, got) != "" {
		t.Errorf("%v\n%s", faults, cmp.Diff(called, got))
	}
}

func TestEmptyRowsAreTakenOut(t *testing.T) {
	sent := url.Values{
		"title": {" 标题 "}, "products[0].name": {""}, "products[0].form": {"  "}, "products[2].name": {"乙"}, "products[2].class": {"industry"}, "products[5].name": {"丙"},
		"products[9999999999].name": {"丁"}, "products[-1].name": {"戊"}, "resources": {"a", "b"}, "capabilities.management": {"一\r\n二"},
	}
	got, faults := read[authorization.Application](t, sent, nil)
	want := authorization.Application{
		Title: "标题", Resources: []string{"a", "b"}, Capabilities: authorization.Capabilities{Management: "一\n二"},
		Products: []authorization.Intended{{Name: "乙", Class: agreement.Industry}, {Name: "丙"}},
	}
	if len(faults) > 0 || cmp.Diff(want, got) != "" {
		t.Errorf("%v\n%s", faults, cmp.Diff(want, got))
	}
}

func TestWhatCannotBeRead(t *testing.T) {
	for _, c := range []struct {
		name, value string
		code        refusal.Code
	}{
		{"term.from", "31.12.2026", refusal.NotADate},
		{"term.to", "2026-02-30", refusal.NotADate},
		{"accounting.shares[0].basis_points", "half", refusal.NotANumber},
		{"accounting.shares[0].basis_points", "99999999999999999999", refusal.NotANumber},
	} {
		_, faults := read[agreement.Agreement](t, url.Values{c.name: {c.value}}, nil)
		if len(faults) != 1 || faults[0].Path != c.name || faults[0].Code != c.code.Name {
			t.Errorf("%s=%s: %v", c.name, c.value, faults)
		}
		f := form.Build(reflect.TypeFor[agreement.Agreement](), url.Values{c.name: {c.value}}, nil)
		f.Blame(faults)
		if len(f.Faults) != 1 || f.Faults[0].Name != c.name {
			t.Errorf("%s is not at its control: %+v", c.name, f.Faults)
		}
	}
	if _, faults := read[meeting.AgendaInput](t, url.Values{"time": {"tomorrow"}}, nil); len(faults) != 1 || faults[0].Path != "time" {
		t.Errorf("%v", faults)
	}
}

func TestFixedRowsStay(t *testing.T) {
	type answers struct {
		Answers []struct {
			Accepted bool   `json:"accepted"`
			Text     string `json:"text" maxLength:"4000"`
		} `json:"answers"`
	}
	shapes := form.Shapes{"answers": {Fixed: 3}}
	got, _ := read[answers](t, url.Values{"answers[1].accepted": {"true"}, "answers[2].text": {"不采纳"}}, shapes)
	if len(got.Answers) != 3 || !got.Answers[1].Accepted || got.Answers[2].Text != "不采纳" || got.Answers[0].Text != "" {
		t.Errorf("%+v", got)
	}
}

// A fault whose control is not on the page, or that belongs to a whole, is still told.
func TestBlame(t *testing.T) {
	f := form.Build(reflect.TypeFor[authorization.Application](), url.Values{}, form.Shapes{"title": {Omit: true}})
	f.Blame([]refusal.Field{refusal.Required.At("title"), refusal.TooMany.At("products"), refusal.Required.At("products[0].name"), refusal.UnknownReference.At("resources[3]")})
	var at []string
	for _, fault := range f.Faults {
		at = append(at, fault.Name)
	}
	if cmp.Diff([]string{"", "products", "products[0].name", "resources"}, at) != "" {
		t.Errorf("%q", at)
	}
}

// Where nothing was chosen, the choices by their codes say nothing to a person.
func TestBlameForNoChoice(t *testing.T) {
	for value, code := range map[string]string{"": refusal.Required.Name, "other": refusal.NotAChoice.Name} {
		f := form.Build(reflect.TypeFor[authorization.Intended](), url.Values{"class": {value}}, nil)
		f.Blame([]refusal.Field{refusal.NotAChoice.At("class", "choices", "a, b")})
		if len(f.Faults) != 1 || f.Faults[0].Code != code {
			t.Errorf("%q: %+v", value, f.Faults)
		}
	}
}

// Whatever is sent in whatever names, reading neither panics nor makes anything that JSON cannot hold, and every control has its name once.
func TestReadsAnything(t *testing.T) {
	types := map[string]reflect.Type{}
	for _, def := range kinds.All {
		for _, row := range def.Table().Rows {
			if row.By[0].Where != lifecycle.OfSystem {
				types[string(def.Kind())+row.Command] = def.Input(row.Command)
			}
		}
	}
	for name, of := range types {
		t.Run(name, func(t *testing.T) {
			var names []string
			collect(t, form.Build(of, url.Values{}, nil).Fields, &names)
			if len(names) == 0 {
				return
			}
			rapid.Check(t, func(t *rapid.T) {
				sent := url.Values{}
				for range rapid.IntRange(0, 8).Draw(t, "n") {
					sent.Add(rapid.SampledFrom(names).Draw(t, "name"), rapid.OneOf(rapid.String(), rapid.Just("2026-01-01"), rapid.Just("7"), rapid.Just("true")).Draw(t, "value"))
				}
				in, _ := form.Read(of, form.Clean(of, sent, nil), nil)
				if _, err := json.Marshal(in); err != nil {
					t.Fatal(err)
				}
			})
		})
	}
}

func collect(t *testing.T, fields []form.Field, names *[]string) {
	for _, f := range fields {
		for _, n := range *names {
			if n == f.Name {
				t.Errorf("%s is there twice", n)
			}
		}
		if f.Kind != form.Hidden && !f.Label.Complete() {
			t.Errorf("%s has no label", f.Name)
		}
		*names = append(*names, f.Name)
		collect(t, f.Fields, names)
		for _, row := range f.Rows {
			collect(t, row, names)
		}
	}
}
