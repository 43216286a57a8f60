package lives

import (
	"strconv"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/finance"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
)

// Finance is the prices and revenue of one authorisation.
type Finance struct {
	*Director
	ID string
}

// Finance is the authorisation's prices and revenue.
func (a *Authorization) Finance() *Finance {
	return &Finance{Director: a.Director, ID: authorization.FinanceID(a.ID)}
}

// As has a person give a command, which must be accepted.
func (f *Finance) As(person, command string, input any) {
	f.T.Helper()
	f.Do(person, finance.Machine, f.ID, command, input)
}

// Stands is the case as it stands.
func (f *Finance) Stands() *finance.Finance {
	return f.Case(finance.Machine, f.ID).(*finance.Finance) //nolint:forcetypeassert // its own kind
}

// Reaches waits until the case is in a state.
func (f *Finance) Reaches(state lifecycle.State, step time.Duration) {
	f.T.Helper()
	f.Until(f.ID+" in the state "+string(state), step, func() bool { return f.Stands().State == state })
}

// Share has both sides agree on the distribution, for periods of a year.
func (f *Finance) Share() {
	f.T.Helper()
	f.Until("the opening of "+f.ID, time.Hour, func() bool { return f.Stands().Version > 0 })
	first := finance.Period(strconv.Itoa(f.Stands().Started.Year()))
	f.As(Officer, "propose-rule", finance.RuleInput{Per: finance.PerYear, From: first, Parties: []finance.PartyInput{{Name: "运营机构", Side: finance.OfOperator, Organization: Operator, BasisPoints: 10000}}})
	f.As(Signatory, "agree-rule", finance.Nothing{})
}

// Year accounts for a year that is over: its costs, its income – there is none, the product being free – and the report on it. After the first complete year
// the allowance is fixed.
func (f *Finance) Year(year int) {
	f.T.Helper()
	items := []finance.CostItem{{Kind: pricing.Platform, Amount: "100000"}}
	f.As(Applicant, "hand-in-costs", finance.CostsInput{Year: year, Items: items, Subsidy: "0", Taxes: "0"})
	f.State(strconv.Itoa(year))
	f.As("finance-reviewer", "reckon-year", finance.YearInput{Year: year})
	today := calendar.DateOf(f.Now()).String()
	f.As(Officer, "report-year", finance.ReportInput{Year: year, Summary: "运营平稳(虚构)", To: "价格和数据管理部门(虚构)", Number: "虚构1号", On: today})
	if f.Stands().State != finance.Fixing {
		return
	}
	f.As(Officer, "record-allowance", finance.AllowanceInput{
		From: year + 1, To: year + 3, Items: items, Subsidy: "0", BondYield: "2", Return: "8", Taxes: "0", Departments: "价格和数据管理部门(虚构)", Number: "虚构2号",
		On: today, Evidence: []string{Evidence.Digest},
	})
	f.As("finance-reviewer", "confirm-allowance", finance.Nothing{})
}

// State has the income of a period stated and checked.
func (f *Finance) State(period string) {
	f.T.Helper()
	f.As(Applicant, "compile-statement", finance.StatementInput{Period: finance.Period(period)})
	f.As("finance-reviewer", "check-statement", finance.PeriodInput{Period: finance.Period(period)})
}

// Settle closes the accounts for good once the authorisation has ended.
func (f *Finance) Settle() {
	f.T.Helper()
	f.Reaches(finance.Final, time.Hour)
	for _, p := range f.Stands().Periods(*f.Stands().Ended) {
		if !f.Stands().Settled(p) {
			f.State(string(p))
		}
	}
	f.As(Administrator, "close-accounts", finance.ClosingInput{Text: "已结清(虚构)"})
}
