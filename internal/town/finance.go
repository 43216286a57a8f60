package town

import (
	"fmt"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/finance"
	"datacharter/domain/lifecycle"
)

// Financing gives a person's command on the accounts of an authorisation, which must not be refused.
func (w *Town) Financing(person, id, command string, input Object) {
	w.t.Helper()
	w.Do(person, finance.Kind, id, command, input)
}

// Accounts opens the accounts of an authorisation, as it does by itself where deliveries run, and returns their ID.
func (w *Town) Accounts(of string) string {
	w.t.Helper()
	a := w.Case(authorization.Kind, of).(*authorization.Authorization) //nolint:forcetypeassert // its own kind
	id := authorization.FinanceID(of)
	w.System(finance.Kind, id, authorization.OpenAccounts, authorization.AccountsCall{
		Authorization: of, Title: a.Title, Agency: a.Agency, Operator: a.Applicant, Started: calendar.DateOf(*a.Started),
	})
	return id
}

// Shared has the distribution that the town's agreement says agreed on for the accounts, for periods of a year.
func (w *Town) Shared(id string) {
	w.t.Helper()
	started := w.finance(id).Started.Year()
	w.Financing(Officer, id, "propose-rule", SharingRule(started))
	w.Financing(Signatory, id, "agree-rule", Object{})
}

func (w *Town) finance(id string) *finance.Finance {
	w.t.Helper()
	return w.Case(finance.Kind, id).(*finance.Finance) //nolint:forcetypeassert // its own kind
}

// SharingRule is a rule by which the data supplier shares, by a supplement to the agreement.
func SharingRule(from int) Object {
	return Object{
		"per": "year", "from": fmt.Sprint(from), "supplement": "补〔2026〕1号", "parties": []Object{
			{"name": "某市数据局", "side": "agency", "organization": Agency, "basis_points": 2000},
			{"name": "某市气象局", "side": "supplier", "organization": Supplier, "basis_points": 1000, "floor": "100"},
			{"name": "运营公司", "side": "operator", "organization": Operator, "basis_points": 7000},
		},
	}
}

// YearCosts are the costs of a year.
func YearCosts(year int) Object {
	return Object{"year": year, "items": []Object{{"kind": "platform", "amount": "1200000"}, {"kind": "staff", "amount": "800000"}}, "subsidy": "250000", "taxes": "16125"}
}

// Allowed has an allowance fixed for the year, the accounts standing in it.
func (w *Town) Allowed(id string, year int) {
	w.t.Helper()
	w.Financing(Applicant, id, "hand-in-costs", YearCosts(year-1))
	w.Financing(Officer, id, "record-allowance", AllowanceDecision(year, w.Now(), w.Evidence(Officer, "decision of "+id)))
	w.Financing(Administrator, id, "confirm-allowance", Object{})
}

// AllowanceDecision is a decision on the allowance of two years.
func AllowanceDecision(year int, on time.Time, evidence string) Object {
	return Object{
		"from": year, "to": year + 1, "items": YearCosts(year - 1)["items"], "subsidy": "250000", "bond_yield": "1.65", "return": "7.65", "taxes": "16125",
		"departments": "省发展改革委、省数据局", "number": "价〔2028〕1号", "on": on.Format(time.DateOnly), "evidence": []string{evidence},
	}
}

// Stated states a period that is over and has it checked.
func (w *Town) Stated(id, period, billed string) {
	w.t.Helper()
	w.Financing(Applicant, id, "compile-statement", Object{"period": period, "lines": []Object{{"product": ProductName, "billed": billed, "contracts": []string{"合同1号"}, "reason": "按合同结算"}}})
	w.Financing(Officer, id, "check-statement", Object{"period": period})
}

// Settled states, checks and settles a period that is over.
func (w *Town) Settled(id, period, billed string) {
	w.t.Helper()
	w.Stated(id, period, billed)
	w.Financing(Officer, id, "run-settlement", Object{"period": period})
	w.Financing(Administrator, id, "approve-settlement", Object{})
}

// PaidOut records that everybody got what is owed to him.
func (w *Town) PaidOut(id string) {
	w.t.Helper()
	f := w.finance(id)
	for _, p := range f.Parties() {
		if f.Book().Owed(p.Name) > 0 {
			w.Financing(Officer, id, "record-payment", Object{"party": p.Name, "on": w.Now().Format(time.DateOnly), "reference": "回单1号"})
		}
	}
}

// busy lets the first year of the allowance go by, so that there is something of everything: a period settled and paid in part, a settlement and a statement
// that wait, a deviation about which something is to be done, and a new rule.
func (w *Town) busy(id string, first int) {
	w.t.Helper()
	year := first + 2
	w.Financing(Officer, id, "check-ceilings", Object{"year": year, "volumes": []Object{{"product": ProductName, "volume": 1000}}})
	w.Settled(id, fmt.Sprint(first), "1000.01")
	w.Financing(Officer, id, "record-payment", Object{"party": "某市气象局", "on": w.Now().Format(time.DateOnly), "reference": "回单1号"})
	w.AfterYear(year, func() {
		w.Stated(id, fmt.Sprint(first+1), "500")
		w.Stated(id, fmt.Sprint(year), "2100000")
		w.Financing(Officer, id, "reckon-year", Object{"year": year})
		w.Financing(Officer, id, "run-settlement", Object{"period": fmt.Sprint(year)})
		w.Financing(Applicant, id, "compile-statement", Object{"period": fmt.Sprint(first + 1), "note": "漏计合同", "lines": []Object{{"product": ProductName, "billed": "600", "reason": "按合同结算"}}})
		w.Financing(Officer, id, "propose-rule", SharingRule(year+1))
	})
}

// FinanceIn brings the accounts of an authorisation into the state and returns their ID. The town's time is the same afterwards.
func (w *Town) FinanceIn(state lifecycle.State) string {
	w.t.Helper()
	of := w.AuthorizationIn(authorization.Operating)
	w.Offered(of, "0.5", "0.25")
	id := w.Accounts(of)
	if state == finance.Trial {
		return w.Stands(finance.Kind, id, state)
	}
	w.Shared(id)
	first := w.finance(id).Started.Year()
	year := first + 2 // the first complete year is over
	w.AfterYear(year-1, func() {
		w.System(finance.Kind, id, lifecycle.Tick, struct{}{})
		if state == finance.Fixing {
			return
		}
		w.Allowed(id, year)
		if state == finance.Ruled {
			w.busy(id, first)
			return
		}
		w.System(finance.Kind, id, authorization.EndAccounts, authorization.AccountsEnd{On: calendar.DateOf(w.Now())})
		if state == finance.Final {
			return
		}
		for y := first; y <= year; y++ {
			w.Settled(id, fmt.Sprint(y), "1000.01")
		}
		w.PaidOut(id)
		w.Financing(Administrator, id, "close-accounts", Object{"text": "全部结清。"})
	})
	return w.Stands(finance.Kind, id, state)
}
