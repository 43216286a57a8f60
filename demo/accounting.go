package demo

import (
	"context"
	"fmt"
	"strconv"

	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/finance"
	"datacharter/domain/pricing"
)

const financeReviewer = "finance-reviewer"

// accounts are the prices and revenue of an authorisation under way.
type accounts struct {
	*walk
	at string // its path
}

func (w *walk) accounts() accounts {
	return accounts{w, base + "finances/" + authorization.FinanceID(w.seen.ID)}
}

func (a accounts) gives(ctx context.Context, person, command string, input any) error {
	_, err := a.client.give(ctx, person, a.at+"/"+command, input)
	return err
}

// stand are the accounts as they stand.
func (a accounts) stand(ctx context.Context) (f finance.Finance, err error) {
	seen, err := a.client.read(ctx, officer, a.at)
	if err == nil {
		err = seen.into(&f)
		f.State = seen.State // it stands beside the content
	}
	return f, err
}

// shared has both sides agree on the distribution as it was signed, for periods of a year.
func (a accounts) shared(ctx context.Context) error {
	if _, err := a.client.await(ctx, officer, a.at, "to be opened", func(c *Case) bool { return c.State != "" }); err != nil {
		return err
	}
	f, err := a.stand(ctx)
	if err != nil {
		return err
	}
	rule := finance.RuleInput{Per: finance.PerYear, From: finance.Period(strconv.Itoa(f.Started.Year())), Parties: []finance.PartyInput{
		{Name: "运营机构", Side: finance.OfOperator, Organization: a.by.organization, BasisPoints: 8000},
		{Name: "实施机构", Side: finance.OfAgency, Organization: Agency, BasisPoints: 2000},
	}}
	if err := a.gives(ctx, officer, "propose-rule", rule); err != nil {
		return err
	}
	return a.gives(ctx, a.by.signs, "agree-rule", nil)
}

// year does what falls due when a year is over: costs, income, deviation, the report to the departments, the settlement and its payment.
// Once a complete year is over the maximum allowed revenue is fixed.
func (a accounts) year(ctx context.Context, year int) error {
	costs := finance.CostsInput{
		Year: year, Items: []finance.CostItem{{Kind: pricing.Platform, Amount: "600000"}, {Kind: pricing.Staff, Amount: "240000"}}, Subsidy: "40000", Taxes: "12000",
	}
	if err := a.gives(ctx, a.by.applies, "hand-in-costs", costs); err != nil {
		return err
	}
	if err := a.settled(ctx, year); err != nil {
		return err
	}
	if err := a.gives(ctx, financeReviewer, "reckon-year", finance.YearInput{Year: year}); err != nil {
		return err
	}
	f, err := a.stand(ctx)
	if err != nil {
		return err
	}
	for _, y := range f.Due() {
		if err := a.gives(ctx, officer, "report-adjustment", finance.AdjustedInput{Year: y.Year, What: "核对后无须调整收费，下一年度继续观察（虚构）。"}); err != nil {
			return err
		}
	}
	today, err := a.today()
	if err != nil {
		return err
	}
	report := finance.ReportInput{Year: year, Summary: "运营平稳（虚构）。", To: "示范省发展和改革部门、数据管理部门（虚构）", Number: fmt.Sprintf("示数报〔%d〕%d号", year+1, a.no+1), On: today}
	if err := a.gives(ctx, officer, "report-year", report); err != nil {
		return err
	}
	if f.State != finance.Fixing || len(f.Allowances) > 0 {
		return nil
	}
	return a.allowed(ctx, year+1, costs, today)
}

// allowed records the departments' decision on the maximum allowed revenue, and has another person confirm it.
func (a accounts) allowed(ctx context.Context, from int, costs finance.CostsInput, on string) error {
	decision, err := a.file(ctx, officer, "最高准许收入核定决定")
	if err != nil {
		return err
	}
	in := finance.AllowanceInput{
		From: from, To: from + 2, Items: costs.Items, Subsidy: costs.Subsidy, BondYield: "2", Return: "7.5", Taxes: costs.Taxes, //nolint:mnd // three years, the longest there is
		Departments: "示范省发展和改革部门、数据管理部门（虚构）", Number: fmt.Sprintf("示价〔%d〕%d号", from, a.no+1), On: on, Evidence: []string{decision},
	}
	if err := a.gives(ctx, officer, "record-allowance", in); err != nil {
		return err
	}
	return a.gives(ctx, administrator, "confirm-allowance", nil)
}

// settled states a year's income by the contracts, has it checked, shared and paid.
func (a accounts) settled(ctx context.Context, year int) error {
	period := finance.Period(strconv.Itoa(year))
	statement := finance.StatementInput{Period: period, Lines: []finance.LineInput{
		{Product: industryProduct, Billed: "900000.01", Contracts: []string{"示合〔001〕号（虚构）"}, Reason: "按合同约定的包年费用结算（虚构）。"},
	}}
	for _, step := range []struct {
		person, command string
		input           any
	}{
		{a.by.applies, "compile-statement", statement},
		{financeReviewer, "check-statement", finance.PeriodInput{Period: period}},
		{officer, "run-settlement", finance.PeriodInput{Period: period}},
		{administrator, "approve-settlement", nil},
	} {
		if err := a.gives(ctx, step.person, step.command, step.input); err != nil {
			return err
		}
	}
	f, err := a.stand(ctx)
	if err != nil {
		return err
	}
	today, err := a.today()
	if err != nil {
		return err
	}
	for _, p := range f.Parties() {
		if f.Book().Owed(p.Name) == 0 {
			continue
		}
		paid := finance.PaymentInput{Party: p.Name, On: today, Reference: fmt.Sprintf("回单%d-%s（虚构）", year, p.Side)}
		if err := a.gives(ctx, financeReviewer, "record-payment", paid); err != nil {
			return err
		}
	}
	return nil
}

// accountsClosed settles the last year for good once the authorisation has ended.
func accountsClosed(ctx context.Context, w *walk) error {
	a := w.accounts()
	if _, err := a.client.await(ctx, officer, a.at, "to be settled for good", in(finance.Final)); err != nil {
		return err
	}
	f, err := a.stand(ctx)
	if err != nil {
		return err
	}
	for _, p := range f.Periods(*f.Ended) {
		year, err := strconv.Atoi(string(p))
		if err != nil {
			return fmt.Errorf("a period of a year: %w", err)
		}
		if f.Settled(p) {
			continue
		}
		if err := a.settled(ctx, year); err != nil {
			return err
		}
	}
	return a.gives(ctx, administrator, "close-accounts", finance.ClosingInput{Text: "各期均已结算并支付（虚构）。"})
}

func (w *walk) today() (string, error) {
	now, err := w.client.now()
	return calendar.DateOf(now).String(), err
}
