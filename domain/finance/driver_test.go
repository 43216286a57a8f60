package finance_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/finance"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
	"datacharter/domain/product"
	"datacharter/domain/refusal"
	"datacharter/domain/revenue"
	"datacharter/policies"
)

const (
	agency   = "agency"
	operator = "operator"
	granted  = "aut-1"
	flows    = "客流分析"
	arrivals = "到站查询"
)

func holder(person, organization string, kind identity.Kind, role identity.Role) identity.Actor {
	return identity.Actor{Person: person, Grants: []identity.Grant{{Organization: organization, Kind: kind, Role: role}}}
}

var people = map[string]identity.Actor{
	"officer":    holder("officer", agency, identity.Agency, identity.CaseOfficer),
	"money":      holder("money", agency, identity.Agency, identity.FinanceReviewer),
	"admin":      holder("admin", agency, identity.Agency, identity.Administrator),
	"applicant":  holder("applicant", operator, identity.Operator, identity.Applicant),
	"signatory":  holder("signatory", operator, identity.Operator, identity.OperatorSignatory),
	"both":       {Person: "both", Grants: []identity.Grant{{Organization: agency, Kind: identity.Agency, Role: identity.CaseOfficer}, {Organization: operator, Kind: identity.Operator, Role: identity.Applicant}}},
	"other":      holder("other", "operator-2", identity.Operator, identity.Applicant),
	"elsewhere":  holder("elsewhere", "agency-2", identity.Agency, identity.FinanceReviewer),
	"supplier":   holder("supplier", "weather", identity.DataSupplier, identity.SupplyReviewer),
	"supervisor": holder("supervisor", "watch", identity.Supervisor, identity.Auditor),
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

func yuan(s string) pricing.Amount { return must(pricing.ParseAmount(s)) }

func price(s string) pricing.Tariff { return pricing.Flat(must(pricing.ParsePrice(s))) }

// run is one authorisation's accounts being driven, beside the facts that they look at.
type run struct {
	f       *finance.Finance
	env     lifecycle.Env
	effects []lifecycle.Effect
}

// authorized is the authorisation, in operation since 1 March 2026; its agreement shares income by 20 : 10 : 70 %.
func authorized() *authorization.Authorization {
	a := &authorization.Authorization{}
	a.ID, a.Kind, a.Version, a.State, a.Applicant, a.Agency = granted, authorization.Kind, 9, authorization.Operating, operator, agency
	a.Versions = []authorization.Version{{No: 1, Content: agreement.Agreement{Accounting: agreement.Sharing{Shares: []agreement.Share{
		{Party: "市数据局", BasisPoints: 2_000}, {Party: "市气象局", BasisPoints: 1_000}, {Party: "运营公司", BasisPoints: 7_000},
	}}}}}
	for year := 2026; year < 2032; year++ {
		a.Reports = append(a.Reports, authorization.Report{Year: year, Summary: fmt.Sprintf("%d年运营正常", year), At: at(fmt.Sprintf("%d-02-01", year+1))})
	}
	return a
}

// offered are its products: one of industry at 2 yuan at most, charged 1 yuan and from 10 July 2028 on 1.5, and one of public benefit.
func offered() []lifecycle.Case {
	industry := &product.Product{Authorization: granted, Listed: true}
	industry.ID, industry.Applicant = "prd-1", operator
	industry.Drafted = product.Content{Name: flows, Class: agreement.Industry, Unit: agreement.PerCall}
	industry.Versions = []product.Version{{No: 1, Content: industry.Drafted}}
	industry.Ceilings = []product.Ceiling{{Tariff: price("2"), Trial: true, Reason: "试行", At: at("2026-02-01")}}
	industry.Charges = []product.Charge{{Tariff: price("1"), At: at("2026-02-02")}, {Tariff: price("1.5"), Reason: "成本上升", At: at("2028-07-10")}}
	public := &product.Product{Authorization: granted, Listed: true}
	public.ID, public.Applicant = "prd-2", operator
	public.Drafted = product.Content{Name: arrivals, Class: agreement.PublicBenefit, Unit: agreement.PerCall}
	public.Versions = []product.Version{{No: 1, Content: public.Drafted}}
	other := &product.Product{Authorization: "aut-2", Listed: true}
	other.ID, other.Applicant, other.Drafted, other.Versions = "prd-3", operator, product.Content{Name: "别的"}, industry.Versions
	return []lifecycle.Case{industry, public, other}
}

func newRun() *run {
	f := &finance.Finance{}
	f.ID, f.Kind = authorization.FinanceID(granted), finance.Kind
	r := &run{f: f, env: lifecycle.Env{
		Now: at("2026-03-01"), Policy: policies.National(), Calendar: nationalDays,
		Facts: lifecycle.Facts{
			Organizations: map[string]lifecycle.Organization{agency: {ID: agency}, operator: {ID: operator}, "weather": {ID: "weather"}},
			Attachments: map[string]lifecycle.Attachment{
				"proof": {Digest: "proof", Organization: agency}, "file": {Digest: "file", Organization: operator},
			},
			Cases: map[string]lifecycle.Case{granted: authorized()}, Products: map[string][]lifecycle.Case{operator: offered()}, Used: map[string][]lifecycle.Used{},
		},
	}}
	for month := 1; month <= 12; month++ {
		volume := int64(100_000)
		if month > 6 {
			volume = 150_000
		}
		r.use(fmt.Sprintf("2028-%02d", month), flows, volume)
		r.use(fmt.Sprintf("2028-%02d", month), arrivals, 7)
		r.use(fmt.Sprintf("2029-%02d", month), flows, 100_000)
	}
	return r
}

func (r *run) use(month, of string, volume int64) {
	r.env.Facts.Used[granted] = append(r.env.Facts.Used[granted], lifecycle.Used{Month: month, Product: of, Unit: agreement.PerCall, Volume: volume})
}

func called() authorization.AccountsCall {
	return authorization.AccountsCall{Authorization: granted, Title: "气象数据授权", Agency: agency, Operator: operator, Started: day("2026-03-01")}
}

func costs(year int) finance.CostsInput {
	return finance.CostsInput{
		Year: year, Items: []finance.CostItem{{Kind: pricing.Platform, Amount: "1200000"}, {Kind: pricing.Staff, Amount: "800000"}},
		Subsidy: "250000", Taxes: "16125", Evidence: []string{"file"},
	}
}

// decided is 1 750 000 of costs net of subsidy, 7.65 % of return on them – 133 875 – and 16 125 of taxes: 1 900 000 yuan a year.
func decided(from, to int) finance.AllowanceInput {
	return finance.AllowanceInput{
		From: from, To: to, Items: costs(from - 1).Items, Subsidy: "250000", BondYield: "1.65", Return: "7.65", Taxes: "16125",
		Departments: "省发展改革委、省数据局", Number: "价〔2028〕1号", On: fmt.Sprintf("%d-01-20", from), Evidence: []string{"proof"},
	}
}

func agreed(per finance.Per, first finance.Period) finance.RuleInput {
	return finance.RuleInput{Per: per, From: first, Parties: []finance.PartyInput{
		{Name: "市数据局", Side: finance.OfAgency, Organization: agency, BasisPoints: 2_000},
		{Name: "市气象局", Side: finance.OfSupplier, Organization: "weather", BasisPoints: 1_000},
		{Name: "运营公司", Side: finance.OfOperator, Organization: operator, BasisPoints: 7_000},
	}}
}

func command(who, name string, input any) lifecycle.Command {
	return lifecycle.Command{ID: name, Name: name, Actor: people[who], Data: must(json.Marshal(input))}
}

// asked leaves of the facts only what a command asked for.
func (r *run) asked(cmd lifecycle.Command) lifecycle.Env {
	needs, env := finance.Machine.Needs(r.f, cmd), r.env
	env.Facts = lifecycle.Facts{
		Organizations: picked(r.env.Facts.Organizations, needs.Organizations), Attachments: picked(r.env.Facts.Attachments, needs.Attachments),
		Cases: picked(r.env.Facts.Cases, needs.Cases), Products: picked(r.env.Facts.Products, needs.ProductsOf), Used: picked(r.env.Facts.Used, needs.UsedOf),
	}
	return env
}

func picked[T any](of map[string]T, ids []string) map[string]T {
	out := map[string]T{}
	for _, id := range ids {
		if v, ok := of[id]; ok {
			out[id] = v
		}
	}
	return out
}

// try gives a command; when it is not refused it is folded, and checked against the table.
func (r *run) try(t fataler, cmd lifecycle.Command) *refusal.Refusal {
	t.Helper()
	before, from := string(must(json.Marshal(r.f))), r.f.State
	events, refused := finance.Machine.Decide(r.f, cmd, r.asked(cmd))
	if after := string(must(json.Marshal(r.f))); after != before {
		t.Fatalf("%s: deciding changed the case", cmd.Name)
	}
	if refused != nil {
		return refused
	}
	effects, err := finance.Machine.Apply(r.f, events)
	if err != nil {
		t.Fatalf("%s: %v", cmd.Name, err)
	}
	r.effects = append(r.effects, slices.Concat(effects...)...)
	row, _ := finance.Machine.Row(cmd.Name)
	if from != "" && !slices.Contains(row.From, from) || !slices.Contains(row.To, r.f.State) {
		t.Fatalf("%s led from %q to %q, which its row does not say", cmd.Name, from, r.f.State)
	}
	for _, e := range events {
		if !strings.HasPrefix(e.Type, "deadline-") && !slices.Contains(row.Events, e.Type) {
			t.Fatalf("%s led to %q, which its row does not say", cmd.Name, e.Type)
		}
	}
	again := must(finance.Machine.Decode(must(json.Marshal(r.f))))
	if string(must(json.Marshal(r.f))) != string(must(json.Marshal(again))) {
		t.Fatalf("%s: the case does not survive JSON", cmd.Name)
	}
	return nil
}

func (r *run) do(t fataler, who, name string, input any) *run {
	t.Helper()
	if refused := r.try(t, command(who, name, input)); refused != nil {
		t.Fatalf("%s by %s in %q is refused: %s %v", name, who, r.f.State, refused.Code, refused.Fields)
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
		when, ok := r.f.WakeAt()
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
	if r.f.State != state {
		t.Fatalf("the accounts are in %q, want %q", r.f.State, state)
	}
	return r
}

// The accounts in one state after the other.

func trial(t fataler) *run {
	t.Helper()
	return newRun().do(t, "system", authorization.OpenAccounts, called()).want(t, finance.Trial)
}

// sharing has the agreement's rule agreed on by both sides, for periods of a year.
func sharing(t fataler) *run {
	t.Helper()
	return trial(t).do(t, "officer", "propose-rule", agreed(finance.PerYear, "2026")).do(t, "signatory", "agree-rule", nil)
}

func fixing(t fataler) *run {
	t.Helper()
	return sharing(t).until(t, "2028-01-25").want(t, finance.Fixing)
}

func ruled(t fataler) *run {
	t.Helper()
	return fixing(t).fix(t, 2028, 2029).want(t, finance.Ruled)
}

func (r *run) fix(t fataler, from, to int) *run {
	t.Helper()
	return r.do(t, "applicant", "hand-in-costs", costs(from-1)).do(t, "officer", "record-allowance", decided(from, to)).do(t, "admin", "confirm-allowance", nil)
}

// state has the statement of a period handed in and checked.
func (r *run) state(t fataler, p finance.Period, lines ...finance.LineInput) *run {
	t.Helper()
	in := finance.StatementInput{Period: p, Lines: lines, Note: "更正"}
	return r.do(t, "applicant", "compile-statement", in).do(t, "officer", "check-statement", finance.PeriodInput{Period: p})
}

func billed(amount string) finance.LineInput {
	return finance.LineInput{Product: flows, Billed: amount, Contracts: []string{"合同1号"}, Reason: "按合同结算"}
}

// settle has a period's settlement run and approved.
func (r *run) settle(t fataler, p finance.Period) *run {
	t.Helper()
	return r.do(t, "officer", "run-settlement", finance.PeriodInput{Period: p}).do(t, "admin", "approve-settlement", nil)
}

func payment(party string) finance.PaymentInput {
	return finance.PaymentInput{Party: party, On: "2029-01-20", Reference: "回单1号"}
}

// settled is with the year 2028 stated and settled.
func settled(t fataler) *run {
	t.Helper()
	return ruled(t).until(t, "2029-01-25").state(t, "2028").settle(t, "2028")
}

func ended(t fataler) *run {
	t.Helper()
	r := settled(t).state(t, "2026").state(t, "2027").until(t, "2029-06-30")
	r.do(t, "system", authorization.EndAccounts, authorization.AccountsEnd{On: day("2029-06-30")}).want(t, finance.Final)
	return r.state(t, "2029", billed("1000.01")).settle(t, "2029").payAll(t)
}

func (r *run) payAll(t fataler) *run {
	t.Helper()
	for _, p := range r.f.Parties() {
		if r.f.Book().Owed(p.Name) > 0 {
			r.do(t, "money", "record-payment", payment(p.Name))
		}
	}
	return r
}

func closed(t fataler) *run {
	t.Helper()
	return ended(t).do(t, "admin", "close-accounts", finance.ClosingInput{Text: "全部结清"}).want(t, finance.Closed)
}

// copy is the same case, to be driven on its own.
func (r *run) copy() *run {
	again := must(finance.Machine.Decode(must(json.Marshal(r.f))))
	env := r.env
	env.Facts.Used = map[string][]lifecycle.Used{granted: slices.Clone(r.env.Facts.Used[granted])}
	return &run{f: again.(*finance.Finance), env: env, effects: slices.Clone(r.effects)} //nolint:forcetypeassert // its own kind
}

// told are the subjects of the notices, in order.
func (r *run) told() []string {
	var out []string
	for _, e := range r.effects {
		if e.Notice != nil {
			out = append(out, e.Notice.Subject)
		}
	}
	return out
}

// balances checks that the book balances: all its accounts together are nothing.
func (r *run) balances(t testing.TB) {
	t.Helper()
	b := r.f.Book()
	sum := b.Balance(revenue.Received) + b.Balance(revenue.Income)
	for _, party := range b.Parties() {
		sum += b.Owed(party)
	}
	if sum != 0 || b.Balance(revenue.Income) != 0 {
		t.Fatalf("the accounts together are %v, and %v is not shared", sum, b.Balance(revenue.Income))
	}
}
