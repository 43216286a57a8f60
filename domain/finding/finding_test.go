package finding_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/finding"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/notice"
	"datacharter/domain/policy"
	"datacharter/policies"
)

func holder(person, organization string, kind identity.Kind, role identity.Role) identity.Actor {
	return identity.Actor{Person: person, Grants: []identity.Grant{{Organization: organization, Kind: kind, Role: role}}}
}

var people = map[string]identity.Actor{
	"officer":    holder("officer", "agency", identity.Agency, identity.CaseOfficer),
	"colleague":  holder("colleague", "agency", identity.Agency, identity.CaseOfficer),
	"admin":      holder("admin", "agency", identity.Agency, identity.Administrator),
	"elsewhere":  holder("elsewhere", "agency-2", identity.Agency, identity.CaseOfficer),
	"supervisor": holder("supervisor", "watch", identity.Supervisor, identity.Auditor),
	"auditor":    holder("auditor", "watch-2", identity.Supervisor, identity.Auditor),
	"operator":   holder("operator", "operator", identity.Operator, identity.Applicant),
	"signatory":  holder("signatory", "operator", identity.Operator, identity.OperatorSignatory),
	"rival":      holder("rival", "operator-2", identity.Operator, identity.Applicant),
	"citizen":    holder("citizen", "public", identity.Public, identity.Reader),
	"system":     identity.System(),
}

// run is one finding being driven.
type run struct {
	f       *finding.Finding
	env     lifecycle.Env
	effects []lifecycle.Effect
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

var days = must(policies.NationalCalendar())

func day(s string) time.Time { return must(calendar.ParseDate(s)).Start().Add(9 * time.Hour) }

func newRun() *run {
	a := &authorization.Authorization{}
	a.ID, a.Title, a.Applicant, a.Agency, a.State = "aut-1", "气象数据授权运营", "operator", "agency", authorization.Operating
	idle := &authorization.Authorization{}
	idle.ID, idle.Applicant, idle.Agency, idle.State = "aut-2", "operator", "agency", authorization.Submitted
	f := &finding.Finding{}
	f.ID, f.Kind = finding.LedgerID("aut-1", "volume-exceeded", "", 1), finding.Kind
	return &run{f: f, env: lifecycle.Env{Now: day("2026-01-05"), Policy: policies.National(), Calendar: days, Facts: lifecycle.Facts{
		Cases:       map[string]lifecycle.Case{"aut-1": a, "aut-2": idle},
		Attachments: map[string]lifecycle.Attachment{"theirs": {Digest: "theirs", Organization: "operator"}, "ours": {Digest: "ours", Organization: "agency"}},
	}}}
}

// try gives a command and returns the code of its refusal, with those of its fields; empty when it was accepted.
func (r *run) try(who, name string, in any) string {
	cmd := lifecycle.Command{ID: name, Name: name, Actor: people[who], Data: must(json.Marshal(in))}
	events, refused := finding.Machine.Decide(r.f, cmd, r.env)
	if refused != nil {
		code := refused.Code
		for _, f := range refused.Fields {
			code += " " + f.Path + ":" + f.Code
		}
		return code
	}
	effects := must(finding.Machine.Apply(r.f, events))
	for _, e := range effects {
		r.effects = append(r.effects, e...)
	}
	return ""
}

func (r *run) do(t testing.TB, who, name string, in any) {
	t.Helper()
	if refused := r.try(who, name, in); refused != "" {
		t.Fatalf("%s %s in %s: %s", who, name, r.f.State, refused)
	}
}

func (r *run) copy() *run {
	c := must(finding.Machine.Decode(must(json.Marshal(r.f))))
	return &run{f: c.(*finding.Finding), env: r.env}
}

// pass lets time go by until a day, with what then falls due.
func (r *run) pass(t testing.TB, until string) {
	t.Helper()
	r.env.Now = day(until)
	r.do(t, "system", lifecycle.Tick, struct{}{})
}

// input is one that passes wherever the command does.
func input(name string) any {
	switch name {
	case "raise":
		return finding.RaiseInput{Authorization: "aut-1", Subject: "security", Found: finding.ByPlannedInspection, Facts: "未留存日志"}
	case finding.GatherUses:
		return finding.UsesInput{Authorization: "aut-1", Reason: "volume-exceeded", Events: 2, First: day("2026-01-04"), Last: day("2026-01-05")}
	case "dismiss", "decline-consequence":
		return finding.ReasonInput{Reason: "证据不足"}
	case "order":
		return finding.OrderInput{Measures: "补齐日志并留存六个月"}
	case "hand-in":
		return finding.HandInInput{Statement: "已补齐", Evidence: []string{"theirs"}}
	case "suspend-operation":
		return finding.ConsequenceInput{Ground: "security-risk", Opinion: "未整改"}
	case "propose-exit":
		return finding.ConsequenceInput{Ground: policies.National().Exit.Grounds[slices.IndexFunc(policies.National().Exit.Grounds, byAdministrator)].Code, Opinion: "拒不整改"}
	case authorization.RecordConsequence:
		return authorization.ConsequenceInput{Exit: "exit-1"}
	case authorization.ConcludeFinding:
		return authorization.EndInput{Exit: "exit-1", At: day("2026-12-01")}
	case "declare-interest", lifecycle.Tick, lifecycle.Recount:
		return struct{}{}
	default:
		return finding.OpinionInput{Opinion: "复查意见"}
	}
}

func byAdministrator(g policy.ExitGround) bool { return g.Trigger == policy.ByAdministrator }

// to drives a new finding, raised by somebody, along the commands: who and what, in pairs.
func to(t testing.TB, steps ...string) *run {
	t.Helper()
	r := newRun()
	for i := 0; i+1 < len(steps); i += 2 {
		if steps[i] == "until" {
			r.pass(t, steps[i+1])
			continue
		}
		r.do(t, steps[i], steps[i+1], input(steps[i+1]))
	}
	return r
}

// TestMatrix gives every command in every state as everybody: what is not expected is refused.
func TestMatrix(t *testing.T) {
	inspects := "lift extend suspend-operation propose-exit"
	late := "extend suspend-operation propose-exit"
	const noted, ended = authorization.RecordConsequence, authorization.ConcludeFinding
	const told = noted + " " + ended
	begun := map[lifecycle.State]bool{}
	for name, c := range map[string]struct {
		steps []string
		state lifecycle.State
		may   map[string]string
	}{
		"not yet":                 {nil, "", map[string]string{"officer": "raise", "colleague": "raise", "supervisor": "raise", "auditor": "raise", "system": "gather-uses"}},
		"raised by the agency":    {[]string{"officer", "raise"}, finding.Raised, map[string]string{"officer": "dismiss order", "colleague": "dismiss order", "system": told}},
		"raised by a supervisor":  {[]string{"supervisor", "raise"}, finding.Raised, map[string]string{"supervisor": "dismiss order", "system": told}},
		"raised by the ledger":    {[]string{"system", "gather-uses"}, finding.Raised, map[string]string{"officer": "dismiss order", "colleague": "dismiss order", "system": "gather-uses " + told}},
		"rectifying":              {[]string{"officer", "raise", "officer", "order"}, finding.Rectifying, map[string]string{"operator": "hand-in", "system": told}},
		"overdue":                 {[]string{"officer", "raise", "officer", "order", "until", "2026-03-20"}, finding.Rectifying, map[string]string{"operator": "hand-in", "officer": late, "colleague": late, "system": told}},
		"handed in":               {[]string{"officer", "raise", "officer", "order", "operator", "hand-in"}, finding.Reinspecting, map[string]string{"officer": inspects, "colleague": inspects, "system": told}},
		"handed in, supervisor's": {[]string{"supervisor", "raise", "supervisor", "order", "operator", "hand-in"}, finding.Reinspecting, map[string]string{"supervisor": inspects, "system": told}},
		"extended, handed in":     {[]string{"officer", "raise", "officer", "order", "operator", "hand-in", "officer", "extend", "operator", "hand-in"}, finding.Reinspecting, map[string]string{"officer": "lift suspend-operation propose-exit", "colleague": "lift suspend-operation propose-exit", "system": told}},
		"suspension asked for":    {[]string{"officer", "raise", "officer", "order", "operator", "hand-in", "officer", "suspend-operation"}, finding.Suspended, map[string]string{"operator": "hand-in", "officer": "propose-exit", "colleague": "propose-exit", "admin": "decline-consequence", "system": told}},
		"suspended":               {[]string{"officer", "raise", "officer", "order", "operator", "hand-in", "officer", "suspend-operation", "system", noted}, finding.Suspended, map[string]string{"operator": "hand-in", "officer": "propose-exit", "colleague": "propose-exit", "system": told}},
		"exit proposed":           {[]string{"officer", "raise", "officer", "order", "operator", "hand-in", "officer", "propose-exit"}, finding.ExitProposed, map[string]string{"admin": "decline-consequence", "system": told}},
		"sent back":               {[]string{"officer", "raise", "officer", "order", "operator", "hand-in", "officer", "propose-exit", "admin", "decline-consequence"}, finding.Reinspecting, map[string]string{"officer": inspects, "colleague": inspects, "system": told}},
		"dismissed":               {[]string{"officer", "raise", "officer", "dismiss"}, finding.Dismissed, map[string]string{"system": told}},
		"lifted":                  {[]string{"officer", "raise", "officer", "order", "operator", "hand-in", "colleague", "lift"}, finding.Lifted, map[string]string{"system": told}},
		"ledger's, dismissed":     {[]string{"system", "gather-uses", "officer", "dismiss"}, finding.Dismissed, map[string]string{"system": "gather-uses " + told}},
		"authorisation ended":     {[]string{"officer", "raise", "officer", "order", "operator", "hand-in", "officer", "suspend-operation", "system", ended}, finding.Ended, map[string]string{"system": told}},
		"ledger's, ended":         {[]string{"system", "gather-uses", "system", ended}, finding.Ended, map[string]string{"system": "gather-uses " + told}},
		"led to an exit":          {[]string{"officer", "raise", "officer", "order", "operator", "hand-in", "officer", "propose-exit", "system", noted}, finding.Exited, map[string]string{"system": told}},
	} {
		there := to(t, c.steps...)
		if begun[there.f.State] = true; there.f.State != c.state {
			t.Errorf("%s: stands in %s", name, there.f.State)
		}
		for who := range people {
			var got []string
			for _, row := range finding.Machine.Table().Rows {
				if row.Command == lifecycle.Tick || row.Command == lifecycle.Recount || row.Command == "declare-interest" {
					continue
				}
				if there.copy().try(who, row.Command, input(row.Command)) == "" {
					got = append(got, row.Command)
				}
			}
			want := slices.Sorted(slices.Values(strings.Fields(c.may[who])))
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s: %s may %v, want %v", name, who, got, want)
			}
		}
	}
	for _, s := range finding.Machine.Table().States {
		if !begun[s.Name] {
			t.Errorf("%s is in no row", s.Name)
		}
	}
}

// TestSeparationOfDuty: nobody of the operator's side deals with a finding on it, whatever else he is, and who stays away stays away.
func TestSeparationOfDuty(t *testing.T) {
	both := func(who string) identity.Actor {
		return identity.Actor{Person: who, Grants: append(slices.Clone(people["supervisor"].Grants), people["operator"].Grants...)}
	}
	people := maps.Clone(people)
	give := func(r *run, actor identity.Actor, name string) string {
		_, refused := finding.Machine.Decide(r.f, lifecycle.Command{ID: "x", Name: name, Actor: actor, Data: must(json.Marshal(input(name)))}, r.env)
		if refused == nil {
			return ""
		}
		return refused.Code
	}
	if got := give(newRun(), both("two"), "raise"); got != "own-organisation" {
		t.Errorf("raises a finding on his own organisation: %q", got)
	}
	r := to(t, "supervisor", "raise", "supervisor", "order", "operator", "hand-in")
	turned := people["supervisor"]
	turned.Person = "operator" // who handed in has come to the supervisor since
	if got := give(r, turned, "lift"); got != "handed-in-by-him" {
		t.Errorf("inspects what he handed in: %q", got)
	}
	r.do(t, "supervisor", "declare-interest", struct{}{})
	if got := r.try("supervisor", "lift", input("lift")); got != "interest-declared" {
		t.Errorf("%q", got)
	}
}

func TestWhatMustBeSaid(t *testing.T) {
	for name, c := range map[string]struct {
		steps []string
		who   string
		with  string
		in    any
		want  string
	}{
		"unknown authorisation": {nil, "officer", "raise", finding.RaiseInput{Authorization: "aut-9", Subject: "security", Found: finding.ByAudit, Facts: "x"}, "invalid-input authorization:unknown-reference"},
		"not in operation":      {nil, "officer", "raise", finding.RaiseInput{Authorization: "aut-2", Subject: "security", Found: finding.ByAudit, Facts: "x"}, "not-operating"},
		"another agency's":      {nil, "elsewhere", "raise", finding.RaiseInput{Authorization: "aut-1", Subject: "security", Found: finding.ByAudit, Facts: "x"}, "not-entitled"},
		"no subject":            {nil, "officer", "raise", finding.RaiseInput{Authorization: "aut-1", Subject: "mood", Found: finding.ByLedger, Facts: " "}, "invalid-input subject:not-a-subject found_by:not-a-choice facts:required"},
		"another's evidence":    {nil, "officer", "raise", finding.RaiseInput{Authorization: "aut-1", Subject: "security", Found: finding.ByAudit, Facts: "x", Evidence: []string{"theirs"}}, "invalid-input evidence[0]:unknown-reference"},
		"no reason":             {[]string{"officer", "raise"}, "officer", "dismiss", finding.ReasonInput{}, "invalid-input reason:required"},
		"no measures":           {[]string{"officer", "raise"}, "officer", "order", finding.OrderInput{}, "invalid-input measures:required"},
		"no evidence":           {[]string{"officer", "raise", "officer", "order"}, "operator", "hand-in", finding.HandInInput{Statement: "x"}, "invalid-input evidence:required"},
		"too early":             {[]string{"officer", "raise", "officer", "order"}, "officer", "extend", input("extend"), "rectification-not-over"},
		"a second extension":    {[]string{"officer", "raise", "officer", "order", "operator", "hand-in", "officer", "extend", "operator", "hand-in"}, "officer", "extend", input("extend"), "extended-before"},
		"no such ground":        {[]string{"officer", "raise", "officer", "order", "operator", "hand-in"}, "officer", "suspend-operation", finding.ConsequenceInput{Ground: "mood", Opinion: "x"}, "invalid-input ground:not-a-ground"},
		"no way it was found":   {nil, "officer", "raise", finding.RaiseInput{Authorization: "aut-1", Subject: "security", Facts: "x"}, "invalid-input found_by:not-a-choice"},
		"sent back unasked":     {[]string{"officer", "raise", "officer", "order", "operator", "hand-in", "officer", "suspend-operation", "system", authorization.RecordConsequence}, "admin", "decline-consequence", input("dismiss"), "consequence-taken"},
		"sent back for nothing": {[]string{"officer", "raise", "officer", "order", "operator", "hand-in", "officer", "suspend-operation"}, "admin", "decline-consequence", finding.ReasonInput{}, "invalid-input reason:required"},
		"another sort of uses":  {[]string{"system", finding.GatherUses}, "system", finding.GatherUses, finding.UsesInput{Authorization: "aut-1", Reason: "suspended"}, "invalid-input"},
	} {
		if got := to(t, c.steps...).try(c.who, c.with, c.in); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestLimits: the order lets the limit of rectification run, an extension gives its own, and evidence lets that of the inspection run.
func TestLimits(t *testing.T) {
	r := to(t, "officer", "raise", "officer", "order")
	d := r.f.Deadline("rectification")
	if d == nil || d.Span != "20 working_days" || d.Mark != "default" || !d.Running() || d.Reminds.Organization != "operator" || d.Escalates.Organization != "agency" {
		t.Fatalf("%+v", d)
	}
	r.do(t, "operator", "hand-in", input("hand-in"))
	if again := r.f.Deadline("reinspection"); r.f.Deadline("rectification").Open() || again == nil || again.Span != "10 working_days" || !again.Running() {
		t.Errorf("%+v", again)
	}
	r.do(t, "officer", "extend", input("extend"))
	if more := r.f.Deadline("rectification"); r.f.Deadline("reinspection").Open() || more.Span != "10 working_days" || !more.Running() {
		t.Errorf("%+v", more)
	}
	r.do(t, "operator", "hand-in", input("hand-in"))
	r.do(t, "officer", "lift", input("lift"))
	if _, wakes := r.f.WakeAt(); wakes {
		t.Error("a limit runs on after the finding was lifted")
	}
}

// TestNotices: everything that somebody is told has words.
func TestNotices(t *testing.T) {
	r := to(t, "supervisor", "raise", "supervisor", "order", "operator", "hand-in", "supervisor", "propose-exit", "admin", "decline-consequence")
	ended := to(t, "supervisor", "raise", "system", authorization.ConcludeFinding)
	told := map[string]string{}
	for _, e := range append(r.effects, ended.effects[len(ended.effects)-2:]...) {
		if e.Notice == nil {
			continue
		}
		words, known := notice.Words(e.Notice.Subject, e.Notice.Params)
		if !known || !strings.Contains(words.EN, r.f.ID) {
			t.Errorf("%s: %+v", e.Notice.Subject, words)
		}
		told[e.Notice.Subject] += e.Notice.To.Organization
	}
	want := map[string]string{
		"finding-raised": "watch", "rectification-ordered": "operator", "rectification-handed-in": "watch", "rectification-inspected": "operator", "finding-consequence": "agency", "finding-consequence-declined": "watch",
		"finding-concluded": "watchoperator",
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestGathering: one finding gathers all uses of its reason and product: their number, the first and the last, in whatever order they come.
func TestGathering(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := newRun()
		var events int64
		first, last := time.Time{}, time.Time{}
		for range rapid.IntRange(1, 8).Draw(rt, "times") {
			from := day("2026-01-05").Add(time.Duration(rapid.IntRange(-1000, 1000).Draw(rt, "hours")) * time.Hour)
			in := finding.UsesInput{Authorization: "aut-1", Reason: "product-not-agreed", Product: "画像", Events: rapid.Int64Range(1, 1000).Draw(rt, "events"), First: from, Last: from.Add(time.Hour)}
			if refused := r.try("system", finding.GatherUses, in); refused != "" {
				rt.Fatal(refused)
			}
			events += in.Events
			if first.IsZero() || in.First.Before(first) {
				first = in.First
			}
			if in.Last.After(last) {
				last = in.Last
			}
		}
		if u := r.f.Uses; u.Events != events || !u.First.Equal(first) || !u.Last.Equal(last) || r.f.Subject.Code != "beyond-scope" {
			rt.Fatalf("%+v, want %d from %s to %s", u, events, first, last)
		}
		other := finding.UsesInput{Authorization: "aut-1", Reason: "product-not-agreed", Product: "别的", Events: 1}
		if refused := r.try("system", finding.GatherUses, other); refused == "" {
			rt.Fatal("another product is gathered too")
		}
	})
}
