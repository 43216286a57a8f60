package drill_test

import (
	"slices"
	"testing"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/drill"
	"datacharter/domain/finance"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
	"datacharter/domain/revenue"
	"datacharter/policies"
)

// kept are accounts by quarters since February 2026: the first quarter is settled and paid to one party, and corrected since; the second is checked, and the
// others are not stated.
func kept(t *testing.T) *finance.Finance {
	t.Helper()
	f := &finance.Finance{Started: calendar.NewDate(2026, time.February, 10)}
	f.ID, f.Kind, f.State = "acc-1", finance.Kind, finance.Trial
	rule := revenue.Rule{Parties: []revenue.Party{{Name: "市数据局", BasisPoints: 3000}, {Name: "运营公司", BasisPoints: 7000}}}
	f.Rules = []finance.Sharing{{Per: finance.PerQuarter, From: "2026Q1", Sharers: []finance.Sharer{{Name: "市数据局"}, {Name: "运营公司"}}, Rule: rule}}
	book, err := revenue.NewBook()
	if err != nil {
		t.Fatal(err)
	}
	entries, err := book.Settle(revenue.Settlement{Period: "2026Q1", On: calendar.NewDate(2026, time.April, 2), Income: 100_000, Rule: rule})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if err := book.Post(e); err != nil {
			t.Fatal(err)
		}
	}
	paid, _ := book.Pay("市数据局", calendar.NewDate(2026, time.April, 9))
	for _, e := range append(entries, paid) {
		f.Postings = append(f.Postings, finance.Posting{Entry: e})
	}
	checked := &identity.By{Person: "officer"}
	f.Statements = []finance.Statement{{Period: "2026Q1", Income: 100_000, Checked: checked}, {Period: "2026Q2", Income: 5_050, Checked: checked}}
	f.Handed = []finance.Statement{{Period: "2026Q1", Income: 120_000}}
	return f
}

func runWith(t *testing.T, a *authorization.Authorization, records drill.Records, open ...lifecycle.Header) drill.Drill {
	t.Helper()
	env := lifecycle.Env{
		Now: calendar.NewDate(2026, time.October, 8).Start().Add(time.Hour), Policy: policies.National(),
		Facts: lifecycle.Facts{Open: map[string][]lifecycle.Header{a.Applicant: open}},
	}
	d, refused := drill.Run(a, "breach", identity.Actor{Person: "admin"}, records, env)
	if refused != nil {
		t.Fatal(refused)
	}
	return d
}

func signing() *authorization.Authorization {
	a := &authorization.Authorization{}
	a.ID, a.Kind, a.Version, a.State, a.Agency, a.Applicant = "aut-1", authorization.Kind, 9, authorization.Signing, "agency", "operator"
	return a
}

// Of the accounts the drill shows what was stated and is not settled, what nobody stated yet, and what is owed; where there are none it shows none, and without a
// rule that both sides agreed on there is nothing to state.
func TestAccountsThatAnExitTouches(t *testing.T) {
	got := runWith(t, signing(), drill.Records{Accounts: kept(t)}).Accounts
	if got == nil || got.Case != "acc-1" || got.State != finance.Trial || !got.Agreed || got.Until != calendar.NewDate(2026, time.October, 8) {
		t.Fatalf("%+v", got)
	}
	if want := []drill.TouchedStatement{{Period: "2026Q1", Income: 120_000, Settled: true}, {Period: "2026Q2", Income: 5_050, Checked: true}}; !slices.Equal(got.Unsettled, want) {
		t.Errorf("not settled: %+v", got.Unsettled)
	}
	if want := []finance.Period{"2026Q3", "2026Q4"}; !slices.Equal(got.Unstated, want) {
		t.Errorf("not stated: %v", got.Unstated)
	}
	if want := []drill.OwedParty{{Party: "运营公司", Owed: pricing.Amount(70_000)}}; !slices.Equal(got.Owed, want) {
		t.Errorf("owed: %+v", got.Owed)
	}
	if none := runWith(t, signing(), drill.Records{}).Accounts; none != nil {
		t.Errorf("accounts that are not there: %+v", none)
	}
	fresh := &finance.Finance{Started: calendar.NewDate(2026, time.February, 10)}
	if got := runWith(t, signing(), drill.Records{Accounts: fresh}).Accounts; got.Agreed || len(got.Unsettled)+len(got.Unstated)+len(got.Owed) > 0 {
		t.Errorf("without a rule: %+v", got)
	}
}

// The accounts, findings, exits and disclosures of the authorisation itself are told from the operator's other cases; of a case that the administrator may not see
// there is no title.
func TestCasesThatGoWithTheAuthorization(t *testing.T) {
	a := signing()
	begun := calendar.NewDate(2025, time.May, 1).Start()
	a.Started, a.DisclosureYear = &begun, 2026
	a.Findings = []authorization.FindingKnown{{FindingState: authorization.FindingState{Case: "fnd-1"}}}
	own := []string{authorization.FinanceID("aut-1"), "fnd-1", authorization.DisclosureID(authorization.OperatorSide, "operator", 2026)}
	open := []lifecycle.Header{
		{ID: "aut-1", Kind: authorization.Kind},
		{ID: own[0], Kind: authorization.FinanceKind},
		{ID: own[1], Kind: authorization.FindingKind},
		{ID: own[2], Kind: authorization.DisclosureKind},
		{ID: "prd-1", Kind: authorization.ProductKind},
		{ID: "acc-2", Kind: authorization.FinanceKind},
		{ID: "fnd-2", Kind: authorization.FindingKind},
		{ID: "aut-2", Kind: authorization.Kind},
	}
	d := runWith(t, a, drill.Records{Products: []lifecycle.Header{{ID: "prd-1"}}, Cases: map[string]string{"fnd-1": "日志留存", "aut-2": "交通数据"}}, open...)
	var got, others []string
	for _, c := range d.Own {
		got = append(got, c.ID)
	}
	for _, c := range d.Cases {
		others = append(others, c.ID+c.Title)
	}
	if !slices.Equal(got, own) || d.Own[1].Title != "日志留存" {
		t.Errorf("its own: %+v", d.Own)
	}
	if !slices.Equal(others, []string{"acc-2", "fnd-2", "aut-2交通数据"}) {
		t.Errorf("others: %v", others)
	}
}
