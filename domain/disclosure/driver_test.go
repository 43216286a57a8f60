package disclosure_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/disclosure"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
	"datacharter/domain/refusal"
	"datacharter/policies"
)

const (
	agency   = "agency"
	operator = "operator"
	granted  = "aut-1"
)

func holder(person, organization string, kind identity.Kind, role identity.Role) identity.Actor {
	return identity.Actor{Person: person, Grants: []identity.Grant{{Organization: organization, Kind: kind, Role: role}}}
}

var people = map[string]identity.Actor{
	"officer":    holder("officer", agency, identity.Agency, identity.CaseOfficer),
	"officer-2":  holder("officer-2", agency, identity.Agency, identity.CaseOfficer),
	"admin":      holder("admin", agency, identity.Agency, identity.Administrator),
	"applicant":  holder("applicant", operator, identity.Operator, identity.Applicant),
	"signatory":  holder("signatory", operator, identity.Operator, identity.OperatorSignatory),
	"other":      holder("other", "operator-2", identity.Operator, identity.Applicant),
	"elsewhere":  holder("elsewhere", "agency-2", identity.Agency, identity.CaseOfficer),
	"supervisor": holder("supervisor", "watch", identity.Supervisor, identity.Auditor),
	"citizen":    holder("citizen", "public", identity.Public, identity.Reader),
	"nobody":     {Person: "nobody"},
	"system":     identity.System(),
}

var nationalDays = must(policies.NationalCalendar())

type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func day(s string) calendar.Date { return must(calendar.ParseDate(s)) }

func at(on string) time.Time { return day(on).Start().Add(9 * time.Hour) }

// run is one disclosure being driven, beside the authorisations that it is about.
type run struct {
	d       *disclosure.Disclosure
	env     lifecycle.Env
	effects []lifecycle.Effect
}

// authorized is an authorisation in operation since 1 March 2026 with an industry product on offer.
func authorized(id string) *authorization.Authorization {
	a := &authorization.Authorization{}
	a.ID, a.Kind, a.Version, a.State, a.Title, a.Applicant, a.Agency = id, authorization.Kind, 9, authorization.Operating, "气象数据授权", operator, agency
	a.Submissions = []authorization.Submission{{No: 1, Content: authorization.Application{Mode: "field"}}}
	a.Versions = []authorization.Version{{No: 1, Content: agreement.Agreement{
		Resources: []string{"res-1", "res-2"}, Term: agreement.Term{From: day("2026-03-01"), To: day("2029-02-28")},
		Products: []agreement.Product{{Name: "客流分析", Class: agreement.Industry, Form: "报告"}},
	}}}
	started := at("2026-03-01")
	a.Filing, a.Started, a.Access = &authorization.Filing{On: day("2026-02-20")}, &started, authorization.AccessOpen
	highest, price := must(pricing.ParsePrice("2")), must(pricing.ParsePrice("1"))
	a.Products = []authorization.Product{{Name: "客流分析", Class: agreement.Industry, Unit: "calls", Ceiling: &highest, Price: &price, Listed: true, ListedAt: &started}}
	a.Registrations = []authorization.OnRecord{{Registration: "reg-1", Object: "resource", Subject: "res-1", Code: "C-1"}}
	return a
}

func newRun(side authorization.Side) *run {
	d := &disclosure.Disclosure{}
	organization := agency
	if side == authorization.OperatorSide {
		organization = operator
	}
	d.ID, d.Kind = authorization.DisclosureID(side, organization, 2026), disclosure.Kind
	return &run{d: d, env: lifecycle.Env{
		Now: at("2026-03-01"), Policy: policies.National(), Calendar: nationalDays,
		Facts: lifecycle.Facts{
			Organizations: map[string]lifecycle.Organization{
				agency: {ID: agency, Name: "示范市数据局", CreditCode: "11"}, operator: {ID: operator, Name: "示范运营公司", CreditCode: "91"},
			},
			Cases: map[string]lifecycle.Case{granted: authorized(granted), "aut-2": authorized("aut-2")},
		},
	}}
}

func call(side authorization.Side, of string) authorization.DisclosureCall {
	return authorization.DisclosureCall{Side: side, Year: 2026, Authorization: of, Agency: agency, Operator: operator}
}

func entered() disclosure.Entered {
	return disclosure.Entered{
		Address: "示范市示范路1号", Postcode: "000000", Email: "office@example.org", Phone: "000-00000000",
		Departments: []disclosure.Department{{Unit: "示范市数据局", Contact: "公共数据科", Phone: "000-00000000"}},
	}
}

func command(who, name string, input any) lifecycle.Command {
	return lifecycle.Command{ID: name, Name: name, Actor: people[who], Data: must(json.Marshal(input))}
}

// asked leaves of the facts only what a command asked for.
func (r *run) asked(cmd lifecycle.Command) lifecycle.Env {
	needs, env := disclosure.Machine.Needs(r.d, cmd), r.env
	env.Facts = lifecycle.Facts{Organizations: map[string]lifecycle.Organization{}, Cases: map[string]lifecycle.Case{}}
	for _, id := range needs.Organizations {
		env.Facts.Organizations[id] = r.env.Facts.Organizations[id]
	}
	for _, id := range needs.Cases {
		if c, ok := r.env.Facts.Cases[id]; ok {
			env.Facts.Cases[id] = c
		}
	}
	return env
}

// try gives a command; when it is not refused it is folded, and checked against the table.
func (r *run) try(t fataler, cmd lifecycle.Command) *refusal.Refusal {
	t.Helper()
	before, from := string(must(json.Marshal(r.d))), r.d.State
	events, refused := disclosure.Machine.Decide(r.d, cmd, r.asked(cmd))
	if after := string(must(json.Marshal(r.d))); after != before {
		t.Fatalf("%s: deciding changed the case", cmd.Name)
	}
	if refused != nil {
		return refused
	}
	effects, err := disclosure.Machine.Apply(r.d, events)
	if err != nil {
		t.Fatalf("%s: %v", cmd.Name, err)
	}
	r.effects = append(r.effects, slices.Concat(effects...)...)
	row, _ := disclosure.Machine.Row(cmd.Name)
	if from != "" && !slices.Contains(row.From, from) || !slices.Contains(row.To, r.d.State) {
		t.Fatalf("%s led from %q to %q, which its row does not say", cmd.Name, from, r.d.State)
	}
	for _, e := range events {
		if !strings.HasPrefix(e.Type, "deadline-") && !slices.Contains(row.Events, e.Type) {
			t.Fatalf("%s led to %q, which its row does not say", cmd.Name, e.Type)
		}
	}
	again := must(disclosure.Machine.Decode(must(json.Marshal(r.d))))
	if string(must(json.Marshal(r.d))) != string(must(json.Marshal(again))) {
		t.Fatalf("%s: the case does not survive JSON", cmd.Name)
	}
	return nil
}

func (r *run) do(t fataler, who, name string, input any) *run {
	t.Helper()
	if refused := r.try(t, command(who, name, input)); refused != nil {
		t.Fatalf("%s by %s in %q is refused: %s %v", name, who, r.d.State, refused.Code, refused.Fields)
	}
	return r
}

// refuse wants a refusal, or a fault of a field when a path is given.
func (r *run) refuse(t fataler, who, name string, input any, code refusal.Code, path ...string) {
	t.Helper()
	no := r.try(t, command(who, name, input))
	if len(path) == 0 {
		if no == nil || no.Code != code.Name {
			t.Fatalf("%s by %s: %v, want %s", name, who, no, code.Name)
		}
		return
	}
	if no == nil || !slices.ContainsFunc(no.Fields, func(f refusal.Field) bool { return f.Path == path[0] && f.Code == code.Name }) {
		t.Fatalf("%s by %s: %+v, want %s at %s", name, who, no, code.Name, path[0])
	}
}

// until lets all limits up to a day go by, one after the other.
func (r *run) until(t fataler, on string) *run {
	t.Helper()
	for {
		when, ok := r.d.WakeAt()
		if !ok || when.After(at(on)) {
			r.env.Now = at(on)
			return r
		}
		if when.After(r.env.Now) {
			r.env.Now = when
		}
		r.do(t, "system", lifecycle.Tick, nil)
	}
}

func (r *run) want(t fataler, state lifecycle.State) *run {
	t.Helper()
	if r.d.State != state {
		t.Fatalf("the disclosure is in %q, want %q", r.d.State, state)
	}
	return r
}

// preparer and checker of a side.
func preparer(side authorization.Side) string {
	if side == authorization.AgencySide {
		return "officer"
	}
	return "applicant"
}

func checker(side authorization.Side) string {
	if side == authorization.AgencySide {
		return "admin"
	}
	return "signatory"
}

func running(t fataler, side authorization.Side) *run {
	t.Helper()
	return newRun(side).do(t, "system", authorization.CallForDisclosure, call(side, granted)).want(t, disclosure.Running)
}

func due(t fataler, side authorization.Side) *run {
	t.Helper()
	return running(t, side).until(t, "2027-01-10").want(t, disclosure.Due)
}

func drafting(t fataler, side authorization.Side) *run {
	t.Helper()
	return due(t, side).do(t, preparer(side), "compile", nil).do(t, preparer(side), "edit", entered()).want(t, disclosure.Drafting)
}

func checking(t fataler, side authorization.Side) *run {
	t.Helper()
	return drafting(t, side).do(t, preparer(side), "submit", nil).want(t, disclosure.Checking)
}

func published(t fataler, side authorization.Side) *run {
	t.Helper()
	return checking(t, side).do(t, checker(side), "publish", nil).want(t, disclosure.Published)
}

// copy is the same case, to be driven on its own.
func (r *run) copy() *run {
	again := must(disclosure.Machine.Decode(must(json.Marshal(r.d))))
	return &run{d: again.(*disclosure.Disclosure), env: r.env, effects: slices.Clone(r.effects)} //nolint:forcetypeassert // its own kind
}

// told are the subjects of what left the case, in order.
func (r *run) told() []string {
	var out []string
	for _, e := range r.effects {
		switch {
		case e.Notice != nil:
			out = append(out, e.Notice.Subject)
		case e.Publication != nil:
			out = append(out, "public "+e.Publication.Subject)
		}
	}
	return out
}

// public is what the public was told last.
func (r *run) public(t testing.TB) disclosure.PublicDisclosure {
	t.Helper()
	for i := len(r.effects) - 1; i >= 0; i-- {
		if p := r.effects[i].Publication; p != nil {
			var out disclosure.PublicDisclosure
			if err := json.Unmarshal(p.Content, &out); err != nil {
				t.Fatal(err)
			}
			return out
		}
	}
	t.Fatal("the public was told nothing")
	return disclosure.PublicDisclosure{}
}
