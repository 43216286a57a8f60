package finance_test

import (
	"reflect"
	"slices"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/finance"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/pricing"
	"datacharter/domain/refusal"
	"datacharter/domain/revenue"
)

// Ceilings at the forecast volume: 900 000 calls at 2 yuan are 1 800 000, within 1 900 000; 1 000 000 calls are 2 000 000, beyond it.
func TestRequirement51CeilingsWithinTheAllowance(t *testing.T) {
	r := ruled(t)
	volumes := func(n int64) finance.VolumesInput {
		return finance.VolumesInput{Year: 2028, Volumes: []finance.VolumeInput{{Product: flows, Volume: n}}}
	}
	r.do(t, "officer", "check-ceilings", volumes(900_000))
	if c := r.f.Checks[0]; !c.Within || c.Total != yuan("1800000") || c.Allowance != yuan("1900000") || c.Lines[0].Volume != 900_000 {
		t.Errorf("%+v", c)
	}
	r.do(t, "money", "check-ceilings", volumes(1_000_000))
	if c := r.f.Checks; len(c) != 1 || c[0].Within || c[0].Total != yuan("2000000") || !slices.Contains(r.told(), "finance-ceilings-beyond") {
		t.Errorf("%+v", c)
	}
	r.do(t, "officer", "check-ceilings", volumes(950_000)) // just the allowance
	if !r.f.Checks[0].Within {
		t.Error("what is equal is within")
	}
	r.refuse(t, "officer", "check-ceilings", finance.VolumesInput{Year: 2028}, refusal.VolumeMissing, "volumes")
	r.refuse(t, "officer", "check-ceilings", finance.VolumesInput{Year: 2030, Volumes: volumes(1).Volumes}, refusal.NoAllowance, "year")
	r.refuse(t, "officer", "check-ceilings", finance.VolumesInput{Year: 2028, Volumes: []finance.VolumeInput{{Product: arrivals, Volume: 1}}}, refusal.UnknownReference, "volumes[0].product")
	r.refuse(t, "officer", "check-ceilings", finance.VolumesInput{Year: 2028, Volumes: append(volumes(1).Volumes, volumes(1).Volumes...)}, refusal.Repeated, "volumes[1].product")
	r.refuse(t, "officer", "check-ceilings", volumes(-1), refusal.AmountTooLarge, "volumes[0].volume")
}

// Public benefit is free: it has a volume and no income, and none may be billed.
func TestRequirement51PublicBenefitIsFree(t *testing.T) {
	r := ruled(t).until(t, "2029-01-10").state(t, "2028")
	l := r.f.Statements[0].Lines[0]
	if l.Product != arrivals || l.Volume != 84 || l.Reckoned != 0 || l.Billed != 0 {
		t.Errorf("%+v", l)
	}
	r.refuse(t, "applicant", "compile-statement", finance.StatementInput{
		Period: "2028", Note: "改", Lines: []finance.LineInput{{Product: arrivals, Billed: "1", Reason: "x"}},
	}, refusal.PublicBenefitIsFree, "lines[0].billed")
}

// 1 200 000 + 800 000 − 250 000 = 1 750 000; 7.65 % of it are 133 875; with 16 125 of taxes 1 900 000.
func TestRequirement52Allowance(t *testing.T) {
	r := ruled(t)
	want := pricing.Allowance{Cost: yuan("1750000"), Profit: yuan("133875"), Taxes: yuan("16125"), Total: yuan("1900000")}
	for _, year := range []int{2028, 2029} {
		if a, ok := r.f.AllowedIn(year); !ok || a != want {
			t.Errorf("%d: %+v", year, a)
		}
	}
	for _, year := range []int{2027, 2030} {
		if _, ok := r.f.AllowedIn(year); ok {
			t.Errorf("there is none for %d", year)
		}
	}
	f := r.f.Allowances[0]
	if f.By.Person != "officer" || f.Confirmed.Person != "admin" || f.Decision.Number != "价〔2028〕1号" || r.f.Proposed != nil {
		t.Errorf("%+v", f)
	}
	if d := r.f.Deadline("allowance-review"); d == nil || d.Due.On != day("2029-12-31") || d.Article != "65号 part 4" {
		t.Errorf("the review: %+v", d)
	}
}

func TestRequirement52TheReturnIsBounded(t *testing.T) {
	r := fixing(t).do(t, "applicant", "hand-in-costs", costs(2027))
	for path, bad := range map[string]struct {
		change func(*finance.AllowanceInput)
		code   refusal.Code
	}{
		"return":     {func(in *finance.AllowanceInput) { in.Return = "7.6501" }, refusal.ReturnTooHigh},
		"subsidy":    {func(in *finance.AllowanceInput) { in.Subsidy = "2000000.01" }, refusal.SubsidyTooMuch},
		"bond_yield": {func(in *finance.AllowanceInput) { in.BondYield = "-1" }, refusal.NotARate},
		"taxes":      {func(in *finance.AllowanceInput) { in.Taxes = "-1" }, refusal.NotAnAmount},
		"items[1].amount": {func(in *finance.AllowanceInput) {
			in.Items = append(in.Items[:1:1], finance.CostItem{Kind: "staff", Amount: "1.234"})
		}, refusal.NotAnAmount},
		"items[0].kind": {func(in *finance.AllowanceInput) { in.Items = []finance.CostItem{{Kind: "x", Amount: "1"}} }, refusal.NotAChoice},
		"items":         {func(in *finance.AllowanceInput) { in.Items = nil }, refusal.Required},
		"evidence":      {func(in *finance.AllowanceInput) { in.Evidence = nil }, refusal.Required},
		"evidence[0]":   {func(in *finance.AllowanceInput) { in.Evidence = []string{"file"} }, refusal.UnknownReference},
		"number":        {func(in *finance.AllowanceInput) { in.Number = " " }, refusal.Required},
		"departments":   {func(in *finance.AllowanceInput) { in.Departments = "" }, refusal.Required},
		"on":            {func(in *finance.AllowanceInput) { in.On = "2028-02-01" }, refusal.DateInFuture},
		"to":            {func(in *finance.AllowanceInput) { in.To = 2031 }, refusal.AllowanceTooLong},
		"from":          {func(in *finance.AllowanceInput) { in.From = 2027 }, refusal.AllowanceOverlaps},
	} {
		in := decided(2028, 2029)
		bad.change(&in)
		r.refuse(t, "officer", "record-allowance", in, bad.code, path)
	}
	r.refuse(t, "officer", "record-allowance", decided(2030, 2031), refusal.NoCosts, "from")
	r.do(t, "officer", "record-allowance", decided(2028, 2030)) // three years are the longest
}

// Until a complete year exists there is no allowance; nobody on the operator's side and nobody who recorded it fixes one.
func TestRequirement52WhoFixesIt(t *testing.T) {
	r := trial(t).until(t, "2027-06-01").want(t, finance.Trial)
	r.refuse(t, "officer", "record-allowance", decided(2028, 2029), refusal.NotInState)
	r = fixing(t).do(t, "applicant", "hand-in-costs", costs(2027))
	for _, who := range []string{"applicant", "signatory", "other", "elsewhere", "supplier"} {
		r.refuse(t, who, "record-allowance", decided(2028, 2029), refusal.NotEntitled)
	}
	r.refuse(t, "both", "record-allowance", decided(2028, 2029), refusal.OwnOrganization)
	r.do(t, "money", "record-allowance", decided(2028, 2029))
	r.refuse(t, "money", "confirm-allowance", nil, refusal.FinancePrepared)
	r.refuse(t, "officer", "record-allowance", decided(2028, 2029), refusal.FinanceWaits)
	r.do(t, "admin", "return-allowance", finance.ReasonInput{Reason: "文号有误"})
	if r.f.Proposed != nil || r.f.Returned[0].Reason != "文号有误" || len(r.f.Allowances) > 0 {
		t.Errorf("%+v", r.f.Returned)
	}
	r.do(t, "officer", "record-allowance", decided(2028, 2029)).do(t, "money", "confirm-allowance", nil)
	if len(r.f.Returned) > 0 {
		t.Error("why it was sent back stays, though it was prepared anew")
	}
	r.refuse(t, "officer", "record-allowance", decided(2029, 2030), refusal.AllowanceOverlaps, "from")
}

// 2028: six months of 100 000 calls at 1 yuan and six of 150 000 at 1.5 are 600 000 + 1 350 000 = 1 950 000, 50 000 above 1 900 000 or 2.6316 %: charges.
// 2029: 2 100 000 billed are 200 000 above it or 10.5263 %: ceilings. Both years together are 250 000 above: 125 000 off each of 2030 and 2031.
func TestRequirement53DeviationAndExcess(t *testing.T) {
	r := settled(t)
	if s := r.f.Statements[0]; s.Income != yuan("1950000") || s.Lines[1].Volume != 1_500_000 || s.Lines[1].Reckoned != yuan("1950000") {
		t.Fatalf("%+v", s)
	}
	r.do(t, "officer", "reckon-year", finance.YearInput{Year: 2028})
	y := r.f.Years[0]
	if y.Deviation.Amount != yuan("50000") || y.Deviation.Rate.String() != "2.6316" || y.Deviation.Task != pricing.AdjustCharges || y.Excess != 0 || len(r.f.Deductions) > 0 {
		t.Errorf("2028: %+v %+v", y, y.Deviation)
	}
	if d := r.f.Deadline("price-adjustment"); d == nil || !d.Open() || !slices.Contains(r.told(), "finance-adjust-charges") {
		t.Errorf("nobody is to adjust charges: %+v", d)
	}
	r.refuse(t, "officer", "reckon-year", finance.YearInput{Year: 2028}, refusal.FinanceSame)
	r.refuse(t, "officer", "reckon-year", finance.YearInput{Year: 2029}, refusal.NotAReportYear, "year")
	r.do(t, "officer", "report-adjustment", finance.AdjustedInput{Year: 2028, What: "下调收费"})
	if r.f.Deadline("price-adjustment").Open() || len(r.f.Due()) > 0 {
		t.Error("what was adjusted is still to be adjusted")
	}
	r.refuse(t, "officer", "report-adjustment", finance.AdjustedInput{Year: 2028, What: "再次"}, refusal.FinanceNothing)

	r.until(t, "2030-01-20").want(t, finance.Fixing) // the years of the allowance are over
	r.refuse(t, "officer", "reckon-year", finance.YearInput{Year: 2029}, refusal.YearOpen, "year")
	r.state(t, "2029", billed("2100000"))
	r.refuse(t, "officer", "reckon-year", finance.YearInput{Year: 2029, Over: 6}, refusal.TooMany, "over")
	r.do(t, "officer", "reckon-year", finance.YearInput{Year: 2029, Over: 2})
	y = r.f.Years[1]
	if y.Deviation.Amount != yuan("200000") || y.Deviation.Rate.String() != "10.5263" || y.Deviation.Task != pricing.AdjustCeilings || y.Excess != yuan("250000") {
		t.Errorf("2029: %+v %+v", y, y.Deviation)
	}
	if want := []finance.Deduction{{Of: 2029, Year: 2030, Amount: yuan("125000")}, {Of: 2029, Year: 2031, Amount: yuan("125000")}}; !slices.Equal(r.f.Deductions, want) {
		t.Errorf("%+v", r.f.Deductions)
	}
	r.fix(t, 2030, 2032)
	for year, want := range map[int]string{2030: "1775000", 2031: "1775000", 2032: "1900000"} {
		if a, _ := r.f.AllowedIn(year); a.Total != yuan(want) {
			t.Errorf("%d: %+v, want %s", year, a, want)
		}
	}
}

// An excess that a year cannot bear goes on to the next: 5 000 000 above 1 900 000 – 3 100 000 – take all of 2030 and 1 200 000 of 2031.
func TestRequirement53WhatAYearCannotBear(t *testing.T) {
	r := fixing(t).fix(t, 2028, 2028).until(t, "2029-01-20").state(t, "2028", billed("5000000")).do(t, "officer", "reckon-year", finance.YearInput{Year: 2028})
	r.until(t, "2030-01-20").fix(t, 2030, 2031) // 2029 went by without an allowance
	for year, want := range map[int]string{2030: "0", 2031: "700000"} {
		if a, _ := r.f.AllowedIn(year); a.Total != yuan(want) {
			t.Errorf("%d: %+v, want %s", year, a, want)
		}
	}
}

// A year of the trial tariff has no allowance to deviate from.
func TestRequirement53TrialYears(t *testing.T) {
	r := fixing(t).state(t, "2026").do(t, "officer", "reckon-year", finance.YearInput{Year: 2026})
	if y := r.f.Years[0]; y.Allowance != nil || y.Deviation != nil || len(r.f.Due()) > 0 {
		t.Errorf("%+v", y)
	}
}

// A statement that is corrected changes what was reckoned of its year.
func TestRequirement53CorrectedYear(t *testing.T) {
	r := settled(t).do(t, "officer", "reckon-year", finance.YearInput{Year: 2028})
	r.do(t, "applicant", "compile-statement", finance.StatementInput{Period: "2028", Note: "漏计", Lines: []finance.LineInput{billed("1900000")}})
	r.refuse(t, "officer", "reckon-year", finance.YearInput{Year: 2028}, refusal.YearOpen, "year")
	r.do(t, "money", "check-statement", finance.PeriodInput{Period: "2028"}).do(t, "officer", "reckon-year", finance.YearInput{Year: 2028})
	if y := r.f.Years; len(y) != 1 || y[0].Deviation.Task != pricing.NoTask || r.f.Deadline("price-adjustment").Open() {
		t.Errorf("%+v", y)
	}
}

// By the end of March the agency reports on the year before, with the figures of 65号 part 5: 1 950 000 of income less 1 750 000 of cost and 16 125 of taxes
// leave 183 875.
func TestRequirement54OperatingReport(t *testing.T) {
	r := settled(t)
	in := finance.ReportInput{Year: 2028, Summary: "总体平稳", To: "省发展改革委、省数据局", Number: "报〔2029〕1号", On: "2029-01-24"}
	if d := r.f.Deadline("price-report"); !d.Open() || d.Due.On.String()[:7] != "2029-04" && d.Due.On != day("2029-03-31") && d.Due.On.String()[:7] != "2029-03" {
		t.Errorf("the limit: %+v", d)
	}
	r.refuse(t, "officer", "report-year", in, refusal.YearNotClosed, "year")
	r.do(t, "officer", "reckon-year", finance.YearInput{Year: 2028})
	r.refuse(t, "officer", "report-year", in, refusal.NoCosts, "year")
	r.do(t, "applicant", "hand-in-costs", costs(2028))
	silent := r.copy()
	silent.env.Facts.Cases = map[string]lifecycle.Case{granted: &authorization.Authorization{}}
	silent.refuse(t, "officer", "report-year", in, refusal.ReportMissing, "year")
	r.do(t, "officer", "report-year", in)
	report := r.f.Reports[0]
	if report.Cost != yuan("1750000") || report.Income != yuan("1950000") || report.Profit != yuan("183875") || report.Operators != "2028年运营正常" || report.Deviation == nil {
		t.Errorf("%+v", report)
	}
	if want := []finance.Sold{{arrivals, "public-benefit", "calls", 84, 0}, {flows, "industry", "calls", 1_500_000, yuan("1950000")}}; !slices.Equal(report.Products, want) {
		t.Errorf("%+v", report.Products)
	}
	if want := []finance.Adjustment{{Product: flows, Tariff: price("1.5"), Reason: "成本上升", On: day("2028-07-10")}}; !reflect.DeepEqual(report.Adjustments, want) {
		t.Errorf("%+v", report.Adjustments)
	}
	if d := r.f.Deadline("price-report"); !d.Open() || d.From != day("2029-12-31") {
		t.Errorf("the next limit: %+v", d)
	}
}

// Shared by 20 : 10 : 70, 1 950 000 are 390 000, 195 000 and 1 365 000; corrected to 2 000 000.01 they are 400 000, 200 000 and 1 400 000.01: 10 000, 5 000 and
// 35 000.01 more. Run again, nothing is posted; paid, nothing is owed.
func TestSettlements(t *testing.T) {
	r := settled(t)
	wants := func(agency, supplier, operator string) {
		t.Helper()
		b := r.f.Book()
		for party, want := range map[string]string{"市数据局": agency, "市气象局": supplier, "运营公司": operator} {
			if got := b.Owed(party); got != yuan(want) {
				t.Errorf("%s is owed %s, want %s", party, got, want)
			}
		}
		r.balances(t)
	}
	wants("390000", "195000", "1365000")
	r.refuse(t, "officer", "run-settlement", finance.PeriodInput{Period: "2028"}, refusal.FinanceSettled)
	r.refuse(t, "officer", "run-settlement", finance.PeriodInput{Period: "2027"}, refusal.UnknownReference, "period")
	r.payAll(t)
	wants("0", "0", "0")
	r.refuse(t, "money", "record-payment", payment("市数据局"), refusal.FinanceNothing)

	r.state(t, "2028", billed("2000000.01"))
	r.do(t, "officer", "run-settlement", finance.PeriodInput{Period: "2028"})
	r.refuse(t, "officer", "approve-settlement", nil, refusal.NotEntitled)
	r.refuse(t, "officer", "run-settlement", finance.PeriodInput{Period: "2028"}, refusal.FinanceWaits)
	r.do(t, "money", "approve-settlement", nil)
	wants("10000", "5000", "35000.01")
	kinds := map[revenue.Kind]int{}
	for _, p := range r.f.Postings {
		kinds[p.Entry.Kind]++
		if p.Entry.Kind == revenue.Counter && p.Reason != "更正" {
			t.Errorf("a counter-entry without its reason: %+v", p)
		}
	}
	if want := map[revenue.Kind]int{revenue.Took: 2, revenue.Shared: 2, revenue.Paid: 3, revenue.Counter: 2}; !reflect.DeepEqual(kinds, want) {
		t.Errorf("%v", kinds)
	}
	r.do(t, "money", "record-payment", payment("市数据局"))
	r.refuse(t, "money", "record-payment", payment("市数据局"), refusal.NothingOwed, "party")
	last := r.f.Payments()[len(r.f.Payments())-1].Entry.ID
	r.refuse(t, "money", "take-back", finance.TakeBackInput{Entry: last, Reason: "退票"}, refusal.FinancePrepared)
	r.refuse(t, "admin", "take-back", finance.TakeBackInput{Entry: "2028/took/2", Reason: "x"}, refusal.EntryStays, "entry")
	r.do(t, "admin", "take-back", finance.TakeBackInput{Entry: last, Reason: "退票"})
	wants("10000", "5000", "35000.01")
	r.refuse(t, "admin", "take-back", finance.TakeBackInput{Entry: last, Reason: "再次"}, refusal.EntryStays, "entry")
}

// A settlement that was run on a statement which is corrected before it is approved is not posted.
func TestStaleSettlement(t *testing.T) {
	r := ruled(t).until(t, "2029-01-25").state(t, "2028").do(t, "officer", "run-settlement", finance.PeriodInput{Period: "2028"}).state(t, "2028", billed("1"))
	r.refuse(t, "admin", "approve-settlement", nil, refusal.FinanceStale)
	r.do(t, "admin", "return-settlement", finance.ReasonInput{Reason: "报表已更正"}).settle(t, "2028")
	r.balances(t)
}

// What the ledger says later than the statement was compiled is not passed over.
func TestStaleStatement(t *testing.T) {
	r := ruled(t).until(t, "2029-01-25").do(t, "applicant", "compile-statement", finance.StatementInput{Period: "2028"})
	r.use("2028-12", flows, 1)
	r.refuse(t, "officer", "check-statement", finance.PeriodInput{Period: "2028"}, refusal.FinanceStale)
	r.refuse(t, "officer", "check-statement", finance.PeriodInput{Period: "2027"}, refusal.UnknownReference, "period")
	r.do(t, "officer", "return-statement", finance.ReturnInput{Period: "2028", Reason: "台账有变"}).state(t, "2028")
	if s := r.f.Statements[0]; s.Income != yuan("1950001.5") {
		t.Errorf("%+v", s)
	}
}

func TestStatements(t *testing.T) {
	r := ruled(t).until(t, "2029-01-25")
	for path, bad := range map[string]struct {
		in   finance.StatementInput
		code refusal.Code
	}{
		"period":           {finance.StatementInput{Period: "2025"}, refusal.NotAPeriod},
		"lines[0].product": {finance.StatementInput{Period: "2028", Lines: []finance.LineInput{{Product: "别的", Billed: "1", Reason: "x"}}}, refusal.UnknownReference},
		"lines[0].billed":  {finance.StatementInput{Period: "2028", Lines: []finance.LineInput{{Product: flows, Billed: "一", Reason: "x"}}}, refusal.NotAnAmount},
		"lines[0].reason":  {finance.StatementInput{Period: "2028", Lines: []finance.LineInput{{Product: flows, Billed: "1"}}}, refusal.Required},
		"lines[1].product": {finance.StatementInput{Period: "2028", Lines: []finance.LineInput{billed("1"), billed("1")}}, refusal.Repeated},
		"evidence[0]":      {finance.StatementInput{Period: "2028", Evidence: []string{"proof"}}, refusal.UnknownReference},
	} {
		r.refuse(t, "applicant", "compile-statement", bad.in, bad.code, path)
	}
	for _, p := range []finance.Period{"2028Q1", "2028-01", "2028-13", "", "20x8", "2028 "} {
		r.refuse(t, "applicant", "compile-statement", finance.StatementInput{Period: p}, refusal.NotAPeriod, "period")
	}
	r.state(t, "2028")
	r.refuse(t, "applicant", "compile-statement", finance.StatementInput{Period: "2028"}, refusal.Required, "note")
	r.refuse(t, "applicant", "compile-statement", finance.StatementInput{Period: "2028", Note: "改"}, refusal.FinanceSame)
	none := trial(t).until(t, "2027-02-01")
	none.refuse(t, "applicant", "compile-statement", finance.StatementInput{Period: "2026"}, refusal.FinanceNoRule)
}

// Quarters and months: 2028Q3 is 450 000 calls at 1.5 yuan, 675 000; June of 2028 is 100 000 at 1.
func TestPeriods(t *testing.T) {
	for _, c := range []struct {
		per           finance.Per
		first, period finance.Period
		later         finance.Period
		income        string
	}{{finance.PerQuarter, "2026Q1", "2028Q3", "2029Q1", "675000"}, {finance.PerMonth, "2026-03", "2028-06", "2029-01", "100000"}} {
		r := trial(t)
		r.refuse(t, "officer", "propose-rule", agreed(c.per, "2026"), refusal.NotAPeriod, "from")
		r.refuse(t, "officer", "propose-rule", agreed(c.per, c.period), refusal.NotAPeriod, "from") // the first rule is for the first period
		r.do(t, "officer", "propose-rule", agreed(c.per, c.first)).do(t, "signatory", "agree-rule", nil).until(t, "2029-01-25").state(t, c.period)
		if s := r.f.Statements[0]; s.Income != yuan(c.income) {
			t.Errorf("%s: %s", c.period, s.Income)
		}
		r.refuse(t, "applicant", "compile-statement", finance.StatementInput{Period: c.later}, refusal.PeriodNotOver, "period")
		r.refuse(t, "officer", "propose-rule", agreed(finance.PerYear, "2029"), refusal.FinancePerFixed, "per")
		r.refuse(t, "officer", "propose-rule", agreed(c.per, c.period), refusal.NotAPeriod, "from") // it was stated already
		r.do(t, "officer", "propose-rule", agreed(c.per, c.later))
	}
}

// The rule is that of the signed agreement; floors, caps, tiers and other shares need a supplement. With the agency's floor of 500 000 on 1 950 000 the others
// share 1 450 000 as 1 to 7: 181 250 and 1 268 750.
func TestTheRuleIsAgreed(t *testing.T) {
	r := trial(t)
	change := func(change func(*finance.RuleInput)) finance.RuleInput {
		in := agreed(finance.PerYear, "2026")
		change(&in)
		return in
	}
	floor := change(func(in *finance.RuleInput) { in.Parties[0].Floor = "500000" })
	for path, bad := range map[string]struct {
		in   finance.RuleInput
		code refusal.Code
	}{
		"parties":                 {floor, refusal.SharesNotAgreed},
		"parties[0].floor":        {change(func(in *finance.RuleInput) { in.Parties[0].Floor = "x" }), refusal.NotAnAmount},
		"parties[1].name":         {change(func(in *finance.RuleInput) { in.Parties[1].Name = in.Parties[0].Name }), refusal.Repeated},
		"parties[1].organization": {change(func(in *finance.RuleInput) { in.Parties[1].Organization = "nobody" }), refusal.UnknownReference},
		"parties[2].side":         {change(func(in *finance.RuleInput) { in.Parties[2].Side = "x" }), refusal.NotAChoice},
		"per":                     {change(func(in *finance.RuleInput) { in.Per = "week" }), refusal.NotAChoice},
		"tiers[0].shares[0]":      {change(func(in *finance.RuleInput) { in.Tiers = []finance.TierInput{{Shares: []string{"x"}}} }), refusal.NotAShare},
		"tiers[0].up_to":          {change(func(in *finance.RuleInput) { in.Tiers = []finance.TierInput{{UpTo: "x"}} }), refusal.NotAnAmount},
	} {
		r.refuse(t, "officer", "propose-rule", bad.in, bad.code, path)
	}
	r.refuse(t, "officer", "propose-rule", change(func(in *finance.RuleInput) { in.Parties[0].BasisPoints = 1_999 }), refusal.RuleNotWhole, "parties")
	floor.Supplement = "补〔2026〕1号"
	r.do(t, "officer", "propose-rule", floor).do(t, "signatory", "decline-rule", finance.ReasonInput{Reason: "再议"})
	r.do(t, "officer", "propose-rule", floor).do(t, "signatory", "agree-rule", nil)
	if want := []string{"weather"}; !slices.Equal(r.f.Readers, want) {
		t.Errorf("readers: %v", r.f.Readers)
	}
	r.until(t, "2029-01-25").state(t, "2028").settle(t, "2028")
	b := r.f.Book()
	if b.Owed("市数据局") != yuan("500000") || b.Owed("市气象局") != yuan("181250") || b.Owed("运营公司") != yuan("1268750") {
		t.Errorf("%v %v %v", b.Owed("市数据局"), b.Owed("市气象局"), b.Owed("运营公司"))
	}
}

// When the authorisation has ended the accounts are settled for good: 1 000.01 of the last period are 200, 100 and 700.01, the fen over being the operator's, of
// whom most was cut off.
func TestFinalSettlement(t *testing.T) {
	r := settled(t)
	r.refuse(t, "admin", "close-accounts", finance.ClosingInput{Text: "x"}, refusal.NotInState)
	r.do(t, "system", authorization.EndAccounts, authorization.AccountsEnd{On: day("2029-01-25")}).want(t, finance.Final)
	r.refuse(t, "admin", "close-accounts", finance.ClosingInput{Text: "x"}, refusal.FinanceNotSettled)
	if d := r.f.Deadline("final-settlement"); !d.Open() || r.f.Deadline("allowance-review").Open() {
		t.Errorf("%+v", d)
	}
	last := ended(t)
	var parts []pricing.Amount
	for _, p := range last.f.Payments() {
		if p.Entry.Kind == revenue.Paid {
			parts = append(parts, p.Entry.Lines[0].Debit)
		}
	}
	if want := []pricing.Amount{yuan("390200"), yuan("195100"), yuan("1365700.01")}; !slices.Equal(parts, want) {
		t.Errorf("%v", parts)
	}
	last.do(t, "admin", "close-accounts", finance.ClosingInput{Text: "全部结清"}).want(t, finance.Closed)
	if _, waits := last.f.WakeAt(); waits || last.f.ClosedAt == nil {
		t.Error("something still waits")
	}
}

func TestOlderProfiles(t *testing.T) {
	r := newRun()
	older := *r.env.Policy
	older.Finance = nil
	r.env.Policy = &older
	r.refuse(t, "system", authorization.OpenAccounts, called(), refusal.PolicyUnknown)
	r = trial(t)
	before := r.f.Version
	if r.do(t, "system", authorization.OpenAccounts, called()); r.f.Version != before {
		t.Error("a repeat left something")
	}
}

// The profile's own words explain each limit, and a figure that no rule gives says so.
func TestDefaultsSayThatNoRuleSetsThem(t *testing.T) {
	f := newRun().env.Policy.Finance
	for name, mark := range map[string]policy.Mark{"adjust": f.Adjust.Mark, "final": f.Final.Mark, "smoothing": f.Smoothing.Mark, "second": f.Second.Mark} {
		if mark != policy.Default {
			t.Errorf("%s is marked %s", name, mark)
		}
	}
}
