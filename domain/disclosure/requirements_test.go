package disclosure_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/disclosure"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
	"datacharter/domain/refusal"
)

var sides = []authorization.Side{authorization.AgencySide, authorization.OperatorSide}

// Agency and operator each disclose the year before by 31 March (notice of February 2026). Who is late is asked again and again, and the supervisors learn of it.
func TestRequirement54DueByTheEndOfMarch(t *testing.T) {
	for _, side := range sides {
		r := running(t, side)
		if limits := len(r.d.Deadlines); limits != 1 {
			t.Fatalf("%d limits run in the year itself", limits)
		}
		r.until(t, "2027-01-02").want(t, disclosure.Due)
		limit := r.d.Deadline("yearly-disclosure")
		if got := limit.Due.On.String(); got != "2027-03-31" || limit.Article != "NDA notice of 2026-02-10; 27号 Art. 18–19" || limit.RemindAt == nil {
			t.Fatalf("due %s, %+v", got, limit)
		}
		r.effects = nil
		r.until(t, "2027-05-10")
		if got := r.told(); r.d.Chased < 2 || !slices.Contains(got, "disclosure-late") || !slices.Contains(got, "deadline-passed") {
			t.Errorf("%s: chased %d times: %v", side, r.d.Chased, got)
		}
		chased := r.d.Chased
		r.do(t, preparer(side), "compile", nil).do(t, preparer(side), "edit", entered()).do(t, preparer(side), "submit", nil).do(t, checker(side), "publish", nil)
		if r.until(t, "2028-01-01"); r.d.Chased != chased {
			t.Error("chased after it was published")
		}
	}
}

// The draft has the fields of the two forms of §5, from the records: an agency's ceilings and operators, an operator's charges and agencies.
func TestRequirement55TheFieldsOfTheForms(t *testing.T) {
	a := published(t, authorization.AgencySide).d.Versions[0].Content
	if a.Organization != (disclosure.Named{ID: agency, Name: "示范市数据局", CreditCode: "11"}) || a.Address == "" || a.Postcode == "" || a.Email == "" || a.Phone == "" {
		t.Errorf("the agency itself: %+v", a)
	}
	auth := a.Authorizations[0]
	if auth.Other != (disclosure.Named{ID: operator, Name: "示范运营公司", CreditCode: "91"}) || auth.Mode != "field" || auth.From != day("2026-03-01") || auth.To != day("2029-02-28") {
		t.Errorf("the authorisation: %+v", auth)
	}
	if want := []disclosure.Resource{{ID: "res-1", Code: "C-1"}, {ID: "res-2"}}; !slices.Equal(auth.Resources, want) {
		t.Errorf("resources, registered and to be registered: %+v", auth.Resources)
	}
	if p := a.Products[0]; !reflect.DeepEqual(p.Ceiling, pricing.Flat(must(pricing.ParsePrice("2")))) || p.Charge != nil {
		t.Errorf("an agency discloses ceilings: %+v", p)
	}
	o := published(t, authorization.OperatorSide).d.Versions[0].Content
	if p := o.Products[0]; !reflect.DeepEqual(p.Charge, pricing.Flat(must(pricing.ParsePrice("1")))) || p.Ceiling != nil || p.Class != "industry" || !p.Listed {
		t.Errorf("an operator discloses charges: %+v", p)
	}
	if o.Organization.ID != operator || o.Authorizations[0].Other.ID != agency {
		t.Errorf("an operator discloses who granted: %+v", o.Authorizations[0].Other)
	}
}

// Only what is meant for the public leaves: no person, no internal reason.
func TestRequirement55OnlyPublicFieldsLeave(t *testing.T) {
	r := checking(t, authorization.AgencySide).do(t, "admin", "return", disclosure.ReturnInput{Reason: "内部意见甲"})
	r.do(t, "officer", "submit", nil).do(t, "admin", "publish", nil)
	r.do(t, "admin", "withdraw", disclosure.WithdrawInput{PublicReason: "内容有误，正在核实", Records: "内部说明乙"})
	for _, e := range r.effects {
		if e.Publication == nil {
			continue
		}
		for _, secret := range []string{"内部意见甲", "内部说明乙", "officer", "admin"} {
			if strings.Contains(string(e.Publication.Content), secret) {
				t.Errorf("%q is published: %s", secret, e.Publication.Content)
			}
		}
	}
}

func TestEveryFieldIsCheckedBeforeTheCheck(t *testing.T) {
	r := due(t, authorization.OperatorSide).do(t, "applicant", "compile", nil)
	for _, path := range []string{"address", "postcode", "email", "phone"} {
		r.refuse(t, "applicant", "submit", nil, refusal.Required, path)
	}
	for path, bad := range map[string]struct {
		change func(*disclosure.Entered)
		code   refusal.Code
	}{
		"email": {func(e *disclosure.Entered) { e.Email = "nobody" }, refusal.Malformed},
		"note":  {func(e *disclosure.Entered) { e.Note = strings.Repeat("长", 4001) }, refusal.TooLong},
		"departments[1].contact": {func(e *disclosure.Entered) {
			e.Departments = append(e.Departments, disclosure.Department{Unit: "甲", Phone: "1"})
		}, refusal.Required},
		"departments":     {func(e *disclosure.Entered) { e.Departments = make([]disclosure.Department, 51) }, refusal.TooMany},
		"ways[0].product": {func(e *disclosure.Entered) { e.Ways = []disclosure.Way{{Product: "别的", Data: "public"}} }, refusal.UnknownReference},
		"ways[0].data":    {func(e *disclosure.Entered) { e.Ways = []disclosure.Way{{Product: "客流分析", Data: "x"}} }, refusal.NotAChoice},
		"ways[1].product": {func(e *disclosure.Entered) {
			e.Ways = []disclosure.Way{{Product: "客流分析", Data: "public"}, {Product: "客流分析", Data: "mixed"}}
		}, refusal.Repeated},
	} {
		in := entered()
		bad.change(&in)
		r.refuse(t, "applicant", "edit", in, bad.code, path)
	}
	in := entered()
	in.Ways = []disclosure.Way{{Product: "客流分析", Data: disclosure.MixedData}}
	r.do(t, "applicant", "edit", in).do(t, "applicant", "submit", nil)
	drafting(t, authorization.AgencySide).refuse(t, "officer", "edit", in, refusal.WaysOfOperator, "ways")
}

// Whoever compiled, edited or handed in does not check.
func TestWhoPreparedDoesNotCheck(t *testing.T) {
	r := checking(t, authorization.AgencySide)
	r.refuse(t, "officer", "publish", nil, refusal.PreparedByHim)
	r.refuse(t, "officer", "return", disclosure.ReturnInput{Reason: "改"}, refusal.PreparedByHim)
	r.copy().do(t, "officer-2", "publish", nil)
	r.do(t, "officer-2", "return", disclosure.ReturnInput{Reason: "改"}).do(t, "officer-2", "edit", entered()).do(t, "officer", "submit", nil)
	r.refuse(t, "officer-2", "publish", nil, refusal.PreparedByHim)
	r.do(t, "admin", "publish", nil)
}

// What is published first says what the records say at that moment; a correction says what was true then.
func TestStaleDraftIsNotPublished(t *testing.T) {
	r := checking(t, authorization.OperatorSide)
	r.env.Facts.Cases[granted].(*authorization.Authorization).Products[0].Listed = false //nolint:forcetypeassert // made above
	r.refuse(t, "signatory", "publish", nil, refusal.DisclosureStale)
	r.do(t, "signatory", "return", disclosure.ReturnInput{Reason: "记录已变"}).do(t, "applicant", "compile", nil).do(t, "applicant", "submit", nil).do(t, "signatory", "publish", nil)
	if r.d.Versions[0].Content.Products[0].Listed {
		t.Error("published what the records no longer say")
	}
	r.env.Facts.Cases[granted].(*authorization.Authorization).Title = "改名" //nolint:forcetypeassert // made above
	corrected := entered()
	corrected.Phone = "000-11111111"
	r.do(t, "applicant", "correct", disclosure.CorrectInput{PublicReason: "电话变更"}).do(t, "applicant", "edit", corrected).do(t, "applicant", "submit", nil).do(t, "signatory", "publish", nil)
	if v := r.d.Versions[1]; v.Content.Authorizations[0].Title != "气象数据授权" || v.Reason != "电话变更" {
		t.Errorf("%+v", v)
	}
}

// A correction keeps what was published; while it is under way the public reads the old version. Dropped, nothing is left of it.
func TestCorrectionsKeepTheirHistory(t *testing.T) {
	r := published(t, authorization.AgencySide)
	first := r.d.Versions[0]
	r.do(t, "officer", "correct", disclosure.CorrectInput{PublicReason: "地址变更"})
	r.refuse(t, "officer", "submit", nil, refusal.DisclosureSame)
	changed := entered()
	changed.Address = "示范市示范路2号"
	dropped := r.do(t, "officer", "edit", changed).copy()
	if dropped.do(t, "officer", "drop-correction", nil).want(t, disclosure.Published); dropped.d.Drafted.Address != first.Content.Address || dropped.d.Correction != nil {
		t.Error("something is left of a dropped correction")
	}
	if r.d.Published().Content.Address != first.Content.Address {
		t.Error("the public reads a correction before it is published")
	}
	r.do(t, "officer", "submit", nil).do(t, "admin", "publish", nil)
	if p := r.public(t); p.Version != 2 || p.Reason != "地址变更" || p.Content.Address != "示范市示范路2号" || r.d.Versions[0].Content.Address != first.Content.Address {
		t.Errorf("%+v", p)
	}
	r.copy().refuse(t, "officer", "drop-correction", nil, refusal.NotInState)
	draftedFirst := drafting(t, authorization.AgencySide)
	draftedFirst.refuse(t, "officer", "drop-correction", nil, refusal.NotInState)
}

// What is withdrawn leaves a tombstone; the duty stands and is chased until something is published anew.
func TestWithdrawnLeavesATombstone(t *testing.T) {
	r := published(t, authorization.AgencySide)
	in := disclosure.WithdrawInput{PublicReason: "内容有误", Records: "误填"}
	r.refuse(t, "admin", "withdraw", disclosure.WithdrawInput{}, refusal.Required, "public_reason")
	r.do(t, "admin", "withdraw", in).want(t, disclosure.Withdrawn)
	if p := r.public(t); p.Withdrawn == nil || p.Reason != "内容有误" || p.Content != nil || p.Version != 1 || r.d.Published() != nil {
		t.Errorf("%+v", p)
	}
	if r.until(t, "2027-03-01"); r.d.Chased == 0 {
		t.Error("nobody asks for it again")
	}
	r.do(t, "officer", "compile", nil).do(t, "officer", "submit", nil).do(t, "admin", "publish", nil)
	if p := r.public(t); p.Withdrawn != nil || p.Version != 2 || r.d.Versions[0].Withdrawn == nil {
		t.Errorf("%+v", p)
	}
}

// One disclosure covers every authorisation of the organisation; a repeated call changes nothing, one that comes late is taken in as well.
func TestOneDisclosureForAllAuthorizations(t *testing.T) {
	r := running(t, authorization.AgencySide)
	before := r.d.Version
	r.do(t, "system", authorization.CallForDisclosure, call(authorization.AgencySide, granted))
	if r.d.Version != before {
		t.Error("a repeat left something")
	}
	r.until(t, "2027-01-10").do(t, "system", authorization.CallForDisclosure, call(authorization.AgencySide, "aut-2")).want(t, disclosure.Due)
	r.do(t, "officer", "compile", nil)
	if n := len(r.d.Drafted.Authorizations); n != 2 || len(r.d.Drafted.Products) != 2 {
		t.Errorf("%d authorisations", n)
	}
}

// What was entered the year before is there already, its note apart.
func TestLastYearsEntriesAreCarriedOver(t *testing.T) {
	last := published(t, authorization.AgencySide)
	last.d.Drafted.Note = "去年的说明"
	r := newRun(authorization.AgencySide)
	r.d.ID, r.env.Now = authorization.DisclosureID(authorization.AgencySide, agency, 2027), at("2027-03-31")
	r.env.Facts.Cases[last.d.ID] = last.d
	in := call(authorization.AgencySide, granted)
	in.Year = 2027
	r.do(t, "system", authorization.CallForDisclosure, in).until(t, "2028-01-10").do(t, "officer", "compile", nil)
	if r.d.Drafted.Address != entered().Address || r.d.Drafted.Note != "" {
		t.Errorf("%+v", r.d.Drafted.Entered)
	}
}

// An older profile asks for no disclosure as a case.
func TestOlderProfiles(t *testing.T) {
	r := newRun(authorization.AgencySide)
	older := *r.env.Policy
	older.Disclosure = nil
	r.env.Policy = &older
	r.refuse(t, "system", authorization.CallForDisclosure, call(authorization.AgencySide, granted), refusal.PolicyUnknown)
}

func TestTableIsWhole(t *testing.T) {
	for _, row := range disclosure.Machine.Table().Rows {
		if disclosure.Machine.Input(row.Command) == nil || len(row.To) == 0 {
			t.Errorf("%s has no input or leads nowhere", row.Command)
		}
	}
	if raw := must(json.Marshal(lifecycle.Case(&disclosure.Disclosure{}))); len(raw) == 0 {
		t.Error("no JSON")
	}
}
