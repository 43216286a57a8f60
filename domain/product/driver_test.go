package product_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/product"
	"datacharter/domain/refusal"
	"datacharter/domain/review"
	"datacharter/policies"
)

const (
	agency   = "agency"
	operator = "operator"
	theCase  = "prd-1"
	rests    = "aut-1"
)

func holder(person, organization string, kind identity.Kind, role identity.Role) identity.Actor {
	return identity.Actor{Person: person, Grants: []identity.Grant{{Organization: organization, Kind: kind, Role: role}}}
}

var people = map[string]identity.Actor{
	"operator":   holder("operator", operator, identity.Operator, identity.Applicant),
	"signatory":  holder("signatory", operator, identity.Operator, identity.OperatorSignatory),
	"security":   holder("security", agency, identity.Agency, identity.SecurityReviewer),
	"business":   holder("business", agency, identity.Agency, identity.BusinessReviewer),
	"expert":     holder("expert", agency, identity.Agency, identity.Expert),
	"officer":    holder("officer", agency, identity.Agency, identity.CaseOfficer),
	"admin":      holder("admin", agency, identity.Agency, identity.Administrator),
	"other":      holder("other", "operator-2", identity.Operator, identity.Applicant),
	"elsewhere":  holder("elsewhere", "agency-2", identity.Agency, identity.SecurityReviewer),
	"stranger":   holder("stranger", "agency-2", identity.Agency, identity.CaseOfficer),
	"citizen":    holder("citizen", "public", identity.Public, identity.Reader),
	"supervisor": holder("supervisor", "watch", identity.Supervisor, identity.Auditor),
	"nobody":     {Person: "nobody"},
	"system":     identity.System(),
	// One person with a role on both sides never reviews what is his own organisation's.
	"both": {Person: "both", Grants: []identity.Grant{
		{Organization: agency, Kind: identity.Agency, Role: identity.SecurityReviewer}, {Organization: operator, Kind: identity.Operator, Role: identity.Reader},
	}},
}

// reviewers are who does each review.
var reviewers = map[string]string{"product-security": "security", "product-compliance": "business", "product-experts": "expert"}

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

// run is one product being driven, beside its authorisation.
type run struct {
	p       *product.Product
	a       *authorization.Authorization
	env     lifecycle.Env
	effects []lifecycle.Effect
}

// granted is an authorisation in operation since 1 March 2026 for three years, with an industry product and one for public benefit.
func granted() *authorization.Authorization {
	a := &authorization.Authorization{}
	a.ID, a.Kind, a.Version, a.State, a.Applicant, a.Agency = rests, authorization.Kind, 9, authorization.Operating, operator, agency
	a.Submissions = []authorization.Submission{{No: 1}}
	a.Versions = []authorization.Version{{No: 1, Content: agreement.Agreement{
		Resources: []string{"res-1", "res-2"}, Term: agreement.Term{From: day("2026-03-01"), To: day("2029-02-28")},
		Products: []agreement.Product{
			{Name: "客流分析", Class: agreement.Industry, Form: "报告"}, {Name: "到站查询", Class: agreement.PublicBenefit, Form: "接口"}, {Name: "客流预测", Class: agreement.Industry, Form: "模型"},
		},
	}}}
	started := at("2026-03-01")
	a.Filing, a.Started, a.Access, a.ProductsByCase = &authorization.Filing{On: day("2026-02-20")}, &started, authorization.AccessOpen, true
	return a
}

func newRun(on string) *run {
	p := &product.Product{}
	p.ID, p.Kind = theCase, product.Kind
	return &run{p: p, a: granted(), env: lifecycle.Env{
		Now: at(on), Policy: policies.National(), Calendar: nationalDays, Compile: policies.ApplicantCondition,
		Facts: lifecycle.Facts{Attachments: map[string]lifecycle.Attachment{
			"file": {Digest: "file", Organization: operator}, "proof": {Digest: "proof", Organization: agency},
		}},
	}}
}

// content is a complete industry product; with changes it.
func content() product.Content {
	return product.Content{
		Name: "客流分析", Form: agreement.Report, Class: agreement.Industry, Scenario: "商业选址", Resources: []string{"res-1"}, Standard: "GB/T 1", Capabilities: []string{"按小时统计", "按站点统计"},
		Unit: agreement.PerCall,
	}
}

func with(change func(*product.Content)) product.Content {
	c := content()
	change(&c)
	return c
}

func public() product.Content {
	return with(func(c *product.Content) {
		c.Name, c.Class, c.Form = "到站查询", agreement.PublicBenefit, agreement.API
	})
}

func model() product.Content {
	return with(func(c *product.Content) { c.Name, c.Form = "客流预测", agreement.Model })
}

func command(who, name string, input any) lifecycle.Command {
	return lifecycle.Command{ID: name, Name: name, Actor: people[who], Data: must(json.Marshal(input))}
}

// asked leaves of the facts only what a command asked for.
func (r *run) asked(cmd lifecycle.Command) lifecycle.Env {
	needs, env := product.Machine.Needs(r.p, cmd), r.env
	env.Facts = lifecycle.Facts{Attachments: map[string]lifecycle.Attachment{}, Cases: map[string]lifecycle.Case{}}
	for _, d := range needs.Attachments {
		if f, ok := r.env.Facts.Attachments[d]; ok {
			env.Facts.Attachments[d] = f
		}
	}
	if slices.Contains(needs.Cases, rests) {
		env.Facts.Cases[rests] = r.a
	}
	return env
}

// try gives a command; when it is not refused it is folded, and checked against the table.
func (r *run) try(t fataler, cmd lifecycle.Command) *refusal.Refusal {
	t.Helper()
	before, from := string(must(json.Marshal(r.p))), r.p.State
	events, refused := product.Machine.Decide(r.p, cmd, r.asked(cmd))
	if after := string(must(json.Marshal(r.p))); after != before {
		t.Fatalf("%s: deciding changed the case", cmd.Name)
	}
	if refused != nil {
		return refused
	}
	effects, err := product.Machine.Apply(r.p, events)
	if err != nil {
		t.Fatalf("%s: %v", cmd.Name, err)
	}
	r.effects = append(r.effects, slices.Concat(effects...)...)
	row, _ := product.Machine.Row(cmd.Name)
	if from != "" && !slices.Contains(row.From, from) || !slices.Contains(row.To, r.p.State) {
		t.Fatalf("%s led from %q to %q, which its row does not say", cmd.Name, from, r.p.State)
	}
	for _, e := range events {
		shared := strings.HasPrefix(e.Type, "task-") || strings.HasPrefix(e.Type, "deadline-")
		if !shared && !slices.Contains(row.Events, e.Type) {
			t.Fatalf("%s led to %q, which its row does not say", cmd.Name, e.Type)
		}
	}
	again := must(product.Machine.Decode(must(json.Marshal(r.p))))
	if string(must(json.Marshal(r.p))) != string(must(json.Marshal(again))) {
		t.Fatalf("%s: the case does not survive JSON", cmd.Name)
	}
	return nil
}

func (r *run) do(t fataler, who, name string, input any) *run {
	t.Helper()
	if refused := r.try(t, command(who, name, input)); refused != nil {
		t.Fatalf("%s by %s in %q is refused: %s %v", name, who, r.p.State, refused.Code, refused.Fields)
	}
	return r
}

// refuse wants a refusal, or a fault of a field when a path is given.
func (r *run) refuse(t fataler, who, name string, input any, code refusal.Code, path ...string) {
	t.Helper()
	no := r.try(t, command(who, name, input))
	switch {
	case no == nil:
		t.Fatalf("%s by %s in %q passes, want %s", name, who, r.p.State, code.Name)
	case len(path) == 0 && no.Code != code.Name:
		t.Fatalf("%s by %s in %q: want %s, got %s %v", name, who, r.p.State, code.Name, no.Code, no.Fields)
	case len(path) > 0 && !slices.ContainsFunc(no.Fields, func(f refusal.Field) bool { return f.Path == path[0] && f.Code == code.Name }):
		t.Fatalf("%s by %s in %q: want %s at %s, got %s %v", name, who, r.p.State, code.Name, path[0], no.Code, no.Fields)
	}
}

// open is the open task of a review; its ID is empty when there is none.
func (r *run) open(name string) lifecycle.Task {
	for _, task := range r.p.Tasks {
		if task.Name == name && task.Active() {
			return task
		}
	}
	return lifecycle.Task{}
}

func (r *run) review(t fataler, name, outcome string) *run {
	t.Helper()
	task := r.open(name)
	if task.State == lifecycle.TaskOpen {
		r.do(t, reviewers[name], "claim", lifecycle.TaskInput{Task: task.ID})
	}
	return r.do(t, reviewers[name], "decide", review.Input{Task: task.ID, Outcome: outcome, Opinion: "意见"})
}

// tick lets the earliest due time of the case come.
func (r *run) tick(t fataler) {
	t.Helper()
	when, ok := r.p.WakeAt()
	if !ok {
		t.Fatalf("nothing is due in %q", r.p.State)
	}
	if when.After(r.env.Now) {
		r.env.Now = when
	}
	r.do(t, "system", lifecycle.Tick, nil)
}

func (r *run) want(t fataler, state lifecycle.State) *run {
	t.Helper()
	if r.p.State != state {
		t.Fatalf("the product is in %q, want %q", r.p.State, state)
	}
	return r
}

func submitted(t fataler, c product.Content) *run {
	t.Helper()
	r := newRun("2026-04-01").do(t, "operator", "draft", product.DraftInput{Content: c, Authorization: rests})
	return r.do(t, "operator", "submit", product.Nothing{}).want(t, product.Reviewing)
}

// reviewed has every review of the round approved.
func (r *run) reviewed(t fataler) *run {
	t.Helper()
	for _, name := range []string{"product-security", "product-compliance", "product-experts"} {
		if r.open(name).ID != "" {
			r.review(t, name, review.Approve)
		}
	}
	return r
}

func flat(yuan string) []product.StepInput { return []product.StepInput{{Price: yuan}} }

func ceiling(yuan string) product.CeilingInput {
	return product.CeilingInput{Tariff: flat(yuan), Reason: "按成本测算"}
}

func charge(yuan, reason string) product.ChargeInput {
	return product.ChargeInput{Tariff: flat(yuan), Reason: reason}
}

// priced has a ceiling of 2 yuan and a charge of 1.
func (r *run) priced(t fataler) *run {
	t.Helper()
	return r.do(t, "officer", "set-ceiling", ceiling("2")).do(t, "operator", "set-charge", charge("1", "")).want(t, product.ToBeListed)
}

func (r *run) listed(t fataler) *run {
	t.Helper()
	return r.do(t, "operator", "list", product.Nothing{}).want(t, product.Listed)
}

// onOffer is the industry product on offer.
func onOffer(t fataler) *run {
	t.Helper()
	return submitted(t, content()).reviewed(t).priced(t).listed(t)
}

// copy is the same case, to be driven on its own.
func (r *run) copy() *run {
	again := must(product.Machine.Decode(must(json.Marshal(r.p))))
	a := *r.a
	return &run{p: again.(*product.Product), a: &a, env: r.env, effects: slices.Clone(r.effects)} //nolint:forcetypeassert // its own kind
}

// told is what the authorisation was told last.
func (r *run) told(t fataler) authorization.ProductState {
	t.Helper()
	for i := len(r.effects) - 1; i >= 0; i-- {
		if s := r.effects[i].Send; s != nil {
			var in authorization.ProductState
			if err := json.Unmarshal(s.Data, &in); err != nil || s.Case != rests || s.Command != authorization.RecordProduct {
				t.Fatalf("%+v: %v", s, err)
			}
			return in
		}
	}
	t.Fatalf("the authorisation was told nothing")
	return authorization.ProductState{}
}

func TestTableIsWhole(t *testing.T) {
	for _, row := range product.Machine.Table().Rows {
		if product.Machine.Input(row.Command) == nil || len(row.To) == 0 {
			t.Errorf("%s has no input or leads nowhere", row.Command)
		}
	}
}
