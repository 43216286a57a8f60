package complaint_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/complaint"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/notice"
	"datacharter/policies"
)

func holder(person, organization string, kind identity.Kind, role identity.Role) identity.Actor {
	return identity.Actor{Person: person, Grants: []identity.Grant{{Organization: organization, Kind: kind, Role: role}}}
}

var people = map[string]identity.Actor{
	"officer":    holder("officer", "agency", identity.Agency, identity.CaseOfficer),
	"admin":      holder("admin", "agency", identity.Agency, identity.Administrator),
	"elsewhere":  holder("elsewhere", "agency-2", identity.Agency, identity.CaseOfficer),
	"supervisor": holder("supervisor", "watch", identity.Supervisor, identity.Auditor),
	"operator":   holder("operator", "operator", identity.Operator, identity.Applicant),
	"citizen":    holder("citizen", "public", identity.Public, identity.Reader),
	"nobody":     {},
	"system":     identity.System(),
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

var days = must(policies.NationalCalendar())

func day(s string) time.Time { return must(calendar.ParseDate(s)).Start().Add(9 * time.Hour) }

// run is one complaint being driven.
type run struct {
	c       *complaint.Complaint
	env     lifecycle.Env
	effects []lifecycle.Effect
}

func newRun() *run {
	known := func(id string, public bool) *authorization.Authorization {
		a := &authorization.Authorization{}
		a.ID, a.Kind, a.Applicant, a.Agency, a.State = id, authorization.Kind, "operator", "agency", authorization.Operating
		if public {
			a.Public = &lifecycle.PublicState{}
		}
		return a
	}
	c := &complaint.Complaint{}
	c.ID, c.Kind = "rep-aaaabbbbccccdddd", complaint.Kind
	return &run{c: c, env: lifecycle.Env{Now: day("2026-01-05"), Policy: policies.National(), Calendar: days, Facts: lifecycle.Facts{
		Cases: map[string]lifecycle.Case{"aut-1": known("aut-1", true), "aut-2": known("aut-2", false)},
	}}}
}

// give gives a command and returns the code of its refusal, with those of its fields; empty when it was accepted.
func (r *run) give(actor identity.Actor, name string, in any) string {
	events, refused := complaint.Machine.Decide(r.c, lifecycle.Command{ID: name, Name: name, Actor: actor, Data: must(json.Marshal(in))}, r.env)
	if refused != nil {
		code := refused.Code
		for _, f := range refused.Fields {
			code += " " + f.Path + ":" + f.Code
		}
		return code
	}
	for _, e := range must(complaint.Machine.Apply(r.c, events)) {
		r.effects = append(r.effects, e...)
	}
	return ""
}

func (r *run) do(t testing.TB, who, name string, in any) *run {
	t.Helper()
	if refused := r.give(people[who], name, in); refused != "" {
		t.Fatalf("%s %s in %s: %s", who, name, r.c.State, refused)
	}
	return r
}

func (r *run) copy() *run {
	c := must(complaint.Machine.Decode(must(json.Marshal(r.c))))
	return &run{c: c.(*complaint.Complaint), env: r.env} //nolint:forcetypeassert // its own kind
}

func lodging(about complaint.About) complaint.Lodging {
	in := complaint.Lodging{LodgeInput: complaint.LodgeInput{About: about, Facts: "超出约定场景使用", Name: "周某", Contact: "zhou@example.org"}, Secret: "secret"}
	if about != complaint.AboutOther {
		in.Authorization = "aut-1"
	}
	return in
}

// input is one that passes wherever the command does.
func input(name string) any {
	switch name {
	case complaint.Lodge:
		return lodging(complaint.AboutOperator)
	case "refuse":
		return complaint.RefuseInput{PublicReason: "不属于受理范围"}
	case "answer":
		return complaint.AnswerInput{Outcome: complaint.Upheld, Text: "经查属实"}
	default:
		return struct{}{}
	}
}

func lodged(t testing.TB, about complaint.About) *run {
	t.Helper()
	return newRun().do(t, "system", complaint.Lodge, lodging(about))
}

// TestMatrix gives every command in every state as everybody: what is not expected is refused.
func TestMatrix(t *testing.T) {
	both := map[string]string{"officer": "accept refuse", "supervisor": "accept refuse"}
	alone := map[string]string{"supervisor": "accept refuse"}
	begun := map[lifecycle.State]bool{}
	for name, c := range map[string]struct {
		there *run
		state lifecycle.State
		may   map[string]string
	}{
		"not yet":          {newRun(), "", map[string]string{"system": "lodge"}},
		"of the operator":  {lodged(t, complaint.AboutOperator), complaint.Received, both},
		"of the agency":    {lodged(t, complaint.AboutAgency), complaint.Received, alone},
		"of anything else": {lodged(t, complaint.AboutOther), complaint.Received, alone},
		"accepted":         {lodged(t, complaint.AboutOperator).do(t, "officer", "accept", nil), complaint.Accepted, map[string]string{"officer": "answer", "supervisor": "answer"}},
		"agency's, taken":  {lodged(t, complaint.AboutAgency).do(t, "supervisor", "accept", nil), complaint.Accepted, map[string]string{"supervisor": "answer"}},
		"refused":          {lodged(t, complaint.AboutOperator).do(t, "officer", "refuse", input("refuse")), complaint.Refused, nil},
		"answered":         {lodged(t, complaint.AboutOperator).do(t, "officer", "accept", nil).do(t, "supervisor", "answer", input("answer")), complaint.Answered, nil},
	} {
		if begun[c.there.c.State] = true; c.there.c.State != c.state {
			t.Errorf("%s: stands in %s", name, c.there.c.State)
		}
		for who, actor := range people {
			var got []string
			for _, row := range complaint.Machine.Table().Rows {
				if row.Command == lifecycle.Tick || row.Command == lifecycle.Recount || row.Command == "declare-interest" {
					continue
				}
				if c.there.copy().give(actor, row.Command, input(row.Command)) == "" {
					got = append(got, row.Command)
				}
			}
			want := slices.Sorted(slices.Values(strings.Fields(c.may[who])))
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s: %s may %v, want %v", name, who, got, want)
			}
			if handles := c.there.c.HandledBy(actor); c.state != "" && len(want) > 0 && !handles {
				t.Errorf("%s: %s is said not to handle it", name, who)
			}
		}
	}
	for _, s := range complaint.Machine.Table().States {
		if !begun[s.Name] {
			t.Errorf("%s is in no row", s.Name)
		}
	}
}

// Whoever is complained of has no part in handling it, whatever else he is; and who stays away stays away (27号 Art. 21).
func TestWhoIsComplainedOfStaysOut(t *testing.T) {
	for about, own := range map[complaint.About]string{complaint.AboutAgency: "admin", complaint.AboutOperator: "operator"} {
		two := identity.Actor{Person: "two", Grants: append(slices.Clone(people["supervisor"].Grants), people[own].Grants...)}
		for _, command := range []string{"accept", "refuse"} {
			if r := lodged(t, about); r.give(two, command, input(command)) != "own-organisation" || r.c.HandledBy(two) {
				t.Errorf("about %s: whoever is in it too may %s", about, command)
			}
		}
		r := lodged(t, about).do(t, "supervisor", "accept", nil)
		if got := r.give(two, "answer", input("answer")); got != "own-organisation" {
			t.Errorf("about %s: answers: %q", about, got)
		}
	}
	r := lodged(t, complaint.AboutOther).do(t, "supervisor", "declare-interest", nil)
	if got := r.give(people["supervisor"], "accept", nil); got != "interest-declared" {
		t.Errorf("%q", got)
	}
}

func TestWhatMustBeSaid(t *testing.T) {
	long := strings.Repeat("字", 4001)
	change := func(f func(*complaint.Lodging)) complaint.Lodging {
		in := lodging(complaint.AboutOperator)
		f(&in)
		return in
	}
	for want, in := range map[string]complaint.Lodging{
		"invalid-input about:not-a-choice":              change(func(in *complaint.Lodging) { in.About = "mood" }),
		"invalid-input authorization:required":          change(func(in *complaint.Lodging) { in.Authorization = "" }),
		"invalid-input authorization:unknown-reference": change(func(in *complaint.Lodging) { in.Authorization = "aut-2" }), // not before the public
		"invalid-input facts:required":                  change(func(in *complaint.Lodging) { in.Facts = " " }),
		"invalid-input facts:too-long":                  change(func(in *complaint.Lodging) { in.Facts = long }),
		"invalid-input name:too-long contact:too-long":  change(func(in *complaint.Lodging) { in.Name, in.Contact = long, long }),
		"invalid-input secret:required":                 change(func(in *complaint.Lodging) { in.Secret = "" }),
		"":                                              change(func(in *complaint.Lodging) { in.Name, in.Contact = "", "" }),
	} {
		if got := newRun().give(identity.System(), complaint.Lodge, in); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := lodged(t, complaint.AboutOther).give(people["supervisor"], "refuse", complaint.RefuseInput{}); got != "invalid-input public_reason:required" {
		t.Errorf("%q", got)
	}
	r := lodged(t, complaint.AboutOther).do(t, "supervisor", "accept", nil)
	if got := r.give(people["supervisor"], "answer", complaint.AnswerInput{Outcome: "so so"}); got != "invalid-input outcome:not-a-choice text:required" {
		t.Errorf("%q", got)
	}
}

// Complaints are handled within limits: what is late is asked for again and again, and supervisors learn of it.
func TestComplaintHandledWithinLimits(t *testing.T) {
	r := lodged(t, complaint.AboutOperator)
	d := r.c.Deadline("complaint-acceptance")
	if d == nil || d.Span != "5 working_days" || d.Mark != "default" || !d.Running() || d.Reminds.Organization != "agency" || d.Escalates.Kind != identity.Supervisor {
		t.Fatalf("%+v", d)
	}
	for range 4 {
		r.env.Now, _ = r.c.WakeAt()
		r.do(t, "system", lifecycle.Tick, nil)
	}
	if r.c.Chased != 3 { // after a reminder
		t.Errorf("chased %d times", r.c.Chased)
	}
	r.do(t, "officer", "accept", nil)
	if d = r.c.Deadline("complaint-answer"); d == nil || d.Span != "30 working_days" || !d.Running() || r.c.Deadline("complaint-chase").Open() {
		t.Fatalf("%+v", d)
	}
	r.do(t, "officer", "answer", input("answer"))
	if _, wakes := r.c.WakeAt(); wakes {
		t.Error("a limit runs on after the answer")
	}
	told := map[string]bool{}
	for _, e := range r.effects {
		if e.Publication != nil || e.Send != nil {
			t.Fatalf("%+v leaves the case", e)
		}
		words, known := notice.Words(e.Notice.Subject, e.Notice.Params)
		said := string(must(json.Marshal(e)))
		if !known || words.ZH == "" || strings.Contains(said, "周某") || strings.Contains(said, "example.org") || strings.Contains(said, "secret") {
			t.Errorf("%s", said)
		}
		told[e.Notice.Subject] = true
	}
	if !told["complaint-lodged"] || !told["complaint-late"] || !told["deadline-passed"] {
		t.Errorf("told %v", told)
	}
}

// A number opens one complaint, tells where it stands and nothing of who lodged it or who handles it.
func TestComplaintFollowedByANumber(t *testing.T) {
	r := lodged(t, complaint.AboutOperator).do(t, "officer", "accept", nil).do(t, "officer", "answer", input("answer"))
	id, secret, ok := complaint.Split(" " + strings.ToUpper(r.c.Number()) + "\n")
	if !ok || id != r.c.ID || !r.c.Opens(secret) {
		t.Fatalf("%q does not open it", r.c.Number())
	}
	s := r.c.Standing()
	if s.State != complaint.Answered || s.AcceptedAt == nil || s.ClosedAt == nil || s.Answer != "经查属实" || s.Outcome != complaint.Upheld || len(s.Limits) != 2 {
		t.Errorf("%+v", s)
	}
	if said := string(must(json.Marshal(s))); strings.Contains(said, "周某") || strings.Contains(said, "officer") || strings.Contains(said, "agency") || strings.Contains(said, "超出") {
		t.Errorf("it tells more: %s", said)
	}
	rapid.Check(t, func(rt *rapid.T) {
		id, secret, ok := complaint.Split(rapid.String().Draw(rt, "number"))
		if ok && id == r.c.ID && r.c.Opens(secret) {
			rt.Fatal("guessed")
		}
	})
}
