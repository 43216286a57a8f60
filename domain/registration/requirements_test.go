package registration_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/registration"
	"datacharter/policies"
)

// Requirement 6: each type of registration has its own materials; any of the seven groups missing blocks a first one (26号 Art. 9).
func TestRequirement06EveryGroupIsNeeded(t *testing.T) {
	for _, key := range policy.RegistrationMaterials {
		a := resource()
		field := reflect.ValueOf(&a.Materials).Elem().FieldByNameFunc(func(name string) bool { return strings.EqualFold(name, key) })
		field.FieldByName("Text").SetString("  ")
		r := newRun("2026-04-29")
		r.do(t, "registrant", "draft", registration.DraftInput{Application: a})
		refused := r.refuse(t, "registrant", "submit", registration.Nothing{}, refusal.InvalidInput)
		if len(refused.Fields) != 1 || refused.Fields[0].Path != "materials."+key+".text" {
			t.Errorf("without %s: %v", key, refused.Fields)
		}
		if r.state() != registration.Draft {
			t.Errorf("without %s: in %q", key, r.state())
		}
	}
	r := registered(t, "2026-04-29", "registrant", resource())
	r.refuse(t, "registrant", "apply-correction", registration.CorrectionInput{Statement: "名称有误"}, refusal.InvalidInput)
	r.refuse(t, "registrant", "apply-deregistration", registration.DeregistrationInput{Ground: "bored", Statement: "不再需要"}, refusal.InvalidInput)
	r.refuse(t, "registrant", "apply-change", *r.r.Entry, refusal.SameVersion)
}

// vectors are those of the regulations' test table: receipt, accepted by, reviewed by, end of the notice, end of a deregistration, first registration.
var vectors = [][6]string{
	{"2025-03-03", "2025-03-06", "2025-04-03", "2025-04-18", "2025-03-17", "2025-03-31"},
	{"2025-09-26", "2025-09-30", "2025-11-04", "2025-11-18", "2025-10-16", "2025-10-30"},
	{"2026-02-11", "2026-02-14", "2026-03-20", "2026-04-03", "2026-03-03", "2026-03-17"},
	{"2026-04-29", "2026-05-07", "2026-06-03", "2026-06-17", "2026-05-15", "2026-05-29"},
	{"2026-09-18", "2026-09-22", "2026-10-27", "2026-11-10", "2026-10-09", "2026-10-22"},
}

// Requirements 7, 8 and 9: acceptance within 3 working days, formal review within 20, notice for exactly 10; every step used to its last day.
func TestRequirements07To09Vectors(t *testing.T) {
	for _, v := range vectors {
		r := newRun(v[0])
		r.env.Facts.Cases[charter] = granted("2025-01-01", "2027-12-31")
		r.submitted(t, "registrant", resource())
		if got := r.limit("acceptance"); got != v[1] {
			t.Errorf("received %s: accept by %s, want %s", v[0], got, v[1])
		}
		r.env.Now = at(v[1])
		r.accepted(t)
		if got := r.limit("formal-review"); got != v[2] {
			t.Errorf("received %s: review by %s, want %s", v[0], got, v[2])
		}
		r.env.Now = at(v[2])
		r.reviewed(t)
		if got := r.limit("notice"); got != v[3] {
			t.Errorf("received %s: notice until %s, want %s", v[0], got, v[3])
		}
		n := r.r.Current().Notice
		if n.From.String() != v[2] || n.Until.String() != v[3] {
			t.Errorf("notice from %v until %v", n.From, n.Until)
		}
		r.env.Now = must(calendar.ParseDate(v[3])).End().Add(-1)
		r.refuse(t, "system", "accept", lifecycle.TaskInput{}, refusal.NotEntitled)
		r.do(t, "system", lifecycle.Tick, nil)
		if r.state() != registration.Noticed {
			t.Errorf("the notice of %s ended early", v[0])
		}
		r.noticeOver(t)
		if r.state() != registration.Coding || calendar.DateOf(r.env.Now.Add(-1)).String() != v[3] {
			t.Errorf("received %s: %q at %v", v[0], r.state(), r.env.Now)
		}
		if got := nationalDays.Due(must(calendar.ParseDate(v[0])), r.env.Policy.Registration.Deregistration.Span.Span).On.String(); got != v[4] {
			t.Errorf("received %s: deregister by %s, want %s", v[0], got, v[4])
		}
		if got := nationalDays.Due(must(calendar.ParseDate(v[0])), r.env.Policy.Registration.AfterOperation.Span.Span).On.String(); got != v[5] {
			t.Errorf("supplied %s: register by %s, want %s", v[0], got, v[5])
		}
	}
}

// Requirement 7: what is missing is named once, and the clock starts anew with the resubmission (26号 Art. 10).
func TestRequirement07ReturnOnce(t *testing.T) {
	missing := func(task lifecycle.TaskInput) any {
		return registration.ReturnInput{TaskInput: task, Missing: []registration.Missing{{Path: "materials.source.text", Text: "缺少依据"}}}
	}
	r := newRun("2026-04-29")
	r.submitted(t, "registrant", resource())
	r.on(t, "registrar", "return", missing)
	r.env.Now = at("2026-05-12")
	edited := resource()
	edited.Materials.Source.Text = "依据职责采集"
	r.do(t, "registrant", "edit", edited)
	r.do(t, "registrant", "resubmit", registration.ResubmitInput{})
	if got := r.limit("acceptance"); got != "2026-05-15" {
		t.Errorf("accept by %s", got)
	}
	task := lifecycle.TaskInput{Task: r.task(t)}
	r.do(t, "registrar", "claim", task)
	r.refuse(t, "registrar", "return", missing(task), refusal.ReturnedBefore)
	r.do(t, "registrar", "refuse", reasoned(task))
	if r.state() != registration.Refused || r.r.Current().Result != registration.NotAccepted || r.r.Closing.Reasons == "" {
		t.Errorf("%q %+v", r.state(), r.r.Closing)
	}
}

// Requirement 8: a review that is overdue does not end before the registrant was told why (26号 Art. 11).
func TestRequirement08OverdueReviewIsExplained(t *testing.T) {
	r := newRun("2026-04-29")
	r.submitted(t, "registrant", resource())
	r.accepted(t)
	r.refuse(t, "registrar", "explain-delay", registration.ReasonInput{Reason: "早"}, refusal.RegistrationInTime)
	for r.r.Deadline("formal-review").Open() {
		r.tick(t)
	}
	task := lifecycle.TaskInput{Task: r.task(t)}
	r.do(t, "reviewer", "claim", task)
	r.refuse(t, "reviewer", "pass-review", opinion(task), refusal.RegistrationUnexplained)
	r.refuse(t, "reviewer", "fail-review", reasoned(task), refusal.RegistrationUnexplained)
	r.do(t, "reviewer", "explain-delay", registration.ReasonInput{Reason: "需现场核验存证"})
	r.do(t, "reviewer", "pass-review", opinion(task))
	if !slices.Contains(r.told(), "registration-delayed") || r.r.Current().Delay == nil {
		t.Errorf("told %v", r.told())
	}
}

// Requirement 9: the notice shows the four items, its time, and nothing else (26号 Art. 12).
func TestRequirement09FourItems(t *testing.T) {
	r := newRun("2026-04-29")
	r.submitted(t, "registrant", resource())
	r.accepted(t)
	r.reviewed(t)
	var shown map[string]any
	for _, e := range r.effects {
		if e.Publication != nil && e.Publication.Subject == registration.NoticeSubject {
			if err := json.Unmarshal(e.Publication.Content, &shown); err != nil {
				t.Fatal(err)
			}
		}
	}
	want := map[string]any{
		"registrant": agency, "type": "first", "name": "公交到站数据", "brief": "全市公交到站时刻", "from": "2026-04-29", "until": r.limit("notice"),
	}
	if diff := cmp.Diff(want, shown); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Requirement 10: an objection has a name and evidence; while one is open there is no code, and one that is upheld ends the registration (26号 Art. 12–13).
func TestRequirement10Objections(t *testing.T) {
	noticed := func() *run {
		r := newRun("2026-04-29")
		r.submitted(t, "registrant", resource())
		r.accepted(t)
		r.reviewed(t)
		return r
	}
	r := noticed()
	in := objection("file-c")
	in.Name, in.Evidence = "", nil
	refused := r.refuse(t, "citizen", "object", in, refusal.InvalidInput)
	if len(refused.Fields) != 2 || refused.Fields[0].Path != "name" || refused.Fields[1].Path != "evidence" {
		t.Errorf("%v", refused.Fields)
	}
	r.refuse(t, "registrant", "object", objection("file-a"), refusal.OwnOrganization)
	r.refuse(t, "registrar", "object", objection("file-r"), refusal.ActedBefore)
	r.do(t, "citizen", "object", objection("file-c"))
	r.do(t, "registrar", "lodge-objection", objection("file-r"))
	r.noticeOver(t)
	if r.state() != registration.Rechecking {
		t.Fatalf("with open objections in %q", r.state())
	}
	task := lifecycle.TaskInput{Task: r.task(t)}
	r.refuse(t, "reviewer", "claim", task, refusal.ActedBefore)
	r.refuse(t, "rechecker", "record-code", r.code(task), refusal.NotInState)
	r.on(t, "rechecker", "dismiss", answer)
	if r.state() != registration.Rechecking {
		t.Fatalf("with one objection open in %q", r.state())
	}
	r.on(t, "rechecker", "dismiss", answer)
	if r.state() != registration.Coding {
		t.Fatalf("without objections in %q", r.state())
	}
	r.coded(t)

	r = noticed()
	r.do(t, "citizen", "object", objection("file-c"))
	r.on(t, "rechecker", "uphold", answer)
	if r.state() != registration.Terminated || r.r.Closing.Outcome != registration.WasEnded || r.r.Code != nil {
		t.Errorf("%q %+v", r.state(), r.r.Closing)
	}
	if when, ok := r.r.WakeAt(); ok {
		t.Errorf("an ended registration still wakes at %v", when)
	}
}

// Requirement 11: the code comes after the notice and is kept as it is (26号 Art. 13).
func TestRequirement11Code(t *testing.T) {
	r := newRun("2026-04-29")
	r.submitted(t, "registrant", resource())
	r.accepted(t)
	r.reviewed(t)
	until := r.r.Current().Notice.Until
	r.noticeOver(t)
	task := lifecycle.TaskInput{Task: r.task(t)}
	r.do(t, "coder", "claim", task)
	for _, on := range []string{until.String(), "2027-01-01", "soon", ""} {
		in := registration.CodeInput{TaskInput: task, Code: "x", Confirmation: "y", On: on}
		r.refuse(t, "coder", "record-code", in, refusal.InvalidInput)
	}
	odd := "  Ω-任意/字符 "
	r.do(t, "coder", "record-code", registration.CodeInput{TaskInput: task, Code: odd, Confirmation: "y", On: calendar.DateOf(r.env.Now).String()})
	if r.r.Code.Code != odd {
		t.Errorf("kept as %q", r.r.Code.Code)
	}
	if diff := cmp.Diff([]string{"registration-coded", "publish registration-entry", "send record-registration"}, r.told()[len(r.told())-3:]); diff != "" {
		t.Error(diff)
	}
}

// Requirement 12: valid for 3 years, or the term of a shorter agreement; renewal from 60 calendar days before; without it the registry deregisters (26号 Art. 15).
func TestRequirement12Validity(t *testing.T) {
	r := registered(t, "2026-04-29", "registrant", resource())
	on := r.r.Code.On
	if got := r.r.Valid.To; got != on.AddMonths(36) {
		t.Errorf("coded %v, valid until %v", on, got)
	}
	short := registered(t, "2026-04-29", "operator", product())
	if got := short.r.Valid.To.String(); got != "2027-12-31" {
		t.Errorf("a product of a short agreement is valid until %s", got)
	}
	exact, long := newRun("2026-04-29"), newRun("2026-04-29")
	exact.env.Facts.Cases[charter], long.env.Facts.Cases[charter] = granted("2026-01-01", "2028-12-31"), granted("2026-01-01", "2029-01-01")
	for _, r := range []*run{exact, long} {
		r.submitted(t, "operator", product())
		r.accepted(t)
		r.reviewed(t)
		r.noticeOver(t)
		r.coded(t)
	}
	if exact.r.Valid.To.String() != "2028-12-31" || long.r.Valid.To != long.r.Code.On.AddMonths(36) {
		t.Errorf("3 years exactly: %v, a day more: %v", exact.r.Valid.To, long.r.Valid.To)
	}

	opens := r.r.Valid.To.AddDays(-60)
	renew := registration.RenewalInput{Months: 36, Statement: "继续使用"}
	r.pass(t, opens.AddDays(-1).String())
	r.refuse(t, "registrant", "apply-renewal", renew, refusal.RegistrationWindow)
	r.pass(t, opens.String())
	if !r.r.Window || !slices.Contains(r.told(), "registration-renewable") {
		t.Errorf("the window of renewal is not open on %v", opens)
	}
	renew.Months = 37
	r.refuse(t, "registrant", "apply-renewal", renew, refusal.InvalidInput)
	renew.Months = 36
	before := r.r.Valid.To
	r.pass(t, before.String())
	r.do(t, "registrant", "apply-renewal", renew)
	for r.r.Deadline("validity").Open() { // its last day passes while the renewal is being decided
		r.tick(t)
	}
	if r.state() != registration.Submitted {
		t.Fatalf("a renewal under way was not waited for: %q", r.state())
	}
	r.accepted(t)
	r.reviewed(t)
	if r.state() != registration.Registered || r.r.Valid.To != before.AddMonths(36) {
		t.Errorf("renewed until %v: %q", r.r.Valid.To, r.state())
	}
	for r.r.Deadline("validity").Open() {
		r.tick(t)
	}
	if r.state() != registration.Deregistered || r.r.Closing.Ground != registration.GroundExpired {
		t.Errorf("not renewed: %q", r.state())
	}
}

// A renewal that fails after the last day leaves nothing to go on with; one under way does not keep other work alive past it.
func TestRequirement12RenewalThatFails(t *testing.T) {
	r := registered(t, "2026-04-29", "registrant", resource())
	r.pass(t, r.r.Valid.To.String())
	r.do(t, "registrant", "apply-renewal", registration.RenewalInput{Months: 12, Statement: "继续使用"})
	for r.r.Deadline("validity").Open() {
		r.tick(t)
	}
	r.on(t, "registrar", "refuse", reasoned)
	if r.state() != registration.Deregistered {
		t.Errorf("in %q", r.state())
	}
	r = registered(t, "2026-04-29", "registrant", resource())
	r.pass(t, r.r.Valid.To.String())
	r.do(t, "registrant", "apply-correction", registration.CorrectionInput{Name: "公交实时数据", Statement: "名称有误"})
	for r.r.Deadline("validity").Open() {
		r.tick(t)
	}
	if r.state() != registration.Deregistered || r.r.Current().Result != registration.Dropped {
		t.Errorf("in %q, procedure %q", r.state(), r.r.Current().Result)
	}
}

// Requirement 13: deregistered within 10 working days of acceptance, for one of the four reasons; ex officio when nobody is left to apply (26号 Art. 9(4)).
func TestRequirement13Deregistration(t *testing.T) {
	var codes []string
	for _, g := range policies.National().Registration.Grounds {
		codes = append(codes, g.Code)
	}
	if diff := cmp.Diff([]string{"lost", "waived-or-expired", "registrant-ended", "other"}, codes); diff != "" {
		t.Error(diff)
	}
	r := registered(t, "2026-04-29", "registrant", resource())
	r.env.Now = at("2026-09-18")
	r.do(t, "registrant", "apply-deregistration", registration.DeregistrationInput{Ground: "lost", Statement: "数据灭失"})
	r.accepted(t)
	if got := r.limit("deregistration"); got != "2026-10-09" {
		t.Errorf("deregister by %s", got)
	}
	r.on(t, "ender", "deregister", opinion)
	if r.state() != registration.Deregistered || r.r.Closing.Ground != "lost" {
		t.Errorf("%q %+v", r.state(), r.r.Closing)
	}
	r = registered(t, "2026-04-29", "registrant", resource())
	r.do(t, "registrar", "open-deregistration", registration.DeregistrationInput{Ground: "registrant-ended", Statement: "已撤销", Attachments: []string{"file-r"}})
	r.on(t, "ender", "decline-deregistration", reasoned)
	if r.state() != registration.Registered {
		t.Errorf("in %q", r.state())
	}
}

// Requirement 14: an interested party may ask for a correction; it needs the registrant's consent or proof (26号 Art. 9(3)).
func TestRequirement14Correction(t *testing.T) {
	ask := registration.CorrectionInput{Name: "公交实时到站数据", Statement: "名称与实际不符"}
	r := registered(t, "2026-04-29", "registrant", resource())
	r.do(t, "citizen", "request-correction", ask)
	r.accepted(t)
	task := lifecycle.TaskInput{Task: r.task(t)}
	r.do(t, "reviewer", "claim", task)
	r.refuse(t, "reviewer", "pass-review", opinion(task), refusal.RegistrationUnproved)
	r.do(t, "registrant", "consent-correction", registration.Nothing{})
	r.refuse(t, "registrant", "consent-correction", registration.Nothing{}, refusal.NothingToAnswer)
	r.do(t, "reviewer", "pass-review", opinion(task))
	if r.r.Title != ask.Name || r.r.Entry.Name != ask.Name || r.r.Entry.Brief != resource().Brief {
		t.Errorf("corrected to %q", r.r.Entry.Name)
	}
	ask.Name, ask.Attachments = "公交到站时刻数据", []string{"file-c"}
	r.do(t, "citizen", "request-correction", ask)
	r.accepted(t)
	r.reviewed(t)
	if r.r.Entry.Name != ask.Name {
		t.Errorf("with proof: %q", r.r.Entry.Name)
	}
}

// Requirement 16: a resource and a product are told apart; each entry has its evidence preserved and its holder (26号 Art. 3, 7).
func TestRequirement16EvidenceAndObject(t *testing.T) {
	for name, spoil := range map[string]func(*registration.Application){
		"materials.preservation.digest": func(a *registration.Application) { a.Materials.Preservation.Digest = "md5:0" },
		"materials.preservation.keeper": func(a *registration.Application) { a.Materials.Preservation.Keeper = " " },
		"reviewed":                      func(a *registration.Application) { a.Reviewed = "" },
		"object":                        func(a *registration.Application) { a.Object = "dataset" },
		"resource":                      func(a *registration.Application) { a.Resource = "res-9" },
		"registry":                      func(a *registration.Application) { a.Registry = agency },
		"authorization":                 func(a *registration.Application) { a.Authorization = "aut-9" },
		"supplied":                      func(a *registration.Application) { a.Supplied = "2030-01-01" },
		"joint[0]":                      func(a *registration.Application) { a.Joint = []string{registry} },
		"agent.credit_code":             func(a *registration.Application) { a.Agent.CreditCode = "91350100M000100Y4Z" },
		"agent.mandate":                 func(a *registration.Application) { a.Agent.Name = "代理公司（虚构）" },
	} {
		a := resource()
		spoil(&a)
		r := newRun("2026-04-29")
		refused := r.try(t, command("registrant", "draft", registration.DraftInput{Application: a}))
		if refused == nil {
			refused = r.try(t, command("registrant", "submit", registration.Nothing{}))
		}
		if refused == nil || len(refused.Fields) != 1 || refused.Fields[0].Path != name {
			t.Errorf("%s: %v", name, refused)
		}
	}
	a := product()
	a.Authorization = ""
	r := newRun("2026-04-29")
	r.do(t, "operator", "draft", registration.DraftInput{Application: a})
	r.refuse(t, "operator", "submit", registration.Nothing{}, refusal.InvalidInput)
	r = newRun("2026-04-29")
	refused := r.refuse(t, "registrant", "draft", registration.DraftInput{Application: product()}, refusal.InvalidInput)
	if refused.Fields[0].Path != "authorization" {
		t.Errorf("the agency registers the operator's product: %v", refused.Fields)
	}
}

// Both orders: before operation, or within 20 working days of supply; later than that only with a reason (26号 Art. 9(1)).
func TestRequirement15Late(t *testing.T) {
	a := resource()
	a.Supplied = "2026-04-29"
	for day, late := range map[string]bool{"2026-05-29": false, "2026-06-01": true} {
		r := newRun(day)
		r.do(t, "registrant", "draft", registration.DraftInput{Application: a})
		if !late {
			r.do(t, "registrant", "submit", registration.Nothing{})
			continue
		}
		refused := r.refuse(t, "registrant", "submit", registration.Nothing{}, refusal.InvalidInput)
		if len(refused.Fields) != 1 || refused.Fields[0].Code != refusal.RegistrationLate.Name {
			t.Errorf("%v", refused.Fields)
		}
		explained := a
		explained.LateReason = "系统迁移"
		r.do(t, "registrant", "edit", explained)
		r.do(t, "registrant", "submit", registration.Nothing{})
		if !r.r.Current().Late {
			t.Error("not marked as late")
		}
	}
}

// What was handed in in time is not late because it was returned, and a change is never late.
func TestRequirement15ReturnedIsNotLate(t *testing.T) {
	a := resource()
	a.Supplied = "2026-04-29"
	r := newRun("2026-05-28")
	r.submitted(t, "registrant", a)
	r.on(t, "registrar", "return", func(task lifecycle.TaskInput) any {
		return registration.ReturnInput{TaskInput: task, Missing: []registration.Missing{{Text: "缺少依据"}}}
	})
	r.env.Now = at("2026-06-08")
	r.do(t, "registrant", "resubmit", registration.ResubmitInput{})
	r.accepted(t)
	r.reviewed(t)
	r.noticeOver(t)
	r.coded(t)
	if r.r.Procedures[0].Late {
		t.Error("late because it was returned")
	}
	a.Brief = "全市公交与地铁到站时刻"
	r.pass(t, "2027-06-01")
	r.do(t, "registrant", "apply-change", a)
}

// Misconduct is on record before a registration is revoked for it, by somebody else (26号 Art. 19, 20).
func TestMisconductAndRevocation(t *testing.T) {
	r := registered(t, "2026-04-29", "registrant", resource())
	found := registration.MisconductInput{Ground: "false-material", Facts: "材料系伪造", Evidence: []string{"file-r"}}
	r.refuse(t, "ender", "revoke", registration.RevocationInput{Finding: 1, Reasons: "属实"}, refusal.RegistrationNoFinding)
	r.do(t, "ender", "report-misconduct", found)
	r.refuse(t, "ender", "revoke", registration.RevocationInput{Finding: 1, Reasons: "属实"}, refusal.RegistrationNoFinding)
	r.refuse(t, "reviewer", "report-registry", registration.RegistryInput{}, refusal.NotEntitled)
	r.do(t, "supervisor", "report-registry", registration.RegistryInput{
		MisconductInput: registration.MisconductInput{Ground: "dereliction", Facts: "逾期未办", Evidence: []string{"file-s"}}, Measure: "talk",
	})
	r.refuse(t, "rechecker", "revoke", registration.RevocationInput{Finding: 2, Reasons: "属实"}, refusal.InvalidInput)
	r.refuse(t, "reviewer", "revoke", registration.RevocationInput{Finding: 1, Reasons: "属实"}, refusal.ActedBefore)
	r.do(t, "rechecker", "revoke", registration.RevocationInput{Finding: 1, Reasons: "属实"})
	if r.state() != registration.Revoked || r.r.Closing.Ground != "false-material" {
		t.Errorf("%q %+v", r.state(), r.r.Closing)
	}
}

// A change goes the whole way again; while it does the entry stays as it is, and when it fails nothing has changed.
func TestChange(t *testing.T) {
	r := registered(t, "2026-04-29", "registrant", resource())
	changed := resource()
	changed.Brief = "全市公交与地铁到站时刻"
	r.do(t, "registrant", "apply-change", changed)
	r.accepted(t)
	r.reviewed(t)
	if r.state() != registration.Noticed || r.r.Entry.Brief != resource().Brief || r.r.Current().Notice.Type != registration.Change {
		t.Fatalf("%q %+v", r.state(), r.r.Current().Notice)
	}
	r.do(t, "citizen", "object", objection("file-c"))
	r.on(t, "rechecker", "uphold", answer)
	if r.state() != registration.Registered || r.r.Entry.Brief != resource().Brief || r.r.Code == nil {
		t.Fatalf("after an upheld objection to a change: %q", r.state())
	}
	r.do(t, "registrant", "apply-change", changed)
	r.accepted(t)
	r.reviewed(t)
	r.noticeOver(t)
	if r.state() != registration.Registered || r.r.Entry.Brief != changed.Brief || r.r.Code.Code != "opaque-1" {
		t.Errorf("changed: %q %q", r.state(), r.r.Entry.Brief)
	}
}

// The notice of a change may end at the very instant at which the registration does: then it is over.
func TestNoticeAndValidityEndTogether(t *testing.T) {
	r := registered(t, "2026-04-29", "operator", product()) // valid until 2027-12-31
	r.env.Now = at("2027-12-17")
	for day := at("2027-12-17"); ; day = day.AddDate(0, 0, -1) {
		if r.env.Calendar.Due(calendar.DateOf(day), r.env.Policy.Registration.Notice.Span.Span).On == r.r.Valid.To {
			r.pass(t, calendar.DateOf(day).String())
			break
		}
	}
	changed := product()
	changed.Brief = "另一简介"
	r.do(t, "operator", "apply-change", changed)
	r.accepted(t)
	r.reviewed(t)
	if r.limit("notice") != r.limit("validity") {
		t.Fatalf("notice until %s, valid until %s", r.limit("notice"), r.limit("validity"))
	}
	for r.r.Deadline("validity").Open() {
		r.tick(t)
	}
	if r.state() != registration.Deregistered || r.r.Entry.Brief != product().Brief {
		t.Errorf("in %q, %q", r.state(), r.r.Entry.Brief)
	}
}

// Whoever declares an interest gives back his task, and the case is closed to him.
func TestInterest(t *testing.T) {
	r := newRun("2026-04-29")
	r.submitted(t, "registrant", resource())
	task := lifecycle.TaskInput{Task: r.task(t)}
	r.do(t, "registrar", "claim", task)
	r.do(t, "registrar", "declare-interest", lifecycle.InterestInput{})
	r.refuse(t, "registrar", "claim", task, refusal.InterestDeclared)
	r.refuse(t, "registrant", "declare-interest", lifecycle.InterestInput{}, refusal.NotEntitled)
	r.do(t, "reviewer", "claim", task)
}
