package agreement_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
	"datacharter/domain/policy"
)

func TestWholeAgreementPasses(t *testing.T) {
	if got := check(t, func(*agreement.Agreement) {}); len(got) > 0 {
		t.Error(got)
	}
}

// The fields stand for the 13 items of 27号 Art. 14, in their order; the reviews' conditions and bounds of use come after them.
func TestFieldsAreThe13Items(t *testing.T) {
	var names []string
	for i := range reflect.TypeFor[agreement.Agreement]().NumField() {
		name, _, _ := strings.Cut(reflect.TypeFor[agreement.Agreement]().Field(i).Tag.Get("json"), ",")
		names = append(names, name)
	}
	if diff := cmp.Diff(append(append([]string{}, policy.AgreementItems...), "conditions", "volumes"), names); diff != "" {
		t.Error(diff)
	}
}

func TestEveryItemIsChecked(t *testing.T) {
	type A = agreement.Agreement
	long := strings.Repeat("长", 4001)
	none := func(_ *A) {}
	for i, item := range []struct {
		key    string
		breaks map[string]func(*A) // by "path code"
	}{
		{"resources", map[string]func(*A){
			"resources required":                  func(a *A) { a.Resources = nil },
			"resources[1] beyond-decision":        func(a *A) { a.Resources = []string{"r1", "r9"} },
			"resources[1] repeated":               func(a *A) { a.Resources = []string{"r1", "r1"} },
			"resources too-many":                  func(a *A) { a.Resources = make([]string, 501) },
			"products[0] beyond-decision (class)": func(a *A) { a.Products[0].Class = agreement.PublicBenefit },
		}},
		{"term", map[string]func(*A){
			"term.from required":        func(a *A) { a.Term.From = calendar.Date{} },
			"term.to required":          func(a *A) { a.Term.To = calendar.Date{} },
			"term.from start-in-past":   func(a *A) { a.Term.From = day("2026-03-01") },
			"term.from start-too-far":   func(a *A) { a.Term.From, a.Term.To = day("2028-03-03"), day("2029-03-01") },
			"term.to end-before-start":  func(a *A) { a.Term.To = a.Term.From },
			"term.to term-too-long":     func(a *A) { a.Term.To = day("2031-04-01") },
			"term.to term-too-long (2)": func(a *A) { a.Term.To, a.Term.Exception = day("2031-04-01"), " \n" },
			"term.to beyond-decision":   func(a *A) { a.Term.To, a.Term.Exception = day("2032-04-01"), "large investment" },
			"term.exception too-long":   func(a *A) { a.Term.Exception = long },
		}},
		{"products", map[string]func(*A){
			"products required":                      func(a *A) { a.Products = nil },
			"products[0] beyond-decision":            func(a *A) { a.Products[0].Name = "other" },
			"products[0] beyond-decision (form)":     func(a *A) { a.Products[0].Form = "report" },
			"products[1].name repeated":              func(a *A) { a.Products[1] = a.Products[0] },
			"products[1].standard required":          func(a *A) { a.Products[1].Standard = "" },
			"products[1].security_review required":   func(a *A) { a.Products[1].Security = " " },
			"products[0].compliance_review too-long": func(a *A) { a.Products[0].Compliance = long },
			"products too-many":                      func(a *A) { a.Products = make([]agreement.Product, 101) },
		}},
		{"platform", map[string]func(*A){"platform required": func(a *A) { a.Platform = "" }, "platform too-long": func(a *A) { a.Platform = long }}},
		{"assets", map[string]func(*A){"assets required": func(a *A) { a.Assets = "" }}},
		{"disclosure", map[string]func(*A){
			"disclosure.requirements required":              func(a *A) { a.Disclosure.Requirements = "" },
			"disclosure.no_redevelopment redevelopment-ban": func(a *A) { a.Disclosure.NoRedevelopment = false },
		}},
		{"accounting", map[string]func(*A){
			"accounting.rules required":                           func(a *A) { a.Accounting.Rules = "" },
			"accounting.shares shares-do-not-add-up":              func(a *A) { a.Accounting.Shares[0].BasisPoints = 2999 },
			"accounting.shares shares-do-not-add-up (none)":       func(a *A) { a.Accounting.Shares = nil },
			"accounting.shares[0].basis_points not-a-share":       func(a *A) { a.Accounting.Shares[0].BasisPoints = -1 },
			"accounting.shares[1].basis_points not-a-share (max)": func(a *A) { a.Accounting.Shares[1].BasisPoints = 10001 },
			"accounting.shares[1].party required":                 func(a *A) { a.Accounting.Shares[1].Party = "" },
			"accounting.shares too-many":                          func(a *A) { a.Accounting.Shares = make([]agreement.Share, 51) },
		}},
		{"security", map[string]func(*A){"security required": func(a *A) { a.Security = "" }}},
		{"evaluation", map[string]func(*A){"evaluation required": func(a *A) { a.Evaluation = "" }}},
		{"breach", map[string]func(*A){"breach required": func(a *A) { a.Breach = "" }}},
		{"disputes", map[string]func(*A){
			"disputes.ways required":            func(a *A) { a.Disputes.Ways = nil },
			"disputes.ways[1] arbitration-void": func(a *A) { a.Disputes.Ways[1] = agreement.Arbitration },
			"disputes.ways[1] not-a-choice":     func(a *A) { a.Disputes.Ways[1] = "duel" },
			"disputes.ways[1] repeated":         func(a *A) { a.Disputes.Ways[1] = a.Disputes.Ways[0] },
			"disputes.ways too-many":            func(a *A) { a.Disputes.Ways = make([]agreement.Way, 11) },
			"disputes.text required":            func(a *A) { a.Disputes.Text = "" },
			"disputes.text arbitration-void":    func(a *A) { a.Disputes.Text = "提交某仲裁委员会裁决" },
		}},
		{"change", map[string]func(*A){"change required": func(a *A) { a.Change = "" }, "change arbitration-void": func(a *A) { a.Change = "by ARBITRATION" }}},
		{"other", map[string]func(*A){"other required": func(a *A) { a.Other = "" }, "other arbitration-void": func(a *A) { a.Other = "争议由仲裁解决" }}},
	} {
		if policy.AgreementItems[i] != item.key {
			t.Fatalf("item %d is %q", i+1, item.key)
		}
		for want, change := range item.breaks {
			t.Run(want, func(t *testing.T) {
				path, code, _ := strings.Cut(want, " ")
				code, _, _ = strings.Cut(code, " (")
				if got := check(t, change); got[path] != code {
					t.Errorf("got %v", got)
				}
			})
		}
	}
	if len(check(t, none)) > 0 {
		t.Error("the tests change what they share")
	}
}

// A term of more than five years needs a profile that knows exceptions, a decision that allows it, and its documented reason.
func TestLongTerm(t *testing.T) {
	a := whole()
	a.Term.To, a.Term.Exception = day("2032-03-31"), "large investment in the platform"
	if got := agreement.Check(a, scope(), rules(), today); len(got) > 0 {
		t.Errorf("documented: %v", got)
	}
	strict := rules()
	strict.TermException = false
	if got := agreement.Check(a, scope(), strict, today); len(got) != 1 || got[0].Code != "term-too-long" || got[0].Params["months"] != "60" {
		t.Errorf("a profile without exceptions: %v", got)
	}
	shorter := scope()
	shorter.TermMonths = 60
	if got := agreement.Check(a, shorter, rules(), today); len(got) != 1 || got[0].Code != "beyond-decision" {
		t.Errorf("decided for five years: %v", got)
	}
}

func TestConditionsOfReviews(t *testing.T) {
	for name, conditions := range map[string][]string{"none": nil, "reworded": {"audit each year"}, "others": {"a condition of our own"}} {
		got := check(t, func(a *agreement.Agreement) { a.Conditions = conditions })
		if got["conditions"] != "condition-missing" {
			t.Errorf("%s: %v", name, got)
		}
	}
	// A reviewer's words are repeated as they are, whatever they speak of.
	s := scope()
	s.Conditions = []string{"不得约定仲裁"}
	a := whole()
	a.Conditions = s.Conditions
	if got := agreement.Check(a, s, rules(), today); len(got) > 0 {
		t.Error(got)
	}
}

// Nothing that the check lets pass goes beyond the decision, whatever is asked for.
func TestNothingBeyondTheDecision(t *testing.T) {
	resource := rapid.SampledFrom([]string{"r1", "r2", "r3", "r4", ""})
	product := rapid.Custom(func(t *rapid.T) agreement.Product {
		p := whole().Products[0]
		p.Name = rapid.SampledFrom([]string{"flow", "alerts", "other"}).Draw(t, "name")
		p.Class = rapid.SampledFrom([]agreement.Class{agreement.Industry, agreement.PublicBenefit}).Draw(t, "class")
		p.Form = rapid.SampledFrom([]string{"API", "data set"}).Draw(t, "form")
		return p
	})
	rapid.Check(t, func(t *rapid.T) {
		a := whole()
		a.Resources = rapid.SliceOfN(resource, 0, 4).Draw(t, "resources")
		a.Products = rapid.SliceOfN(product, 0, 3).Draw(t, "products")
		a.Term.From = today.AddDays(rapid.IntRange(-3, 40).Draw(t, "from"))
		a.Term.To = a.Term.From.AddDays(rapid.IntRange(-3, 2300).Draw(t, "days"))
		a.Term.Exception = rapid.SampledFrom([]string{"", "reason"}).Draw(t, "exception")
		sound := len(a.Resources) > 0 && len(a.Products) > 0 && !a.Term.From.Before(today) && a.Term.To.After(a.Term.From) &&
			!a.Term.To.After(a.Term.From.AddMonths(72).AddDays(-1)) && (a.Term.Exception != "" || !a.Term.To.After(a.Term.From.AddMonths(60).AddDays(-1)))
		resources, names := map[string]bool{"": true, "r4": true}, map[string]bool{"other": true}
		for _, r := range a.Resources {
			sound = sound && !resources[r]
			resources[r] = true
		}
		for _, p := range a.Products {
			decided := p.Name == "flow" && p.Class == agreement.Industry && p.Form == "API" || p.Name == "alerts" && p.Class == agreement.PublicBenefit && p.Form == "data set"
			sound = sound && decided && !names[p.Name]
			names[p.Name] = true
		}
		if got := agreement.Check(a, scope(), rules(), today); (len(got) == 0) != sound {
			t.Fatalf("sound %v, found %v", sound, got)
		}
	})
}

func TestHashIsOfTheContent(t *testing.T) {
	a, b := whole(), whole()
	if a.Hash() != b.Hash() {
		t.Error("equal content, other hash")
	}
	raw, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	var read agreement.Agreement
	if err := json.Unmarshal(raw, &read); err != nil || read.Hash() != a.Hash() {
		t.Errorf("another hash after JSON: %v", err)
	}
	hashes := map[string]string{a.Hash(): "whole"}
	for i := range 3 {
		c := whole()
		switch i {
		case 0:
			c.Term.To = c.Term.To.AddDays(-1)
		case 1:
			c.Accounting.Shares[0].Party = "supplier"
		case 2:
			c.Conditions = nil
		}
		if same, twice := hashes[c.Hash()]; twice {
			t.Errorf("change %d has the hash of %s", i, same)
		}
		hashes[c.Hash()] = fmt.Sprint(i)
	}
}

// What comes from outside never makes the check panic.
func FuzzCheck(f *testing.F) {
	raw, err := json.Marshal(whole())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Add([]byte(`{}`))
	f.Add([]byte(`{"term":{"from":"9999-12-31","to":"9999-12-31"},"products":[{}],"accounting":{"shares":[{"basis_points":9223372036854775807},{"basis_points":1}]}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var a agreement.Agreement
		if json.Unmarshal(raw, &a) != nil {
			return
		}
		for _, field := range agreement.Check(a, scope(), rules(), today) {
			if field.Path == "" || field.Detail("en") == field.Code {
				t.Errorf("%+v", field)
			}
		}
	})
}
